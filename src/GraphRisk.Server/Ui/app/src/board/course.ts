// Days and lines of a board over time.

const iso = (time: number) => new Date(time).toISOString().slice(0, 10);

/** So many days, first to last: the day itself and the ends of quarters before it. */
export function quarterEnds(day: string, count: number): string[] {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const days = [day];
  // Day nought of a quarter's first month is the end of the quarter before.
  for (let quarter = Math.floor((month - 1) / 3); days.length < count; quarter--) days.unshift(iso(Date.UTC(year, quarter * 3, 0)));
  return days;
}

/** Three months before a day; the last day of a shorter month. */
export function quarterBefore(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 3, 0)).getUTCDate();
  return iso(Date.UTC(year, month - 4, Math.min(date, last)));
}

export interface Course {
  key: string;
  /** One value a day, null where there is none. */
  values: (number | null)[];
}

/** A line for each key that any day has, in the order of the last day. */
export function coursesOf<Row>(days: readonly { rows: readonly Row[] }[], keyOf: (row: Row) => string, valueOf: (row: Row) => number | null): Course[] {
  const keys = [...new Set([...days].reverse().flatMap((day) => day.rows.map(keyOf)))];
  const byDay = days.map((day) => new Map(day.rows.map((row) => [keyOf(row), valueOf(row)])));
  return keys.map((key) => ({ key, values: byDay.map((rows) => rows.get(key) ?? null) }));
}

/** The courses that end highest, those without an end last. */
export function greatest(courses: readonly Course[], most: number): Course[] {
  const end = (course: Course) => course.values.at(-1) ?? Number.NEGATIVE_INFINITY;
  return [...courses].sort((left, right) => end(right) - end(left)).slice(0, most);
}

/** Round numbers from at most the lowest to at least the highest value, about so many steps apart. */
export function roundTicks(low: number, high: number, steps = 4): number[] {
  const spread = high - low || Math.abs(high) || 1;
  const raw = spread / steps;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((one) => one >= raw * 0.999)!;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}
