import { stringifyDocument, type TypedDocumentNode } from '@urql/core';
import { currentSession } from '../session/session';
import { useText } from '../text/text';

/** "Ask this yourself": the question behind a figure, with its variables, opened in GraphiQL. It stands behind the number sign, which no server is sent. */
export function Question({ document, variables }: { document: TypedDocumentNode<unknown, never>; variables: object }) {
  const { t } = useText();
  const { viewer, at } = currentSession();
  const query = stringifyDocument(document).replace(/^# .*\n/, '');
  const parts = new URLSearchParams({ query, variables: JSON.stringify(variables, null, 2), ...(viewer ? { viewer: String(at) } : {}) });
  return <a className="question" href={`/graphql/ui/#${parts}`} target="_blank" rel="noopener">{t('app.askYourself')}</a>;
}
