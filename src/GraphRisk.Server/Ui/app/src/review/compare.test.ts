import { describe, expect, it } from 'vitest';
import { alike, chanceOf, compare, ladder, plain, reasonOf } from './compare';

describe('two records', () => {
  it('are compared without habits of writing', () => {
    expect(plain('ＡＢ－Ｃ 有限公司（上海）')).toBe('abc有限公司上海');
    expect(alike(['Zhang San'], ['ZHANG-SAN'])).toBe('same');
  });

  it('are told apart by what both say, one says or they say otherwise', () => {
    expect(alike(['a', 'b'], ['b', 'c'])).toBe('part');
    expect(alike(['a'], ['b'])).toBe('differs');
    expect(alike(['a'], [])).toBe('one');
  });

  it('show only what somebody says, in order', () => {
    const rows = compare(['name', 'phone', 'aliases', 'debt'], { name: '张三', phone: null, aliases: ['x'], debt: 0 }, { name: '张三', phone: '', aliases: [], debt: 5 });
    expect(rows.map((row) => [row.field, row.alike])).toEqual([['name', 'same'], ['aliases', 'one'], ['debt', 'differs']]);
  });
});

describe('the evidence', () => {
  it('adds up step by step', () => {
    const rungs = ladder([{ name: 'prior', bits: -10 }, { name: 'name', bits: 8.5 }, { name: 'phone', bits: 4 }]);
    expect(rungs.map((rung) => [rung.from, rung.to])).toEqual([[0, -10], [-10, -1.5], [-1.5, 2.5]]);
  });

  it('is odds in bits: none are even', () => {
    expect(chanceOf(0)).toBe(0.5);
    expect(chanceOf(10)).toBeCloseTo(1024 / 1025, 9);
  });

  it('is read from a line of the ledger, and what a person wrote stays whole', () => {
    expect(reasonOf('phone +4.10: 138****: same')).toEqual({ name: 'phone', evidence: '138****: same', bits: 4.1 });
    expect(reasonOf('prior -12.00')).toEqual({ name: 'prior', evidence: '', bits: -12 });
    expect(reasonOf('looked at it: one party')).toEqual({ name: '', evidence: 'looked at it: one party', bits: null });
  });
});
