import { useAnswer } from '../api/answer';
import { PartyPublicRecordDocument } from '../api/generated/graphql';
import { Table } from '../app/Figure';
import { Section } from '../app/Section';
import { Empty, Part } from '../app/states';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import { useParty } from './context';
import { most } from './Overview';

const of = (records: readonly { source?: string | null; recordKey?: string | null }[] | null | undefined) =>
  [...new Set((records ?? []).map((record) => [record.source, record.recordKey].filter(Boolean).join(' ')))].join(', ');

/** Of a case in which the party stands twice, one row with both roles and the records of both. */
function byCase<Row extends { id: string; role: string | null; records: readonly unknown[] }>(rows: readonly Row[]): Row[] {
  const cases = new Map<string, Row>();
  for (const row of rows) {
    const before = cases.get(row.id);
    const roles = new Set([before?.role, row.role].filter(Boolean));
    cases.set(row.id, before ? { ...before, role: [...roles].join(', '), records: [...before.records, ...row.records] } : row);
  }
  return [...cases.values()];
}

/** What lists, courts and authorities say of a party, each with the record that says it. */
export function PublicRecord() {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const { asked } = useParty();
  const variables = { ...asked, first: most };
  const answer = useAnswer(PartyPublicRecordDocument, variables);
  const node = answer.data?.node;
  const party = node?.__typename === 'Company' || node?.__typename === 'Person' ? node : null;
  const on = answer.data && (asked.asOf ?? null);
  const listings = (party?.listings?.edges ?? []).flatMap(({ node: listing, records }) => (listing ? [{ ...listing, records }] : []));
  const cases = byCase((party?.courtCases?.edges ?? []).flatMap((edge) => (edge.node ? [{ ...edge.node, role: edge.role ?? null, records: edge.records ?? [] }] : [])));
  const penalties = (party?.penalties?.edges ?? []).flatMap(({ node: penalty, records }) => (penalty ? [{ ...penalty, records }] : []));
  const inForce = (row: { removedOn?: string | null; expiresOn?: string | null }) => {
    const day = on ?? new Date().toISOString().slice(0, 10);
    return !(row.removedOn && row.removedOn <= day) && !(row.expiresOn && row.expiresOn <= day);
  };
  const question = { document: PartyPublicRecordDocument as never, variables };
  return (
    <div>
      <Section title={t('party.lists')} question={question}>
        <Part answer={answer} path="node.listings" isEmpty={listings.length === 0} empty={t('party.noLists')}>
          <Table caption={t('party.lists')} rows={listings} rowKey={(row) => row.id} columns={[
            { key: 'kind', title: t('party.listKind'), cell: (row) => <>{code('listingKind', row.kind)} {inForce(row) ? <em className="tag bad">{t('party.inForce')}</em> : <em className="tag">{t('party.ended')}</em>}</> },
            { key: 'list', title: t('party.list'), cell: (row) => <>{[row.list, row.programme].filter(Boolean).join(' · ')}{row.reason && <small className="quiet"> {row.reason}</small>}</> },
            { key: 'authority', title: t('party.authority'), cell: (row) => row.authority ?? '' },
            { key: 'published', title: t('party.publishedOn'), cell: (row) => format.day(row.publishedOn) },
            { key: 'amount', title: t('party.amount'), isFigure: true, cell: (row) => (row.amount === null || row.amount === undefined ? '' : format.amount(row.amount, row.currency)) },
            { key: 'source', title: t('party.source'), cell: (row) => of(row.records) },
          ]} />
        </Part>
      </Section>
      <Section title={t('party.cases')} question={question}>
        <Part answer={answer} path="node.courtCases" isEmpty={cases.length === 0} empty={t('party.noCases')}>
          <Table caption={t('party.cases')} rows={cases} rowKey={(row) => row.id} columns={[
            { key: 'number', title: t('party.caseNumber'), cell: (row) => row.caseNumber ?? '' },
            { key: 'role', title: t('party.role'), cell: (row) => row.role },
            { key: 'court', title: t('party.court'), cell: (row) => <>{row.court}{row.cause && <small className="quiet"> {row.cause}</small>}</> },
            { key: 'filed', title: t('party.filedOn'), cell: (row) => format.day(row.filedOn) },
            { key: 'amount', title: t('party.amount'), isFigure: true, cell: (row) => (row.amount === null || row.amount === undefined ? '' : format.amount(row.amount, row.currency)) },
            { key: 'source', title: t('party.source'), cell: (row) => of(row.records) },
          ]} />
        </Part>
      </Section>
      <Section title={t('party.penalties')} question={question}>
        <Part answer={answer} path="node.penalties" isEmpty={penalties.length === 0} empty={t('party.noPenalties')}>
          {penalties.length === 0 ? <Empty /> : (
            <Table caption={t('party.penalties')} rows={penalties} rowKey={(row) => row.id} columns={[
              { key: 'reference', title: t('party.reference'), cell: (row) => row.reference ?? '' },
              { key: 'kind', title: t('party.kind'), cell: (row) => row.kind ?? '' },
              { key: 'state', title: t('party.state'), cell: (row) => code('penaltyState', row.state) },
              { key: 'authority', title: t('party.authority'), cell: (row) => row.authority ?? '' },
              { key: 'decided', title: t('party.decidedOn'), cell: (row) => format.day(row.decidedOn) },
              { key: 'fine', title: t('party.fine'), isFigure: true, cell: (row) => (row.fine === null || row.fine === undefined ? '' : format.amount(row.fine, row.currency)) },
              { key: 'source', title: t('party.source'), cell: (row) => of(row.records) },
            ]} />
          )}
        </Part>
      </Section>
    </div>
  );
}
