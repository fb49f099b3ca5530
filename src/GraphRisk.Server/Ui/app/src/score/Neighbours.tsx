import { useAnswer } from '../api/answer';
import { ScoreContagionDocument } from '../api/generated/graphql';
import { Table } from '../app/Figure';
import { Go, partyPath } from '../app/Link';
import { Section } from '../app/Section';
import { Part } from '../app/states';
import { useParty } from '../party/context';
import { Name } from '../party/Name';
import { useFormat } from '../text/format';
import { useCode, useText } from '../text/text';

/** Through whom others' trouble reaches the party, tie by tie: for those to whom that is open. */
export function Neighbours() {
  const { t } = useText();
  const code = useCode();
  const format = useFormat();
  const { asked } = useParty();
  const variables = { ...asked, first: 25 };
  const answer = useAnswer(ScoreContagionDocument, variables);
  const node = answer.data?.node;
  const contagion = node?.__typename === 'Company' || node?.__typename === 'Person' ? node.contagion : null;
  const rows = contagion?.neighbours ?? [];
  return (
    <Section title={t('score.neighbours')} question={{ document: ScoreContagionDocument as never, variables }}>
      <Part answer={answer} path="node.contagion" isEmpty={rows.length === 0} empty={t('score.noNeighbours')}>
        <Table caption={t('score.neighbours')} rows={rows} rowKey={(row, at) => `${row.party?.id} ${at}`} columns={[
          { key: 'name', title: t('search.name'), cell: (row) => (row.party ? <Go to={partyPath(row.party.id, 'score')}><Name>{row.party.name}</Name></Go> : '–') },
          { key: 'ties', title: t('score.ties'), cell: (row) => (row.ties ?? []).map((tie) => `${code('tie', tie.kind)} ${format.points(tie.points)}`).join(' · ') },
          { key: 'points', title: t('score.points'), isFigure: true, cell: (row) => format.points(row.points) },
        ]} />
        {contagion && (
          <p className="quiet">
            {t('score.rest', { points: format.points(contagion.rest) })}
            {contagion.interacts && <> {t('score.interaction', { points: format.points(contagion.interaction) })}</>}
          </p>
        )}
      </Part>
    </Section>
  );
}
