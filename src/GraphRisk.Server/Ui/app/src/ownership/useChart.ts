import { useCallback, useEffect, useRef, useState } from 'react';
import { type OperationResult, useClient } from 'urql';
import { type Refusal, refusalsOf } from '../api/answer';
import { OwnershipAroundDocument, OwnershipChartDocument, type OwnershipChartQuery, type OwnershipPartyFragment, type WalkDirection } from '../api/generated/graphql';
import type { BitemporalPoint } from '../app/times';
import { type Chart, emptyChart, withParties } from './chart';

/** Steps that are asked for at once; what lies beyond is asked for when it is opened. */
export const STEPS = 6;

/** Pages of parties that are read of one side at most. */
const mostPages = 3;

export interface ChartAnswer {
  chart: Chart | null;
  isLoading: boolean;
  /** False where more parties lie above or below than were read. */
  isComplete: boolean;
  refusals: Refusal[];
  /** Asks for the holders and holdings of one more party. */
  readAround: (id: string) => void;
  again: () => void;
}

const nothing: Pick<ChartAnswer, 'chart' | 'isLoading' | 'isComplete' | 'refusals'> = { chart: null, isLoading: true, isComplete: true, refusals: [] };

/** The holdings above and below a party on a day. */
export function useChart(of: string, { asOf, knownAt }: BitemporalPoint, isWanted = true): ChartAnswer {
  const client = useClient();
  const [state, setState] = useState(nothing);
  const [tries, setTries] = useState(0);
  const era = useRef(0);
  useEffect(() => {
    const mine = ++era.current;
    setState({ ...nothing, isLoading: isWanted });
    if (!isWanted) return;
    const side = async (direction: WalkDirection) => {
      const told: (OwnershipPartyFragment | null | undefined)[] = [];
      let after: string | null = null;
      let asked: string | null = null;
      for (let page = 0; page < mostPages; page++) {
        const result: OperationResult<OwnershipChartQuery> = await client.query(OwnershipChartDocument, { of, direction, steps: STEPS, after, asOf, knownAt }).toPromise();
        const around = result.data?.neighbourhood;
        const node = result.data?.node;
        asked = node?.id ?? null;
        if (node && (node.__typename === 'Company' || node.__typename === 'Person')) told.push(node);
        for (const edge of around?.nodes?.edges ?? []) {
          const party = edge?.node;
          if (party && (party.__typename === 'Company' || party.__typename === 'Person')) told.push(party);
        }
        const next = around?.nodes?.pageInfo;
        if (result.error || !next?.hasNextPage || !next.endCursor)
          return { asked, told, refusals: refusalsOf(result.error), isComplete: !result.error && (around?.isComplete ?? false) };
        after = next.endCursor;
      }
      return { asked, told, refusals: [], isComplete: false };
    };
    void Promise.all([side('IN'), side('OUT')]).then(([up, down]) => {
      if (mine !== era.current) return;
      const asked = up.asked ?? down.asked;
      setState({
        chart: asked === null ? null : withParties(emptyChart(asked), [...up.told, ...down.told]),
        isLoading: false,
        isComplete: up.isComplete && down.isComplete,
        refusals: [...up.refusals, ...down.refusals],
      });
    });
  }, [client, asOf, isWanted, knownAt, of, tries]);
  const readAround = useCallback((id: string) => {
    const mine = era.current;
    void client.query(OwnershipAroundDocument, { of: id, asOf, knownAt }).toPromise().then((result) => {
      if (mine !== era.current) return;
      const parties = [result.data?.node, ...(result.data?.neighbourhood?.nodes?.edges ?? []).map((edge) => edge?.node)]
        .flatMap((node) => (node?.__typename === 'Company' || node?.__typename === 'Person' ? [node] : []));
      setState((before) => (before.chart ? { ...before, chart: withParties(before.chart, parties), refusals: refusalsOf(result.error) } : before));
    });
  }, [asOf, client, knownAt]);
  return { ...state, readAround, again: () => setTries((count) => count + 1) };
}
