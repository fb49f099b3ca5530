// What a search finds, as one kind of row: which party it leads to, and what tells it from others of the same name.
import type { SearchQuery } from '../api/generated/graphql';

type Edge = NonNullable<SearchQuery['search']>['edges'][number];

export interface Hit {
  id: string;
  /** Type of the node found. */
  type: string;
  name: string;
  /** Party whose page shows it; null where there is none that the viewer may know of. */
  party: string | null;
  partyName: string | null;
  region: string | null;
  brokers: string[];
  more: string[];
  isListed: boolean;
  match: string;
  field: string;
  text: string | null;
}

/** Types that lead to a party. */
export const sought = ['COMPANY', 'PERSON', 'SECURITY', 'MARGIN_CONTRACT', 'PLEDGE_CONTRACT', 'REPO_CONTRACT', 'ACCOUNT', 'COURT_CASE'] as const;

interface Ends {
  nodes: readonly ({ id: string; name?: string | null } | null)[];
}

const first = (ends: Ends | null | undefined) => ends?.nodes.find((node) => node !== null) ?? null;

const codes = (brokers: { nodes: readonly ({ code?: string | null; name?: string | null } | null)[] } | null | undefined) =>
  (brokers?.nodes ?? []).flatMap((broker) => (broker ? [[broker.code, broker.name].filter(Boolean).join(' ')] : []));

export function hitOf(edge: Edge): Hit | null {
  const node = edge.node;
  if (!node) return null;
  const row = { id: node.id, type: node.__typename as string, party: null, partyName: null, region: null, brokers: [], more: [], isListed: false,
    match: edge.match as string, field: edge.field, text: edge.text ?? null };
  const of = (name: string | null | undefined, through: Ends | null | undefined, more: (string | null | undefined)[], brokers: string[] = []): Hit => {
    const party = first(through);
    return { ...row, name: name ?? '', party: party?.id ?? null, partyName: party?.name ?? null, more: more.filter((text) => text) as string[], brokers };
  };
  switch (node.__typename) {
    case 'Company':
      return { ...row, name: node.name ?? '', party: node.id, region: node.regionName ?? node.region ?? null, more: node.industry ? [node.industry] : [],
        brokers: codes(node.companyBrokers), isListed: node.isListed === true };
    case 'Person':
      return { ...row, name: node.name ?? '', party: node.id, region: node.nationalityName ?? null, brokers: codes(node.personBrokers), isListed: node.isListed === true };
    case 'Security':
      return of(node.shortName, node.issuers, [node.code]);
    case 'MarginContract':
    case 'PledgeContract':
    case 'RepoContract':
      return of(node.contractNumber, node.contractors, [], codes(node.grantedBy));
    case 'Account':
      return of(node.number, node.owners, [node.accountKind], codes(node.keptAt));
    case 'CourtCase':
      return of(node.caseNumber, node.parties, [node.court]);
    default:
      return null;
  }
}
