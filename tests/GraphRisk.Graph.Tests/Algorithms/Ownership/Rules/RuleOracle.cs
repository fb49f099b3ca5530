using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Rules;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership.Rules;

/// <summary>
/// Rules as their texts say them, over a few parties whose holdings are known exactly: chains one by one in fractions, control in rounds, sets
/// by trying again until nothing changes. Nothing of the algorithms is used, nor the files of the rules.
/// </summary>
internal sealed class RuleOracle
{
    private readonly int nodes;
    private readonly (int From, int To, decimal Share)[] edges;
    private readonly Fraction[][] chains;
    private readonly SortedSet<int>[] controlled;

    public RuleOracle(int nodes, IEnumerable<(int From, int To, decimal Share)> edges)
    {
        (this.nodes, this.edges) = (nodes, [.. edges]);
        var oracle = new RationalOracle(nodes, this.edges);
        chains = [.. Enumerable.Range(0, nodes).Select(oracle.SimplePaths)];
        controlled = [.. Enumerable.Range(0, nodes).Select(party => oracle.Controlled(party, 0.5m, inclusive: false, withoutTreasury: true))];
    }

    /// <summary>Every pair of holder and company by a rule; of links between equals the smaller first.</summary>
    public SortedSet<(int, int)> By(string rule, Func<int, bool> isPerson) => [.. rule switch
    {
        "cn-beneficial-owner" => Pairs((holder, company) => isPerson(holder) && (Chain(holder, company, 0.25m, above: false) || Controls(holder, company))),
        "fatf-beneficial-owner" => Pairs((holder, company) => isPerson(holder) && (Chain(holder, company, 0.25m, above: true) || Controls(holder, company))),
        "cn-listed-control" => Pairs((holder, company) => Direct(holder, company, out var own) >= 0.5m || CommandsVotes(holder, company, 0.3m)),
        "mifid-close-links" => Pairs((holder, company) => Direct(holder, company, out _) >= 0.2m || CommandsVotesAtLeast(holder, company, 0.2m)).Concat(Equals(Controls)),
        "ecb-close-links" => Pairs((holder, company) => Chain(holder, company, 0.2m, above: false)).Concat(Equals((third, company) => Chain(third, company, 0.2m, above: false))),
        "ofac-50" => Enumerable.Range(0, nodes).SelectMany(party => Blocked(party).Select(company => (party, company))),
        "uk-sanctions" => Pairs((holder, company) => Direct(holder, company, out _) > 0.5m || CommandsVotes(holder, company, 0.5m)),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
    }];

    private IEnumerable<(int, int)> Pairs(Func<int, int, bool> holds) =>
        from holder in Enumerable.Range(0, nodes) from company in Enumerable.Range(0, nodes) where holder != company && holds(holder, company) select (holder, company);

    /// <summary>Two to which a third stands alike.</summary>
    private IEnumerable<(int, int)> Equals(Func<int, int, bool> holds) =>
        from one in Enumerable.Range(0, nodes) from other in Enumerable.Range(one + 1, nodes - one - 1)
        where Enumerable.Range(0, nodes).Any(third => third != one && third != other && holds(third, one) && holds(third, other)) select (one, other);

    private bool Chain(int holder, int company, decimal threshold, bool above) => chains[holder][company].CompareTo(Fraction.Of(threshold)) >= (above ? 1 : 0) && chains[holder][company].Top.Sign > 0;

    private bool Controls(int holder, int company) => controlled[holder].Contains(company);

    /// <summary>What a party and all it controls hold of a company.</summary>
    private decimal Direct(int holder, int company, out decimal own)
    {
        own = edges.Where(edge => edge.From == company && edge.To == company).Sum(edge => edge.Share);
        return edges.Where(edge => edge.To == company && (edge.From == holder || controlled[holder].Contains(edge.From))).Sum(edge => edge.Share);
    }

    private bool CommandsVotes(int holder, int company, decimal threshold) => Votes(holder, company, out var whole) > threshold * whole;

    private bool CommandsVotesAtLeast(int holder, int company, decimal threshold) => Votes(holder, company, out var whole) is > 0 and var votes && votes >= threshold * whole;

    /// <summary>The same in votes: a company's own shares have none, unless it has all.</summary>
    private decimal Votes(int holder, int company, out decimal whole)
    {
        var all = Direct(holder, company, out var own);
        whole = own < 1 ? 1 - own : 1;
        return own < 1 && controlled[holder].Contains(company) ? all - own : all;
    }

    private SortedSet<int> Blocked(int party)
    {
        var blocked = new SortedSet<int> { party };
        while (Enumerable.Range(0, nodes).Where(company => !blocked.Contains(company)
            && edges.Where(edge => edge.To == company && blocked.Contains(edge.From)).Sum(edge => edge.Share) >= 0.5m).ToList() is { Count: > 0 } more)
            blocked.UnionWith(more);
        blocked.Remove(party);
        return blocked;
    }
}
