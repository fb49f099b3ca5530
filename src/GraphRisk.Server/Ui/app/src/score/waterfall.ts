// The arithmetic of a waterfall: each part stands where the one before it ended, and the end is where the server says it is.

export interface Part {
  key: string;
  title: string;
  points: number;
  kind: 'own' | 'contagion' | 'model' | 'rest';
}

export interface Bar {
  key: string;
  title: string;
  /** Where it begins and ends; a sum begins at nought. */
  from: number;
  to: number;
  points: number;
  kind: Part['kind'] | 'sum';
}

/** Parts of less than this do not make a bar of what is left over. */
const slight = 0.005;

/** The bars from a start to an end by parts. What the parts leave over, since figures were rounded before they were told, is a bar of its own. */
export function waterfall(start: { title: string; points: number }, parts: readonly Part[], end: { title: string; points: number }, rest: string): Bar[] {
  const bars: Bar[] = [{ key: 'start', title: start.title, from: 0, to: start.points, points: start.points, kind: 'sum' }];
  let at = start.points;
  for (const part of parts) {
    bars.push({ ...part, from: at, to: at + part.points });
    at += part.points;
  }
  const left = end.points - at;
  if (Math.abs(left) > slight) bars.push({ key: 'rest', title: rest, from: at, to: end.points, points: left, kind: 'rest' });
  bars.push({ key: 'end', title: end.title, from: 0, to: end.points, points: end.points, kind: 'sum' });
  return bars;
}

/** The range a waterfall is drawn in: its steps with a margin, not from nought, since the steps are small beside the sums. */
export function range(bars: readonly Bar[]): [number, number] {
  const places = bars.flatMap((bar) => (bar.kind === 'sum' ? [bar.to] : [bar.from, bar.to]));
  const [low, high] = [Math.min(...places), Math.max(...places)];
  const margin = Math.max((high - low) * 0.15, 5);
  return [low - margin, high + margin];
}

export interface Group {
  name: string;
  title: string;
  scope: 'OWN' | 'CONTAGION';
  points?: number | null;
}

/**
 * The parts of a score: its groups, own before contagion, those that lower it most first; or, where a group's points are not disclosed, own risk and
 * contagion each as a whole.
 */
export function partsOf(
  score: { ownRisk?: number | null; contagion?: number | null; groups?: readonly Group[] | null }, own: string, contagion: string,
): Part[] {
  const groups = score.groups ?? [];
  if (groups.length > 0 && groups.every((group) => typeof group.points === 'number')) {
    const of = (scope: Group['scope'], kind: Part['kind']) => groups
      .filter((group) => group.scope === scope && group.points !== 0)
      .map((group) => ({ key: group.name, title: group.title, points: group.points!, kind }))
      .sort((left, right) => left.points - right.points);
    return [...of('OWN', 'own'), ...of('CONTAGION', 'contagion')];
  }
  const whole = (key: string, title: string, points: number | null | undefined, kind: Part['kind']): Part[] =>
    typeof points === 'number' ? [{ key, title, points, kind }] : [];
  return [...whole('own', own, score.ownRisk, 'own'), ...whole('contagion', contagion, score.contagion, 'contagion')];
}
