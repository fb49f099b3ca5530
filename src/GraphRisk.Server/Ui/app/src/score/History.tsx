import { useAnswer } from '../api/answer';
import { ScoreHistoryDocument } from '../api/generated/graphql';
import { Table } from '../app/Figure';
import { Section } from '../app/Section';
import { Part } from '../app/states';
import { useParty } from '../party/context';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';

/** The life of the score as it was filed, change by change, with what moved it. */
export function History() {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const { asked, spoken } = useParty();
  const variables = { ...asked, first: 10, language: spoken };
  const answer = useAnswer(ScoreHistoryDocument, variables);
  const steps = answer.data?.scoreHistory?.steps ?? [];
  return (
    <Section title={t('score.history')} question={{ document: ScoreHistoryDocument as never, variables }}>
      <Part answer={answer} path="scoreHistory" isEmpty={steps.length === 0} empty={t('score.noHistory')}>
        <Table caption={t('score.history')} rows={steps} rowKey={(_, at) => String(at)} columns={[
          { key: 'day', title: t('party.day'), cell: (row) => format.day(row.day) },
          { key: 'score', title: t('score.score'), isFigure: true, cell: (row) => format.count(row.score) },
          { key: 'before', title: t('score.before'), isFigure: true, cell: (row) => format.count(row.scoreBefore) },
          { key: 'grade', title: t('score.grade'), cell: (row) => (row.gradeBefore && row.gradeBefore !== row.grade ? `${row.gradeBefore} → ${row.grade}` : (row.grade ?? '–')) },
          { key: 'probability', title: t('score.probability'), isFigure: true, cell: (row) => format.percent(row.probabilityOfDefault, 1) },
          { key: 'why', title: t('score.why'), cell: (row) => <>{row.why?.text}{row.why?.records?.map((record, at) => <em key={at} className="tag">{code('scoreEvent', record.event)}</em>)}</> },
          { key: 'filed', title: t('score.filedAt'), cell: (row) => format.instant(row.filedAt) },
        ]} />
      </Part>
    </Section>
  );
}
