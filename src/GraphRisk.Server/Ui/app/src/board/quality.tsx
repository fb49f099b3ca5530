import { ClientQualityDocument, type ClientQualityQuery, type ClientQualityQueryVariables, type MarketDivision, type QualityDivision } from '../api/generated/graphql';
import { barsPart, type Board, type BoardFigure, coursePart, type Words } from './board';
import { quarterEnds } from './course';

type Row = NonNullable<ClientQualityQuery['clientQuality']>['days'][number]['rows'][number];

const divisions = ['ALL', 'GRADE', 'INDUSTRY', 'JURISDICTION', 'PRODUCT'];
const drawn = ['exposure', 'inDefault', 'shareInDefault', 'weak', 'expectedLoss', 'clients'];

function figuresOf({ t }: Words, nameOf: (row: Row) => string): BoardFigure<Row>[] {
  return [
    { key: 'name', title: t('search.name'), kind: 'text', value: nameOf },
    { key: 'clients', title: t('board.indebted'), kind: 'count', value: (row) => row.clients },
    { key: 'exposure', title: t('board.owed'), kind: 'amount', value: (row) => row.exposure },
    { key: 'clientsInDefault', title: t('board.clientsInDefault'), kind: 'count', value: (row) => row.clientsInDefault },
    { key: 'inDefault', title: t('board.inDefault'), kind: 'amount', value: (row) => row.exposureInDefault },
    { key: 'shareInDefault', title: t('board.shareInDefault'), kind: 'share', digits: 2, value: (row) => row.shareInDefault },
    { key: 'worst', title: t('board.worstGrade'), kind: 'text', value: (row) => row.worstGrade },
    { key: 'weakClients', title: t('board.weakClients'), kind: 'count', value: (row) => row.weakClients },
    { key: 'weak', title: t('board.shareWeak'), kind: 'share', value: (row) => row.shareWeak },
    { key: 'scored', title: t('board.scored'), kind: 'count', value: (row) => row.scoredClients },
    { key: 'expectedLoss', title: t('desk.expectedLoss'), kind: 'amount', value: (row) => row.expectedLoss },
  ];
}

/** Quality of those who owe, told apart as asked for, on the day and over quarters. */
export function quality(usual: { of: MarketDivision; by: QualityDivision }): Board<ClientQualityQuery, ClientQualityQueryVariables> {
  return {
    document: ClientQualityDocument,
    path: 'clientQuality',
    choices: (words) => [
      { name: 'of', label: words.t('board.clientsOf'), usual: usual.of, options: ['BROKER', 'JURISDICTION', 'MARKET'].map((id) => ({ id, text: words.code('marketDivision', id) })) },
      { name: 'by', label: words.t('board.by'), usual: usual.by, options: divisions.map((id) => ({ id, text: words.code('qualityDivision', id) })) },
      { name: 'quarters', label: words.t('board.over'), usual: '4', options: ['1', '4', '8', '13'].map((id) => ({ id, text: id === '1' ? words.t('board.oneDay') : words.t('board.quarters', { number: id }) })) },
      { name: 'figure', label: words.t('board.figure'), usual: 'exposure', options: figuresOf(words, ({ key }) => key).filter(({ key }) => drawn.includes(key)).map(({ key, title }) => ({ id: key, text: title })) },
    ],
    variables: ({ of, by, quarters }, { asOf, knownAt, language, day }) => ({
      of: of === 'BROKER' ? null : (of as MarketDivision), by: by as QualityDivision, days: quarterEnds(day, Number(quarters)), language, asOf, knownAt,
    }),
    parts: (data, chosen, words) => {
      const days = data.clientQuality?.days ?? [];
      const last = days.at(-1);
      if (!last) return [];
      const jurisdictions = new Map((data.market?.rows ?? []).map((row) => [row.key, row.jurisdictionName]));
      const isOfSeveral = chosen.of !== 'MARKET';
      const whose = (row: Row) => row.broker?.name ?? jurisdictions.get(row.of) ?? (row.of === 'MARKET' ? words.code('marketDivision', 'MARKET') : row.of);
      const which = (row: Row) =>
        row.key === '' ? words.t('board.unknownKey') : chosen.by === 'JURISDICTION' ? (jurisdictions.get(row.key) ?? row.key) : chosen.by === 'PRODUCT' ? words.code('product', row.key) : row.key;
      const nameOf = (row: Row) => (chosen.by === 'ALL' ? whose(row) : isOfSeveral ? `${whose(row)} · ${which(row)}` : which(row));
      const keyOf = (row: Row) => `${row.of} ${row.key}`;
      const figures = figuresOf(words, nameOf);
      const figure = figures.find(({ key }) => key === chosen.figure)!;
      // Grades stand in their own order, all else by what is drawn.
      const rows = chosen.by === 'GRADE' ? last.rows : [...last.rows].sort((left, right) => Number(figure.value(right) ?? -1) - Number(figure.value(left) ?? -1));
      return [
        barsPart(words, { key: 'day', title: words.format.day(last.day) }, { rows, rowKey: keyOf, nameOf, figures }, figure.key),
        ...(days.length > 1 ? [coursePart(words, { key: 'course', title: words.t('board.overTime', { figure: figure.title }) }, days, keyOf, nameOf, figure)] : []),
      ];
    },
  };
}
