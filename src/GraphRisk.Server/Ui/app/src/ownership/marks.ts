import type { FindingFieldsFragment, OwnershipFiguresQuery, VerdictFieldsFragment } from '../api/generated/graphql';
import { figureBand } from '../charts/band';
import { holdingId } from './chart';

/** What figures and rules say of a party of the chart. */
export interface PartyMarks {
  /** Its part of the company in the end, its ends alone where they are two. */
  stake: string | null;
  isUltimate: boolean;
  /** Its votes, where it controls. */
  control: string | null;
  /** It stands in a verdict of the rule: for certain, or possibly. */
  verdict: 'CERTAIN' | 'POSSIBLE' | null;
  findings: FindingFieldsFragment[];
}

const unmarked: PartyMarks = { stake: null, isUltimate: false, control: null, verdict: null, findings: [] };

type Figures = OwnershipFiguresQuery | null;

/** The marks of parties by id, from the figures of the company asked about, the verdicts of the rule chosen, and findings of both. */
export function marksOf(figures: Figures, verdicts: readonly VerdictFieldsFragment[], findings: readonly FindingFieldsFragment[]): Map<string, PartyMarks> {
  const marks = new Map<string, PartyMarks>();
  const mark = (id: string, change: Partial<PartyMarks>) => marks.set(id, { ...(marks.get(id) ?? unmarked), ...change });
  for (const stake of figures?.ownershipLookThrough?.stakes?.nodes ?? [])
    if (stake?.holder) mark(stake.holder.id, { stake: figureBand(stake.share, stake.lower, stake.upper), isUltimate: stake.isUltimate });
  for (const control of figures?.controllers?.control ?? [])
    for (const controller of control?.controllers ?? [])
      if (controller && control) mark(controller.id, { control: figureBand(control.votes, control.votes, control.votes) });
  for (const verdict of verdicts)
    for (const holder of verdict.holders)
      if (holder && marks.get(holder.id)?.verdict !== 'CERTAIN') mark(holder.id, { verdict: verdict.holds });
  for (const finding of findings)
    for (const company of finding.companies)
      if (company && !marks.get(company.id)?.findings.some((known) => isSame(known, finding)))
        mark(company.id, { findings: [...(marks.get(company.id)?.findings ?? []), finding] });
  return marks;
}

/** Findings of several answers, each once. */
export function eachOnce(findings: readonly FindingFieldsFragment[]): FindingFieldsFragment[] {
  return findings.filter((finding, at) => findings.findIndex((other) => isSame(other, finding)) === at);
}

function isSame(left: FindingFieldsFragment, right: FindingFieldsFragment): boolean {
  const ids = (finding: FindingFieldsFragment) => finding.companies.map((company) => company?.id).join();
  return left.kind === right.kind && left.amount === right.amount && ids(left) === ids(right);
}

/** Holdings and parties that are lit while a verdict is chosen. */
export interface Lit {
  holdings: ReadonlySet<string>;
  parties: ReadonlySet<string>;
}

interface Proof {
  sufficient?: readonly { holder?: { id: string } | null; company?: { id: string } | null }[] | null;
}

/** What carries a verdict: the holdings of its proof where the server gives one, else the chains that carry most of it. */
export function litBy(chains: readonly { parties: readonly ({ id: string } | null)[] }[], proof: Proof | null | undefined, ends: readonly string[]): Lit {
  const holdings = new Set<string>();
  const parties = new Set(ends);
  const proving = (proof?.sufficient ?? []).flatMap(({ holder, company }) => (holder && company ? [[holder.id, company.id] as const] : []));
  const along = chains.flatMap(({ parties: chain }) => chain.slice(1).flatMap((company, at) => {
    const holder = chain[at];
    return holder && company ? [[holder.id, company.id] as const] : [];
  }));
  for (const [holder, company] of proving.length > 0 ? proving : along) {
    holdings.add(holdingId(holder, company));
    parties.add(holder);
    parties.add(company);
  }
  return { holdings, parties };
}
