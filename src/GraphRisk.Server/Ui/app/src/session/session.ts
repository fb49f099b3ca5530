// Who asks: the token of this page, kept in memory and nowhere else, and what it states. Another person, purpose or reason is another session, and nothing
// that was answered to one is shown to the next.
import { useSyncExternalStore } from 'react';
import type { Provider } from './provider';

export type Role = 'regulator' | 'broker' | 'client' | 'analyst';

/** Whom a token of the demo speaks for. */
export interface Viewer {
  role: Role;
  of: string | null;
  purpose: string | null;
}

/** What the server says of signing in, from /app/session.json. */
export interface Offer {
  /** Whom the demo's tokens may speak for, null in the place of one whom the store does not know; empty outside the demo. */
  viewers: (Viewer | null)[];
  provider: { authority: string; clientId: string; scope: string } | null;
  purposes: { id: string; roles: Role[] }[];
}

export interface Session {
  /** Grows with every change of who asks, so that answers of before can be dropped. */
  era: number;
  offer: Offer;
  signedIn: boolean;
  /** Whom the page speaks for, as far as it knows: a token of a provider is the server's to read. */
  viewer: Viewer | null;
  /** Place among the demo's viewers. */
  at: number;
  /** Why names are needed, as it was filed; null while they are masked. */
  reason: string | null;
  /** In the demo, what the person who asks is called, so that two of them can be told apart; null where nobody is named. */
  person: string | null;
  /** Purpose named with each question, where a provider's token allows several. */
  purpose: string | null;
}

const chosen = 'graphrisk.viewer';
const called = 'graphrisk.person';
let session: Session = { era: 0, offer: { viewers: [], provider: null, purposes: [] }, signedIn: false, viewer: null, at: 0, reason: null, person: null, purpose: null };
let token: { text: string; until: number } | null = null;
let provider: Provider | null = null;
const listeners = new Set<() => void>();

function become(part: Partial<Session>): void {
  session = { ...session, ...part, era: session.era + 1 };
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSession(): Session {
  return useSyncExternalStore(subscribe, () => session);
}

export const currentSession = (): Session => session;

/** Reads what the server offers and signs in as far as that needs nobody: in the demo, or back from the provider. */
export async function openSession(): Promise<void> {
  const response = await fetch('/app/session.json');
  if (!response.ok) throw new Error(`/app/session.json: ${response.status}`);
  const offer = (await response.json()) as Offer;
  become({ offer });
  if (offer.viewers.some((viewer) => viewer !== null)) {
    const kept = Number(sessionStorage.getItem(chosen));
    await speakFor(offer.viewers[kept] ? kept : offer.viewers.findIndex((viewer) => viewer !== null), null, sessionStorage.getItem(called));
  } else if (offer.provider) {
    const { openProvider } = await import('./provider');
    provider = await openProvider(offer.provider);
    if (provider.isSignedIn()) become({ signedIn: true });
  }
}

/** In the demo: asks as another viewer, with another reason, or under another name. */
export async function speakFor(at: number, reason: string | null, person = session.person): Promise<void> {
  const response = await fetch('/graphql/ui/token.json', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'GraphRisk-Explorer': '1' },
    body: JSON.stringify({ viewer: at, reason, person }),
  });
  if (!response.ok) throw new Error(`/graphql/ui/token.json: ${response.status}`);
  const given = (await response.json()) as { token: string; reason: string | null; person: string | null; until: string };
  token = { text: given.token, until: Date.parse(given.until) };
  sessionStorage.setItem(chosen, String(at));
  if (given.person === null) sessionStorage.removeItem(called);
  else sessionStorage.setItem(called, given.person);
  const viewer = session.offer.viewers[at] ?? null;
  become({ signedIn: true, at, viewer, reason: given.reason, person: given.person, purpose: null });
}

/** A token typed by hand, for servers that take those of development. */
export function takeToken(text: string): void {
  token = { text: text.replace(/^Bearer\s+/i, '').trim(), until: Number.POSITIVE_INFINITY };
  become({ signedIn: true, viewer: null, reason: null, person: null, purpose: null });
}

export async function signIn(): Promise<void> {
  await provider?.signIn(location.pathname + location.search);
}

export async function signOut(): Promise<void> {
  token = null;
  become({ signedIn: false, viewer: null, reason: null });
  await provider?.signOut();
}

/** Names the purpose of what is asked from now on. */
export function declare(purpose: string | null): void {
  become({ purpose });
}

/** The headers that say who asks. A token of the demo that is about to end is renewed without its reason, so names are masked again. */
export async function credentials(): Promise<Record<string, string>> {
  if (provider) token = provider.token();
  else if (token && token.until < Date.now() + 5000 && session.viewer) await speakFor(session.at, null);
  return {
    ...(token ? { Authorization: `Bearer ${token.text}` } : {}),
    ...(session.purpose ? { 'GraphRisk-Purpose': session.purpose } : {}),
  };
}
