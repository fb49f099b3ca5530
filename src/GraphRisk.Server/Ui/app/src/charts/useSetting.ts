import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** A choice of a page that stands in its address, so that a link carries it; absent where it is the usual one. */
export function useSetting(name: string, usual: string): [string, (value: string) => void] {
  const [search, setSearch] = useSearchParams();
  const choose = useCallback(
    (value: string) =>
      setSearch((before) => {
        const after = new URLSearchParams(before);
        if (value === usual) after.delete(name);
        else after.set(name, value);
        return after;
      }, { replace: true }),
    [name, setSearch, usual],
  );
  return [search.get(name) ?? usual, choose];
}
