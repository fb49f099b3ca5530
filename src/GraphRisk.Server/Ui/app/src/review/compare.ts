// Two records side by side: what they say alike, what otherwise, and what only one of them says.

export type Alike = 'same' | 'part' | 'differs' | 'one';

export interface Comparison {
  field: string;
  left: readonly string[];
  right: readonly string[];
  alike: Alike;
}

type Value = string | number | boolean | null | undefined | readonly (string | null)[];

/** A text without what differs by habit of writing: width, case, blanks and marks. */
export const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[\s\p{P}]/gu, '');

const texts = (value: Value): string[] =>
  value === null || value === undefined || value === '' ? []
    : Array.isArray(value) ? value.flatMap((one: string | null) => (one ? [one] : []))
      : typeof value === 'object' ? [] : [String(value)];

/** How the values of a field stand to each other: all the same, some of them, none, or only one side has any. */
export function alike(left: readonly string[], right: readonly string[]): Alike {
  if (left.length === 0 || right.length === 0) return 'one';
  const [ours, theirs] = [new Set(left.map(plain)), new Set(right.map(plain))];
  const both = [...ours].filter((one) => theirs.has(one)).length;
  return both === 0 ? 'differs' : both === ours.size && both === theirs.size ? 'same' : 'part';
}

/** The fields that at least one side fills, in the order given. */
export function compare(fields: readonly string[], left: Readonly<Record<string, Value>>, right: Readonly<Record<string, Value>>): Comparison[] {
  return fields
    .map((field) => ({ field, left: texts(left[field]), right: texts(right[field]) }))
    .filter((row) => row.left.length + row.right.length > 0)
    .map((row) => ({ ...row, alike: alike(row.left, row.right) }));
}

export interface EvidenceStep {
  name: string;
  bits: number;
  reason?: string | null;
}

/** Chance of one party by odds in bits. */
export const chanceOf = (bits: number): number => 1 / (1 + 2 ** -bits);

/** Bits of steps from none to the odds, each from where the one before it ended. */
export function ladder(steps: readonly EvidenceStep[]): { name: string; reason: string; from: number; to: number; bits: number }[] {
  let at = 0;
  return steps.map((step) => {
    const from = at;
    at += Number(step.bits);
    return { name: step.name, reason: step.reason ?? step.name, from, to: at, bits: Number(step.bits) };
  });
}

/** A reason of the ledger as text without its bits, which stand beside it: "name +2.10: evidence". */
export function reasonOf(line: string): { name: string; evidence: string; bits: number | null } {
  const parts = /^(\S+) ([+-]\d+(?:\.\d+)?)(?:: (.*))?$/su.exec(line);
  return parts ? { name: parts[1]!, evidence: parts[3] ?? '', bits: Number(parts[2]) } : { name: '', evidence: line, bits: null };
}
