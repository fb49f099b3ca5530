import { Client, fetchExchange, mapExchange } from '@urql/core';
import { credentials } from '../session/session';
import { kept } from './kept';

export const endpoint = '/graphql';

/** The client of one session: with the next one its answers are gone. */
export function clientFor(language: string): Client {
  return new Client({
    url: endpoint,
    preferGetMethod: false,
    requestPolicy: 'cache-first',
    exchanges: [
      kept(),
      mapExchange({
        onOperation: async (operation) => ({
          ...operation,
          context: {
            ...operation.context,
            fetchOptions: { method: 'POST', headers: { ...(await credentials()), 'Accept-Language': language } },
          },
        }),
      }),
      fetchExchange,
    ],
  });
}
