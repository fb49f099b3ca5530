import { describe, expect, it } from 'vitest';
import type { FindingFieldsFragment, OwnershipFiguresQuery, VerdictFieldsFragment } from '../api/generated/graphql';
import { eachOnce, litBy, marksOf } from './marks';

const party = (id: string) => ({ __typename: 'Company' as const, id, name: id });
const finding = (kind: string, company: string) => ({ kind, amount: 1.15, detail: '', companies: [party(company)], holders: [] }) as unknown as FindingFieldsFragment;
const verdict = (holds: string, ...holders: string[]) => ({ holds, holders: holders.map(party) }) as unknown as VerdictFieldsFragment;

describe('marks', () => {
  it('puts figures, control, verdicts and findings where they belong', () => {
    const figures = {
      ownershipLookThrough: { stakes: { nodes: [{ holder: party('p'), share: 0.3, lower: 0.25, upper: 0.38, direct: 0, isUltimate: true }] } },
      controllers: { control: [{ votes: 0.88, controllers: [party('p'), party('q')] }] },
    } as unknown as OwnershipFiguresQuery;
    const marks = marksOf(figures, [verdict('CERTAIN', 'p'), verdict('POSSIBLE', 'p', 'r')], [finding('SHARES_ABOVE_ONE', 'c'), finding('SHARES_ABOVE_ONE', 'c')]);
    expect(marks.get('p')).toMatchObject({ stake: '25–38%', isUltimate: true, control: '88%', verdict: 'CERTAIN' });
    expect([marks.get('q')!.control, marks.get('r')!.verdict]).toEqual(['88%', 'POSSIBLE']);
    expect(marks.get('c')!.findings).toHaveLength(1);
    expect(eachOnce([finding('A', 'c'), finding('A', 'c'), finding('A', 'd')])).toHaveLength(2);
  });

  it('lights the proof, and the chains where there is none', () => {
    const chains = [{ parties: [party('p'), party('b'), party('a')] }];
    expect([...litBy(chains, null, ['p']).holdings]).toEqual(['p>b', 'b>a']);
    const lit = litBy(chains, { sufficient: [{ holder: party('p'), company: party('a') }] }, ['p']);
    expect([...lit.holdings]).toEqual(['p>a']);
    expect([...lit.parties].sort()).toEqual(['a', 'p']);
  });
});
