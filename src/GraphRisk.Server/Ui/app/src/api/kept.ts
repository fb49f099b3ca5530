// Answers kept while somebody walks about. Not normalised by id: a party has the same id on every day and for every knowledge, and a cache by id would
// show one day's value under another's date. Each answer is kept whole, by question and variables; the oldest go first, so it does not grow.
import type { Exchange, Operation, OperationResult } from '@urql/core';
import { filter, map, merge, pipe, share, tap } from 'wonka';

/** Most answers kept. */
export const mostKept = 60;

export function kept(most = mostKept): Exchange {
  return ({ forward }) => {
    const answers = new Map<number, OperationResult>();
    const isKept = (operation: Operation) =>
      operation.kind === 'query' && operation.context.requestPolicy !== 'network-only' && answers.has(operation.key);
    const keep = (result: OperationResult) => {
      if (result.operation.kind === 'mutation') answers.clear();
      if (result.operation.kind !== 'query' || result.data === undefined || result.data === null) return;
      answers.delete(result.operation.key);
      answers.set(result.operation.key, result);
      if (answers.size > most) answers.delete(answers.keys().next().value!);
    };
    return (operations) => {
      const shared = pipe(operations, share);
      const known = pipe(shared, filter(isKept), map((operation) => ({ ...answers.get(operation.key)!, operation })));
      const asked = pipe(shared, filter((operation) => !isKept(operation)), forward, tap(keep));
      return merge([known, asked]);
    };
  };
}
