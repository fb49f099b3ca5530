import { describe, expect, it } from 'vitest';
import type { GuaranteeCirclesQuery, LinkKind, LinkPartyFragment, LinkedExposureQuery, LinkedPartiesQuery, TieFieldsFragment } from '../api/generated/graphql';
import { guaranteeCircles, kindCounts, linkMap, ofKinds } from './model';
import { radialPlaces } from './places';

const party = (id: string): LinkPartyFragment => ({ __typename: 'Company', id, name: id, inDefault: id === 'bad', isListed: false, isClient: true });
const tie = (kind: LinkKind, from: string, to: string, isForward = true): TieFieldsFragment =>
  ({ kind, strength: 0.8, value: 1, isForward, from: party(from), to: party(to), via: null, evidence: [{ relationship: 'HOLDS' }] }) as TieFieldsFragment;

const linked = (...paths: TieFieldsFragment[][]) => ({
  isComplete: true, asked: party('a'), linked: { totalCount: paths.length, edges: paths.map((path) => ({ strength: 0.5, node: path.at(-1)!.to, path })) },
}) as unknown as LinkedPartiesQuery['linkedParties'];

const paths = linked([tie('CONTROL', 'a', 'b')], [tie('CONTROL', 'a', 'b'), tie('GUARANTEE', 'b', 'c')], [tie('OFFICER', 'a', 'bad', false)], [tie('RELATED', 'a', 'b')]);

const circle = (...ids: string[]) => ({
  paths: { nodes: [{ length: ids.length, steps: ids.map((id, at) => ({ amount: 100 + at, isForward: true, from: party(id), to: party(ids[(at + 1) % ids.length]!) })) }] },
}) as unknown as GuaranteeCirclesQuery['cycles'];

describe('map of linked parties', () => {
  it('has each party once with its steps, and one line for the ties between two', () => {
    const map = linkMap(party('a'), paths, null, []);
    expect([...map.nodes.values()].map((node) => [node.id, node.steps]).sort()).toEqual([['a', 0], ['b', 1], ['bad', 1], ['c', 2]]);
    expect(map.edges.find((edge) => edge.id === 'a>b')!.kinds).toEqual(['CONTROL', 'RELATED']);
    expect(map.edges.find((edge) => edge.to === 'a')!.from).toBe('bad');
    expect(map.nodes.get('bad')!.inDefault).toBe(true);
    expect(kindCounts(map)).toEqual(new Map([['CONTROL', 1], ['GUARANTEE', 1], ['OFFICER', 1], ['RELATED', 1]]));
  });

  it('shows what the broker lent, those of its clients among them who are in no path', () => {
    const exposure = {
      own: { debt: 10, uncovered: 1 },
      linked: [{ strength: 0.8, exposure: { party: party('c'), debt: 7, uncovered: 0 }, path: [tie('CONTROL', 'a', 'b'), tie('GUARANTEE', 'b', 'c')] },
        { strength: 0.7, exposure: { party: party('d'), debt: 5, uncovered: 0 }, path: [tie('GUARANTEE', 'a', 'd')] }],
    } as unknown as LinkedExposureQuery['linkedExposure'];
    const map = linkMap(party('a'), paths, exposure, []);
    expect(['a', 'b', 'c', 'd'].map((id) => map.nodes.get(id)!.debt)).toEqual([10, null, 7, 5]);
  });

  it('leaves out by kind whoever is reached by no other', () => {
    const map = linkMap(party('a'), paths, null, []);
    expect([...ofKinds(map, new Set<LinkKind>(['CONTROL'])).nodes.keys()].sort()).toEqual(['a', 'b']);
    expect([...ofKinds(map, new Set<LinkKind>(['GUARANTEE'])).nodes.keys()]).toEqual(['a']);
    expect([...ofKinds(map, new Set<LinkKind>(['RELATED', 'GUARANTEE'])).nodes.keys()].sort()).toEqual(['a', 'b', 'c']);
  });

  it('marks guarantees that close a circle, with the weakest of it', () => {
    const circles = guaranteeCircles(circle('b', 'c'));
    expect(circles).toHaveLength(1);
    expect(circles[0]!.weakest).toBe(100);
    const map = linkMap(party('a'), paths, null, circles);
    expect(map.edges.filter((edge) => edge.isInCircle).map((edge) => edge.id)).toEqual(['b>c']);
    expect(ofKinds(map, new Set<LinkKind>(['CONTROL'])).edges.some((edge) => edge.isInCircle)).toBe(false);
  });

  it('places everybody apart, the same every time', () => {
    const many = linked(...Array.from({ length: 120 }, (_, at) => [tie('CONTROL', 'a', `b${at % 12}`), tie('OFFICER', `b${at % 12}`, `c${at}`)]));
    const map = linkMap(party('a'), many, null, []);
    const places = [...radialPlaces(map).values()];
    expect(places).toHaveLength(133);
    places.forEach((one, at) => places.slice(at + 1).forEach((other) => expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(0.3)));
    expect(radialPlaces(map)).toEqual(radialPlaces(map));
  });
});
