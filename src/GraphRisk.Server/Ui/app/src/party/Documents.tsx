import { useAnswer } from '../api/answer';
import { PartyDocumentsDocument } from '../api/generated/graphql';
import { Section } from '../app/Section';
import { Part } from '../app/states';
import { useFormat } from '../text/format';
import { useText } from '../text/text';
import { useParty } from './context';
import { marked } from './spans';

/** Announcements that name the party, each with the span of text from which that was read. */
export function Documents() {
  const { t } = useText();
  const format = useFormat();
  const { asked } = useParty();
  const variables = { ...asked, first: 20 };
  const answer = useAnswer(PartyDocumentsDocument, variables);
  const node = answer.data?.node;
  const connection = node?.__typename === 'Company' || node?.__typename === 'Person' ? node.mentionedIn : null;
  const edges = (connection?.edges ?? []).flatMap((edge) => (edge.node ? [{ ...edge, node: edge.node }] : []));
  return (
    <Section title={t('party.documents')} note={connection && t('party.shownOf', { shown: format.count(edges.length), all: format.count(connection.totalCount) })}
      question={{ document: PartyDocumentsDocument as never, variables }}>
      <Part answer={answer} path="node.mentionedIn" isEmpty={edges.length === 0} empty={t('party.noDocuments')}>
        {edges.map(({ node: document, role, records }) => (
          <details key={document.id} className="document">
            <summary>{document.title} <span className="quiet">{[role, format.day(document.publishedOn), document.publisher].filter(Boolean).join(' · ')}</span></summary>
            <blockquote>
              {document.text
                ? marked(document.text, records ?? []).map((piece, at) => (piece.isMarked ? <mark key={at}>{piece.text}</mark> : <span key={at}>{piece.text}</span>))
                : <span className="quiet">{t('party.noText')}</span>}
            </blockquote>
            <p className="quiet">{(records ?? []).map((record) => `${record.source} ${record.recordKey}`).join(', ')}</p>
          </details>
        ))}
      </Part>
    </Section>
  );
}
