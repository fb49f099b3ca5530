import { describe, expect, it } from 'vitest';
import { bandText, certaintyOf, exactly, figureBand, figureText, percent, unknownBand } from './band';

describe('band', () => {
  it.each([
    [exactly(0.2392), '23.92%', 'stated'],
    [exactly(1), '100%', 'stated'],
    [exactly(0), '0%', 'stated'],
    [exactly(0.00001), '0.001%', 'stated'],
    [{ ...unknownBand, lower: 0.25, upper: 0.38 }, '25–38%', 'range'],
    [{ ...unknownBand, lower: 0.25, upper: 0.5, lowerOpen: true }, '>25–50%', 'range'],
    [{ ...unknownBand, lower: 0.75, upper: 1, upperOpen: true }, '75–<100%', 'range'],
    [{ ...unknownBand, lower: 0.3, upper: 0.3 }, '30%', 'range'],
    [{ ...unknownBand, lower: 0.25 }, '≥25%', 'range'],
    [{ ...unknownBand, upper: 0.05, upperOpen: true }, '<5%', 'range'],
    [unknownBand, '?', 'unknown'],
  ])('says %o as %s', (band, text, certainty) => {
    expect(bandText(band)).toBe(text);
    expect(certaintyOf(band)).toBe(certainty);
  });

  it('keeps a part that is hardly anything apart from none', () => {
    expect(percent(0.0000004)).toBe('0.00004');
    expect(percent(0)).toBe('0');
  });

  it('names the ends of a computed figure only where they differ from it', () => {
    expect(figureText(0.222456, 0.222456, 0.222456)).toBe('22.25%');
    expect(figureText(0.3, 0.25, 0.38)).toBe('30% (25–38%)');
    expect(figureText(0.3, 0.25, null)).toBe('30% (≥25%)');
    expect(figureText(null, null, null)).toBe('?');
    expect([figureBand(0.3, 0.25, 0.38), figureBand(0.3, 0.3, 0.3), figureBand(0.3, 0.25, null)]).toEqual(['25–38%', '30%', '≥25%']);
  });
});
