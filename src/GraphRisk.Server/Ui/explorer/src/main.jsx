// The explorer page: GraphiQL over the endpoint one folder up, with the server's queries as tabs and, in the demo,
// a token filled in. An Authorization header typed into a tab wins over the filled-in one.
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './page.css';

const endpoint = new URL('..', document.baseURI).pathname.replace(/\/$/, '');

async function json(name, otherwise) {
  const response = await fetch(name);
  return response.ok ? response.json() : otherwise;
}

// Tabs a reader changed are kept in the browser, but only as long as the server offers the same queries.
function storageFor(queries) {
  let hash = 0;
  for (const character of JSON.stringify(queries)) hash = (Math.imul(hash, 31) + character.codePointAt(0)) | 0;
  const prefix = `graphrisk:${hash}:`;
  const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  return {
    get length() {
      return keys().length;
    },
    getItem: (key) => localStorage.getItem(prefix + key),
    setItem: (key, value) => localStorage.setItem(prefix + key, value),
    removeItem: (key) => localStorage.removeItem(prefix + key),
    clear: () => keys().forEach((key) => localStorage.removeItem(key)),
  };
}

function introduce(viewer) {
  const reader = document.getElementById('reader');
  reader.textContent = `Demo: reading as ${viewer}. To read as somebody else, set Authorization under Headers.`;
  reader.hidden = false;
}

Promise.all([json('config.json', {}), json('queries.json', [])]).then(([{ viewer, token }, tabs]) => {
  if (viewer) introduce(viewer);
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  createRoot(document.getElementById('explorer')).render(
    <GraphiQL
      fetcher={createGraphiQLFetcher({ url: endpoint, headers })}
      storage={storageFor(tabs)}
      defaultTabs={tabs.map(({ query, variables }) => ({ query, variables, headers: null }))}
      defaultEditorToolsVisibility="variables"
    />,
  );
});
