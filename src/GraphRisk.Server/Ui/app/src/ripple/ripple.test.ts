import { describe, expect, it } from 'vitest';
import type { RippleByClientQuery, RippleTiesFragment } from '../api/generated/graphql';
import { broughtAbout, rippleOf, roundSums, scenarioOf } from './model';
import { boardOf, cardByKey } from './places';

type Row = NonNullable<NonNullable<NonNullable<RippleByClientQuery['stressTest']>['rows']>[number]>;

const figures = (phase: string, defaults: number, losses: number) => ({ phase, defaults, losses, debt: 10, forcedSales: losses * 2, uncovered: losses, calls: 1 });

function row(id: string, fails: number[], losses: number, anyway: number, guarantors: string[] = []): Row {
  const rounds = fails.map((defaults, at) => figures(['BEFORE', 'SHOCK', 'SALES', 'CALLS'][at]!, defaults, defaults * losses));
  return {
    client: {
      __typename: 'Company', id, name: id, brokers: { nodes: [{ code: 'B001' }] },
      guarantors: { edges: guarantors.map((node) => ({ amount: 5, node: { __typename: 'Person', id: node, name: node } })) },
    },
    before: rounds[0], rounds, after: rounds.at(-1), withoutShock: { defaults: anyway, losses: anyway * losses, uncovered: 0 },
  } as unknown as Row;
}

const rows = [row('a', [0, 1, 1, 1], 100, 0), row('b', [0, 0, 0, 1], 40, 0, ['g', 'a']), row('c', [1, 1, 1, 1], 7, 1), row('d', [0, 0, 1, 1], 9, 1), row('e', [0, 0, 0, 0], 0, 0)];

describe('ripple', () => {
  const ripple = rippleOf(rows, { kind: 'client', id: 'a' }, null);
  const by = (id: string) => ripple.clients.find((client) => client.id === id)!;

  it('tells what the default brought about from what would have happened anyway', () => {
    expect(['a', 'b', 'c', 'd', 'e'].map((id) => by(id).fate)).toEqual(['start', 'ripple', 'before', 'anyway', 'stands']);
    expect(['a', 'b', 'c', 'd', 'e'].map((id) => by(id).failsIn)).toEqual([1, 3, 0, 2, null]);
    expect([by('b').lossesBeyond, by('d').lossesBeyond]).toEqual([40, 0]);
    expect(ripple.phases).toEqual(['BEFORE', 'SHOCK', 'SALES', 'CALLS']);
  });

  it('draws guarantees from guarantor to debtor, called in the round in which the debtor fails', () => {
    expect(ripple.edges.map((edge) => [edge.guarantor, edge.debtor, edge.amount, edge.calledIn])).toEqual([['g', 'b', 5, 3], ['a', 'b', 5, 3]]);
    expect(by('g').rounds).toEqual([]);
  });

  it('shows by itself what the default brings about, with the guarantors of it', () => {
    expect(broughtAbout(ripple).clients.map((client) => client.id).sort()).toEqual(['a', 'b', 'g']);
    expect(broughtAbout(ripple).edges).toHaveLength(2);
  });

  it('has the one that is supposed to fail although it loses nothing, under the id it has on the day', () => {
    const begun = { __typename: 'Company', id: 'z', name: 'z', brokers: { nodes: [] }, guarantors: { edges: [{ amount: 3, node: { __typename: 'Person', id: 'h', name: 'h' } }] } } as unknown as RippleTiesFragment;
    const quiet = rippleOf(rows, { kind: 'client', id: 'Company/registry:z' }, begun);
    expect(quiet.clients.find((client) => client.id === 'z')).toMatchObject({ fate: 'start', failsIn: 1 });
    expect(quiet.edges.find((edge) => edge.debtor === 'z')).toMatchObject({ guarantor: 'h', amount: 3, calledIn: 1 });
  });

  it('puts rounds in columns, who stands last, and every card apart', () => {
    const board = boardOf(ripple, [{ code: 'B001', name: null }]);
    expect(board.columns.map((column) => column.round)).toEqual([0, 1, 2, 3, null]);
    expect(new Set([...board.places.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(board.places.size);
    expect(cardByKey(board, 'c', 'ArrowRight')).toBe('a');
    expect(cardByKey(board, 'c', 'ArrowLeft')).toBeNull();
  });

  it('adds rows up round by round', () => {
    expect(roundSums(rows).map((sum) => [sum.phase, sum.defaults, sum.losses])).toEqual([['BEFORE', 1, 7], ['SHOCK', 2, 107], ['SALES', 3, 116], ['CALLS', 4, 156]]);
  });

  it('asks for what is supposed and nothing else', () => {
    expect(scenarioOf({ kind: 'client', id: 'a' }, { move: 0, industry: 'banks', depth: 0, sellFrom: 'CALL' })).toEqual({ name: 'client-fails', defaultedClients: ['a'], sellFrom: 'CALL' });
    expect(scenarioOf({ kind: 'broker', code: 'B003' }, { move: -0.2, industry: null, depth: 0.02, sellFrom: 'CLOSING' })).toEqual({
      name: 'broker-fails', defaultedBrokers: ['B003'], prices: [{ on: 'MARKET', move: -0.2 }], depth: { marketValueShare: 0.02 }, sellFrom: 'CLOSING',
    });
    expect(scenarioOf(null, { move: -0.3, industry: 'banks', depth: 0, sellFrom: 'CALL' })).toEqual({ name: 'prices', prices: [{ on: 'INDUSTRY', name: 'banks', move: -0.3 }], sellFrom: 'CALL' });
  });
});
