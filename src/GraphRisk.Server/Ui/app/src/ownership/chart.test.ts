import { describe, expect, it } from 'vitest';
import Elk from 'elkjs/lib/elk.bundled.js';
import type { OwnershipPartyFragment } from '../api/generated/graphql';
import { circles } from '../charts/circles';
import { bothCharts, changesBetween } from './changes';
import { type Chart, emptyChart, holdingCertainty, holdingId, holdingText, withParties } from './chart';
import { elkGraph, neighbourByKey, placed } from './layout';
import { HUB, type Opening, SHOWN_OF_HUB, sideKey, visiblePart } from './visible';

type Company = Extract<OwnershipPartyFragment, { __typename: 'Company' }>;
type Edge = NonNullable<NonNullable<NonNullable<Company['holders']>['edges']>[number]>;

const nothing = {
  share: null, shareMin: null, shareMax: null, shareMinOpen: null, shareMaxOpen: null,
  votes: null, votesMin: null, votesMax: null, votesMinOpen: null, votesMaxOpen: null,
  nominee: null, beneficial: null, directness: null, contradictions: [],
};

const person = (id: string) => ({ __typename: 'Person' as const, id, name: id });
const firm = (id: string) => ({ __typename: 'Company' as const, id, name: id, companyKind: 'COMPANY' as const });
const held = (node: Edge['node'], said: Partial<Edge> = { share: 0.1 }): Edge => ({ ...nothing, node, ...said }) as Edge;

function company(id: string, edges: Edge[], holdings = 0, holders = edges.length): Company {
  return { ...firm(id), isListed: false, agreements: { nodes: [] }, holdings: { totalCount: holdings }, holders: { totalCount: holders, edges } } as Company;
}

const open = (steps: number, opened: string[] = [], closed: string[] = []): Opening => ({ steps, opened: new Set(opened), closed: new Set(closed) });
const ids = (parties: { id: string }[]) => parties.map((party) => party.id).sort();

function tree(parties: number): Chart {
  const told: Company[] = [];
  for (let at = 0, next = 1; next < parties; at++) {
    const children = Array.from({ length: Math.min(4, parties - next) }, () => next++);
    told.push(company(`n${at}`, children.map((child) => held(child % 3 === 0 ? person(`n${child}`) : firm(`n${child}`), { share: 0.2 }))));
  }
  return withParties(emptyChart('n0'), told);
}

describe('chart of holdings', () => {
  it('keeps statements apart, never adds them up, and takes votes from the equity where none are stated', () => {
    const chart = withParties(emptyChart('a'), [company('a', [
      held(person('p'), { share: 0.25, votes: 0.4 }), held(person('p'), { share: 0.05, nominee: true }), held(firm('b'), { shareMin: 0.25, shareMax: 0.38 }), held(person('q'), {}),
    ])]);
    const own = chart.holdings.get(holdingId('p', 'a'))!;
    expect(holdingText(own, 'EQUITY')).toBe('25% + 5%');
    expect(holdingText(own, 'VOTES')).toBe('40% + 5%');
    expect(own.statements[1]!.isNominee).toBe(true);
    const range = chart.holdings.get(holdingId('b', 'a'))!;
    expect([holdingText(range, 'VOTES'), holdingCertainty(range, 'VOTES')]).toEqual(['25–38%', 'range']);
    expect(holdingCertainty(chart.holdings.get(holdingId('q', 'a'))!, 'EQUITY')).toBe('unknown');
  });

  it('does not forget what a party said of itself when another names it', () => {
    let chart = withParties(emptyChart('a'), [company('b', [held(person('p'))], 7)]);
    chart = withParties(chart, [company('a', [held(firm('b'))])]);
    expect(chart.parties.get('b')!.holdingCount).toBe(7);
  });
});

describe('visible part', () => {
  it('shows the largest of a hub and how many others there are, until it is opened', () => {
    const crowd = Array.from({ length: 40 }, (_, at) => held(person(`p${String(at).padStart(2, '0')}`), { share: (at + 1) / 1000 }));
    const chart = withParties(emptyChart('a'), [company('a', crowd, 0, 60)]);
    const shut = visiblePart(chart, open(3), 'EQUITY');
    expect(ids(shut.parties)).toEqual(['a', 'p34', 'p35', 'p36', 'p37', 'p38', 'p39']);
    expect(shut.parties).toHaveLength(1 + SHOWN_OF_HUB);
    expect(shut.rests).toEqual([{ id: `rest:${sideKey('up', 'a')}`, of: 'a', side: 'up', count: 54, isShut: false }]);
    const all = visiblePart(chart, open(3, [sideKey('up', 'a')]), 'EQUITY');
    expect(all.parties).toHaveLength(41);
    expect(all.rests[0]!.count).toBe(20);
    expect(HUB).toBeGreaterThan(SHOWN_OF_HUB);
  });

  it('stops after its steps, with a number for what lies behind, and closes what is closed', () => {
    const chart = withParties(emptyChart('a'), [company('a', [held(firm('b'))]), company('b', [held(firm('c'))], 1), company('c', [held(person('p'))], 1)]);
    const near = visiblePart(chart, open(1), 'EQUITY');
    expect(ids(near.parties)).toEqual(['a', 'b']);
    expect(near.rests).toEqual([{ id: 'rest:up:b', of: 'b', side: 'up', count: 1, isShut: true }]);
    expect(ids(visiblePart(chart, open(1, ['up:b']), 'EQUITY').parties)).toEqual(['a', 'b', 'c']);
    expect(ids(visiblePart(chart, open(9, [], ['up:a']), 'EQUITY').parties)).toEqual(['a']);
  });

  it('draws a circle once and ends', () => {
    const chart = withParties(emptyChart('a'), [company('a', [held(firm('b'))], 1), company('b', [held(firm('a')), held(firm('b'))], 2)]);
    const shown = visiblePart(chart, open(9), 'EQUITY');
    expect(ids(shown.parties)).toEqual(['a', 'b']);
    expect(shown.holdings).toHaveLength(3);
    expect(circles(ids(shown.parties), shown.holdings.map((holding) => ({ from: holding.holder, to: holding.company })))).toHaveLength(1);
  });
});

describe('changes between two days', () => {
  const before = withParties(emptyChart('a'), [company('a', [held(person('p'), { share: 0.3 }), held(person('q'), { share: 0.2 }), held(person('s'), { share: 0.1 })])]);
  const after = withParties(emptyChart('a'), [company('a', [held(person('p'), { share: 0.3 }), held(person('q'), { share: 0.25 }), held(person('r'), { share: 0.1 })])]);

  it('tells who came, went and moved, and nobody else', () => {
    const changes = changesBetween(before, after, 'EQUITY');
    expect([...changes].map(([id, change]) => `${id[0]} ${change.kind}`).sort()).toEqual(['q MOVED', 'r CAME', 's WENT']);
  });

  it('takes an unchanged part for unchanged although the votes moved, where the equity is asked', () => {
    const voted = withParties(emptyChart('a'), [company('a', [held(person('p'), { share: 0.3, votes: 0.6 })])]);
    const equal = withParties(emptyChart('a'), [company('a', [held(person('p'), { share: 0.3 })])]);
    expect(changesBetween(equal, voted, 'EQUITY').size).toBe(0);
    expect(changesBetween(equal, voted, 'VOTES').get('p>a')!.kind).toBe('MOVED');
  });

  it('draws both days as one', () => {
    expect(ids([...bothCharts(before, after).parties.values()])).toEqual(['a', 'p', 'q', 'r', 's']);
  });
});

describe('layout', () => {
  const lay = async (chart: Chart, opening: Opening) => {
    const visible = visiblePart(chart, opening, 'EQUITY');
    return placed(await new Elk().layout(elkGraph(visible, (id) => holdingText(chart.holdings.get(id)!, 'EQUITY'))));
  };

  it('puts 300 parties in layers, holders above what they hold, and no text on another or on a box', async () => {
    const chart = tree(300);
    await lay(tree(30), open(20));
    const start = process.cpuUsage();
    const layout = await lay(chart, open(20));
    const { user, system } = process.cpuUsage(start);
    const taken = (user + system) / 1000;
    expect(layout.nodes.size).toBe(300);
    for (const line of layout.lines) expect(layout.nodes.get(line.from)!.y).toBeLessThan(layout.nodes.get(line.to)!.y);
    const boxes = [...layout.lines.flatMap((line) => line.label ?? []), ...layout.nodes.values()];
    expect(boxes).toHaveLength(599);
    boxes.forEach((one, at) => boxes.slice(at + 1).forEach((other) => {
      const isApart = one.x + one.width <= other.x || other.x + other.width <= one.x || one.y + one.height <= other.y || other.y + other.height <= one.y;
      expect(isApart).toBe(true);
    }));
    // The page's own limit is a second; time of the processor, since others work beside a test, with room for slow ones.
    expect(taken).toBeLessThan(4000);
    console.info(`layered chart of 300 parties: ${taken.toFixed(0)} ms of processor time`);
  }, 30_000);

  it('leads arrow keys along lines and along a level', async () => {
    const chart = withParties(emptyChart('a'), [company('a', [held(person('p'), { share: 0.5 }), held(person('q'), { share: 0.4 })])]);
    const layout = await lay(chart, open(3));
    const up = neighbourByKey(layout, 'a', 'ArrowUp')!;
    expect(['p', 'q']).toContain(up);
    expect(neighbourByKey(layout, up, 'ArrowDown')).toBe('a');
    expect(neighbourByKey(layout, 'p', 'ArrowRight') ?? neighbourByKey(layout, 'p', 'ArrowLeft')).toBe('q');
    expect(neighbourByKey(layout, 'a', 'ArrowDown')).toBeNull();
  });
});
