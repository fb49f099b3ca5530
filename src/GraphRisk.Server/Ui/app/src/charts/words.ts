/** About how wide a sign stands, in parts of the size of the letters: Chinese ones are square. */
function signWidth(sign: string): number {
  if (/[\u2e80-\uffef]/.test(sign)) return 1;
  return /[A-ZMW@%]/.test(sign) ? 0.68 : /[iljtf.,' ]/.test(sign) ? 0.37 : 0.59;
}

/** About how wide a text stands in letters of a size. */
export function textWidth(text: string, size: number): number {
  return [...text].reduce((width, sign) => width + signWidth(sign) * size, 0);
}

/** A text in so many lines as fit, broken between words or after any Chinese sign; what does not fit ends in an ellipsis. */
export function textLines(text: string, size: number, width: number, most: number): string[] {
  const pieces = text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+/g) ?? [];
  const lines: string[] = [];
  let line = '';
  let at = 0;
  for (; at < pieces.length; at++) {
    const piece = pieces[at]!;
    if (textWidth(line + piece, size) <= width || line === '') {
      line += piece;
      continue;
    }
    if (lines.length === most - 1) break;
    lines.push(line.trim());
    line = piece.trim();
  }
  const isWhole = at >= pieces.length && textWidth(line, size) <= width;
  return [...lines, isWhole ? line : `${cut(line, size, width)}…`];
}

/** As much of a line as leaves room for an ellipsis. */
function cut(line: string, size: number, width: number): string {
  const signs = [...line];
  while (signs.length > 0 && textWidth(`${signs.join('')}…`, size) > width) signs.pop();
  return signs.join('').trimEnd();
}
