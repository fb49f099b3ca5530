import { useAnswer } from '../api/answer';
import { ReviewPairDocument, type ReviewPairQuery } from '../api/generated/graphql';
import { Figure, Table } from '../app/Figure';
import { Go, partyPath } from '../app/Link';
import { Section } from '../app/Section';
import { useTimes } from '../app/times';
import { Part } from '../app/states';
import { Name } from '../party/Name';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import { chanceOf, compare, ladder, reasonOf } from './compare';
import type { Pair } from './ReviewPage';

/** Fields that are held beside each other, what tells most first; a side that is of another type has none of some. */
const fields = [
  'name', 'formerNames', 'aliases', 'uscc', 'organizationCode', 'lei', 'residentId', 'passport', 'identifiers', 'birthDate', 'sex', 'establishedOn', 'countryName', 'nationalityName', 'regionName', 'address', 'phone', 'email',
  'industry', 'registeredCapital', 'brokers', 'debt', 'inDefault', 'records',
] as const;

type Side = NonNullable<ReviewPairQuery['left'] | ReviewPairQuery['right']>;

/** Two records side by side, and how the rules came to their doubt. */
export function PairView({ pair }: { pair: Pair }) {
  const { t, language } = useText();
  const code = useCode();
  const format = useFormat();
  const [times] = useTimes();
  // As of when the pair was found: what was judged since of other pairs does not move it.
  const variables = { left: pair.leftRecord, right: pair.rightRecord, language: language === 'zh' ? ('ZH' as const) : ('EN' as const), asOf: times.asOf, knownAt: pair.seenAt };
  const answer = useAnswer(ReviewPairDocument, variables);
  const question = { document: ReviewPairDocument as never, variables };
  const { left, right } = answer.data ?? {};
  const rows = left && right ? compare(fields, flat(left), flat(right)) : [];
  const judgement = left && 'judgements' in left
    ? (left.judgements ?? []).find((one) => [one.left, one.right].every((id) => id === pair.leftRecord || id === pair.rightRecord)) ?? null : null;
  const rungs = ladder((judgement?.steps ?? []).map((step) => ({ ...step, bits: Number(step.bits) })));
  const told = (pair.reasons ?? []).map(reasonOf);
  const marks = { same: t('review.same'), part: t('review.part'), differs: t('review.differs'), one: t('review.one') };
  const side = (one: { id: string; name?: string | null } | null | undefined) => (one ? <Go to={partyPath(one.id)}><Name>{one.name}</Name></Go> : '–');
  const low = Math.min(0, ...rungs.map((rung) => rung.to));
  const high = Math.max(0, ...rungs.map((rung) => rung.to));
  const share = (bits: number) => ((bits - low) / (high - low || 1)) * 100;
  const columns = [
    { key: 'name', title: t('review.evidence'), cell: (row: (typeof rungs)[number]) => row.name },
    { key: 'bits', title: t('review.bits'), isFigure: true, cell: (row: (typeof rungs)[number]) => format.points(row.bits, 2) },
    { key: 'after', title: t('score.after'), isFigure: true, cell: (row: (typeof rungs)[number]) => format.points(row.to, 2) },
    { key: 'reason', title: t('score.reason'), cell: (row: (typeof rungs)[number]) => reasonOf(row.reason).evidence },
  ];
  return (
    <>
      <Section title={t('review.sideBySide')} question={question}>
        <Part answer={answer} path="left" isEmpty={rows.length === 0}>
          <div className="table sides" role="group" aria-label={t('review.sideBySide')} tabIndex={0}>
            <table>
              <thead><tr><th scope="col">{t('party.field')}</th><th scope="col">{side(pair.left)}</th><th scope="col">{side(pair.right)}</th><th scope="col">{t('review.mark')}</th></tr></thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.field} className={`alike-${row.alike}`}>
                    <th scope="row">{code('partyField', row.field)}</th>
                    <td>{row.left.map((value) => <span key={value} className="side-value"><Name>{value}</Name></span>)}</td>
                    <td>{row.right.map((value) => <span key={value} className="side-value"><Name>{value}</Name></span>)}</td>
                    <td>{marks[row.alike]}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Part>
      </Section>
      <Section title={t('review.why')} note={pair.score !== null && pair.score !== undefined && t('review.chanceOf', { chance: format.percent(pair.score, 1) })} question={question}>
        {rungs.length > 0 ? (
          <Figure title={t('review.ladder', { bits: format.points(rungs.at(-1)!.to, 1), chance: format.percent(chanceOf(rungs.at(-1)!.to), 1) })} columns={columns} rows={rungs} rowKey={(row, at) => `${at} ${row.name}`} chart={
            <div className="waterfall" role="img" aria-label={t('review.why')}>
              {rungs.map((rung, at) => (
                <div key={at} className={`step ${rung.bits < 0 ? 'bar-contagion' : 'bar-own'}`} aria-hidden="true">
                  <span className="label" title={rung.reason}>{rung.name}</span>
                  <span className="track">
                    <span className="fill" style={{ left: `${share(Math.min(rung.from, rung.to))}%`, width: `${share(Math.max(rung.from, rung.to)) - share(Math.min(rung.from, rung.to))}%` }} />
                    <span className="points" style={{ left: `${share(Math.max(rung.from, rung.to))}%` }}>{format.points(rung.bits, 1)}</span>
                  </span>
                </div>
              ))}
            </div>
          } />
        ) : (
          <Table caption={t('review.why')} rows={told} rowKey={(row, at) => `${at} ${row.name}`} columns={[
            { key: 'name', title: t('review.evidence'), cell: (row) => row.name },
            { key: 'bits', title: t('review.bits'), isFigure: true, cell: (row) => (row.bits === null ? '' : format.points(row.bits, 2)) },
            { key: 'reason', title: t('score.reason'), cell: (row) => row.evidence },
          ]} />
        )}
      </Section>
    </>
  );

  function flat(one: Side): Record<string, string | number | null | undefined | readonly (string | null)[]> {
    if (one.__typename !== 'Person' && one.__typename !== 'Company') return {};
    return {
      ...(one as object),
      sex: one.__typename === 'Person' ? code('sex', one.sex) : null,
      registeredCapital: one.__typename === 'Company' && one.registeredCapital ? format.amount(one.registeredCapital, one.currency) : null,
      debt: one.debt ? format.amount(one.debt) : null,
      inDefault: one.inDefault ? t('case.yes') : null,
      brokers: (one.brokers?.nodes ?? []).map((broker) => broker?.code ?? null),
      records: (one.records ?? []).map((record) => `${record.source} ${record.recordKey ?? ''}`),
    };
  }
}
