import { WarningWorkDocument, type WarningDivision, type WarningWorkQuery, type WarningWorkQueryVariables } from '../api/generated/graphql';
import { barsPart, type Board, type BoardFigure, type Words } from './board';
import { quarterBefore } from './course';

type Row = NonNullable<WarningWorkQuery['warningWork']>['rows'][number];

const drawn = ['opened', 'open', 'untaken', 'escalated', 'falseAlarms', 'days', 'cut'];

function figuresOf({ t, code }: Words, by: string, nameOf: (row: Row) => string): BoardFigure<Row>[] {
  const figures: BoardFigure<Row>[] = [
    { key: 'name', title: t('search.name'), kind: 'text', value: nameOf },
    { key: 'opened', title: t('board.opened'), kind: 'count', value: (row) => row.opened },
    { key: 'taken', title: t('board.takenUp'), kind: 'count', value: (row) => row.taken },
    { key: 'days', title: t('board.daysToTake'), kind: 'decimal', digits: 1, value: (row) => row.medianDaysToTake },
    { key: 'open', title: t('board.stillOpen'), kind: 'count', value: (row) => row.open },
    { key: 'untaken', title: t('board.untaken'), kind: 'count', value: (row) => row.untaken },
    { key: 'resolved', title: code('warningState', 'RESOLVED'), kind: 'count', value: (row) => row.resolved },
    { key: 'falseAlarms', title: code('warningState', 'FALSE_ALARM'), kind: 'count', value: (row) => row.falseAlarms },
    { key: 'escalated', title: code('warningState', 'ESCALATED'), kind: 'count', value: (row) => row.escalated },
    { key: 'rounds', title: t('board.rounds'), kind: 'count', value: (row) => row.rounds },
    { key: 'cut', title: t('board.cut'), kind: 'count', value: (row) => row.cut },
  ];
  return by === 'ALL' ? figures : figures.filter(({ key }) => key !== 'rounds' && key !== 'cut');
}

/** How the warnings that were found in some days were worked since, desk by desk. */
export const work: Board<WarningWorkQuery, WarningWorkQueryVariables> = {
  document: WarningWorkDocument,
  path: 'warningWork',
  choices: (words, { day }) => [
    { name: 'from', label: words.t('board.from'), usual: quarterBefore(day) },
    { name: 'by', label: words.t('board.by'), usual: 'ALL', options: ['ALL', 'SEVERITY', 'RULE'].map((id) => ({ id, text: words.code('warningDivision', id) })) },
    { name: 'figure', label: words.t('board.figure'), usual: 'opened', options: figuresOf(words, 'ALL', ({ key }) => key).filter(({ key }) => drawn.includes(key)).map(({ key, title }) => ({ id: key, text: title })) },
  ],
  variables: ({ from, by }, { asOf, knownAt }) => ({ from: from!, to: null, by: by as WarningDivision, asOf, knownAt }),
  note: ({ warningWork }, { t, format }) => (warningWork ? t('board.foundBetween', { from: format.day(warningWork.from), to: format.day(warningWork.to) }) : null),
  parts: ({ warningWork }, chosen, words) => {
    const key = ({ key: name }: Row) => (chosen.by === 'SEVERITY' ? words.code('severity', name) : name);
    const nameOf = (row: Row) => [row.broker?.name ?? row.broker?.code, ...(chosen.by === 'ALL' ? [] : [key(row)])].filter(Boolean).join(' · ');
    const figures = figuresOf(words, chosen.by!, nameOf);
    return [barsPart(words, { key: 'work', title: words.code('board', 'work'), empty: words.t('board.noWarnings') },
      { rows: warningWork?.rows ?? [], rowKey: (_, at) => String(at), nameOf, figures }, figures.some((figure) => figure.key === chosen.figure) ? chosen.figure! : 'opened')];
  },
};
