import { describe, expect, it } from 'vitest';
import { circles } from './circles';

const edges = (...pairs: string[]) => pairs.map((pair) => ({ from: pair[0]!, to: pair[1]! }));

describe('circles', () => {
  it('finds each circle once and leaves chains out', () => {
    const found = circles('abcdefg', edges('ab', 'bc', 'ca', 'cd', 'de', 'ed', 'fg'));
    expect(found.map((circle) => [...circle].sort().join(''))).toEqual(expect.arrayContaining(['abc', 'de']));
    expect(found).toHaveLength(2);
  });

  it('takes two circles that share a party for one', () => {
    expect(circles('abc', edges('ab', 'ba', 'bc', 'cb'))).toHaveLength(1);
  });

  it('counts a party that holds itself', () => {
    expect(circles('ab', edges('aa', 'ab'))).toEqual([['a']]);
  });

  it('goes through a chain of 50,000 parties', () => {
    const nodes = Array.from({ length: 50_000 }, (_, at) => String(at));
    const chain = nodes.slice(1).map((to, at) => ({ from: nodes[at]!, to }));
    expect(circles(nodes, chain)).toEqual([]);
    expect(circles(nodes, [...chain, { from: '49999', to: '0' }])[0]).toHaveLength(50_000);
  });
});
