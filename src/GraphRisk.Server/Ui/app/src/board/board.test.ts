import { describe, expect, it } from 'vitest';
import { barOf } from './bars';
import { chosenOf, choosing, type BoardChoice } from './choices';
import { coursesOf, greatest, quarterBefore, quarterEnds, roundTicks } from './course';
import { happenings } from './happenings';

describe('days of a board', () => {
  it('are the day and the ends of quarters before it', () => {
    expect(quarterEnds('2025-12-31', 4)).toEqual(['2025-03-31', '2025-06-30', '2025-09-30', '2025-12-31']);
    expect(quarterEnds('2025-02-14', 3)).toEqual(['2024-09-30', '2024-12-31', '2025-02-14']);
    expect(quarterEnds('2025-06-30', 1)).toEqual(['2025-06-30']);
  });

  it('begin a quarter before, at the end of a shorter month', () => {
    expect(quarterBefore('2025-12-31')).toBe('2025-09-30');
    expect(quarterBefore('2025-05-31')).toBe('2025-02-28');
    expect(quarterBefore('2024-02-10')).toBe('2023-11-10');
  });
});

describe('courses', () => {
  const days = [
    { rows: [{ key: 'A', value: 1 }, { key: 'B', value: 5 }] },
    { rows: [{ key: 'B', value: 6 }, { key: 'C', value: 7 }] },
  ];
  it('have a value or none for each day, in the order of the last', () => {
    expect(coursesOf(days, (row) => row.key, (row) => row.value)).toEqual([
      { key: 'B', values: [5, 6] }, { key: 'C', values: [null, 7] }, { key: 'A', values: [1, null] },
    ]);
  });
  it('are drawn from the highest end', () => {
    expect(greatest(coursesOf(days, (row) => row.key, (row) => row.value), 2).map((course) => course.key)).toEqual(['C', 'B']);
  });
});

describe('an axis', () => {
  it.each([
    [0, 1, [0, 0.25, 0.5, 0.75, 1]],
    [0, 93, [0, 25, 50, 75, 100]],
    [0, 0.0021, [0, 0.001, 0.002, 0.003]],
    [-3, 5, [-4, -2, 0, 2, 4, 6]],
    [7, 7, [6, 8]],
    [0, 0, [0, 0.25]],
  ])('from %d to %d has round numbers', (low, high, ticks) => {
    expect(roundTicks(low, high)).toEqual(ticks);
  });
});

describe('bars', () => {
  it('begin at nought and go to both sides of it', () => {
    expect(barOf(5, 0, 10)).toEqual({ left: 0, width: 50, end: 50 });
    expect(barOf(5, -10, 10)).toEqual({ left: 50, width: 25, end: 75 });
    expect(barOf(-5, -10, 10)).toEqual({ left: 25, width: 25, end: 50 });
    expect(barOf(null, 0, 10)).toEqual({ left: 0, width: 0, end: 0 });
  });
});

describe('choices', () => {
  const by: BoardChoice = { name: 'by', label: '', usual: 'GRADE', options: [{ id: 'GRADE', text: '' }, { id: 'RATIO', text: '' }] };
  const since: BoardChoice = { name: 'since', label: '', usual: '2025-09-30' };
  it('are read from the address, and what it cannot mean is the usual one', () => {
    expect(chosenOf([by, since], new URLSearchParams('by=RATIO&since=2025-06-30'))).toEqual({ by: 'RATIO', since: '2025-06-30' });
    expect(chosenOf([by, since], new URLSearchParams('by=NOTHING&since=June'))).toEqual({ by: 'GRADE', since: '2025-09-30' });
  });
  it('leave the address where they are usual, and all else in it', () => {
    expect(choosing(new URLSearchParams('asOf=2025-01-01'), by, 'RATIO').toString()).toBe('asOf=2025-01-01&by=RATIO');
    expect(choosing(new URLSearchParams('asOf=2025-01-01&by=RATIO'), by, 'GRADE').toString()).toBe('asOf=2025-01-01');
  });
});

describe('what came after a decision', () => {
  it('stands by day, events before cases', () => {
    const rows = happenings({
      events: [{ kind: 'DEFAULT', occurredOn: '2025-05-02' }, { kind: 'OVERDUE', occurredOn: '2025-04-01' }],
      laterCases: [{ __typename: 'MarginCall', reference: 'M1', filedOn: '2025-05-02' }],
    });
    expect(rows.map(({ day, what }) => `${day} ${what}`)).toEqual(['2025-04-01 OVERDUE', '2025-05-02 DEFAULT', '2025-05-02 marginCall']);
  });
});
