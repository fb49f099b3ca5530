import type { Ripple, RippleClient } from './model';

export const CARD = { width: 168, height: 46 };
const gapAcross = 92;
const gapDown = 12;
const head = 34;

/** So many clients of a round are drawn, the largest losses first; the others are a number. */
export const mostInColumn = 9;

export interface Column {
  /** The round after which its clients have failed; null for those who stand in the end. */
  round: number | null;
  x: number;
  clients: RippleClient[];
  hidden: number;
}

export interface RippleBroker {
  code: string;
  name: string | null;
}

export interface Board {
  width: number;
  height: number;
  columns: Column[];
  places: Map<string, { x: number; y: number }>;
  /** Where brokers stand, at the right. */
  brokersX: number;
}

/** Clients in columns by the round in which they fail, the one that is supposed to fail first of all, guarantors who stand after them, brokers at the end. */
export function boardOf(ripple: Ripple, brokers: readonly RippleBroker[]): Board {
  const byId = new Map(ripple.clients.map((client) => [client.id, client]));
  const guarantors = new Set(ripple.edges.filter((edge) => byId.get(edge.debtor)?.failsIn !== null).map((edge) => edge.guarantor));
  const drawn = ripple.clients.filter((client) => client.failsIn !== null || guarantors.has(client.id));
  const rounds = [...new Set(drawn.map((client) => client.failsIn))].sort((left, right) => (left ?? Infinity) - (right ?? Infinity));
  const loss = (client: RippleClient) => client.rounds.at(-1)?.losses ?? 0;
  const places = new Map<string, { x: number; y: number }>();
  const columns = rounds.map((round, at) => {
    const own = drawn.filter((client) => client.failsIn === round)
      .sort((left, right) => Number(right.fate === 'start') - Number(left.fate === 'start') || loss(right) - loss(left) || (left.id < right.id ? -1 : 1));
    const clients = own.slice(0, mostInColumn);
    const x = 16 + at * (CARD.width + gapAcross);
    clients.forEach((client, row) => places.set(client.id, { x, y: head + row * (CARD.height + gapDown) }));
    return { round, x, clients, hidden: own.length - clients.length };
  });
  const brokersX = 16 + columns.length * (CARD.width + gapAcross);
  brokers.forEach((broker, row) => places.set(`broker:${broker.code}`, { x: brokersX, y: head + row * (CARD.height + gapDown) }));
  const rows = Math.max(1, brokers.length, ...columns.map((column) => column.clients.length + (column.hidden > 0 ? 1 : 0)));
  return { width: brokersX + CARD.width + 16, height: head + rows * (CARD.height + gapDown) + 16, columns, places, brokersX };
}

/** Which card an arrow key leads to. */
export function cardByKey(board: Board, at: string, key: string): string | null {
  const here = board.places.get(at);
  if (!here) return null;
  let best: string | null = null;
  let least = Infinity;
  for (const [id, { x, y }] of board.places) {
    const [across, down] = [x - here.x, y - here.y];
    const isThere = key === 'ArrowUp' ? across === 0 && down < 0 : key === 'ArrowDown' ? across === 0 && down > 0 : key === 'ArrowLeft' ? across < 0 : key === 'ArrowRight' ? across > 0 : false;
    const far = Math.abs(across) * 10 + Math.abs(down);
    if (isThere && far < least) [best, least] = [id, far];
  }
  return best;
}
