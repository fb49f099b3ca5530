import { type Chart, type ChartParty, type Holding, holdingWeight, type Measure, type Side } from './chart';

/** Of more neighbours on a side than this the largest are drawn, and the others are a number until somebody opens them. */
export const HUB = 8;

/** So many of a hub's neighbours are drawn before it is opened. */
export const SHOWN_OF_HUB = 6;

/** What the viewer has opened and closed, by `sideKey`. */
export interface Opening {
  /** Steps from the party asked about that are open without having been opened. */
  steps: number;
  opened: ReadonlySet<string>;
  closed: ReadonlySet<string>;
}

/** Parties that are not drawn, as a number where they would be. */
export interface Rest {
  id: string;
  of: string;
  side: Side;
  count: number;
  /** The side is shut altogether; else it is a hub, of which the largest are drawn. */
  isShut: boolean;
}

export interface Visible {
  parties: ChartParty[];
  holdings: Holding[];
  rests: Rest[];
}

export function sideKey(side: Side, id: string): string {
  return `${side}:${id}`;
}

/** The part of a chart that is drawn: from the party asked about up and down as far as is open, hubs with their largest neighbours and a number. */
export function visiblePart(chart: Chart, opening: Opening, measure: Measure): Visible {
  const holdersOf = grouped(chart, (holding) => holding.company, measure);
  const heldBy = grouped(chart, (holding) => holding.holder, measure);
  const seen = new Set<string>([chart.asked]);
  const walked = new Map<string, { of: string; side: Side; isShut: boolean }>();
  const queue: { id: string; side: Side; steps: number }[] = [{ id: chart.asked, side: 'up', steps: 0 }, { id: chart.asked, side: 'down', steps: 0 }];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { id, side, steps } = next;
    const key = sideKey(side, id);
    if (walked.has(key)) continue;
    const isOpened = opening.opened.has(key);
    const isShut = opening.closed.has(key) || (!isOpened && steps >= opening.steps);
    walked.set(key, { of: id, side, isShut });
    if (isShut) continue;
    const holdings = (side === 'up' ? holdersOf : heldBy).get(id) ?? [];
    for (const holding of !isOpened && holdings.length > HUB ? holdings.slice(0, SHOWN_OF_HUB) : holdings) {
      const end = other(holding, side);
      seen.add(end);
      queue.push({ id: end, side, steps: steps + 1 });
      // An owner's other holdings, where somebody opened them.
      const across = side === 'up' ? 'down' : 'up';
      if (opening.opened.has(sideKey(across, end))) queue.push({ id: end, side: across, steps: opening.steps });
    }
  }
  const rests = [...walked].flatMap(([key, { of, side, isShut }]) => {
    const holdings = (side === 'up' ? holdersOf : heldBy).get(of) ?? [];
    const party = chart.parties.get(of);
    const total = Math.max((side === 'up' ? party?.holderCount : party?.holdingCount) ?? 0, holdings.length);
    const count = total - holdings.filter((holding) => seen.has(other(holding, side))).length;
    return count > 0 ? [{ id: `rest:${key}`, of, side, count, isShut }] : [];
  });
  return {
    parties: [...seen].flatMap((id) => chart.parties.get(id) ?? []),
    holdings: [...chart.holdings.values()].filter((holding) => seen.has(holding.holder) && seen.has(holding.company)),
    rests,
  };
}

function other(holding: Holding, side: Side): string {
  return side === 'up' ? holding.holder : holding.company;
}

function grouped(chart: Chart, by: (holding: Holding) => string, measure: Measure): Map<string, Holding[]> {
  const groups = new Map<string, Holding[]>();
  for (const holding of chart.holdings.values()) {
    const group = groups.get(by(holding));
    if (group) group.push(holding);
    else groups.set(by(holding), [holding]);
  }
  for (const group of groups.values())
    group.sort((left, right) => holdingWeight(right, measure) - holdingWeight(left, measure) || (left.id < right.id ? -1 : 1));
  return groups;
}
