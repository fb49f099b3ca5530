import { useState } from 'react';
import { useAnswer } from '../api/answer';
import { ScoreChangeDocument, ShellDocument } from '../api/generated/graphql';
import { Figure, Table } from '../app/Figure';
import { Go, partyPath } from '../app/Link';
import { Section } from '../app/Section';
import { Part } from '../app/states';
import { useParty } from '../party/context';
import { Name } from '../party/Name';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';
import { monthsBefore } from './days';
import { waterfall, type Part as Step } from './waterfall';
import { WaterfallChart } from './WaterfallChart';

/** Months that a change is looked at over, where nobody says another day. */
const usual = 6;

/** Why the score is another than on an earlier day: what its own facts, those it is tied to and another model moved, and the records behind that. */
export function Change() {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const { asked, spoken } = useParty();
  const shell = useAnswer(ShellDocument, {});
  const day = asked.asOf ?? shell.data?.store?.stamp.dataUntil ?? null;
  const [chosen, choose] = useState<string | null>(null);
  const from = day === null ? '' : chosen !== null && chosen < day ? chosen : monthsBefore(day, usual);
  const variables = { ...asked, from, language: spoken };
  const answer = useAnswer(ScoreChangeDocument, variables, { pause: from === '' });
  const change = answer.data?.whyChanged ?? null;
  const parts: Step[] = change === null ? [] : ([
    ['model', t('score.model'), change.model, 'model'], ['own', t('score.own'), change.ownRisk, 'own'], ['contagion', t('score.contagion'), change.contagion, 'contagion'],
  ] as const).flatMap(([key, title, points, kind]) => (typeof points === 'number' && points !== 0 ? [{ key, title, points, kind }] : []));
  const [before, after] = [change?.before, change?.after];
  const bars = typeof before?.points === 'number' && typeof after?.points === 'number'
    ? waterfall({ title: format.day(from), points: before.points }, parts, { title: format.day(day), points: after.points }, t('score.rounding')) : null;
  const records = change?.records ?? [];
  return (
    <Section title={t('score.change')} question={{ document: ScoreChangeDocument as never, variables }}
      actions={<label className="inline">{t('score.since')} <input type="date" value={from} max={day ?? undefined} onChange={(event) => event.target.value && choose(event.target.value)} /></label>}>
      <Part answer={answer} path="whyChanged" isEmpty={change === null} empty={t('score.noChange')}>
        {change && (
          <>
            <p>{change.text ?? t('score.fromTo', { before: format.count(before?.score), gradeBefore: before?.grade ?? '–', after: format.count(after?.score), gradeAfter: after?.grade ?? '–' })}</p>
            <div className="columns">
              {bars && (
                <Figure title={t('score.changeTitle')} chart={<WaterfallChart bars={bars} title={t('score.changeTitle')} />} rows={bars} rowKey={(bar) => bar.key} columns={[
                  { key: 'title', title: t('score.step'), cell: (bar) => bar.title },
                  { key: 'points', title: t('score.points'), isFigure: true, cell: (bar) => (bar.kind === 'sum' ? format.decimal(bar.points, 1) : format.points(bar.points)) },
                ]} />
              )}
              <Table caption={t('score.change')} rows={change.reasons ?? []} rowKey={(row) => row.feature} columns={[
                { key: 'text', title: t('score.reason'), cell: (row) => <>{row.text ?? row.title}{row.byTime && <em className="tag">{t('score.byTime')}</em>}</> },
                { key: 'scope', title: t('party.kind'), cell: (row) => <span className={row.scope === 'OWN' ? 'own' : 'contagion'}>{code('barKind', row.scope.toLowerCase())}</span> },
                { key: 'points', title: t('score.points'), isFigure: true, cell: (row) => format.points(row.points) },
              ]} />
            </div>
            {records.length > 0 && (
              <>
                <h3>{t('score.events')}</h3>
                <Table caption={t('score.events')} rows={records} rowKey={(_, at) => String(at)} columns={[
                  { key: 'event', title: t('score.event'), cell: (row) => `${code('scoreEvent', row.event)} · ${code('change', row.kind)}` },
                  { key: 'type', title: t('search.type'), cell: (row) => code('recordType', row.type) },
                  { key: 'fields', title: t('party.field'), cell: (row) => (row.fields ?? []).join(', ') },
                  { key: 'about', title: t('score.about'), cell: (row) => (row.isOwn ? t('score.itself') : row.about ? <Go to={partyPath(row.about.id)}><Name>{row.about.name}</Name></Go> : '') },
                ]} />
                {change.recordsComplete === false && <p className="quiet">{t('score.incomplete')}</p>}
              </>
            )}
          </>
        )}
      </Part>
    </Section>
  );
}
