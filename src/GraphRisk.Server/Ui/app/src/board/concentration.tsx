import { MarketConcentrationDocument, type MarketConcentrationQuery, type MarketConcentrationQueryVariables } from '../api/generated/graphql';
import { Go, partyPath } from '../app/Link';
import { Name } from '../party/Name';
import { barsPart, type Board, tablePart } from './board';

type Answer = NonNullable<MarketConcentrationQuery['marketConcentration']>;
type Group = Answer['groups'][number];
type Held = Answer['securities'][number];

/** How much of all brokers' lending rests on one security or one group under common control. */
export const concentration: Board<MarketConcentrationQuery, MarketConcentrationQueryVariables> = {
  document: MarketConcentrationDocument,
  path: 'marketConcentration',
  choices: ({ t }) => [
    {
      name: 'figure', label: t('board.figure'), usual: 'share',
      options: [{ id: 'share', text: t('board.shareOfMarket') }, { id: 'largest', text: t('board.largestShare') }, { id: 'brokers', text: t('board.brokerCount') }],
    },
  ],
  variables: (_, { asOf, knownAt }) => ({ asOf, knownAt }),
  parts: ({ marketConcentration: found }, chosen, words) => {
    const { t, format } = words;
    if (!found) return [];
    const largest = (row: Group | Held) => row.largestBroker?.name ?? row.largestBroker?.code;
    const shared = [
      { key: 'brokers', title: t('board.brokerCount'), kind: 'count' as const, value: (row: Group | Held) => row.brokers },
      { key: 'who', title: t('board.largestBroker'), kind: 'text' as const, value: largest },
      { key: 'largest', title: t('board.largestShare'), kind: 'share' as const, value: (row: Group | Held) => row.largestShare },
      { key: 'herfindahl', title: t('board.herfindahl'), kind: 'decimal' as const, digits: 3, value: (row: Group | Held) => row.herfindahl },
    ];
    const whole = [
      { name: t('board.amongBrokers'), of: found.debt, herfindahl: found.amongBrokers, count: null },
      { name: t('board.amongGroups'), of: found.debt, herfindahl: found.amongGroups, count: found.groupCount },
      { name: t('board.amongSecurities'), of: found.collateral, herfindahl: found.amongSecurities, count: found.securityCount },
    ];
    return [
      tablePart(words, { key: 'whole', title: t('board.wholeMarket') }, {
        rows: whole, rowKey: ({ name }) => name,
        figures: [
          { key: 'name', title: t('board.among'), kind: 'text', value: (row) => row.name },
          { key: 'of', title: t('party.amount'), kind: 'amount', value: (row) => row.of },
          { key: 'herfindahl', title: t('board.herfindahl'), kind: 'decimal', digits: 4, value: (row) => row.herfindahl },
          { key: 'count', title: t('board.number'), kind: 'count', value: (row) => row.count },
        ],
      }),
      barsPart(words, { key: 'securities', title: t('board.securities'), note: t('home.first', { shown: format.count(found.securities.length), all: format.count(found.securityCount) }) }, {
        rows: found.securities, rowKey: (_, at) => String(at), nameOf: (row) => row.security?.name ?? row.security?.code ?? '–',
        figures: [
          { key: 'name', title: t('search.name'), kind: 'text', value: (row) => row.security?.name, cell: ({ security }) => <>{security?.name ?? '–'} <small className="quiet">{security?.code}</small></> },
          { key: 'value', title: t('board.taken'), kind: 'amount', value: (row) => row.value },
          { key: 'share', title: t('board.shareOfCollateral'), kind: 'share', value: (row) => row.shareOfCollateral },
          { key: 'outstanding', title: t('board.ofOutstanding'), kind: 'share', value: (row) => row.shareOfOutstanding },
          { key: 'free', title: t('board.ofFreeFloat'), kind: 'share', value: (row) => row.shareOfFreeFloat },
          ...shared,
        ],
      }, chosen.figure!),
      barsPart(words, { key: 'groups', title: t('board.groups'), note: t('home.first', { shown: format.count(found.groups.length), all: format.count(found.groupCount) }) }, {
        rows: found.groups, rowKey: (_, at) => String(at), nameOf: (row) => row.leader?.name ?? '–',
        figures: [
          { key: 'name', title: t('board.leader'), kind: 'text', value: (row) => row.leader?.name, cell: ({ leader }) => (leader ? <Go to={partyPath(leader.id, 'links')}><Name>{leader.name}</Name></Go> : '–') },
          { key: 'members', title: t('board.members'), kind: 'count', value: (row) => row.members },
          { key: 'debt', title: t('board.owed'), kind: 'amount', value: (row) => row.debt },
          { key: 'share', title: t('board.shareOfDebt'), kind: 'share', value: (row) => row.shareOfMarket },
          { key: 'capital', title: t('link.ofCapital'), kind: 'share', value: (row) => row.mostToNetCapital },
          ...shared,
        ],
      }, chosen.figure!),
    ];
  },
};
