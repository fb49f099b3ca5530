import { describe, expect, it } from 'vitest';
import { csv, csvCell } from './export';

describe('csv', () => {
  it('quotes what needs it', () => {
    expect(csv(['a', 'b'], [['x,y', 'say "no"'], [0.25, null]])).toBe('a,b\r\n"x,y","say ""no"""\r\n0.25,\r\n');
  });

  it('keeps a spreadsheet from running a name, and leaves negative numbers numbers', () => {
    expect(csvCell('=1+1')).toBe("'=1+1");
    expect(csvCell('@sum')).toBe("'@sum");
    expect(csvCell(-5)).toBe('-5');
  });
});
