import { ModelBoardDocument, type ModelBoardQuery, type ModelBoardQueryVariables } from '../api/generated/graphql';
import { barsPart, type Board, type BoardFigure, type BoardPart, shownValue, tableOf, tablePart, type Words } from './board';
import { roundTicks } from './course';
import { LineChart } from './LineChart';

type Model = NonNullable<ModelBoardQuery['model']>;
type Report = NonNullable<Model['report']>;
type Validation = NonNullable<Report['validation']>;
type Figure = { value?: number | null; lower?: number | null; upper?: number | null } | null | undefined;

/** Where in the answer the report is: it is open to fewer than the model. */
const path = 'model.report';

/** Below it a distribution is stable by custom, above the second it has shifted. */
const watched = [0.1, 0.25];

const share = { kind: 'share' as const };
const decimal = { kind: 'decimal' as const, digits: 3 };
const hundredths = (words: Words, ticks: readonly number[]) => ticks.map((at) => ({ at, text: shownValue(words, share, at) }));
const between = ({ format }: Words, figure: Figure) =>
  figure?.value == null ? '–' : `${format.decimal(figure.value, 3)}${figure.lower == null ? '' : ` (${format.decimal(figure.lower, 3)}–${format.decimal(figure.upper, 3)})`}`;

/** The model that scores: how well it parts those who default from the others, whether its promises came, and whether what it sees has moved. */
export const models: Board<ModelBoardQuery, ModelBoardQueryVariables> = {
  document: ModelBoardDocument,
  path: 'model',
  choices: () => [],
  variables: (_, { asOf, knownAt }) => ({ asOf, knownAt }),
  note: ({ model }, { t, format }) => (model ? t('board.trained', { version: model.version.slice(0, 12), day: format.day(model.trainedAt) }) : null),
  parts: ({ model }, _, words) => (model ? [card(model, words), ...(model.report ? reported(model.report, words) : [noReport(words)]), features(model, words)] : []),
};

function noReport({ t }: Words): BoardPart {
  return { key: 'report', title: t('board.report'), path, absentBy: 'UNAVAILABLE', isEmpty: true, empty: t('board.noReport'), chart: null, table: null };
}

function card(model: Model, words: Words): BoardPart {
  const { t, format } = words;
  const validation = model.report?.validation;
  const rows = [
    { name: t('board.auc'), whole: model.outOfTime.auc, own: model.outOfTimeOwnOnly.auc, judged: validation?.auc },
    { name: t('board.ks'), whole: model.outOfTime.ks, own: model.outOfTimeOwnOnly.ks, judged: validation?.ks },
    { name: t('board.brier'), whole: model.outOfTime.brier, own: model.outOfTimeOwnOnly.brier, judged: validation?.brier },
    { name: t('board.ece'), whole: null, own: null, judged: validation?.ece },
    { name: t('board.psi'), whole: model.stability, own: null, judged: null },
  ];
  return tablePart(words, { key: 'card', title: t('board.performance'), note: t('board.tested', { days: model.testQuarters.map((day) => format.day(day)).join(', ') }) }, {
    rows, rowKey: ({ name }) => name,
    figures: [
      { key: 'name', title: t('board.measure'), kind: 'text', value: (row) => row.name },
      { key: 'whole', title: t('board.withGraph'), ...decimal, value: (row) => row.whole },
      { key: 'own', title: t('board.withoutGraph'), ...decimal, value: (row) => row.own },
      { key: 'judged', title: t('board.validated'), kind: 'text', value: (row) => between(words, row.judged) },
    ],
  });
}

function features(model: Model, words: Words): BoardPart {
  const { t } = words;
  return barsPart(words, { key: 'features', title: t('board.features') }, {
    rows: [...model.features].sort((left, right) => right.meanAbsolutePoints - left.meanAbsolutePoints), rowKey: ({ name }) => name, nameOf: ({ title }) => title,
    figures: [
      { key: 'title', title: t('board.feature'), kind: 'text', value: (row) => row.title },
      { key: 'scope', title: t('board.scope'), kind: 'text', value: (row) => words.code('featureScope', row.scope) },
      { key: 'points', title: t('score.points'), kind: 'decimal', digits: 1, value: (row) => row.meanAbsolutePoints },
    ],
  }, 'points');
}

function reported(report: Report, words: Words): BoardPart[] {
  return [
    ...(report.validation ? [curve(report.validation, words), calibration(report.validation, words)] : []),
    stability(report, words), drift(report, words), fates(report, words), migration(report, words), beside(report, words), advised(report, words), complaints(report, words),
  ];
}

/** The curve of ROC, with that of chance. */
function curve(validation: Validation, words: Words): BoardPart {
  const { t } = words;
  const cuts = validation.curve ?? [];
  const axis = [0, 0.25, 0.5, 0.75, 1];
  const ends = [{ x: 0, y: 0 }, { x: 1, y: 1 }];
  return {
    key: 'curve', title: t('board.roc'), note: `${t('board.auc')} ${between(words, validation.auc)}`, path, isEmpty: cuts.length === 0,
    chart: (
      <LineChart title={t('board.roc')} x={{ ticks: hundredths(words, axis), title: t('board.falselyCaught') }} y={{ ticks: hundredths(words, axis), title: t('board.caught') }}
        lines={[{ key: 'model', title: t('board.model'), points: [ends[0]!, ...cuts.map((cut) => ({ x: cut.falseAlarms ?? 0, y: cut.caught ?? null }))] }, { key: 'chance', title: t('board.chance'), points: ends, isGuide: true }]} />
    ),
    table: tableOf(words, t('board.roc'), {
      rows: cuts, rowKey: (_, at) => String(at),
      figures: [
        { key: 'share', title: t('board.cutAt'), ...share, value: (row) => row.share },
        { key: 'caught', title: t('board.caught'), ...share, value: (row) => row.caught },
        { key: 'false', title: t('board.falselyCaught'), ...share, value: (row) => row.falseAlarms },
      ],
    }),
  };
}

/** What was promised beside what came, from the safest tenth to the riskiest. */
function calibration(validation: Validation, words: Words): BoardPart {
  const { t } = words;
  const tenths = (validation.calibration ?? []).map((tenth, at) => ({ ...tenth, number: at + 1 }));
  const highest = Math.max(...tenths.flatMap(({ promised, came }) => [promised ?? 0, came?.upper ?? came?.value ?? 0]), 0);
  const line = (key: string, title: string, of: (tenth: (typeof tenths)[number]) => number | null | undefined, isGuide = false) => ({ key, title, isGuide, points: tenths.map((tenth) => ({ x: tenth.number, y: of(tenth) ?? null })) });
  return {
    key: 'calibration', title: t('board.calibration'), path, isEmpty: tenths.length === 0,
    chart: (
      <LineChart title={t('board.calibration')} x={{ ticks: tenths.map(({ number }) => ({ at: number, text: String(number) })), title: t('board.tenth') }} y={{ ticks: hundredths(words, roundTicks(0, highest)) }}
        lines={[
          line('promised', t('board.promised'), ({ promised }) => promised), line('came', t('board.came'), ({ came }) => came?.value),
          line('lower', t('board.lowerEnd'), ({ came }) => came?.lower, true), line('upper', t('board.upperEnd'), ({ came }) => came?.upper, true),
        ]} />
    ),
    table: tableOf(words, t('board.calibration'), {
      rows: tenths, rowKey: ({ number }) => String(number),
      figures: [
        { key: 'tenth', title: t('board.tenth'), kind: 'count', value: (row) => row.number },
        { key: 'observations', title: t('board.observations'), kind: 'count', value: (row) => row.observations },
        { key: 'promised', title: t('board.promised'), ...share, digits: 2, value: (row) => row.promised },
        { key: 'came', title: t('board.came'), ...share, digits: 2, value: (row) => row.came?.value },
        { key: 'between', title: t('board.interval'), kind: 'text', value: (row) => words.format.percentBetween(row.came?.lower, row.came?.upper) },
        { key: 'defaults', title: t('board.defaults'), kind: 'count', value: (row) => row.defaults },
        { key: 'captured', title: t('board.captured'), ...share, value: (row) => row.captured },
        { key: 'lift', title: t('board.lift'), kind: 'decimal', value: (row) => row.lift },
      ],
    }),
  };
}

function stability(report: Report, words: Words): BoardPart {
  const { t, code, format } = words;
  const quarters = report.quarters ?? [];
  const time = (day: string) => Date.parse(day);
  const ticks = roundTicks(0, Math.max(watched[1]!, ...quarters.map(({ psi }) => psi ?? 0)));
  const limits = watched.map((limit) => ({ key: String(limit), title: t('board.limitOf', { limit: format.decimal(limit) }), isGuide: true, points: quarters.map(({ asOf }) => ({ x: time(asOf), y: limit })) }));
  return {
    key: 'stability', title: t('board.stability'), path, isEmpty: quarters.length === 0,
    chart: (
      <LineChart title={t('board.stability')} x={{ ticks: quarters.map(({ asOf }) => ({ at: time(asOf), text: asOf.slice(0, 7) })) }} y={{ ticks: ticks.map((at) => ({ at, text: format.decimal(at) })), title: t('board.psi') }}
        lines={[{ key: 'psi', title: t('board.psi'), points: quarters.map(({ asOf, psi }) => ({ x: time(asOf), y: psi ?? null })) }, ...limits]} />
    ),
    table: tableOf(words, t('board.stability'), {
      rows: quarters, rowKey: ({ asOf }) => asOf,
      figures: [
        { key: 'day', title: t('board.quarter'), kind: 'day', value: (row) => row.asOf },
        { key: 'part', title: t('board.part'), kind: 'text', value: (row) => code('quarterPart', row.part) },
        { key: 'psi', title: t('board.psi'), ...decimal, value: (row) => row.psi },
        { key: 'clients', title: t('board.clients'), kind: 'count', value: (row) => row.clients },
        { key: 'defaults', title: t('board.defaults'), kind: 'count', value: (row) => row.defaults },
        { key: 'promised', title: t('board.promised'), ...share, digits: 2, value: (row) => row.promised },
        { key: 'auc', title: t('board.auc'), ...decimal, value: (row) => row.performance?.auc },
        { key: 'ks', title: t('board.ks'), ...decimal, value: (row) => row.performance?.ks },
      ],
    }),
  };
}

/** How far features moved from what was learned of, those that moved furthest first. */
function drift(report: Report, words: Words): BoardPart {
  const { t, format } = words;
  const rows = report.featureDrift ?? [];
  const days = [...new Set(rows.flatMap(({ byQuarter }) => (byQuarter ?? []).map(({ asOf }) => asOf)))].sort();
  const at = (row: (typeof rows)[number], day: string | undefined) => row.byQuarter?.find(({ asOf }) => asOf === day)?.csi;
  const figures: BoardFigure<(typeof rows)[number]>[] = [
    { key: 'feature', title: t('board.feature'), kind: 'text', value: (row) => row.feature },
    ...days.map((day) => ({ key: day, title: format.day(day), ...decimal, value: (row: (typeof rows)[number]) => at(row, day) })),
  ];
  const heading = { key: 'drift', title: t('board.drift'), note: days.length > 0 ? t('board.drawnOf', { day: format.day(days.at(-1)) }) : undefined, path };
  return days.length === 0 ? { ...heading, isEmpty: true, chart: null, table: null }
    : barsPart(words, heading, { rows, rowKey: ({ feature }) => feature, nameOf: ({ feature }) => feature, figures }, days.at(-1)!);
}

/** Those called high-risk and what became of them. */
function fates(report: Report, words: Words): BoardPart {
  const { t, format } = words;
  return barsPart(words, { key: 'fates', title: t('board.fates'), path }, {
    rows: report.highRisk ?? [], rowKey: (_, at) => String(at), nameOf: (row) => `${row.asOf.slice(0, 7)} ${row.grade ?? t('board.others')}`,
    figures: [
      { key: 'day', title: t('board.quarter'), kind: 'day', value: (row) => row.asOf },
      { key: 'grade', title: t('score.grade'), kind: 'text', value: (row) => row.grade ?? t('board.others') },
      { key: 'clients', title: t('board.clients'), kind: 'count', value: (row) => row.clients },
      { key: 'promised', title: t('board.promised'), kind: 'share', digits: 2, value: (row) => row.promised },
      { key: 'came', title: t('board.came'), kind: 'share', digits: 2, value: (row) => row.came, cell: (row) => (row.isComplete ? format.percent(row.came, 2) : t('board.runs')) },
      { key: 'defaulted', title: t('board.defaults'), kind: 'count', value: (row) => row.defaulted },
      { key: 'later', title: t('board.defaultedLater'), kind: 'count', value: (row) => row.defaultedLater },
      { key: 'cured', title: t('board.cured'), kind: 'count', value: (row) => row.cured },
      { key: 'days', title: t('board.daysToDefault'), kind: 'decimal', digits: 0, value: (row) => row.medianDays },
    ],
  }, 'came');
}

/** Moves between grades within a quarter: a row each grade moved from. */
function migration(report: Report, words: Words): BoardPart {
  const { t } = words;
  const moves = report.migration ?? [];
  const from = [...new Set(moves.map((move) => move.from))];
  const to = [...new Set([...from, ...moves.map((move) => move.to ?? '')])].filter((grade) => moves.some((move) => (move.to ?? '') === grade));
  return tablePart(words, { key: 'migration', title: t('board.migration'), path }, {
    rows: from, rowKey: (grade) => grade,
    figures: [
      { key: 'from', title: t('board.fromGrade'), kind: 'text', value: (grade) => grade },
      ...to.map((grade) => ({ key: `to-${grade}`, title: grade || t('board.noLonger'), kind: 'count' as const, value: (row: string) => moves.find((move) => move.from === row && (move.to ?? '') === grade)?.moves })),
    ],
  });
}

function beside(report: Report, words: Words): BoardPart {
  const { t, code } = words;
  return tablePart(words, { key: 'beside', title: t('board.shelf'), path }, {
    rows: report.beside ?? [], rowKey: ({ version }) => version,
    figures: [
      { key: 'version', title: t('board.model'), kind: 'text', value: (row) => row.version.slice(0, 12) },
      { key: 'family', title: t('board.family'), kind: 'text', value: (row) => row.family },
      { key: 'state', title: t('party.state'), kind: 'text', value: (row) => code('modelState', row.state) },
      { key: 'auc', title: t('board.auc'), kind: 'text', value: (row) => between(words, row.auc) },
      { key: 'ks', title: t('board.ks'), kind: 'text', value: (row) => between(words, row.ks) },
      { key: 'brier', title: t('board.brier'), kind: 'text', value: (row) => between(words, row.brier) },
      { key: 'psi', title: t('board.psi'), ...decimal, value: (row) => row.psi },
    ],
  });
}

function advised(report: Report, words: Words): BoardPart {
  const { t, code } = words;
  return tablePart(words, { key: 'advised', title: t('board.advised'), path }, {
    rows: report.advised ?? [], rowKey: (_, at) => String(at),
    figures: [
      { key: 'advice', title: t('board.advice'), kind: 'text', value: (row) => code('advice', row.advice) },
      { key: 'decision', title: t('board.decision'), kind: 'text', value: (row) => code('move', row.decision) },
      { key: 'against', title: t('board.against'), kind: 'text', value: (row) => (row.againstAdvice ? t('board.yes') : '') },
      { key: 'clients', title: t('board.clients'), kind: 'count', value: (row) => row.clients },
      { key: 'defaulted', title: t('board.defaults'), kind: 'count', value: (row) => row.defaulted },
    ],
  });
}

function complaints(report: Report, words: Words): BoardPart {
  const { t, code } = words;
  return tablePart(words, { key: 'complaints', title: t('board.complaints'), path, empty: t('board.noComplaints') }, {
    rows: report.complaints ?? [], rowKey: (_, at) => String(at),
    figures: [
      { key: 'about', title: t('board.about'), kind: 'text', value: (row) => code('complaintAbout', row.about) },
      { key: 'cause', title: t('board.cause'), kind: 'text', value: (row) => code('complaintCause', row.cause) },
      { key: 'outcome', title: t('party.state'), kind: 'text', value: (row) => code('complaintOutcome', row.outcome) },
      { key: 'clients', title: t('board.number'), kind: 'count', value: (row) => row.clients },
    ],
  });
}
