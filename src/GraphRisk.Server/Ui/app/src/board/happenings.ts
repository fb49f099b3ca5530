// What befell a client after a decision, in one order.

export interface Happening {
  day: string | null;
  kind: 'event' | 'case';
  /** Kind of the event, or of the case. */
  what: string;
  reference: string | null;
}

/** Events and cases by day; what is of one day stands with its events first. */
export function happenings({ events, laterCases }: {
  events?: readonly { kind: string; occurredOn: string }[] | null;
  laterCases: readonly { __typename: string; reference?: string | null; filedOn?: string | null }[];
}): Happening[] {
  const all: Happening[] = [
    ...(events ?? []).map((event) => ({ day: event.occurredOn, kind: 'event' as const, what: event.kind, reference: null })),
    ...laterCases.map((one) => ({ day: one.filedOn ?? null, kind: 'case' as const, what: one.__typename[0]!.toLowerCase() + one.__typename.slice(1), reference: one.reference ?? null })),
  ];
  return all.sort((left, right) => (left.day ?? '').localeCompare(right.day ?? ''));
}
