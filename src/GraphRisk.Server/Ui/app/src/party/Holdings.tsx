import { useAnswer } from '../api/answer';
import { PartyHoldingsDocument } from '../api/generated/graphql';
import { Table } from '../app/Figure';
import { Go, partyPath } from '../app/Link';
import { Section } from '../app/Section';
import { Part } from '../app/states';
import { useFormat } from '../text/format';
import { useText } from '../text/text';
import { useParty } from './context';
import { Name } from './Name';
import { most } from './Overview';

interface Stake {
  share?: unknown;
  shareMin?: unknown;
  shareMax?: unknown;
  votes?: unknown;
  nominee?: boolean | null;
  node?: { id: string; name?: string | null } | null;
  records?: readonly { source?: string | null; validFrom?: string | null }[] | null;
}

interface Office {
  role?: string | null;
  legalRepresentative?: boolean | null;
  node?: { id: string; name?: string | null } | null;
}

/** Stated holdings, up and down, each with the source and since when; chains are the ownership page's. */
export function Holdings() {
  const { t } = useText();
  const { asked } = useParty();
  const variables = { ...asked, first: most };
  const answer = useAnswer(PartyHoldingsDocument, variables);
  const node = answer.data?.node;
  const party = node?.__typename === 'Company' || node?.__typename === 'Person' ? node : null;
  const company = party?.__typename === 'Company' ? party : null;
  const question = { document: PartyHoldingsDocument as never, variables };
  return (
    <div className="columns">
      {company && (
        <Section title={t('party.holders')} question={question}>
          <Part answer={answer} path="node.holders" isEmpty={!company.holders?.edges.length} empty={t('party.noHolders')}>
            <Stakes caption={t('party.holders')} stakes={company.holders?.edges ?? []} />
          </Part>
        </Section>
      )}
      <Section title={t('party.holdings')} question={question}>
        <Part answer={answer} path="node.holdings" isEmpty={!party?.holdings?.edges.length} empty={t('party.noHoldings')}>
          <Stakes caption={t('party.holdings')} stakes={party?.holdings?.edges ?? []} />
        </Part>
      </Section>
      {company && company.officers && company.officers.edges.length > 0 && (
        <Section title={t('party.officers')} question={question}><Offices caption={t('party.officers')} offices={company.officers.edges} /></Section>
      )}
      {party && party.offices && party.offices.edges.length > 0 && (
        <Section title={t('party.offices')} question={question}><Offices caption={t('party.offices')} offices={party.offices.edges} /></Section>
      )}
    </div>
  );
}

function Stakes({ caption, stakes }: { caption: string; stakes: readonly Stake[] }) {
  const { t } = useText();
  const format = useFormat();
  return (
    <Table caption={caption} rows={stakes} rowKey={(row, at) => `${row.node?.id} ${at}`} columns={[
      { key: 'name', title: t('search.name'), cell: (row) => <>{row.node ? <Go to={partyPath(row.node.id)}><Name>{row.node.name}</Name></Go> : ''}{row.nominee && <em className="tag">{t('party.nominee')}</em>}</> },
      { key: 'share', title: t('party.share'), isFigure: true, cell: (row) => (row.share !== null && row.share !== undefined ? format.percent(row.share as number) : format.percentBetween(row.shareMin as number, row.shareMax as number)) },
      { key: 'votes', title: t('party.votes'), isFigure: true, cell: (row) => (row.votes === null || row.votes === undefined ? '' : format.percent(row.votes as number)) },
      { key: 'source', title: t('party.source'), cell: (row) => [...new Set(row.records?.map((record) => record.source))].join(', ') },
      { key: 'since', title: t('party.since'), cell: (row) => format.day(row.records?.map((record) => record.validFrom ?? '').sort()[0]) },
    ]} />
  );
}

/** Of somebody whom several records name in an office, one row. */
function byHolder(offices: readonly Office[]): Office[] {
  const rows = new Map<string, Office>();
  for (const office of offices) {
    const key = office.node?.id ?? '';
    const before = rows.get(key);
    const roles = new Set([...(before?.role?.split(', ') ?? []), office.role].filter(Boolean));
    rows.set(key, { ...office, role: [...roles].join(', '), legalRepresentative: office.legalRepresentative || before?.legalRepresentative });
  }
  return [...rows.values()];
}

function Offices({ caption, offices }: { caption: string; offices: readonly Office[] }) {
  const { t } = useText();
  return (
    <Table caption={caption} rows={byHolder(offices)} rowKey={(row, at) => `${row.node?.id} ${at}`} columns={[
      { key: 'name', title: t('search.name'), cell: (row) => (row.node ? <Go to={partyPath(row.node.id)}><Name>{row.node.name}</Name></Go> : '') },
      { key: 'role', title: t('party.role'), cell: (row) => <>{row.role}{row.legalRepresentative && <em className="tag">{t('party.legalRepresentative')}</em>}</> },
    ]} />
  );
}
