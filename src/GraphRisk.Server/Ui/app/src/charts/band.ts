/** A part of a company as far as it is known: stated, or between two ends, or neither. */
export interface Band {
  stated: number | null;
  lower: number | null;
  upper: number | null;
  /** The lower end itself is excluded. */
  lowerOpen: boolean;
  /** The upper end itself is excluded. */
  upperOpen: boolean;
}

export type Certainty = 'stated' | 'range' | 'unknown';

export const unknownBand: Band = { stated: null, lower: null, upper: null, lowerOpen: false, upperOpen: false };

export function exactly(share: number): Band {
  return { ...unknownBand, stated: share };
}

export function certaintyOf(band: Band): Certainty {
  if (band.stated !== null) return 'stated';
  return band.lower !== null || band.upper !== null ? 'range' : 'unknown';
}

/** A part as a percentage of as many digits as it needs, two at most: 0.2392 is 23.92. A part above nothing that rounds to nothing keeps a digit that shows it. */
export function percent(part: number): string {
  const value = part * 100;
  const digits = value !== 0 && Math.abs(value) < 0.005 ? value.toPrecision(1) : value.toFixed(2);
  return Number(digits).toString();
}

/** A band in a few signs: `23.92%`, `25–38%`, `>25–38%`, `≥25%`, `<5%`, or `?` where nothing is known. */
export function bandText(band: Band): string {
  if (band.stated !== null) return `${percent(band.stated)}%`;
  const { lower, upper } = band;
  const atLeast = band.lowerOpen ? '>' : '≥';
  if (lower !== null && upper !== null) {
    if (lower === upper) return `${percent(lower)}%`;
    return `${band.lowerOpen ? '>' : ''}${percent(lower)}–${band.upperOpen ? '<' : ''}${percent(upper)}%`;
  }
  if (lower !== null) return `${atLeast}${percent(lower)}%`;
  if (upper !== null) return `${band.upperOpen ? '<' : '≤'}${percent(upper)}%`;
  return '?';
}

/** What a computed figure with bounds shows: one number where its ends are that number, else number and ends. */
export function figureText(share: number | null | undefined, lower: number | null | undefined, upper: number | null | undefined): string {
  const stated = share ?? null;
  const least = lower ?? null;
  const most = upper ?? null;
  if (stated === null) return bandText({ ...unknownBand, lower: least, upper: most });
  const isOne = least !== null && most !== null && percent(least) === percent(stated) && percent(most) === percent(stated);
  if (isOne) return `${percent(stated)}%`;
  return `${percent(stated)}% (${bandText({ ...unknownBand, lower: least, upper: most })})`;
}

/** A computed figure where room is scarce: one number where its ends are that number, else its ends alone. */
export function figureBand(share: number | null | undefined, lower: number | null | undefined, upper: number | null | undefined): string {
  const text = figureText(share, lower, upper);
  return /\((.+)\)$/.exec(text)?.[1] ?? text;
}

/** By how much a band weighs where parties are put in order: stated, else the middle or the end that is known, else nothing. */
export function weight(band: Band): number {
  if (band.stated !== null) return band.stated;
  if (band.lower !== null && band.upper !== null) return (band.lower + band.upper) / 2;
  return band.lower ?? band.upper ?? 0;
}

export function sameBand(left: Band, right: Band): boolean {
  return left.stated === right.stated && left.lower === right.lower && left.upper === right.upper
    && left.lowerOpen === right.lowerOpen && left.upperOpen === right.upperOpen;
}
