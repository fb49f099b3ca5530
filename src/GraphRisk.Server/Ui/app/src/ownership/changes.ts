import { sameBand } from '../charts/band';
import { bandsOf, type Chart, type Holding, type Measure } from './chart';

export type ChangeKind = 'CAME' | 'WENT' | 'MOVED';

export interface HoldingChange {
  kind: ChangeKind;
  before: Holding | null;
  after: Holding | null;
}

/** How direct holdings differ between an earlier and a later chart of the same party, by holding; whatever is the same is left out. */
export function changesBetween(before: Chart, after: Chart, measure: Measure): Map<string, HoldingChange> {
  const changes = new Map<string, HoldingChange>();
  for (const [id, now] of after.holdings) {
    const then = before.holdings.get(id);
    if (!then) changes.set(id, { kind: 'CAME', before: null, after: now });
    else if (!sameHolding(then, now, measure)) changes.set(id, { kind: 'MOVED', before: then, after: now });
  }
  for (const [id, then] of before.holdings)
    if (!after.holdings.has(id)) changes.set(id, { kind: 'WENT', before: then, after: null });
  return changes;
}

/** The later chart with what was there before and is no more, so that both can be drawn as one. */
export function bothCharts(before: Chart, after: Chart): Chart {
  return {
    asked: after.asked,
    parties: new Map([...before.parties, ...after.parties]),
    holdings: new Map([...before.holdings, ...after.holdings]),
  };
}

function sameHolding(left: Holding, right: Holding, measure: Measure): boolean {
  const one = bandsOf(left, measure);
  const other = bandsOf(right, measure);
  return one.length === other.length && one.every((band, at) => sameBand(band, other[at]!));
}
