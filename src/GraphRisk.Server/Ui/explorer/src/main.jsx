// The explorer page: GraphiQL over the endpoint one folder up, with the server's queries as tabs. In the demo it carries a
// token and says whose; names stay masked until a reason is typed. An Authorization header typed into a tab wins over it.
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

// The demo's tokens live in this page only. One with a reason ends after an hour; the page goes on with a masked one.
const carried = { token: null, reason: null, until: 0 };

async function obtain(reason) {
  const response = await fetch('token.json', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'GraphRisk-Explorer': '1' },
    body: JSON.stringify({ reason }),
  });
  if (!response.ok) throw new Error(`no token: ${response.status}`);
  const { token, reason: stated, until } = await response.json();
  Object.assign(carried, { token, reason: stated, until: Date.parse(until) });
}

function fetcherOf(isDemo) {
  return async (parameters, options) => {
    if (isDemo && Date.now() > carried.until - 5000) {
      await obtain(null);
      show();
    }
    const headers = carried.token ? { Authorization: `Bearer ${carried.token}` } : {};
    return createGraphiQLFetcher({ url: endpoint, headers })(parameters, options);
  };
}

const element = (id) => document.getElementById(id);

function show() {
  const { reason } = carried;
  element('masked').hidden = reason !== null;
  element('unmasked').hidden = reason === null;
  element('stated').textContent = reason ?? '';
}

function introduce({ role, of, purpose }) {
  element('whose').textContent = `Demo: reading as ${[role, of].filter(Boolean).join(' ')}, for ${purpose ?? 'no purpose'}.`;
  element('masked').addEventListener('submit', async (event) => {
    event.preventDefault();
    const reason = element('reason').value.trim();
    if (reason) await obtain(reason).then(show, (fault) => (element('whose').textContent = fault.message));
  });
  element('mask').addEventListener('click', () => obtain(null).then(show));
  element('reader').hidden = false;
  show();
}

Promise.all([json('config.json', null), json('queries.json', [])]).then(async ([viewer, tabs]) => {
  if (viewer) {
    await obtain(null);
    introduce(viewer);
  }
  createRoot(element('explorer')).render(
    <GraphiQL
      fetcher={fetcherOf(viewer !== null)}
      storage={storageFor(tabs)}
      defaultTabs={tabs.map(({ query, variables }) => ({ query, variables, headers: null }))}
      defaultEditorToolsVisibility="variables"
    />,
  );
});
