import { describe, expect, it } from 'vitest';
import { marked } from './spans';

const shown = (text: string, spans: Parameters<typeof marked>[1]) => marked(text, spans).map((piece) => (piece.isMarked ? `[${piece.text}]` : piece.text)).join('');

describe('a marked text', () => {
  it('is cut at its spans', () => expect(shown('杭州公司：本院受理', [{ spanStart: 0, spanEnd: 4 }])).toBe('[杭州公司]：本院受理'));
  it('joins spans that touch or lie in one another', () => {
    expect(shown('abcdef', [{ spanStart: 1, spanEnd: 3 }, { spanStart: 3, spanEnd: 4 }])).toBe('a[bcd]ef');
    expect(shown('abcdef', [{ spanStart: 1, spanEnd: 5 }, { spanStart: 2, spanEnd: 3 }])).toBe('a[bcde]f');
  });
  it('leaves out what does not lie in it', () => {
    expect(shown('abc', [{ spanStart: 1, spanEnd: 9 }, { spanStart: null, spanEnd: 2 }, { spanStart: 2, spanEnd: 2 }])).toBe('abc');
    expect(marked('', [])).toEqual([]);
  });
});
