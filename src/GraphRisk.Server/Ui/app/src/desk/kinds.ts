// The kinds of cases a desk works, a row each. A kind that is not there is a row here, a question in cases.graphql and words in the catalogue.
import type { TypedDocumentNode } from '@urql/core';
import {
  ApplicationDeskDocument, ComplaintDeskDocument, CreditReviewDeskDocument, DefaultDeskDocument, FreezeDeskDocument, MarginCallDeskDocument,
  type ApplicationState, type ComplaintState, type CreditReviewState, type DefaultState, type FreezeState, type MarginCallState,
} from '../api/generated/graphql';
import type { BitemporalPoint } from '../app/times';
import type { Page } from './pages';

/** By whom a case waits: for the client, the broker's desk, another person of it, a court, whoever handles a complaint, or nobody. */
export type Waits = 'client' | 'officer' | 'second' | 'court' | 'handler' | 'term' | 'nobody';

/** One line of a desk. */
export interface DeskRow {
  id: string;
  reference?: string | null;
  state?: string | null;
  filedOn?: string | null;
  amount?: number | null;
  dueOn?: string | null;
  concerned?: { nodes: readonly ({ id: string; name?: string | null } | null)[] } | null;
  handledBy?: { nodes: readonly ({ code?: string | null } | null)[] } | null;
}

export interface DeskData {
  desk?: Page<DeskRow> | null;
}

export interface DeskVariables extends BitemporalPoint {
  where: object;
  orderBy: readonly object[];
  first: number;
  after?: string | null;
}

export interface Kind {
  /** Its place in the address. */
  id: 'applications' | 'reviews' | 'calls' | 'defaults' | 'freezes' | 'complaints';
  type: 'Application' | 'CreditReview' | 'MarginCall' | 'Default' | 'FreezeRequest' | 'Complaint';
  document: TypedDocumentNode<DeskData, DeskVariables>;
  /** Its states in the order in which they are met, with who is waited for in each. */
  states: Readonly<Record<string, Waits>>;
  /** What is owed an answer first, and the day it is by; applications have none and go by the day they were filed. */
  due: 'dueOn' | 'expiresOn' | null;
  hasAmount: boolean;
  /** States in which what was due has been given: the day says nothing any more. */
  answered?: readonly string[];
}

const document = (one: unknown) => one as TypedDocumentNode<DeskData, DeskVariables>;

export const kinds: readonly Kind[] = [
  {
    id: 'applications', type: 'Application', document: document(ApplicationDeskDocument), due: null, hasAmount: true,
    states: { FILED: 'officer', QUESTIONED: 'client', AGREED_BY_ONE: 'second', APPROVED: 'nobody', DECLINED: 'nobody', WITHDRAWN: 'nobody' } satisfies Record<ApplicationState, Waits>,
  },
  {
    id: 'reviews', type: 'CreditReview', document: document(CreditReviewDeskDocument), due: 'dueOn', hasAmount: true, answered: ['CONCLUDED', 'LAPSED'],
    states: { DUE: 'officer', TAKEN: 'officer', AGREED_BY_ONE: 'second', CONCLUDED: 'nobody', LAPSED: 'nobody' } satisfies Record<CreditReviewState, Waits>,
  },
  {
    id: 'calls', type: 'MarginCall', document: document(MarginCallDeskDocument), due: 'dueOn', hasAmount: true,
    states: { OPEN: 'client', EXTENDED: 'client', PASSED: 'officer', MET: 'nobody', DISPOSED: 'nobody', CANCELLED: 'nobody' } satisfies Record<MarginCallState, Waits>,
  },
  {
    id: 'defaults', type: 'Default', document: document(DefaultDeskDocument), due: 'dueOn', hasAmount: true,
    states: {
      DECLARED: 'officer', NOTIFIED: 'term', OBJECTED: 'second', DISMISSED: 'officer', REPORTED: 'officer', CURED: 'nobody', RECTIFIED: 'nobody', REVOKED: 'nobody', CLOSED: 'nobody',
    } satisfies Record<DefaultState, Waits>,
  },
  {
    id: 'freezes', type: 'FreezeRequest', document: document(FreezeDeskDocument), due: 'expiresOn', hasAmount: true,
    states: {
      DRAFTED: 'second', APPROVED: 'officer', SENT: 'court', GRANTED: 'nobody', REFUSED: 'nobody', LIFTED: 'nobody', EXPIRED: 'nobody', WITHDRAWN: 'nobody',
    } satisfies Record<FreezeState, Waits>,
  },
  {
    id: 'complaints', type: 'Complaint', document: document(ComplaintDeskDocument), due: 'dueOn', hasAmount: false, answered: ['UPHELD', 'REJECTED'],
    states: {
      FILED: 'handler', ACKNOWLEDGED: 'handler', CLASSIFIED: 'handler', ASSIGNED: 'handler', EXTENDED: 'handler', UPHELD: 'handler', REJECTED: 'handler',
      UPHELD_ARCHIVED: 'nobody', REJECTED_ARCHIVED: 'nobody', WITHDRAWN: 'nobody',
    } satisfies Record<ComplaintState, Waits>,
  },
];

export const kindOf = (type: string): Kind | undefined => kinds.find((kind) => kind.type === type);

/** States in which somebody is waited for. */
export const openStates = (kind: Kind): string[] => Object.entries(kind.states).filter(([, waits]) => waits !== 'nobody').map(([state]) => state);

/** What a desk asks for: the cases in a state, in any open one or all, of a broker or all. */
export function whereOf(kind: Kind, state: string, broker: string): object {
  return {
    ...(state === 'open' ? { state: { in: openStates(kind) } } : Object.hasOwn(kind.states, state) ? { state: { eq: state } } : {}),
    ...(broker ? { handledBy: { some: { node: { code: { eq: broker } } } } } : {}),
  };
}

/** Where somebody is waited for what is due first comes first, then what has waited longest; of all cases the newest. */
export function orderOf(kind: Kind, state: string): object[] {
  const isOpen = state === 'open' || (Object.hasOwn(kind.states, state) && kind.states[state] !== 'nobody');
  return isOpen ? [...(kind.due ? [{ [kind.due]: 'ASC' }] : []), { filedOn: 'ASC' }] : [{ filedOn: 'DESC' }];
}

/** Where a case is shown. */
export const casePath = (id: string) => `/case/${encodeURIComponent(id)}`;
