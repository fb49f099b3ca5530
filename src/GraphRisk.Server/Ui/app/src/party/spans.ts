/** A piece of a text, marked where a field was read from it. */
export interface Piece {
  text: string;
  isMarked: boolean;
}

/**
 * Cuts a text at spans, each from its start, inclusive, to its end, exclusive, in UTF-16 units. Spans may lie in one another; those that do not lie in the
 * text are left out.
 */
export function marked(text: string, spans: readonly { spanStart?: number | null; spanEnd?: number | null }[]): Piece[] {
  const within = spans.flatMap(({ spanStart: start, spanEnd: end }) =>
    typeof start === 'number' && typeof end === 'number' && start >= 0 && end > start && end <= text.length ? [[start, end] as const] : []);
  const cuts = [...new Set([0, text.length, ...within.flat()])].sort((left, right) => left - right);
  const pieces: Piece[] = [];
  for (let at = 0; at + 1 < cuts.length; at++) {
    const [from, to] = [cuts[at]!, cuts[at + 1]!];
    const isMarked = within.some(([start, end]) => start <= from && to <= end);
    const last = pieces.at(-1);
    if (last && last.isMarked === isMarked) last.text += text.slice(from, to);
    else pieces.push({ text: text.slice(from, to), isMarked });
  }
  return pieces;
}
