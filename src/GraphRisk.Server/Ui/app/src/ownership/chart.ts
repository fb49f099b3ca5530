import type { OwnershipPartyFragment } from '../api/generated/graphql';
import { type Band, bandText, certaintyOf, type Certainty, exactly, unknownBand, weight } from '../charts/band';

/** Whether lines say parts of the equity or of the votes. */
export type Measure = 'EQUITY' | 'VOTES';

/** Up to the holders of a party, or down to what it holds. */
export type Side = 'up' | 'down';

export interface Mark {
  id: string;
  reference: string | null;
  kind: string | null;
}

export interface ChartParty {
  id: string;
  /** Null where the viewer may not know it. */
  name: string | null;
  type: string;
  kind: string | null;
  isListed: boolean;
  agreements: Mark[];
  /** How many hold a part of it; null where it was not asked. */
  holderCount: number | null;
  /** Of how many it holds a part; null where it was not asked. */
  holdingCount: number | null;
}

/** One statement of a holding. */
export interface Statement {
  equity: Band;
  votes: Band;
  isNominee: boolean;
  isBeneficial: boolean;
  isIndirect: boolean;
  /** Fields of which equally reliable sources state different values. */
  disagreeing: string[];
}

/** All that one party holds of one company directly, statement by statement. */
export interface Holding {
  id: string;
  holder: string;
  company: string;
  statements: Statement[];
}

export interface Chart {
  asked: string;
  parties: Map<string, ChartParty>;
  holdings: Map<string, Holding>;
}

type Edge = NonNullable<NonNullable<Extract<OwnershipPartyFragment, { __typename: 'Company' }>['holders']>['edges']>[number];

export function holdingId(holder: string, company: string): string {
  return `${holder}>${company}`;
}

export function emptyChart(asked: string): Chart {
  return { asked, parties: new Map(), holdings: new Map() };
}

/** The chart with what further parties say of themselves and of their holders. A party that is told again replaces what was known of it. */
export function withParties(chart: Chart, told: Iterable<OwnershipPartyFragment | null | undefined>): Chart {
  const parties = new Map(chart.parties);
  const holdings = new Map(chart.holdings);
  for (const party of told) {
    if (!party?.id) continue;
    parties.set(party.id, partyOf(party));
    if (party.__typename !== 'Company' || !party.holders?.edges) continue;
    const statements = new Map<string, Statement[]>();
    for (const edge of party.holders.edges) {
      if (!edge?.node) continue;
      const { node } = edge;
      if (!parties.has(node.id)) parties.set(node.id, namedOnly(node));
      const told = statements.get(node.id);
      if (told) told.push(statementOf(edge));
      else statements.set(node.id, [statementOf(edge)]);
    }
    for (const [holder, stated] of statements) {
      const id = holdingId(holder, party.id);
      holdings.set(id, { id, holder, company: party.id, statements: stated });
    }
  }
  return { asked: chart.asked, parties, holdings };
}

function partyOf(party: OwnershipPartyFragment): ChartParty {
  const isCompany = party.__typename === 'Company';
  return {
    id: party.id,
    name: party.name ?? null,
    type: party.__typename,
    kind: isCompany ? party.companyKind ?? null : null,
    isListed: party.isListed ?? false,
    agreements: (party.agreements?.nodes ?? []).flatMap((agreement) =>
      agreement ? [{ id: agreement.id, reference: agreement.reference ?? null, kind: agreement.kind ?? null }] : []),
    holderCount: isCompany ? party.holders?.totalCount ?? null : 0,
    holdingCount: party.holdings?.totalCount ?? null,
  };
}

function namedOnly(node: NonNullable<NonNullable<Edge>['node']>): ChartParty {
  const kind = node.__typename === 'Company' ? node.companyKind ?? null : null;
  return {
    id: node.id, name: node.name ?? null, type: node.__typename, kind, isListed: false, agreements: [],
    holderCount: node.__typename === 'Company' ? null : 0, holdingCount: null,
  };
}

function statementOf(edge: NonNullable<Edge>): Statement {
  const equity = bandOf(edge.share, edge.shareMin, edge.shareMax, edge.shareMinOpen, edge.shareMaxOpen);
  const votes = bandOf(edge.votes, edge.votesMin, edge.votesMax, edge.votesMinOpen, edge.votesMaxOpen);
  return {
    equity,
    votes: certaintyOf(votes) === 'unknown' ? equity : votes,
    isNominee: edge.nominee ?? false,
    isBeneficial: edge.beneficial ?? false,
    isIndirect: edge.directness === 'INDIRECT',
    disagreeing: (edge.contradictions ?? []).map((contradiction) => contradiction.field),
  };
}

function bandOf(
  stated: number | null | undefined, lower: number | null | undefined, upper: number | null | undefined,
  lowerOpen: boolean | null | undefined, upperOpen: boolean | null | undefined,
): Band {
  if (stated !== null && stated !== undefined) return exactly(stated);
  return { ...unknownBand, lower: lower ?? null, upper: upper ?? null, lowerOpen: lowerOpen ?? false, upperOpen: upperOpen ?? false };
}

export function bandsOf(holding: Holding, measure: Measure): Band[] {
  return holding.statements.map((statement) => (measure === 'EQUITY' ? statement.equity : statement.votes));
}

/** What stands on the line of a holding. Several statements stand beside each other and are not added up: that is the server's to do. */
export function holdingText(holding: Holding, measure: Measure): string {
  return bandsOf(holding, measure).map(bandText).join(' + ');
}

/** How surely a holding is known: as its least sure statement. */
export function holdingCertainty(holding: Holding, measure: Measure): Certainty {
  const certainties = bandsOf(holding, measure).map(certaintyOf);
  return certainties.includes('unknown') ? 'unknown' : certainties.includes('range') ? 'range' : 'stated';
}

export function holdingWeight(holding: Holding, measure: Measure): number {
  return bandsOf(holding, measure).reduce((sum, band) => sum + weight(band), 0);
}
