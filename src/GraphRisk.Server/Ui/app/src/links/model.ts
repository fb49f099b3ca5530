import type { GuaranteeCirclesQuery, LinkKind, LinkPartyFragment, LinkedExposureQuery, LinkedPartiesQuery, TieFieldsFragment } from '../api/generated/graphql';

export const linkKinds: readonly LinkKind[] = [
  'CONTROL', 'OWNERSHIP', 'AGREEMENT', 'LEGAL_REPRESENTATIVE', 'OFFICER', 'GUARANTEE', 'RELATED', 'SHARED_ACCOUNT', 'SHARED_DEVICE', 'COMMON_HOLDING',
];

export interface LinkNode {
  id: string;
  name: string | null;
  type: string;
  inDefault: boolean;
  isListed: boolean;
  /** Ties from the party asked about; 0 is that party itself. */
  steps: number;
  /** Strength of its strongest path; 1 for the party itself, null for who only stands in an exposure. */
  strength: number | null;
  /** The ties from the party asked about, in order. */
  path: TieFieldsFragment[];
  /** What the broker asked for has lent it; null where that is not known or nothing. */
  debt: number | null;
  uncovered: number | null;
}

export interface LinkEdge {
  id: string;
  /** The ends as the relationship runs. */
  from: string;
  to: string;
  ties: TieFieldsFragment[];
  /** The kinds of its ties, each once. */
  kinds: LinkKind[];
  isInCircle: boolean;
}

export interface LinkMap {
  asked: string;
  nodes: Map<string, LinkNode>;
  edges: LinkEdge[];
}

/** One map of who is linked to a party: the paths of both answers, what a broker lent, and the circles of guarantees. */
export function linkMap(
  asked: LinkPartyFragment, linked: LinkedPartiesQuery['linkedParties'], exposure: LinkedExposureQuery['linkedExposure'] | null, circles: readonly Circle[],
): LinkMap {
  const nodes = new Map<string, LinkNode>();
  const ties = new Map<string, TieFieldsFragment>();
  nodes.set(asked.id, { ...named(asked), steps: 0, strength: 1, path: [], debt: exposure?.own?.debt ?? null, uncovered: exposure?.own?.uncovered ?? null });
  const walk = (path: readonly TieFieldsFragment[], strength: number | null) => {
    path.forEach((tie, at) => {
      if (!tie.from || !tie.to) return;
      ties.set(tieId(tie), tie);
      const known = nodes.get(tie.to.id);
      const steps = at + 1;
      if (known && known.steps <= steps) return;
      nodes.set(tie.to.id, {
        ...named(tie.to), steps, strength: at === path.length - 1 ? strength : null, path: path.slice(0, steps), debt: known?.debt ?? null, uncovered: known?.uncovered ?? null,
      });
    });
  };
  for (const edge of linked?.linked?.edges ?? []) {
    if (!edge?.path || !edge.node) continue;
    walk(edge.path, edge.strength ?? null);
    const node = nodes.get(edge.node.id);
    if (node) Object.assign(node, { strength: edge.strength ?? null, path: edge.path, steps: Math.max(1, edge.path.length) });
  }
  for (const part of exposure?.linked ?? []) {
    const party = part?.exposure?.party;
    if (!part || !party) continue;
    if (!nodes.has(party.id)) walk(part.path ?? [], part.strength ?? null);
    const node = nodes.get(party.id);
    if (node) Object.assign(node, { debt: part.exposure?.debt ?? null, uncovered: part.exposure?.uncovered ?? null });
  }
  return { asked: asked.id, nodes, edges: edgesOf(ties, circles, nodes) };
}

function named(party: LinkPartyFragment): Pick<LinkNode, 'id' | 'name' | 'type' | 'inDefault' | 'isListed'> {
  return { id: party.id, name: party.name ?? null, type: party.__typename, inDefault: party.inDefault ?? false, isListed: party.isListed ?? false };
}

function tieId(tie: TieFieldsFragment): string {
  return [tie.kind, ...ends(tie), tie.via?.id ?? ''].join('|');
}

function ends(tie: TieFieldsFragment): [string, string] {
  const from = tie.from?.id ?? '';
  const to = tie.to?.id ?? '';
  return tie.isForward ? [from, to] : [to, from];
}

function edgesOf(ties: Map<string, TieFieldsFragment>, circles: readonly Circle[], nodes: Map<string, LinkNode>): LinkEdge[] {
  const inCircle = new Set(circles.flatMap((circle) => circle.steps.map((step) => `${step.from.id}>${step.to.id}`)));
  const edges = new Map<string, LinkEdge>();
  for (const tie of ties.values()) {
    const [from, to] = ends(tie);
    if (!nodes.has(from) || !nodes.has(to)) continue;
    const id = `${from}>${to}`;
    const edge = edges.get(id) ?? { id, from, to, ties: [], kinds: [], isInCircle: false };
    edge.ties.push(tie);
    if (!edge.kinds.includes(tie.kind)) edge.kinds.push(tie.kind);
    if (tie.kind === 'GUARANTEE' && inCircle.has(id)) edge.isInCircle = true;
    edges.set(id, edge);
  }
  return [...edges.values()];
}

export interface CircleStep {
  from: LinkPartyFragment;
  to: LinkPartyFragment;
  amount: number | null;
}

export interface Circle {
  id: string;
  steps: CircleStep[];
  /** The least amount that is known of its guarantees. */
  weakest: number | null;
}

type CycleStep = NonNullable<NonNullable<NonNullable<NonNullable<GuaranteeCirclesQuery['cycles']>['paths']>['nodes']>[number]>['steps'][number];

/** The circles of guarantees through a party, each guarantee from guarantor to debtor. A step to a node that is no party ends its circle. */
export function guaranteeCircles(answer: GuaranteeCirclesQuery['cycles']): Circle[] {
  return (answer?.paths?.nodes ?? []).flatMap((path) => {
    const steps = (path?.steps ?? []).map(stepOf);
    if (steps.length === 0 || steps.some((step) => step === null)) return [];
    const whole = steps as CircleStep[];
    const amounts = whole.flatMap((step) => step.amount ?? []);
    return [{ id: whole.map((step) => step.from.id).join('>'), steps: whole, weakest: amounts.length > 0 ? Math.min(...amounts) : null }];
  });
}

function stepOf(step: CycleStep): CircleStep | null {
  const [from, to] = step.isForward ? [step.from, step.to] : [step.to, step.from];
  if (!from || !to || !('__typename' in from) || !('__typename' in to)) return null;
  return { from: from as LinkPartyFragment, to: to as LinkPartyFragment, amount: step.amount ?? null };
}

/** The map with ties of the chosen kinds alone, and whoever is still reached by them. */
export function ofKinds(map: LinkMap, kinds: ReadonlySet<LinkKind>): LinkMap {
  const edges = map.edges
    .map((edge) => ({ ...edge, ties: edge.ties.filter((tie) => kinds.has(tie.kind)), kinds: edge.kinds.filter((kind) => kinds.has(kind)) }))
    .filter((edge) => edge.kinds.length > 0)
    .map((edge) => ({ ...edge, isInCircle: edge.isInCircle && edge.kinds.includes('GUARANTEE') }));
  const beside = new Map<string, string[]>();
  const add = (from: string, to: string) => beside.set(from, [...(beside.get(from) ?? []), to]);
  for (const { from, to } of edges) {
    add(from, to);
    add(to, from);
  }
  const reached = new Set([map.asked]);
  const queue = [map.asked];
  for (let id = queue.shift(); id !== undefined; id = queue.shift())
    for (const end of beside.get(id) ?? [])
      if (!reached.has(end)) {
        reached.add(end);
        queue.push(end);
      }
  return {
    asked: map.asked,
    nodes: new Map([...map.nodes].filter(([id]) => reached.has(id))),
    edges: edges.filter((edge) => reached.has(edge.from) && reached.has(edge.to)),
  };
}

/** How many ties there are of each kind. */
export function kindCounts(map: LinkMap): Map<LinkKind, number> {
  const counts = new Map<LinkKind, number>();
  for (const edge of map.edges) for (const tie of edge.ties) counts.set(tie.kind, (counts.get(tie.kind) ?? 0) + 1);
  return counts;
}
