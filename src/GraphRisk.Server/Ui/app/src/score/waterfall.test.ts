import { describe, expect, it } from 'vitest';
import { partsOf, range, waterfall, type Group } from './waterfall';

const groups: Group[] = [
  { name: 'conduct', title: 'Conduct', scope: 'OWN', points: 2.5 },
  { name: 'leverage', title: 'Leverage', scope: 'OWN', points: -37 },
  { name: 'record', title: 'Record', scope: 'OWN', points: 0 },
  { name: 'ownership', title: 'Ownership', scope: 'CONTAGION', points: -22 },
];

describe('a waterfall', () => {
  it('goes from start to end, each part where the last ended', () => {
    const bars = waterfall({ title: 'base', points: 600 }, partsOf({ groups }, 'own', 'contagion'), { title: 'score', points: 543.5 }, 'rest');
    expect(bars.map((bar) => [bar.key, bar.from, bar.to])).toEqual([
      ['start', 0, 600], ['leverage', 600, 563], ['conduct', 563, 565.5], ['ownership', 565.5, 543.5], ['end', 0, 543.5],
    ]);
  });

  it('shows what rounding leaves over, and nothing where nothing is left', () => {
    const whole = partsOf({ ownRisk: -30, contagion: -25, groups: [{ ...groups[0]!, points: null }] }, 'own', 'contagion');
    expect(whole.map((part) => part.points)).toEqual([-30, -25]);
    const bars = waterfall({ title: 'base', points: 599 }, whole, { title: 'score', points: 545 }, 'rest');
    expect(bars.find((bar) => bar.key === 'rest')).toMatchObject({ from: 544, to: 545, points: 1 });
    expect(waterfall({ title: 'base', points: 599 }, whole, { title: 'score', points: 544 }, 'rest').some((bar) => bar.key === 'rest')).toBe(false);
  });

  it('is drawn around its steps', () => {
    const [low, high] = range(waterfall({ title: 'base', points: 600 }, partsOf({ groups }, '', ''), { title: 'score', points: 543.5 }, ''));
    expect(low).toBeCloseTo(543.5 - 8.475);
    expect(high).toBeCloseTo(600 + 8.475);
  });

  it('has no parts where nothing is disclosed', () => expect(partsOf({ groups: null, ownRisk: null, contagion: undefined }, '', '')).toEqual([]));
});
