import type { ElkExtendedEdge, ElkNode, ELK } from 'elkjs/lib/elk-api';
import type { Visible } from './visible';

export const BOX = { width: 164, height: 64 };
export const REST = { width: 92, height: 28 };

export interface Placed {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface PlacedLine {
  id: string;
  from: string;
  to: string;
  points: { x: number; y: number }[];
  /** Where its text stands; null where it has none. */
  label: Placed | null;
}

export interface Layout {
  width: number;
  height: number;
  nodes: Map<string, Placed>;
  lines: PlacedLine[];
}

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.feedbackEdges': 'true',
  'elk.layered.spacing.nodeNodeBetweenLayers': '34',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '10',
  'elk.spacing.nodeNode': '18',
  'elk.spacing.edgeNode': '14',
  'elk.spacing.edgeEdge': '10',
  'elk.spacing.edgeLabel': '3',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.edgeLabels.sideSelection': 'ALWAYS_DOWN',
  'elk.padding': '[top=16,left=16,bottom=16,right=16]',
};

/** About how wide a text of figures stands at the size of the labels, pixels. */
export function labelWidth(text: string): number {
  return Math.ceil([...text].reduce((width, sign) => width + (/[\u2e80-\uffff]/.test(sign) ? 12 : 6.9), 8));
}

/** What elk lays out: holders above what they hold, each line with room for its text at the holder's end, so that no two texts lie on each other. */
export function elkGraph(visible: Visible, textOf: (holdingId: string) => string): ElkNode {
  const lines: ElkExtendedEdge[] = visible.holdings.map((holding) => {
    const text = textOf(holding.id);
    const labels = text === '' ? [] : [{ text, width: labelWidth(text), height: 16, layoutOptions: { 'elk.edgeLabels.placement': 'TAIL' } }];
    return { id: holding.id, sources: [holding.holder], targets: [holding.company], labels };
  });
  const stubs: ElkExtendedEdge[] = visible.rests.map((rest) => (rest.side === 'up'
    ? { id: `line:${rest.id}`, sources: [rest.id], targets: [rest.of] }
    : { id: `line:${rest.id}`, sources: [rest.of], targets: [rest.id] }));
  return {
    id: 'chart',
    layoutOptions: options,
    children: [...visible.parties.map((party) => ({ id: party.id, ...BOX })), ...visible.rests.map((rest) => ({ id: rest.id, ...REST }))],
    edges: [...lines, ...stubs],
  };
}

/** What elk made of it, in the chart's own terms. */
export function placed(graph: ElkNode): Layout {
  const nodes = new Map<string, Placed>();
  for (const node of graph.children ?? [])
    nodes.set(node.id, { x: node.x ?? 0, y: node.y ?? 0, width: node.width ?? 0, height: node.height ?? 0 });
  const lines = (graph.edges ?? []).map((edge) => {
    const section = edge.sections?.[0];
    const label = edge.labels?.[0];
    return {
      id: edge.id,
      from: edge.sources[0]!,
      to: edge.targets[0]!,
      points: section ? [section.startPoint, ...(section.bendPoints ?? []), section.endPoint] : [],
      label: label ? { x: label.x ?? 0, y: label.y ?? 0, width: label.width ?? 0, height: label.height ?? 0 } : null,
    };
  });
  return { width: graph.width ?? 0, height: graph.height ?? 0, nodes, lines };
}

let engine: Promise<ELK> | null = null;

/** Elk in a worker of this server, loaded with the first chart. */
function elk(): Promise<ELK> {
  engine ??= Promise.all([import('elkjs/lib/elk-api'), import('elkjs/lib/elk-worker.min.js?worker')]).then(
    ([{ default: Elk }, { default: LayoutWorker }]) => new Elk({ workerFactory: () => new LayoutWorker() }));
  return engine;
}

export async function layOut(visible: Visible, textOf: (holdingId: string) => string): Promise<Layout> {
  return placed(await (await elk()).layout(elkGraph(visible, textOf)));
}

/** Which node an arrow key leads to: along a line up or down, and to the neighbour on the same level to the left or right; null where there is none. */
export function neighbourByKey(layout: Layout, at: string, key: string): string | null {
  const here = layout.nodes.get(at);
  if (!here) return null;
  const middle = here.x + here.width / 2;
  const nearest = (ids: Iterable<string>, distance: (place: Placed) => number | null) => {
    let best: string | null = null;
    let least = Infinity;
    for (const id of ids) {
      const place = layout.nodes.get(id);
      const far = place && id !== at ? distance(place) : null;
      if (far !== null && far < least) [best, least] = [id, far];
    }
    return best;
  };
  const sideways = (place: Placed) => Math.abs(place.x + place.width / 2 - middle);
  switch (key) {
    case 'ArrowUp': return nearest(layout.lines.filter((line) => line.to === at).map((line) => line.from), sideways);
    case 'ArrowDown': return nearest(layout.lines.filter((line) => line.from === at).map((line) => line.to), sideways);
    case 'ArrowLeft': case 'ArrowRight': {
      const sign = key === 'ArrowRight' ? 1 : -1;
      const level = (place: Placed) => Math.abs(place.y + place.height / 2 - here.y - here.height / 2) < BOX.height / 2;
      return nearest(layout.nodes.keys(), (place) => {
        const far = (place.x + place.width / 2 - middle) * sign;
        return far > 0 && level(place) ? far : null;
      });
    }
    default: return null;
  }
}
