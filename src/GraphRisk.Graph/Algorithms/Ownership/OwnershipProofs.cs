using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>What a verdict on ownership or control stands and falls with. Holdings by holder, then company.</summary>
/// <param name="Sufficient">Holdings that carry the verdict by themselves; without any one of them the others no longer do.</param>
/// <param name="Decisive">Holdings without which the verdict falls; with any one of them left in place it stands.</param>
public sealed record OwnershipProof(ImmutableArray<Holding> Sufficient, ImmutableArray<Holding> Decisive);

/// <summary>
/// Minimal proofs of verdicts: that a party's part in a company reaches a threshold, and that a party or the parties of an agreement control it.
/// <para>
/// Every sum over chains and every count of votes grows with every holding on the way, so a verdict that stands on some holdings stands on
/// more, and one that falls without some falls without more. A minimal set is then found by going through the holdings once: how
/// many, in order, can be left out (or put back) before the verdict turns is found by halving; the next one belongs to the set
/// (QuickXplain's observation; Junker, AAAI 2004). Small holdings are left out, or put back, first, so the set names large ones. There may be several minimal
/// sets; this is one, the same for the same input.
/// </para>
/// <para>
/// Only what lies between the two is looked at, and for control the votes of the controller and all it controls; what others hold stays as
/// it is. Under possible votes the certain ones of others count against the pool, and a set is minimal one by one, not
/// in every combination. Cost: the verdict is found again some (size of the set) × log(holdings) times on that part of the graph.
/// </para>
/// </summary>
public static class OwnershipProofs
{
    /// <summary>Holdings up to which a proof is sought.</summary>
    public const int MostHoldings = 2_000;

    /// <summary>The proof that a holder's part in a company reaches the question's threshold; null where it does not, or where more than <see cref="MostHoldings"/> lie between the two.</summary>
    public static OwnershipProof? OfStake(HoldingGraph holdings, int holder, int company, LookThroughQuestion question, WorkMeter? meter = null)
    {
        var paid = meter ?? WorkMeter.Unlimited;
        var below = BreadthFirst.Steps(holdings.Out, holder, MostHoldings, paid);
        var between = BreadthFirst.Steps(holdings.In, company, MostHoldings, paid).Keys.Where(below.ContainsKey).ToHashSet();
        var part = Part.Of(holdings, between, between, between, paid);
        if (part is null || !part.Knows(holder, company)) return null;
        var (from, to) = (part.LocalOf(holder), part.LocalOf(company));
        var asked = question with { SelfPairs = holder == company };
        return part.Prove(graph => new OwnershipLookThrough(graph).HoldingsOf(from, asked, paid).Stakes.Any(stake => stake.Company == to && stake.Share > 0));
    }

    /// <summary>
    /// The proof that a company is under control; null where it is not, where more than <see cref="MostHoldings"/> are concerned, or where reciprocal votes are taken out: then one more holding may take votes
    /// out, and a verdict that stands on some holdings need not stand on more.
    /// </summary>
    /// <param name="holdings">The holdings.</param>
    /// <param name="agreements">Agreements in force.</param>
    /// <param name="parameters">When votes control.</param>
    /// <param name="controlled">The verdict: who controls which company.</param>
    /// <param name="meter">Pays for it.</param>
    public static OwnershipProof? OfControl(
        HoldingGraph holdings, ImmutableArray<ConcertAgreement> agreements, ControlParameters parameters, ControlledCompany controlled, WorkMeter? meter = null)
    {
        if (parameters.Reciprocal == ReciprocalVotes.Cancelled) return null;
        var paid = meter ?? WorkMeter.Unlimited;
        var agreement = agreements.FirstOrDefault(one => one.Node == controlled.Controller.Agreement);
        var control = new CompanyControl(holdings, agreements, parameters);
        var pool = controlled.Controller.Members.SelectMany(member => control.ControlledNodes(member, paid).Append(member)).ToHashSet();
        if (agreement is not null) pool.UnionWith(control.ControlledBy(agreement, paid).Select(one => one.Company));
        // What the controller controls and leads to the company; all that hold votes in these stand beside it.
        var above = BreadthFirst.Steps(holdings.In, controlled.Company, int.MaxValue, paid);
        pool.RemoveWhere(node => !above.ContainsKey(node));
        var companies = pool.Append(controlled.Company).ToHashSet();
        var part = Part.Of(holdings, pool, companies, holders: null, paid);
        if (part is null || !part.Knows(controlled.Controller.Members[0], controlled.Company)) return null;
        var to = part.LocalOf(controlled.Company);
        if (agreement is null)
        {
            var from = part.LocalOf(controlled.Controller.Members[0]);
            return part.Prove(graph => new CompanyControl(graph, parameters: parameters).ControlledNodes(from, paid).BinarySearch(to) >= 0);
        }

        var local = new ConcertAgreement(agreement.Node, part.LocalsOf(agreement.Members), part.LocalsOf(agreement.Companies));
        return !agreement.Companies.IsEmpty && local.Companies.IsEmpty
            ? null
            : part.Prove(graph => new CompanyControl(graph, [local], parameters).ControlledBy(local, paid).Any(one => one.Company == to));
    }

    /// <summary>The part of the holdings a verdict is about, with numbers of its own.</summary>
    /// <param name="Nodes">Node of each number, ascending.</param>
    /// <param name="Beside">What others hold, which stays.</param>
    /// <param name="Candidates">What may be left out, the smallest first.</param>
    private sealed record Part(ImmutableArray<int> Nodes, ImmutableArray<Holding> Beside, ImmutableArray<Holding> Candidates)
    {
        /// <summary>The holdings of a pool in companies; and those of others in them, unless only certain holders count. Null where they are too many.</summary>
        public static Part? Of(HoldingGraph holdings, HashSet<int> pool, HashSet<int> companies, HashSet<int>? holders, WorkMeter meter)
        {
            var found = new List<Holding>();
            foreach (var company in companies.Order())
            {
                meter.ChargeNode(holdings.In.Degree(company));
                foreach (var edge in holdings.EdgesInto(company))
                    if (holders is null || holders.Contains(holdings[edge].Holder)) found.Add(holdings[edge]);
                if (found.Count > MostHoldings) return null;
            }

            ImmutableArray<int> nodes = [.. found.SelectMany(one => new[] { one.Holder, one.Company }).Distinct().Order()];
            var numbered = found.Select(one => one with { Holder = nodes.BinarySearch(one.Holder), Company = nodes.BinarySearch(one.Company) }).ToLookup(one => pool.Contains(nodes[one.Holder]));
            return new Part(
                nodes, [.. numbered[false]],
                [.. numbered[true].OrderBy(one => one.Holder != one.Company).ThenBy(one => Math.Max(one.Equity.Upper, one.Votes.Upper)).ThenBy(one => one.Holder).ThenBy(one => one.Company)]);
        }

        public bool Knows(int holder, int company) => LocalOf(holder) >= 0 && LocalOf(company) >= 0;

        public int LocalOf(int node) => Nodes.BinarySearch(node);

        public ImmutableArray<int> LocalsOf(ImmutableArray<int> nodes) => [.. nodes.Select(LocalOf).Where(local => local >= 0)];

        public OwnershipProof? Prove(Func<HoldingGraph, bool> stands)
        {
            if (!Stands(Candidates)) return null;
            return new OwnershipProof(
                InOrder(Minimal((chosen, rest) => Stands([.. chosen, .. rest]))),
                InOrder(Minimal((chosen, rest) => !Stands([.. Candidates.Except(chosen).Except(rest)]))));

            bool Stands(IEnumerable<Holding> left) => stands(HoldingGraph.Build(Nodes.Length, Beside.Concat(left)));
        }

        /// <summary>
        /// A minimal set of candidates of which something holds. It holds of all of them, and of what holds more; asked of the chosen and
        /// of what is left of the candidates.
        /// </summary>
        private List<Holding> Minimal(Func<List<Holding>, IReadOnlyList<Holding>, bool> holds)
        {
            var (chosen, left) = (new List<Holding>(), Candidates);
            while (!holds(chosen, []))
            {
                // So many can be spared at least, and not so many.
                var (spared, tooMany) = (0, left.Length);
                while (tooMany - spared > 1)
                {
                    var middle = spared + ((tooMany - spared) / 2);
                    if (holds(chosen, left[middle..])) spared = middle;
                    else tooMany = middle;
                }

                chosen.Add(left[spared]);
                left = left[(spared + 1)..];
            }

            return chosen;
        }

        private ImmutableArray<Holding> InOrder(List<Holding> chosen) =>
            [.. chosen.OrderBy(one => one.Holder).ThenBy(one => one.Company).Select(one => one with { Holder = Nodes[one.Holder], Company = Nodes[one.Company] })];
    }
}
