import { describe, expect, it } from 'vitest';
import { textLines, textWidth } from './words';

describe('texts in boxes', () => {
  it('breaks Chinese after any sign and English between words', () => {
    expect(textLines('重庆海达益精密仪器股份有限公司', 12, 100, 2)).toEqual(['重庆海达益精密仪', '器股份有限公司']);
    expect(textLines('Nanhai Port Holdings', 12, 80, 2)).toEqual(['Nanhai Port', 'Holdings']);
  });

  it('ends in an ellipsis what does not fit, and never stands wider than its box', () => {
    for (const text of ['上海市隆荣大投资合伙企业（有限合伙）第二期', 'Incomprehensibilities-without-a-break-anywhere', 'A short one', '']) {
      const lines = textLines(text, 13, 90, 2);
      expect(lines.length).toBeLessThanOrEqual(2);
      for (const line of lines) expect(textWidth(line, 13)).toBeLessThanOrEqual(90);
      expect(lines.at(-1)!.endsWith('…')).toBe(lines.join('').replaceAll(' ', '') !== text.replaceAll(' ', ''));
    }
  });
});
