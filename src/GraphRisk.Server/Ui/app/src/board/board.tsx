// A board is a row of a table: the question it asks, what it can be asked by, and the parts its answer is shown in. How a part is drawn is the same for all.
import type { TypedDocumentNode } from '@urql/core';
import type { ReactNode } from 'react';
import type { Language } from '../api/generated/graphql';
import { Table } from '../app/Figure';
import type { Role } from '../session/session';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import { BarChart } from './BarChart';
import type { BoardChoice, Chosen } from './choices';
import { coursesOf, greatest, roundTicks } from './course';
import { LineChart } from './LineChart';

/** What puts figures and codes into the words of the page. */
export interface Words {
  t: ReturnType<typeof useText>['t'];
  code: ReturnType<typeof useCode>;
  format: ReturnType<typeof useFormat>;
}

/** The instants a board is asked at. */
export interface Asked {
  asOf: string | null;
  knownAt: string | null;
  language: Language;
  /** The day it is about: that of asOf, or the last of the sources. */
  day: string;
  /** Whose figures may be told; null where a token says it to the server alone. */
  role: Role | null;
}

export interface Board<Data, Variables extends object> {
  document: TypedDocumentNode<Data, Variables>;
  /** Where in the answer its figures are. */
  path: keyof Data & string;
  choices: (words: Words, asked: Asked) => readonly BoardChoice[];
  variables: (chosen: Chosen, asked: Asked) => Variables;
  note?: (data: Data, words: Words) => string | null;
  parts: (data: Data, chosen: Chosen, words: Words) => readonly BoardPart[];
}

/** A chart with its table, or a table alone. */
export interface BoardPart {
  key: string;
  title: string;
  note?: string;
  /** Where in the answer it is, where something else may be refused of it than of the whole board. */
  path?: string;
  /** What is said where it has no rows. */
  empty?: string;
  /** The code by which the server says that there is none yet, which is no fault. */
  absentBy?: string;
  isEmpty: boolean;
  chart: ReactNode;
  table: ReactNode;
}

type Value = string | number | null | undefined;

/** A figure of rows: a column of the table, and what may be drawn of them. */
export interface BoardFigure<Row> {
  key: string;
  title: string;
  kind: 'text' | 'amount' | 'share' | 'count' | 'decimal' | 'points' | 'day';
  /** Digits behind the point. */
  digits?: number;
  value: (row: Row) => Value;
  /** What stands in the table instead of the value alone. */
  cell?: (row: Row) => ReactNode;
}

export interface Rows<Row> {
  rows: readonly Row[];
  rowKey: (row: Row, at: number) => string;
  nameOf: (row: Row) => string;
  figures: readonly BoardFigure<Row>[];
}

interface Heading {
  key: string;
  title: string;
  note?: string;
  path?: string;
  empty?: string;
}

/** Most bars and lines of a chart; the table has all. */
const mostBars = 30;
const mostLines = 8;

export function shownValue({ format }: Words, figure: Pick<BoardFigure<never>, 'kind' | 'digits'>, value: Value): string {
  switch (figure.kind) {
    case 'amount': return format.amount(value);
    case 'share': return format.percent(value, figure.digits ?? 1);
    case 'count': return format.count(value);
    case 'decimal': return format.decimal(value, figure.digits ?? 2);
    case 'points': return format.points(value, figure.digits ?? 0);
    case 'day': return format.day(value === null || value === undefined ? null : String(value));
    case 'text': return value === null || value === undefined || value === '' ? '–' : String(value);
  }
}

const numberOf = (value: Value): number | null => (value === null || value === undefined || value === '' || !Number.isFinite(Number(value)) ? null : Number(value));

const isNumeric = (figure: Pick<BoardFigure<never>, 'kind'>) => figure.kind !== 'text' && figure.kind !== 'day';

/** All figures of all rows. */
export function tableOf<Row>(words: Words, title: string, { rows, rowKey, figures }: Omit<Rows<Row>, 'nameOf'>): ReactNode {
  return (
    <Table caption={title} rows={rows} rowKey={rowKey} columns={figures.map((figure) => ({
      key: figure.key, title: figure.title, isFigure: isNumeric(figure), cell: (row: Row) => figure.cell?.(row) ?? shownValue(words, figure, figure.value(row)),
    }))} />
  );
}

/** A table alone. */
export function tablePart<Row>(words: Words, heading: Heading, rows: Omit<Rows<Row>, 'nameOf'>): BoardPart {
  return { ...heading, isEmpty: rows.rows.length === 0, chart: null, table: tableOf(words, heading.title, rows) };
}

/** One figure as bars, all in the table. */
export function barsPart<Row>(words: Words, heading: Heading, rows: Rows<Row>, drawn: string): BoardPart {
  const figure = rows.figures.find(({ key }) => key === drawn)!;
  const bars = rows.rows.slice(0, mostBars).map((row, at) => ({ key: rows.rowKey(row, at), title: rows.nameOf(row), value: numberOf(figure.value(row)) }));
  return {
    ...heading,
    isEmpty: rows.rows.length === 0,
    chart: <BarChart title={figure.title} rows={bars} format={(value) => shownValue(words, figure, value)} />,
    table: tableOf(words, heading.title, rows),
  };
}

/** One figure over days: a line for each of the greatest, a row of the table for each. */
export function coursePart<Row>(
  words: Words, heading: Heading, days: readonly { day: string; rows: readonly Row[] }[], keyOf: (row: Row) => string, nameOf: (row: Row) => string, figure: BoardFigure<Row>,
): BoardPart {
  const courses = coursesOf(days, keyOf, (row) => numberOf(figure.value(row)));
  const names = new Map(days.flatMap(({ rows }) => rows.map((row) => [keyOf(row), nameOf(row)] as const)));
  const drawn = greatest(courses, mostLines);
  const time = ({ day }: { day: string }) => Date.parse(day);
  const values = drawn.flatMap((course) => course.values.flatMap((value) => value ?? []));
  return {
    ...heading,
    isEmpty: courses.length === 0,
    chart: (
      <LineChart title={heading.title}
        lines={drawn.map((course) => ({ key: course.key, title: names.get(course.key)!, points: days.map((day, at) => ({ x: time(day), y: course.values[at] ?? null })) }))}
        x={{ ticks: days.map((day) => ({ at: time(day), text: day.day.slice(0, 7) })) }}
        y={{ ticks: roundTicks(Math.min(0, ...values), Math.max(0, ...values)).map((at) => ({ at, text: shownValue(words, figure, at) })), title: figure.title }} />
    ),
    table: tableOf(words, heading.title, {
      rows: courses,
      rowKey: (course) => course.key,
      figures: [
        { key: 'name', title: words.t('search.name'), kind: 'text', value: (course) => names.get(course.key) },
        ...days.map(({ day }, at) => ({ ...figure, key: day, title: words.format.day(day), value: (course: (typeof courses)[number]) => course.values[at] ?? null, cell: undefined })),
      ],
    }),
  };
}
