// The two times of a page: when it is to hold in the world, and up to when knowledge counts. They stand in the address, so that a page that is sent to
// somebody else says what it said, as far as that person's own rights go.
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

export interface BitemporalPoint {
  /** A day, YYYY-MM-DD; null for the last day that the sources have reached in full. */
  asOf: string | null;
  /** An instant, ISO 8601; null for all there is. */
  knownAt: string | null;
}

/** Whether a text is a day of the calendar, YYYY-MM-DD: no 31st of February. */
export function isDay(text: string | null): text is string {
  const day = text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text!);
}

const isInstant = (text: string | null) => text !== null && !Number.isNaN(Date.parse(text));

export function pointOf(search: URLSearchParams): BitemporalPoint {
  const [asOf, knownAt] = [search.get('asOf'), search.get('knownAt')];
  return { asOf: isDay(asOf) ? asOf : null, knownAt: isInstant(knownAt) ? knownAt : null };
}

export function useTimes(): [BitemporalPoint, (change: Partial<BitemporalPoint>) => void] {
  const [search, setSearch] = useSearchParams();
  const times = useMemo(() => pointOf(search), [search]);
  const move = useCallback(
    (change: Partial<BitemporalPoint>) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(change)) {
            if (value === null) after.delete(name);
            else after.set(name, value);
          }
          return after;
        },
        { replace: true },
      ),
    [setSearch],
  );
  return [times, move];
}

/** An address within the explorer that keeps the page's times and nothing else of its question. */
export function useAddress(): (path: string) => string {
  const [search] = useSearchParams();
  return useCallback(
    (path: string) => {
      const kept = new URLSearchParams();
      const { asOf, knownAt } = pointOf(search);
      if (asOf) kept.set('asOf', asOf);
      if (knownAt) kept.set('knownAt', knownAt);
      const text = kept.toString();
      return text ? `${path}${path.includes('?') ? '&' : '?'}${text}` : path;
    },
    [search],
  );
}
