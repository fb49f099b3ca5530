import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useAnswer } from '../api/answer';
import { WarningDeskDocument, WarningDetailDocument, type WarningDeskQuery, type WarningDeskQueryVariables } from '../api/generated/graphql';
import { Choice } from '../app/Choice';
import { Table } from '../app/Figure';
import { Go, partyPath } from '../app/Link';
import { useTimes } from '../app/times';
import { Section } from '../app/Section';
import { Empty, Part } from '../app/states';
import { Name } from '../party/Name';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import { LongList } from './LongList';
import { usePages } from './pages';

type Row = NonNullable<NonNullable<WarningDeskQuery['warnings']>['nodes'][number]>;

/** Rows asked for at a time. */
const page = 100;

const states = ['NEW', 'TAKEN', 'WAITING_FOR_CLIENT', 'SNOOZED', 'ESCALATED', 'RESOLVED', 'FALSE_ALARM'] as const;
const severities = ['CRITICAL', 'SERIOUS', 'NOTICE'] as const;

/** Early warnings, greatest expected loss first: what a desk has to look at, and of each every sign with its figures. */
export function WarningsPage() {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const [times] = useTimes();
  const [search, setSearch] = useSearchParams();
  const [chosen, choose] = useState<string | null>(null);
  const state = states.find((one) => one === search.get('state')) ?? null;
  const severity = severities.find((one) => one === search.get('severity')) ?? null;
  const where = { ...(state ? { state: { eq: state } } : {}), ...(severity ? { severity: { eq: severity } } : {}) };
  const variables = { where, first: page, ...times };
  const list = usePages<WarningDeskQuery, WarningDeskQueryVariables, Row>(WarningDeskDocument, variables, (data) => data.warnings);
  const narrow = (name: string, value: string) => setSearch((before) => {
    const after = new URLSearchParams(before);
    if (value === '') after.delete(name);
    else after.set(name, value);
    return after;
  }, { replace: true });
  return (
    <div className="desk">
      <Section isPage title={t('desk.warnings')} note={list.total !== null && t('desk.all', { all: format.count(list.total) })}
        question={{ document: WarningDeskDocument as never, variables }}
        actions={
          <>
            <Choice label={t('party.state')} isLabelShown value={state ?? ''} onChange={(id) => narrow('state', id)} options={[{ id: '', text: t('search.allKinds') }, ...states.map((id) => ({ id, text: code('warningState', id) }))]} />
            <Choice label={t('desk.severity')} isLabelShown value={severity ?? ''} onChange={(id) => narrow('severity', id)} options={[{ id: '', text: t('search.allKinds') }, ...severities.map((id) => ({ id, text: code('severity', id) }))]} />
          </>
        }>
        <Part answer={list} path="warnings" isEmpty={list.data?.length === 0}>
          <LongList caption={t('desk.warnings')} rows={list.data ?? []} total={list.total ?? 0} more={list.more} chosen={chosen} choose={(row) => choose(row.id)} columns={[
            { key: 'severity', width: '84px', title: t('desk.severity'), cell: (row) => <span className={row.severity === 'CRITICAL' ? 'tag bad' : row.severity === 'SERIOUS' ? 'tag warn' : 'tag'}>{code('severity', row.severity)}</span> },
            { key: 'name', width: 'minmax(140px, 2fr)', title: t('party.client'), cell: (row) => (row.concerned?.nodes[0] ? <Go to={partyPath(row.concerned.nodes[0].id)}><Name>{row.concerned.nodes[0].name}</Name></Go> : '–') },
            { key: 'loss', width: '110px', title: t('desk.expectedLoss'), isFigure: true, cell: (row) => format.amount(row.expectedLoss) },
            { key: 'state', width: '130px', title: t('party.state'), cell: (row) => code('warningState', row.state) },
            { key: 'broker', width: '70px', title: t('search.broker'), cell: (row) => row.handledBy?.nodes[0]?.code ?? '' },
            { key: 'signs', width: '60px', title: t('desk.signs'), isFigure: true, cell: (row) => format.count(row.signs?.totalCount) },
            { key: 'due', width: '110px', title: t('desk.dueOn'), cell: (row) => format.day(row.dueOn) },
          ]} />
        </Part>
      </Section>
      <Detail id={chosen} />
    </div>
  );
}

function Detail({ id }: { id: string | null }) {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const [times] = useTimes();
  const variables = { id: id ?? '', ...times };
  const answer = useAnswer(WarningDetailDocument, variables, { pause: id === null });
  const node = answer.data?.node;
  const warning = id !== null && node?.__typename === 'Warning' ? node : null;
  const signs = (warning?.signs?.nodes ?? []).flatMap((sign) => sign ?? []);
  const moves = (warning?.moves?.nodes ?? []).flatMap((move) => move ?? []);
  const client = warning?.concerned?.nodes[0];
  return (
    <Section title={t('desk.detail')} note={warning?.reference} question={id === null ? undefined : { document: WarningDetailDocument as never, variables }}>
      {id === null ? <Empty>{t('desk.choose')}</Empty> : (
        <Part answer={answer} path="node" isEmpty={warning === null}>
          {client && <p><Go to={partyPath(client.id)}><Name>{client.name}</Name></Go> · {t('party.debt')} {format.amount(client.debt)} · <Go to={partyPath(client.id, 'score')}>{t('party.score')}</Go></p>}
          <Table caption={t('desk.signs')} rows={signs} rowKey={(row) => row.id} columns={[
            { key: 'rule', title: t('desk.rule'), cell: (row) => <>{row.rule}<small className="quiet"> {row.figure}</small></> },
            { key: 'value', title: t('party.value'), isFigure: true, cell: (row) => format.decimal(row.value, 3) },
            { key: 'limit', title: t('desk.limit'), isFigure: true, cell: (row) => format.decimal(row.limit, 3) },
            { key: 'before', title: t('score.before'), isFigure: true, cell: (row) => format.decimal(row.valueBefore, 3) },
            { key: 'day', title: t('party.day'), cell: (row) => format.day(row.foundOn) },
          ]} />
          {moves.length > 0 && (
            <Table caption={t('desk.moves')} rows={moves} rowKey={(row) => row.id} columns={[
              { key: 'move', title: t('desk.move'), cell: (row) => code('warningMove', row.move) },
              { key: 'part', title: t('party.role'), cell: (row) => code('casePart', row.part) },
              { key: 'at', title: t('party.day'), cell: (row) => format.instant(row.at) },
            ]} />
          )}
          {warning?.snoozedUntil && <p className="quiet">{t('desk.until', { day: format.day(warning.snoozedUntil) })}</p>}
        </Part>
      )}
    </Section>
  );
}
