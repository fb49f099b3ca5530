import type { ReactNode } from 'react';
import { useAnswer } from '../api/answer';
import { PartyIdentityDocument, type PartyIdentityQuery } from '../api/generated/graphql';
import { Table } from '../app/Figure';
import { Section } from '../app/Section';
import { Empty, Part } from '../app/states';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import { useParty } from './context';
import { Name } from './Name';

type Node = NonNullable<PartyIdentityQuery['node']>;
type Party = Extract<Node, { __typename: 'Company' } | { __typename: 'Person' }>;

/** Who it is, which sources say so, and why their records are held to be one party. */
export function Identity() {
  const { t } = useText();
  const { asked, spoken } = useParty();
  const variables = { ...asked, language: spoken };
  const answer = useAnswer(PartyIdentityDocument, variables);
  const node = answer.data?.node;
  const party = node?.__typename === 'Company' || node?.__typename === 'Person' ? (node as Party) : null;
  return (
    <div>
      <Section title={t('party.identity')} question={{ document: PartyIdentityDocument as never, variables }}>
        <Part answer={answer} path="node" isEmpty={party === null}>
          {party && <Values party={party} />}
        </Part>
      </Section>
      {party && <Records party={party} />}
    </div>
  );
}

function Values({ party }: { party: Party }) {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const names = (texts: readonly string[] | null | undefined) => texts?.length ? texts.map((text, at) => <span key={text}>{at > 0 && ' · '}<Name>{text}</Name></span>) : null;
  const text = (value: string | null | undefined) => (value ? <Name>{value}</Name> : null);
  const money = (value: unknown, currency: string | null | undefined) => (value === null || value === undefined ? null : format.amount(value as number, currency));
  const rows: [string, ReactNode][] = [
    [t('party.formerNames'), names(party.formerNames)],
    [t('party.aliases'), names(party.aliases)],
    ...(party.__typename === 'Company'
      ? ([
          [t('party.uscc'), text(party.uscc)],
          [t('party.organizationCode'), text(party.organizationCode)],
          ['LEI', text(party.lei)],
          [t('party.kind'), [code('companyKind', party.companyKind), party.legalForm].filter(Boolean).join(' · ') || null],
          [t('party.status'), code('operatingStatus', party.operating) || null],
          [t('party.establishedOn'), party.establishedOn && format.day(party.establishedOn)],
          [t('party.dissolvedOn'), party.dissolvedOn && format.day(party.dissolvedOn)],
          [t('search.region'), party.regionName ?? party.region],
          [t('party.industry'), party.industry],
          [t('party.registeredCapital'), money(party.registeredCapital, party.currency)],
          [t('party.totalAssets'), money(party.totalAssets, party.currency)],
          [t('party.totalLiabilities'), money(party.totalLiabilities, party.currency)],
          [t('party.revenue'), money(party.revenue, party.currency)],
          [t('party.netProfit'), money(party.netProfit, party.currency)],
          [t('party.accountsUntil'), party.accountsUntil && format.day(party.accountsUntil)],
        ] as [string, ReactNode][])
      : ([
          [t('party.residentId'), text(party.residentId)],
          [t('party.passport'), text(party.passport)],
          [t('party.birthDate'), party.birthDate && format.day(party.birthDate)],
          [t('party.sex'), code('sex', party.sex) || null],
          [t('party.nationality'), party.nationalityName ?? party.nationality],
          [t('party.email'), text(party.email)],
        ] as [string, ReactNode][])),
    [t('party.identifiers'), names(party.identifiers)],
    [t('party.country'), party.countryName ?? party.country],
    [t('party.address'), text(party.address)],
    [t('party.phone'), text(party.phone)],
    [t('search.broker'), party.brokers?.nodes.flatMap((broker) => broker ? [`${broker.code} ${broker.name}`] : []).join(' · ') || null],
    [t('party.disputed'), party.disputedFields?.length ? <strong className="warn">{party.disputedFields.join(', ')}</strong> : null],
  ];
  return (
    <>
      <dl className="values">
        {rows.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([title, value]) => (
          <div key={title} className="value"><dt>{title}</dt><dd>{value}</dd></div>
        ))}
      </dl>
      <Contradictions party={party} />
    </>
  );
}

/** Where equally reliable sources differ: the value that is shown, and those that are not. */
function Contradictions({ party }: { party: Party }) {
  const { t } = useText();
  const format = useFormat();
  const rows = (party.contradictions ?? []).flatMap((one) => [
    { ...one.believed, field: one.field, shown: true },
    ...one.others.map((other) => ({ ...other, field: one.field, shown: false })),
  ]);
  if (rows.length === 0) return null;
  return (
    <>
      <h3>{t('party.contradictions')}</h3>
      <Table caption={t('party.contradictions')} rows={rows} rowKey={(_, at) => String(at)} columns={[
        { key: 'field', title: t('party.field'), cell: (row) => row.field },
        { key: 'value', title: t('party.value'), cell: (row) => <><Name>{row.value}</Name>{row.shown && <em className="tag">{t('party.believed')}</em>}</> },
        { key: 'source', title: t('party.source'), cell: (row) => row.source ?? '' },
        { key: 'since', title: t('party.since'), cell: (row) => format.day(row.since) },
      ]} />
    </>
  );
}

/** The records that are this party, source by source, and the judgements by which they are held to be one. */
function Records({ party }: { party: Party }) {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const records = party.records ?? [];
  const judgements = party.judgements ?? [];
  const keyOf = new Map(records.map((record) => [record.record, `${record.source} ${record.recordKey}`]));
  const joined = new Set(records.map((record) => record.record)).size;
  return (
    <Section title={t('party.records')} note={t('party.recordsNote', { records: format.count(records.length), joined: format.count(joined) })}>
      {records.length === 0 ? <Empty /> : (
        <Table caption={t('party.records')} rows={records} rowKey={(_, at) => String(at)} columns={[
          { key: 'source', title: t('party.source'), cell: (row) => row.source ?? '' },
          { key: 'key', title: t('party.recordKey'), cell: (row) => <Name>{row.recordKey}</Name> },
          { key: 'reliability', title: t('party.reliability'), isFigure: true, cell: (row) => format.percent(row.reliability, 0) },
          { key: 'since', title: t('party.since'), cell: (row) => format.day(row.validFrom) },
          { key: 'recorded', title: t('party.recordedAt'), cell: (row) => format.day(row.recordedAt) },
        ]} />
      )}
      {judgements.length > 0 && <h3>{t('party.judgements')}</h3>}
      {judgements.map((judgement) => (
        <details key={judgement.id} className="judgement">
          <summary>
            <span className={judgement.verdict === 'MATCH' ? 'tag' : 'tag warn'}>{code('verdict', judgement.verdict)}</span>{' '}
            {[judgement.left, judgement.right].map((id) => keyOf.get(id) ?? t('party.otherRecord')).join(' = ')}
            {judgement.score !== null && judgement.score !== undefined && <span className="quiet"> {format.percent(judgement.score, 1)}</span>}
            <span className="quiet"> · {format.day(judgement.recordedAt)}</span>
          </summary>
          {judgement.judge && <p className="quiet">{judgement.judge}</p>}
          <ul>{(judgement.reasons ?? []).map((reason) => <li key={reason}>{reason}</li>)}</ul>
        </details>
      ))}
    </Section>
  );
}
