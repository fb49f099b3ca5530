import type { LinkMap } from './model';

/** Rings are ovals: names run sideways, and so do screens. */
const WIDER = 1.5;

/** A radial tree: the party asked about in the middle, each further tie a ring, each branch the part of the circle its ends need. No draw of chance, so it is the same every time. */
export function radialPlaces(map: LinkMap): Map<string, { x: number; y: number }> {
  const children = new Map<string, string[]>();
  const beside = new Map<string, Set<string>>();
  const join = (from: string, to: string) => {
    const ends = beside.get(from);
    if (ends) ends.add(to);
    else beside.set(from, new Set([to]));
  };
  for (const { from, to } of map.edges) {
    join(from, to);
    join(to, from);
  }
  const depth = new Map([[map.asked, 0]]);
  const order = [map.asked];
  for (let at = 0; at < order.length; at++) {
    const id = order[at]!;
    const ends = [...(beside.get(id) ?? [])].filter((end) => !depth.has(end)).sort();
    children.set(id, ends);
    for (const end of ends) {
      depth.set(end, depth.get(id)! + 1);
      order.push(end);
    }
  }
  const leaves = new Map<string, number>();
  for (const id of order.toReversed()) leaves.set(id, children.get(id)!.reduce((sum, child) => sum + leaves.get(child)!, 0) || 1);
  // Rings lie so far apart that those who stand on the fullest one have room.
  const onRing = new Map<number, number>();
  for (const level of depth.values()) onRing.set(level, (onRing.get(level) ?? 0) + 1);
  const gap = Math.max(1, ...[...onRing].map(([level, count]) => (level === 0 ? 0 : count / (2 * Math.PI * level))));
  const places = new Map([[map.asked, { x: 0, y: 0 }]]);
  const span = new Map<string, [number, number]>([[map.asked, [0, 2 * Math.PI]]]);
  for (const id of order) {
    const [start, end] = span.get(id)!;
    let angle = start;
    for (const child of children.get(id)!) {
      const width = ((end - start) * leaves.get(child)!) / leaves.get(id)!;
      span.set(child, [angle, angle + width]);
      const radius = depth.get(child)! * gap;
      const middle = angle + width / 2;
      places.set(child, { x: WIDER * radius * Math.cos(middle), y: radius * Math.sin(middle) });
      angle += width;
    }
  }
  return places;
}
