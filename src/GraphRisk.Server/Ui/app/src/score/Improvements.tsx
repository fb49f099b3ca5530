import { useAnswer } from '../api/answer';
import { ScoreImprovementsDocument } from '../api/generated/graphql';
import { Table } from '../app/Figure';
import { Section } from '../app/Section';
import { Part } from '../app/states';
import { useParty } from '../party/context';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';

/** The smallest changes the party could make itself for a better grade. */
export function Improvements() {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const { asked, spoken } = useParty();
  const variables = { ...asked, language: spoken };
  const answer = useAnswer(ScoreImprovementsDocument, variables);
  const rows = answer.data?.creditScore?.wouldImprove ?? [];
  return (
    <Section title={t('score.improve')} question={{ document: ScoreImprovementsDocument as never, variables }}>
      <Part answer={answer} path="creditScore.wouldImprove" isEmpty={rows.length === 0} empty={t('score.noImprovement')}>
        <Table caption={t('score.improve')} rows={rows} rowKey={(row) => row.kind} columns={[
          { key: 'kind', title: t('score.what'), cell: (row) => <>{code('improvement', row.kind)}{row.text && <small className="quiet"> {row.text}</small>}</> },
          { key: 'amount', title: t('party.amount'), isFigure: true, cell: (row) => format.amount(row.amount) },
          { key: 'score', title: t('score.score'), isFigure: true, cell: (row) => format.count(row.score) },
          { key: 'grade', title: t('score.grade'), cell: (row) => row.grade ?? '–' },
        ]} />
      </Part>
    </Section>
  );
}
