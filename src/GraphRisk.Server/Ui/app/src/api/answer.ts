// What came of a question, told apart as pages show it: data with what was refused of it, or one fault for the whole.
import type { CombinedError, TypedDocumentNode } from '@urql/core';
import { useQuery } from 'urql';

/** A part of an answer that did not come, and why. */
export interface Refusal {
  /** Where in the answer, such as client.contagion; empty for the whole. */
  path: string;
  code: string;
  message: string;
  /** What would open it, where something does. */
  opens: string | null;
}

export interface Answer<Data> {
  data: Data | null;
  isLoading: boolean;
  refusals: Refusal[];
  /** Seconds since the store was last seen, where the answer is of a snapshot from before. */
  staleSeconds: number | null;
  again: () => void;
}

interface StaleExtension {
  seconds?: number | null;
}

export function useAnswer<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>, variables: Variables, options: { pause?: boolean } = {},
): Answer<Data> {
  const [result, ask] = useQuery<Data, Variables>({ query: document, variables: variables as never, pause: options.pause ?? false } as never);
  // While a new question is on its way, what came of the one before is still there: another day's figures, perhaps another party's. It is not shown.
  const isOfBefore = result.operation !== undefined && JSON.stringify(result.operation.variables) !== JSON.stringify(variables);
  const stale = result.extensions?.stale as StaleExtension | undefined;
  return {
    data: isOfBefore ? null : (result.data ?? null),
    isLoading: result.fetching || isOfBefore,
    refusals: isOfBefore ? [] : refusalsOf(result.error),
    staleSeconds: stale ? (stale.seconds ?? 0) : null,
    again: () => ask({ requestPolicy: 'network-only' }),
  };
}

export function refusalsOf(error: CombinedError | undefined): Refusal[] {
  if (!error) return [];
  if (error.networkError) return [{ path: '', code: 'NETWORK', message: error.networkError.message, opens: null }];
  return error.graphQLErrors.map((one) => ({
    path: (one.path ?? []).filter((step) => typeof step === 'string').join('.'),
    code: String(one.extensions?.code ?? 'FAILED'),
    message: one.message,
    opens: typeof one.extensions?.opens === 'string' ? one.extensions.opens : null,
  }));
}

/** Whether what was asked by an id is none of the viewer's: ids of another's answers mean nothing to it, and what nobody knows answers alike. */
export const isOfNoId = (refusals: readonly Refusal[]): boolean => refusalAt(refusals, 'node')?.code === 'BAD_USER_INPUT';

/** The refusal that keeps the part at a path from being shown, if one does. */
export function refusalAt(refusals: readonly Refusal[], path: string): Refusal | null {
  return refusals.find((refusal) => path === refusal.path || path.startsWith(`${refusal.path}.`) || refusal.path === '') ?? null;
}
