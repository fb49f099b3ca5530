import { expect, it } from 'vitest';
import { monthsBefore } from './days';

it.each([
  ['2025-12-31', 6, '2025-06-30'],
  ['2025-03-15', 12, '2024-03-15'],
  ['2024-03-31', 1, '2024-02-29'],
  ['2025-01-31', 2, '2024-11-30'],
])('%s less %d months is %s', (day, months, before) => expect(monthsBefore(day, months)).toBe(before));
