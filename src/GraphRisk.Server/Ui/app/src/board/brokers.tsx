import { MarketBoardDocument, type MarketBoardQuery, type MarketBoardQueryVariables, type MarketDivision } from '../api/generated/graphql';
import { barsPart, type Board, type BoardFigure, type Words } from './board';

type Row = NonNullable<NonNullable<MarketBoardQuery['market']>['rows']>[number];

const drawn = ['debt', 'pd', 'call', 'high'];

function figuresOf({ t }: Words, nameOf: (row: Row) => string): BoardFigure<Row>[] {
  return [
    { key: 'name', title: t('search.name'), kind: 'text', value: nameOf, cell: (row) => <>{nameOf(row)} {row.key !== nameOf(row) && row.key !== 'MARKET' && <small className="quiet">{row.key}</small>}</> },
    { key: 'clients', title: t('board.clients'), kind: 'count', value: (row) => row.clients },
    { key: 'indebted', title: t('board.indebted'), kind: 'count', value: (row) => row.clientsWithDebt },
    { key: 'debt', title: t('party.debt'), kind: 'amount', value: (row) => row.debt },
    { key: 'margin', title: t('board.margin'), kind: 'amount', value: (row) => row.marginDebt },
    { key: 'pledge', title: t('board.pledge'), kind: 'amount', value: (row) => row.pledgeDebt },
    { key: 'repo', title: t('board.repo'), kind: 'amount', value: (row) => row.repoDebt },
    { key: 'collateral', title: t('board.collateral'), kind: 'amount', value: (row) => row.collateral },
    { key: 'ratio', title: t('party.ratio'), kind: 'share', value: (row) => row.maintenanceRatio },
    { key: 'call', title: t('board.belowCall'), kind: 'share', value: (row) => row.debtBelowCallLine },
    { key: 'closing', title: t('board.belowClosing'), kind: 'share', value: (row) => row.debtBelowClosingLine },
    { key: 'pd', title: t('board.weightedProbability'), kind: 'share', digits: 2, value: (row) => row.debtWeightedProbabilityOfDefault },
    { key: 'high', title: t('board.highRisk'), kind: 'count', value: (row) => row.highRiskClients },
    { key: 'capital', title: t('board.netCapital'), kind: 'amount', value: (row) => row.netCapital },
  ];
}

/** Quality of clients broker by broker, by jurisdiction, or of the market, as far as the viewer may be told: the published edition for whoever is not the regulator. */
export const brokers: Board<MarketBoardQuery, MarketBoardQueryVariables> = {
  document: MarketBoardDocument,
  path: 'market',
  choices: (words, { role }) => [
    {
      // Figures of a single broker are never published: who reads the edition begins with the market.
      name: 'by', label: words.t('board.by'), usual: role === 'client' || role === 'analyst' ? 'MARKET' : 'BROKER',
      options: ['BROKER', 'JURISDICTION', 'MARKET'].map((id) => ({ id, text: words.code('marketDivision', id) })),
    },
    { name: 'figure', label: words.t('board.figure'), usual: 'debt', options: figuresOf(words, ({ key }) => key).filter(({ key }) => drawn.includes(key)).map(({ key, title }) => ({ id: key, text: title })) },
  ],
  variables: ({ by }, { asOf, knownAt, language }) => ({ by: by as MarketDivision, language, asOf, knownAt }),
  note: ({ market }, { t, format }) => (market?.edition ? t('board.edition', { day: format.day(market.edition) }) : null),
  parts: ({ market }, chosen, words) => {
    const nameOf = (row: Row) => row.name ?? row.jurisdictionName ?? (row.key === 'MARKET' ? words.code('marketDivision', 'MARKET') : row.key);
    const figures = figuresOf(words, nameOf);
    const value = (row: Row) => Number(figures.find(({ key }) => key === chosen.figure)!.value(row) ?? -1);
    const rows = [...(market?.rows ?? [])].sort((left, right) => value(right) - value(left));
    return [barsPart(words, { key: 'rows', title: words.t('board.figures') }, { rows, rowKey: ({ key }) => key, nameOf, figures }, chosen.figure!)];
  },
};
