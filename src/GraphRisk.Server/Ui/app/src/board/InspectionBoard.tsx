import { useSearchParams } from 'react-router';
import { useAnswer } from '../api/answer';
import { InspectionCasesDocument, InspectionDocument, type InspectionCasesQuery, type InspectionCasesQueryVariables, type InspectionQuery } from '../api/generated/graphql';
import { Go, partyPath } from '../app/Link';
import { Section } from '../app/Section';
import { Empty, Further, Loading, Part } from '../app/states';
import { LongList } from '../desk/LongList';
import { usePages } from '../desk/pages';
import { Name } from '../party/Name';
import { type Asked, tableOf, type Words } from './board';
import { Choices, useAsked, useWords } from './BoardView';
import { type BoardChoice, chosenOf, choosing } from './choices';
import { happenings } from './happenings';

type Row = NonNullable<NonNullable<InspectionCasesQuery['cases']>['nodes'][number]>;
type Inspected = NonNullable<InspectionQuery['inspection']>;
type Move = Inspected['moves'][number];

/** Rows asked for at a time. */
const page = 100;

const kinds = ['application', 'warning', 'marginCall', 'default', 'freezeRequest', 'complaint', 'creditReview'] as const;

/** Decisions to choose from, and one of them read anew from its moves: what lay before whom, whether all was as the table has it, and what became of the client. */
export function InspectionBoard() {
  const asked = useAsked();
  return asked === null ? <Loading /> : <Cases asked={asked} />;
}

function Cases({ asked }: { asked: Asked }) {
  const words = useWords();
  const { t, code, format } = words;
  const [search, setSearch] = useSearchParams();
  const kind: BoardChoice = {
    name: 'kind', label: t('search.kind'), usual: 'application', options: kinds.map((id) => ({ id, text: code('caseKind', id) })),
  };
  const chosen = chosenOf([kind], search);
  const { asOf, knownAt } = asked;
  const variables = { where: { moveCount: { gt: 0 }, [chosen.kind!]: { moveCount: { gt: 0 } } }, first: page, asOf, knownAt };
  const list = usePages<InspectionCasesQuery, InspectionCasesQueryVariables, Row>(InspectionCasesDocument, variables, (data) => data.cases);
  const id = search.get('case') ?? list.data?.[0]?.id ?? null;
  const open = (row: Row) => setSearch((before) => {
    const after = new URLSearchParams(before);
    after.set('case', row.id);
    return after;
  }, { replace: true });
  const narrow = (choice: BoardChoice, value: string) => setSearch((before) => {
    const after = choosing(before, choice, value);
    after.delete('case');
    return after;
  }, { replace: true });
  return (
    <>
      <Section isPage title={code('board', 'inspection')} note={list.total !== null && t('desk.all', { all: format.count(list.total) })} question={{ document: InspectionCasesDocument as never, variables }}>
        <Choices choices={[kind]} chosen={chosen} choose={narrow} />
        <Part answer={list} path="cases" isEmpty={list.data?.length === 0} empty={t('board.noCases')}>
          <div className="cases">
            <LongList caption={t('board.cases')} rows={list.data ?? []} total={list.total ?? 0} more={list.more} chosen={id} choose={open} columns={[
              { key: 'reference', width: 'minmax(160px, 1fr)', title: t('party.reference'), cell: (row) => row.reference ?? row.id },
              { key: 'filed', width: '120px', title: t('party.filedOn'), cell: (row) => format.day(row.filedOn) },
              { key: 'client', width: 'minmax(140px, 1fr)', title: t('party.client'), cell: (row) => <Name>{row.concerned?.nodes[0]?.name}</Name> },
              { key: 'broker', width: '90px', title: t('search.broker'), cell: (row) => row.handledBy?.nodes[0]?.code ?? '' },
              { key: 'moves', width: '120px', title: t('desk.moves'), isFigure: true, cell: (row) => format.count(row.moveCount) },
            ]} />
          </div>
        </Part>
      </Section>
      {id !== null && <Decision id={id} asked={asked} words={words} />}
    </>
  );
}

function Decision({ id, asked, words }: { id: string; asked: Asked; words: Words }) {
  const { t, code, format } = words;
  const { asOf, knownAt, language } = asked;
  const variables = { case: id, language, asOf, knownAt };
  const answer = useAnswer(InspectionDocument, variables);
  const found = answer.data?.inspection;
  const question = { document: InspectionDocument as never, variables };
  return (
    <>
      <Section title={t('board.inspected')} note={found && `${found.case.reference ?? ''} ${code('caseState', found.state)}`} question={question}>
        <Part answer={answer} path="inspection" isEmpty={!found}>
          {found && (
            <>
              <dl className="headline">
                <div><dt>{t('party.client')}</dt><dd>{found.client ? <Go to={partyPath(found.client.id)}><Name>{found.client.name}</Name></Go> : '–'}</dd></div>
                <div><dt>{t('search.broker')}</dt><dd>{found.broker?.name ?? found.broker?.code ?? t('board.supervisor')}</dd></div>
                <div><dt>{t('party.decidedOn')}</dt><dd>{format.day(found.decidedOn)}</dd></div>
                <div><dt>{t('board.sound')}</dt><dd>{found.isSound ? <span className="good">{t('board.yes')}</span> : <strong className="bad">{found.fault}</strong>}</dd></div>
                <div><dt>{t('board.defaultedOn')}</dt><dd>{format.day(found.defaultedOn)}</dd></div>
                <div><dt>{t('board.curedOn')}</dt><dd>{format.day(found.curedOn)}</dd></div>
                <div><dt>{t('board.owedNow')}</dt><dd>{format.amount(found.owedToBroker)}</dd></div>
              </dl>
              {tableOf<Move>(words, t('desk.moves'), {
                rows: found.moves, rowKey: ({ move }) => move.id,
                figures: [
                  { key: 'at', title: t('party.day'), kind: 'text', value: ({ move }) => format.instant(move.at) },
                  { key: 'move', title: t('desk.move'), kind: 'text', value: ({ move }) => move.move, cell: (row) => <span title={row.means ?? undefined}>{code('move', row.move.move)}</span> },
                  { key: 'part', title: t('party.role'), kind: 'text', value: ({ move }) => code('casePart', move.part) },
                  { key: 'person', title: t('board.person'), kind: 'text', value: ({ move }) => move.person },
                  { key: 'amount', title: t('party.amount'), kind: 'amount', value: ({ move }) => move.amount },
                  { key: 'reason', title: t('board.reason'), kind: 'text', value: ({ move }) => move.reason },
                  { key: 'against', title: t('board.against'), kind: 'text', value: ({ move }) => (move.againstAdvice ? t('board.yes') : null) },
                  { key: 'kept', title: t('board.intact'), kind: 'text', value: ({ isIntact }) => (isIntact === null ? null : isIntact ? t('board.yes') : t('board.changed')) },
                ],
              })}
              <Further refusals={answer.refusals} />
            </>
          )}
        </Part>
      </Section>
      {found?.moves.filter(({ briefing }) => briefing).map((inspected) => <Before key={inspected.move.id} inspected={inspected} words={words} question={question} />)}
      {found && (
        <Section title={t('board.after')} question={question}>
          <Happenings found={found} words={words} />
        </Section>
      )}
    </>
  );
}

/** What lay before whoever made a move, beside what the records of all say of the same instants. */
function Before({ inspected: { move, briefing, clientThen, onAllRecords }, words, question }: {
  inspected: Move; words: Words; question: { document: never; variables: object };
}) {
  const { t, code, format } = words;
  const kept = briefing?.recommendation;
  const rows = [
    { key: 'kept', name: t('board.asKept'), line: kept },
    { key: 'all', name: t('board.onAllRecords'), line: onAllRecords },
  ].filter(({ line }) => line);
  const checks = kept?.checks ?? [];
  return (
    <Section title={t('board.layBefore', { move: code('move', move.move) })} question={question}
      note={t('board.keptAt', { asOf: format.day(briefing?.asOf), knownAt: format.instant(briefing?.knownAt), model: briefing?.modelVersion?.slice(0, 12) ?? '–' })}>
      {clientThen && <p>{t('party.debt')} {format.amount(clientThen.debt)} · {t('score.score')} {format.count(clientThen.creditScore?.score)} · {t('score.grade')} {clientThen.creditScore?.grade ?? '–'}</p>}
      {rows.length > 0 && tableOf(words, t('board.advice'), {
        rows, rowKey: ({ key }) => key,
        figures: [
          { key: 'name', title: t('board.restsOn'), kind: 'text', value: (row) => row.name },
          { key: 'advice', title: t('board.advice'), kind: 'text', value: (row) => code('advice', row.line?.advice) },
          { key: 'line', title: t('board.creditLine'), kind: 'amount', value: (row) => row.line?.creditLine },
          { key: 'rate', title: t('board.rate'), kind: 'share', digits: 2, value: (row) => row.line?.annualRate },
        ],
      })}
      {checks.length > 0 && tableOf(words, t('board.checks'), {
        rows: checks, rowKey: ({ name }) => name,
        figures: [
          { key: 'check', title: t('board.check'), kind: 'text', value: (row) => row.title },
          { key: 'passed', title: t('board.passed'), kind: 'text', value: (row) => (row.passed === null ? t('board.notKnown') : row.passed ? t('board.yes') : t('board.no')) },
          { key: 'text', title: t('board.reason'), kind: 'text', value: (row) => row.text },
        ],
      })}
    </Section>
  );
}

/** What befell the client from the decision on, day by day. */
function Happenings({ found, words: { t, code, format } }: { found: Inspected; words: Words }) {
  const rows = happenings(found);
  return rows.length === 0 ? <Empty>{t('board.nothingAfter')}</Empty> : (
    <ol className="timeline">
      {rows.map((row, at) => (
        <li key={at}>
          <span className="quiet">{format.day(row.day)}</span>
          <span>{row.kind === 'event' ? <strong>{code('creditEvent', row.what)}</strong> : <>{code('caseKind', row.what)} {row.reference}</>}</span>
        </li>
      ))}
    </ol>
  );
}
