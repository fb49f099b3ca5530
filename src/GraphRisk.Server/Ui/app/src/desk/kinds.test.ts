import { describe, expect, it } from 'vitest';
import en from '../text/en.json';
import { kindOf, kinds, openStates, orderOf, whereOf } from './kinds';

describe('the kinds of cases', () => {
  it('wait for somebody in open states only', () => {
    expect(openStates(kindOf('Application')!)).toEqual(['FILED', 'QUESTIONED', 'AGREED_BY_ONE']);
    expect(openStates(kindOf('CreditReview')!)).toEqual(['DUE', 'TAKEN', 'AGREED_BY_ONE']);
    expect(openStates(kindOf('FreezeRequest')!)).toEqual(['DRAFTED', 'APPROVED', 'SENT']);
  });

  it('have words for every state', () => {
    expect(kinds.flatMap((kind) => Object.keys(kind.states)).filter((state) => !(state in en.code.caseState))).toEqual([]);
  });

  it('are asked for by state and broker', () => {
    const calls = kindOf('MarginCall')!;
    expect(whereOf(calls, 'open', '')).toEqual({ state: { in: ['OPEN', 'EXTENDED', 'PASSED'] } });
    expect(whereOf(calls, 'MET', 'B001')).toEqual({ state: { eq: 'MET' }, handledBy: { some: { node: { code: { eq: 'B001' } } } } });
    expect(whereOf(calls, 'all', '')).toEqual({});
  });

  it('come with what is due first, and all of them the newest first', () => {
    expect(orderOf(kindOf('FreezeRequest')!, 'open')).toEqual([{ expiresOn: 'ASC' }, { filedOn: 'ASC' }]);
    expect(orderOf(kindOf('Application')!, 'FILED')).toEqual([{ filedOn: 'ASC' }]);
    expect(orderOf(kindOf('Complaint')!, 'all')).toEqual([{ filedOn: 'DESC' }]);
    expect(orderOf(kindOf('Complaint')!, 'WITHDRAWN')).toEqual([{ filedOn: 'DESC' }]);
  });
});
