import { MarketMoversDocument, type MarketMoversQuery, type MarketMoversQueryVariables, type MoverFigure, type MoverSubject } from '../api/generated/graphql';
import { Go, partyPath } from '../app/Link';
import { Name } from '../party/Name';
import { barsPart, type Board, type BoardFigure } from './board';
import { quarterBefore } from './course';

type Row = NonNullable<MarketMoversQuery['marketMovers']>['rows'][number];

const movements: Record<string, Pick<BoardFigure<Row>, 'kind' | 'digits'>> = {
  CONCENTRATION: { kind: 'share' }, EXPOSURE: { kind: 'amount' }, GRADE: { kind: 'points' }, RATIO: { kind: 'share' },
};

/** Who or what moved most between two days, up or down. */
export const movers: Board<MarketMoversQuery, MarketMoversQueryVariables> = {
  document: MarketMoversDocument,
  path: 'marketMovers',
  choices: ({ t, code }, { day }) => [
    { name: 'since', label: t('board.since'), usual: quarterBefore(day) },
    { name: 'subject', label: t('board.who'), usual: 'CLIENT', options: ['CLIENT', 'BROKER', 'SECURITY'].map((id) => ({ id, text: code('moverSubject', id) })) },
    { name: 'by', label: t('board.movedBy'), usual: 'GRADE', options: ['GRADE', 'EXPOSURE', 'RATIO', 'CONCENTRATION'].map((id) => ({ id, text: code('moverFigure', id) })) },
  ],
  variables: ({ since, subject, by }, { asOf, knownAt }) => ({ since: since!, subject: subject as MoverSubject, by: by as MoverFigure, asOf, knownAt }),
  note: ({ marketMovers }, { t, format }) => (marketMovers ? t('board.moved', { count: format.count(marketMovers.count), day: format.day(marketMovers.since) }) : null),
  parts: ({ marketMovers }, chosen, words) => {
    const { t } = words;
    const nameOf = (row: Row) => row.client?.name ?? row.broker?.name ?? row.security?.name ?? row.broker?.code ?? row.security?.code ?? '–';
    const both = (title: string, kind: BoardFigure<Row>['kind'], of: (figures: NonNullable<Row['now']>) => string | number | null | undefined): BoardFigure<Row>[] => [
      { key: `${title}-then`, title: `${title} ${t('board.then')}`, kind, value: (row) => (row.then ? of(row.then) : null) },
      { key: `${title}-now`, title: `${title} ${t('board.now')}`, kind, value: (row) => (row.now ? of(row.now) : null) },
    ];
    const figures: BoardFigure<Row>[] = [
      {
        key: 'name', title: t('search.name'), kind: 'text', value: nameOf,
        cell: (row) => (row.client ? <Go to={partyPath(row.client.id)}><Name>{row.client.name}</Name></Go> : <>{nameOf(row)} <small className="quiet">{row.broker?.code ?? row.security?.code}</small></>),
      },
      { key: 'movement', title: t('board.movement'), ...movements[chosen.by!]!, value: (row) => row.movement },
      ...both(t('score.grade'), 'text', ({ grade }) => grade),
      ...both(t('board.owed'), 'amount', ({ exposure }) => exposure),
      ...both(t('party.ratio'), 'share', ({ ratio }) => ratio),
      ...both(t('board.inOne'), 'share', ({ concentration }) => concentration),
      ...both(t('board.probability'), 'share', ({ probabilityOfDefault }) => probabilityOfDefault),
    ];
    return [barsPart(words, { key: 'movers', title: words.code('moverSubject', chosen.subject), empty: t('board.nobodyMoved') },
      { rows: marketMovers?.rows ?? [], rowKey: (_, at) => String(at), nameOf, figures: chosen.subject === 'SECURITY' ? figures.filter(({ value }) => (marketMovers?.rows ?? []).some((row) => value(row) != null)) : figures }, 'movement')];
  },
};
