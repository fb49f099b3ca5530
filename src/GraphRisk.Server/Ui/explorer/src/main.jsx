// The explorer page: GraphiQL over the endpoint one folder up, with one tab and a list of questions by role beside it. In the demo each
// question is asked with a token of whoever it is a question of; names stay masked until a reason is typed. Elsewhere the page says
// that a token is needed and takes one. An Authorization header typed into the tab wins over both.
import { useEditorContext, useExecutionContext } from '@graphiql/react';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { useRef, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import { Answer } from './answer.jsx';
import './page.css';

const endpoint = new URL('..', document.baseURI).pathname.replace(/\/$/, '');

async function json(name, otherwise) {
  const response = await fetch(name);
  return response.ok ? response.json() : otherwise;
}

// What a reader changed in the tab is kept in the browser, but only as long as the server offers the same questions.
function storageFor(questions) {
  let hash = 0;
  for (const character of JSON.stringify(questions)) hash = (Math.imul(hash, 31) + character.codePointAt(0)) | 0;
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

// A question that a page of the application hands over stands behind the number sign, which no server is sent. It is kept as long as the page is open.
const handed = (() => {
  const parts = new URLSearchParams(location.hash.slice(1));
  return parts.has('query') ? { query: parts.get('query'), variables: parts.get('variables'), viewer: Number(parts.get('viewer')) || 0 } : null;
})();

function passingStorage() {
  const kept = new Map();
  return {
    get length() {
      return kept.size;
    },
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
    clear: () => kept.clear(),
  };
}

// What the page knows, told to whatever shows it. The demo's tokens live in this page only; one with a reason ends after an
// hour, and the page goes on with a masked one.
const state = { viewers: [], questions: [], role: 'regulator', viewer: 0, reason: null, token: null, until: 0, answer: null, fault: null };
const listeners = new Set();
let version = 0;

function change(part) {
  Object.assign(state, part);
  version += 1;
  listeners.forEach((listener) => listener());
}

function useShared() {
  useSyncExternalStore((listener) => (listeners.add(listener), () => listeners.delete(listener)), () => version);
  return state;
}

const isDemo = () => state.viewers.length > 0;

async function obtain(viewer, reason) {
  const response = await fetch('token.json', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'GraphRisk-Explorer': '1' },
    body: JSON.stringify({ reason, viewer }),
  });
  if (!response.ok) throw new Error(`no token: ${response.status}`);
  const { token, reason: stated, until } = await response.json();
  change({ viewer, token, reason: stated, until: Date.parse(until), fault: null });
}

async function fetcher(parameters, options) {
  if (isDemo() && Date.now() > state.until - 5000) await obtain(state.viewer, null);
  const headers = state.token ? { Authorization: `Bearer ${state.token}` } : {};
  const answer = await createGraphiQLFetcher({ url: endpoint, headers, enableIncrementalDelivery: false })(parameters, options);
  if (parameters.operationName !== 'IntrospectionQuery') change({ answer });
  return answer;
}

function Reader() {
  const { viewers, role, viewer, reason, token, fault } = useShared();
  const [typed, type] = useState('');
  const say = (error) => change({ fault: error.message });
  const submit = (act) => (event) => {
    event.preventDefault();
    act(typed.trim());
    type('');
  };
  if (!isDemo()) {
    return (
      <>
        <span>
          {token ? 'Asking with the token you gave.' : 'Sign in first: this server answers nobody without a token. For development, graphrisk token --role regulator --purpose supervision prints one.'}
        </span>
        <form onSubmit={submit((text) => text && change({ token: text.replace(/^Bearer /, '') }))}>
          <input type="password" value={typed} onChange={(event) => type(event.target.value)} placeholder="Token" aria-label="Token" autoComplete="off" />
          <button>Use it</button>
        </form>
      </>
    );
  }
  const { of, purpose } = viewers[viewer];
  return (
    <>
      <label>
        Demo: reading as{' '}
        <select value={role} onChange={(event) => switchTo(event.target.value).catch(say)}>
          {[...new Set(viewers.filter(Boolean).map((one) => one.role))].map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>{' '}
        <span id="whose">{[of, `for ${purpose ?? 'no purpose'}`].filter(Boolean).join(', ')}.</span>
      </label>
      {reason === null ? (
        <form onSubmit={submit((text) => text && obtain(viewer, text).catch(say))}>
          Names are masked.{' '}
          <input value={typed} onChange={(event) => type(event.target.value)} maxLength="500" required placeholder="Why are they needed? It is filed." aria-label="Reason" />{' '}
          <button>Show names</button>
        </form>
      ) : (
        <span>
          Names are shown for: <q>{reason}</q> <button onClick={() => obtain(viewer, null).catch(say)}>Mask again</button>
        </span>
      )}
      {fault && <strong>{fault}</strong>}
    </>
  );
}

async function switchTo(role) {
  const first = state.viewers.findIndex((one) => one?.role === role);
  await obtain(first, null);
  change({ role });
}

// Stands beside the editors and works them, so it is rendered below what they share and shown elsewhere on the page.
function Questions() {
  const { questions, role, viewers } = useShared();
  const { queryEditor, variableEditor, setOperationName } = useEditorContext({ nonNull: true });
  const { run } = useExecutionContext({ nonNull: true });
  const latest = useRef(run);
  latest.current = run;
  const offered = questions.filter((one) => (isDemo() ? viewers[one.viewer] : true) && one.role === role);
  async function ask({ query, variables, viewer }) {
    if (isDemo() && viewer !== state.viewer) await obtain(viewer, null);
    queryEditor.setValue(query);
    variableEditor?.setValue(variables ?? '');
    setOperationName(/^query (\w+)/m.exec(query)?.[1]);
    setTimeout(() => latest.current(), 100); // The run of now still has the name of the operation before.
  }
  return (
    <>
      <h2>Questions</h2>
      {!isDemo() && (
        <select value={role} onChange={(event) => change({ role: event.target.value })} aria-label="Role">
          {[...new Set(questions.map((one) => one.role))].map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      )}
      <ol>
        {offered.map((one) => (
          <li key={one.name}>
            <button onClick={() => ask(one).catch((error) => change({ fault: error.message }))}>{one.title}</button>
          </li>
        ))}
      </ol>
    </>
  );
}

function Page({ storage, first }) {
  const { answer } = useShared();
  return (
    <GraphiQL
      fetcher={fetcher}
      storage={storage}
      defaultTabs={[{ query: first?.query ?? '{ store { stamp { asOf version } } }', variables: first?.variables, headers: null }]}
      defaultEditorToolsVisibility="variables"
    >
      <GraphiQL.Footer>
        {createPortal(<Questions />, document.getElementById('questions'))}
        <Answer answer={answer} />
      </GraphiQL.Footer>
    </GraphiQL>
  );
}

Promise.all([json('config.json', null), json('queries.json', [])]).then(async ([config, questions]) => {
  change({ viewers: config?.viewers ?? [], questions });
  const viewer = config?.viewers?.[handed?.viewer] ? handed.viewer : 0;
  if (config) await obtain(viewer, null).then(() => change({ role: config.viewers[viewer].role }), (error) => change({ fault: error.message }));
  createRoot(document.getElementById('reader')).render(<Reader />);
  createRoot(document.getElementById('explorer')).render(<Page storage={handed ? passingStorage() : storageFor(questions)} first={handed ?? questions.find((one) => one.role === state.role)} />);
});
