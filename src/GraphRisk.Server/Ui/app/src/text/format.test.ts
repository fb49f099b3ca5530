import { describe, expect, it } from 'vitest';
import { amount, day, instant, large, percent, percentBetween, points, unknown } from './format';

describe('amounts', () => {
  it.each([
    [0, '¥0', '¥0'],
    [9_999, '¥9,999', '¥10 k'],
    [582_512, '¥58.25万', '¥582.5 k'],
    [12_345_678, '¥1,235万', '¥12.35 m'],
    [99_999_999, '¥1亿', '¥100 m'],
    [104_500_000, '¥1.05亿', '¥104.5 m'],
    [1_700_000_000_000, '¥1.7万亿', '¥1.7 tn'],
    [-45_600_000, '−¥4,560万', '−¥45.6 m'],
  ])('%d', (value, zh, en) => {
    expect(amount('zh', value)).toBe(zh);
    expect(amount('en', value)).toBe(en);
  });

  it('name their currency and can be whole', () => {
    expect(amount('en', 1234.5, 'USD', true)).toBe('US$1,234.50');
    expect(amount('zh', 1234.5, 'JPY', true)).toBe('JPY 1,234.50');
  });

  it('are a dash where they are not known', () => {
    for (const value of [null, undefined, '', Number.NaN]) expect(amount('zh', value)).toBe(unknown);
    expect(large('en', null)).toBe(unknown);
  });
});

describe('shares', () => {
  it('are percentages', () => expect(percent('en', 0.12345)).toBe('12.35%'));
  it('with both ends where they differ', () => {
    expect(percentBetween('en', 0.25, 0.5)).toBe('25%–50%');
    expect(percentBetween('en', 0.25, 0.25)).toBe('25%');
    expect(percentBetween('zh', null, 0.25)).toBe('≤ 25%');
    expect(percentBetween('zh', 0.25, null)).toBe('≥ 25%');
    expect(percentBetween('en', null, null)).toBe(unknown);
  });
});

describe('points', () => {
  it('carry their sign', () => {
    expect(points('en', 12.34)).toBe('+12.3');
    expect(points('en', -12.34)).toBe('−12.3');
    expect(points('en', 0)).toBe('0');
  });
});

describe('days', () => {
  it('are read without a time zone', () => {
    expect(day('zh', '2025-12-31T23:59:59.999Z')).toBe('2025年12月31日');
    expect(day('en', '2025-01-05')).toBe('5\u00a0Jan\u00a02025');
    expect(instant('en', '2026-11-30T09:52:35.868Z')).toBe('30\u00a0Nov\u00a02026 09:52 UTC');
    expect(day('en', null)).toBe(unknown);
  });
});
