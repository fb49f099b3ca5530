import type { RippleByClientQuery, RippleFiguresFragment, RippleTiesFragment, StressScenarioInput } from '../api/generated/graphql';

type ClientRow = NonNullable<NonNullable<NonNullable<RippleByClientQuery['stressTest']>['rows']>[number]>;

/** Who is supposed to be in default. */
export type Start = { kind: 'client'; id: string } | { kind: 'broker'; code: string };

export interface Assumptions {
  /** Move of prices, -0.2 for a fall by 20%; 0 for none. */
  move: number;
  /** The industry whose prices move; null where all do. */
  industry: string | null;
  /** Part of a security's market value the sale of which brings its price to nothing; 0 where sales move no prices. */
  depth: number;
  /** From which line collateral is sold. */
  sellFrom: 'CALL' | 'CLOSING';
}

export function scenarioOf(start: Start | null, assumptions: Assumptions): StressScenarioInput {
  return {
    name: start === null ? 'prices' : start.kind === 'client' ? 'client-fails' : 'broker-fails',
    ...(start?.kind === 'client' ? { defaultedClients: [start.id] } : {}),
    ...(start?.kind === 'broker' ? { defaultedBrokers: [start.code] } : {}),
    ...(assumptions.move !== 0 ? { prices: [assumptions.industry === null ? { on: 'MARKET' as const, move: assumptions.move } : { on: 'INDUSTRY' as const, name: assumptions.industry, move: assumptions.move }] } : {}),
    ...(assumptions.depth !== 0 ? { depth: { marketValueShare: assumptions.depth } } : {}),
    sellFrom: assumptions.sellFrom,
  };
}

/** In which way a client comes to fail. */
export type Fate = 'start' | 'before' | 'anyway' | 'ripple' | 'stands';

export interface RippleClient {
  id: string;
  name: string | null;
  type: string;
  fate: Fate;
  /** The round after which it has first failed, 0 before anything happened; null where it stands in the end. */
  failsIn: number | null;
  rounds: RippleFiguresFragment[];
  /** Losses in the end beyond what they would be where nothing happens. */
  lossesBeyond: number;
  brokers: string[];
}

/** A guarantee between two of the clients shown, from guarantor to debtor. */
export interface RippleEdge {
  id: string;
  guarantor: string;
  debtor: string;
  /** Up to which the guarantor answers; null where that is not stated. */
  amount: number | null;
  /** The round in which it is drawn on: the debtor has failed. Null where the debtor stands. */
  calledIn: number | null;
}

export interface Ripple {
  /** Phases of the rounds, the state before first. */
  phases: string[];
  clients: RippleClient[];
  edges: RippleEdge[];
}

/** Rows of a scenario by client as a graph that grows round by round. Guarantors that are no row are added: nothing of them changed, or they lie beyond the rows that were asked. */
export function rippleOf(rows: readonly (ClientRow | null)[], start: Start | null, begun: RippleTiesFragment | null): Ripple {
  const clients = new Map<string, RippleClient>();
  const tied: RippleTiesFragment[] = [];
  let phases: string[] = [];
  for (const row of rows) {
    if (!row?.client) continue;
    const rounds = row.rounds ?? [];
    if (rounds.length > phases.length) phases = rounds.map((round) => round.phase);
    const failsIn = rounds.findIndex((round) => (round.defaults ?? 0) > 0);
    tied.push(row.client);
    clients.set(row.client.id, {
      ...named(row.client),
      fate: fateOf(row, start, begun, failsIn),
      failsIn: failsIn < 0 ? null : failsIn,
      rounds,
      lossesBeyond: (row.after?.losses ?? 0) - (row.withoutShock?.losses ?? 0),
      brokers: brokersOf(row.client),
    });
  }
  if (start?.kind === 'client' && begun && !clients.has(begun.id)) {
    tied.push(begun);
    clients.set(begun.id, { ...named(begun), fate: 'start', failsIn: 1, rounds: [], lossesBeyond: 0, brokers: brokersOf(begun) });
  }
  const edges: RippleEdge[] = [];
  for (const debtor of tied)
    for (const edge of debtor.guarantors?.edges ?? []) {
      if (!edge?.node) continue;
      const { node } = edge;
      if (!clients.has(node.id)) clients.set(node.id, { ...named(node), fate: 'stands', failsIn: null, rounds: [], lossesBeyond: 0, brokers: [] });
      edges.push({ id: `${node.id}>${debtor.id}:${edges.length}`, guarantor: node.id, debtor: debtor.id, amount: edge.amount ?? null, calledIn: clients.get(debtor.id)!.failsIn });
    }
  return { phases, clients: [...clients.values()], edges };
}

/** The part of a ripple that its start brings about: who fails or loses more than without it, and the guarantors of these. */
export function broughtAbout(ripple: Ripple): Ripple {
  const moved = new Set(ripple.clients.filter((client) => client.fate === 'start' || client.fate === 'ripple' || client.lossesBeyond !== 0).map((client) => client.id));
  const edges = ripple.edges.filter((edge) => moved.has(edge.debtor));
  const guarantors = new Set(edges.map((edge) => edge.guarantor));
  return { phases: ripple.phases, clients: ripple.clients.filter((client) => moved.has(client.id) || guarantors.has(client.id)), edges };
}

function named(party: { id: string; name?: string | null; __typename: string }): Pick<RippleClient, 'id' | 'name' | 'type'> {
  return { id: party.id, name: party.name ?? null, type: party.__typename };
}

function brokersOf(party: RippleTiesFragment): string[] {
  return (party.brokers?.nodes ?? []).flatMap((broker) => broker?.code ?? []);
}

function fateOf(row: ClientRow, start: Start | null, begun: RippleTiesFragment | null, failsIn: number): Fate {
  if (start?.kind === 'client' && row.client?.id === (begun?.id ?? start.id)) return 'start';
  if (failsIn < 0) return 'stands';
  if ((row.before?.defaults ?? 0) > 0) return 'before';
  return (row.withoutShock?.defaults ?? 0) > 0 ? 'anyway' : 'ripple';
}

export interface RoundSum {
  round: number;
  phase: string;
  defaults: number;
  losses: number;
  forcedSales: number;
  uncovered: number;
  calls: number;
}

/** What the rows of a division come to after each round. Rows of an answer add up, so this is the whole where all rows are there. */
export function roundSums(rows: readonly ({ rounds?: RippleFiguresFragment[] | null } | null)[]): RoundSum[] {
  const sums: RoundSum[] = [];
  for (const row of rows)
    (row?.rounds ?? []).forEach((figures, round) => {
      const sum = (sums[round] ??= { round, phase: figures.phase, defaults: 0, losses: 0, forcedSales: 0, uncovered: 0, calls: 0 });
      sum.defaults += figures.defaults ?? 0;
      sum.losses += figures.losses ?? 0;
      sum.forcedSales += figures.forcedSales ?? 0;
      sum.uncovered += figures.uncovered ?? 0;
      sum.calls += figures.calls ?? 0;
    });
  return sums;
}
