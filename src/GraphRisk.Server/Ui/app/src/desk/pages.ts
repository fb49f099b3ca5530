// A long list read page by page as it is scrolled to; what is not looked at is not asked for.
import type { TypedDocumentNode } from '@urql/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { refusalsOf, type Answer } from '../api/answer';

/** One page as an answer holds it. */
export interface Page<Row> {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  nodes: readonly (Row | null)[];
}

export interface Pages<Row> extends Answer<readonly Row[]> {
  total: number | null;
  hasMore: boolean;
  more: () => void;
}

/**
 * The rows read so far of a list and the way to further ones. Other variables begin anew.
 * @param key Says when variables are others: their JSON.
 */
export function usePages<Data, Variables extends object, Row>(
  document: TypedDocumentNode<Data, Variables>, variables: Omit<Variables, 'after'>, page: (data: Data) => Page<Row> | null | undefined,
): Pages<Row> {
  const client = useClient();
  const key = JSON.stringify(variables);
  const empty = { key, rows: [] as Row[], total: null as number | null, cursor: null as string | null, hasMore: true, isLoading: false, refusals: [] as Answer<unknown>['refusals'] };
  const [read, set] = useState(empty);
  const running = useRef<string | null>(null);
  const current = read.key === key ? read : empty;
  const ask = useCallback(async (after: string | null, before: readonly Row[]) => {
    const mark = `${key} ${after}`;
    if (running.current === mark) return;
    running.current = mark;
    const result = await client.query(document, { ...(JSON.parse(key) as object), after } as unknown as Variables).toPromise();
    if (running.current !== mark) return; // Something else is looked at by now.
    running.current = null;
    const found = result.data ? page(result.data) : null;
    set({
      key,
      rows: [...before, ...(found?.nodes ?? []).flatMap((row) => row ?? [])],
      total: found?.totalCount ?? null,
      cursor: found?.pageInfo.endCursor ?? null,
      hasMore: found?.pageInfo.hasNextPage === true,
      isLoading: false,
      refusals: refusalsOf(result.error),
    });
  }, [client, document, key]);
  useEffect(() => {
    running.current = null;
    void ask(null, []);
  }, [ask]);
  const isFirst = read.key !== key || (current.total === null && current.refusals.length === 0);
  return {
    data: isFirst ? null : current.rows,
    isLoading: isFirst,
    refusals: current.refusals,
    staleSeconds: null,
    again: () => void ask(null, []),
    total: current.total,
    hasMore: current.hasMore,
    more: () => {
      if (current.hasMore && current.cursor !== null) void ask(current.cursor, current.rows);
    },
  };
}
