import { useAnswer } from '../api/answer';
import { ScoreDocument, type ScoreQuery } from '../api/generated/graphql';
import { Figure, Table } from '../app/Figure';
import { Section } from '../app/Section';
import { Part } from '../app/states';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import { useParty } from '../party/context';
import { Change } from './Change';
import { History } from './History';
import { Improvements } from './Improvements';
import { Neighbours } from './Neighbours';
import { partsOf, waterfall } from './waterfall';
import { WaterfallChart } from './WaterfallChart';

type Score = NonNullable<ScoreQuery['creditScore']>;

/** How risky the party is, and why: its own risk and what reaches it from others apart. */
export function ScorePage() {
  const { t } = useText();
  const { asked, spoken } = useParty();
  const variables = { ...asked, language: spoken };
  const answer = useAnswer(ScoreDocument, variables);
  const score = answer.data?.creditScore ?? null;
  const question = { document: ScoreDocument as never, variables };
  return (
    <>
      <Section title={t('score.title')} question={question} note={score && t('score.horizon', { count: score.horizonQuarters })}>
        <Part answer={answer} path="creditScore" isEmpty={score === null} empty={t('score.none')}>
          {score && <Head score={score} />}
        </Part>
      </Section>
      {score && (
        <>
          <div className="columns">
            <Section title={t('score.waterfall')} question={question}><Waterfall score={score} /></Section>
            <Section title={t('score.groups')} question={question}><Groups score={score} /></Section>
          </div>
          <div className="columns">
            <Section title={t('score.ownReasons')} question={question}><Reasons score={score} scope="OWN" /></Section>
            <Section title={t('score.contagionReasons')} question={question}><Reasons score={score} scope="CONTAGION" /></Section>
          </div>
          <div className="columns">
            <Improvements />
            <Neighbours />
          </div>
          <Change />
          <History />
        </>
      )}
    </>
  );
}

function Head({ score }: { score: Score }) {
  const { t } = useText();
  const format = useFormat();
  return (
    <>
      <dl className="headline">
        <div><dt>{t('score.score')}</dt><dd className="large">{format.count(score.score)}</dd></div>
        <div><dt>{t('score.grade')}</dt><dd className="large">{score.grade ?? '–'}</dd></div>
        <div>
          <dt>{t('score.probability')}</dt>
          <dd><span className="large">{format.percent(score.probabilityOfDefault, 1)}</span> <span className="quiet">{t('score.between', { range: format.percentBetween(score.probabilityLow, score.probabilityHigh, 1) })}</span></dd>
        </div>
        <div><dt>{t('score.own')}</dt><dd className="large own">{format.points(score.ownRisk)}</dd></div>
        <div><dt>{t('score.contagion')}</dt><dd className="large contagion">{format.points(score.contagion)}</dd></div>
      </dl>
      <p>{score.gradeMeaning}</p>
      <p className="quiet">
        {score.hasDebt ? t('score.hasDebt') : t('score.noDebt')}
        {score.gradeCapped && <> {t('score.capped')}</>}
      </p>
      {score.inDefault && <p className="bad"><strong>{t('score.inDefault')}</strong>{score.defaultSince && <> {t('score.defaultSince', { day: format.day(score.defaultSince) })}</>}</p>}
      {score.thinFile && <p className="warn"><strong>{t('score.thinFile')}</strong> {score.thinFileReason}</p>}
    </>
  );
}

function Waterfall({ score }: { score: Score }) {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  if (typeof score.baseline !== 'number' || typeof score.points !== 'number') return <p className="quiet">{t('score.notDisclosed')}</p>;
  const bars = waterfall(
    { title: t('score.base'), points: score.baseline }, partsOf(score, t('score.own'), t('score.contagion')), { title: t('score.score'), points: score.points }, t('score.rounding'));
  return (
    <>
      <Figure title={t('score.waterfallTitle')} chart={<WaterfallChart bars={bars} title={t('score.waterfallTitle')} />} rows={bars} rowKey={(bar) => bar.key} columns={[
        { key: 'title', title: t('score.step'), cell: (bar) => bar.title },
        { key: 'kind', title: t('party.kind'), cell: (bar) => code('barKind', bar.kind) },
        { key: 'points', title: t('score.points'), isFigure: true, cell: (bar) => (bar.kind === 'sum' ? format.decimal(bar.points, 1) : format.points(bar.points)) },
        { key: 'to', title: t('score.after'), isFigure: true, cell: (bar) => format.decimal(bar.to, 1) },
      ]} />
      <p className="legend" aria-hidden="true"><span className="key own" />{t('score.own')} <span className="key contagion" />{t('score.contagion')}</p>
    </>
  );
}

function Groups({ score }: { score: Score }) {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  return (
    <Table caption={t('score.groups')} rows={score.groups ?? []} rowKey={(row) => row.name} columns={[
      { key: 'scope', title: t('party.kind'), cell: (row) => <span className={row.scope === 'OWN' ? 'own' : 'contagion'}>{code('barKind', row.scope.toLowerCase())}</span> },
      { key: 'title', title: t('score.group'), cell: (row) => row.title },
      { key: 'effect', title: t('score.effect'), cell: (row) => <span className="word">{code('effect', row.effect)}</span> },
      { key: 'points', title: t('score.points'), isFigure: true, cell: (row) => format.points(row.points) },
    ]} />
  );
}

function Reasons({ score, scope }: { score: Score; scope: 'OWN' | 'CONTAGION' }) {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const title = scope === 'OWN' ? t('score.ownReasons') : t('score.contagionReasons');
  const rows = (score.reasons ?? []).filter((reason) => reason.scope === scope && reason.effect !== 'HARDLY');
  if (rows.length === 0) return <p className="quiet">{t('score.noReasons')}</p>;
  return (
    <Table caption={title} rows={rows} rowKey={(row) => row.feature} columns={[
      { key: 'text', title: t('score.reason'), cell: (row) => row.text ?? row.title },
      { key: 'effect', title: t('score.effect'), cell: (row) => <span className="word">{code('effect', row.effect)}</span> },
      { key: 'points', title: t('score.points'), isFigure: true, cell: (row) => format.points(row.points) },
    ]} />
  );
}
