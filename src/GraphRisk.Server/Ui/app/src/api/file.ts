// An answer as a file for other programs: the same question with the same rights, in a form other than JSON.
import { stringifyDocument, type TypedDocumentNode } from '@urql/core';
import { credentials } from '../session/session';
import { endpoint } from './client';

/** Forms of an answer that is a graph, by the ending of their files. */
export const graphForms = { graphml: 'application/graphml+xml', dot: 'text/vnd.graphviz', bods: 'application/vnd.bods+json' } as const;

export type GraphForm = keyof typeof graphForms;

/** A question whose answer can be had as a file. */
export interface FiledQuestion {
  document: TypedDocumentNode<unknown, never>;
  variables: object;
}

/** Asks for the answer in a form; where it is refused, the refusal is what is thrown. */
export async function askFile({ document, variables }: FiledQuestion, form: GraphForm): Promise<Blob> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { ...(await credentials()), 'Content-Type': 'application/json', Accept: graphForms[form] },
    body: JSON.stringify({ query: stringifyDocument(document), variables }),
  });
  if (response.headers.get('Content-Type')?.startsWith(graphForms[form])) return response.blob();
  const refused = (await response.json().catch(() => null)) as { errors?: { message: string }[] } | null;
  throw new Error(refused?.errors?.[0]?.message ?? `${endpoint}: ${response.status}`);
}
