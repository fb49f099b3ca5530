using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;

namespace GraphRisk.Market.Networks;

/// <summary>
/// Groups of parties under common control: whoever controls a company (<see cref="CompanyControl"/>, the decimal fixpoint:
/// alone and through what it controls, certain votes only) is in its group, and so is whoever shares it (union-find with path
/// halving, roots the smallest number). A hub joins nobody: what the state or a bank controls is not one group for it. Joint
/// control by an agreement makes no group; agreements are links of their own.
/// <para>Cost: the control fixpoint of every party with a majority somewhere; an answer costs the group's members.</para>
/// </summary>
public sealed class ControlGroups
{
    private readonly int[] root;
    private readonly int[] members;
    private readonly int[] starts;

    internal ControlGroups(Parties parties, HoldingGraph holdings, CompanyControl control, WorkMeter meter)
    {
        root = Roots(parties.Count, parties.NodeOf, parties.IndexOf, parties.IsHub, holdings, control, meter);
        starts = new int[root.Length + 1];
        for (var party = 0; party < root.Length; party++) starts[root[party] + 1]++;
        for (var party = 0; party < root.Length; party++) starts[party + 1] += starts[party];
        members = new int[root.Length];
        var next = starts.AsSpan(0, root.Length).ToArray();
        for (var party = 0; party < root.Length; party++) members[next[root[party]]++] = party;
    }

    /// <summary>The group of a party, ascending, itself among them.</summary>
    public ReadOnlySpan<int> Of(int party) => members.AsSpan(starts[root[party]]..starts[root[party] + 1]);

    /// <summary>All groups of at least two, by their first member.</summary>
    public IEnumerable<int[]> All()
    {
        for (var party = 0; party < root.Length; party++)
            if (root[party] == party && Of(party).Length > 1) yield return Of(party).ToArray();
    }

    /// <summary>
    /// The group a party would be in without some holdings: control among the members of its present group, which is all that
    /// could hold it together.
    /// </summary>
    internal static int[] Among(MarketReading market, ReadOnlySpan<int> members, int party, Func<int, int, bool> isGone, WorkMeter meter)
    {
        var (all, parties, holdings) = (members.ToArray(), market.Parties, market.Holdings(meter));
        var left = new List<Holding>();
        for (var i = 0; i < all.Length; i++)
            foreach (var holding in holdings.HeldBy(parties.NodeOf(all[i])))
                if (Array.BinarySearch(all, parties.IndexOf(holding.Company)) is >= 0 and var company && !isGone(all[i], all[company]))
                    left.Add(holding with { Holder = i, Company = company });
        var among = HoldingGraph.Build(all.Length, left);
        var root = Roots(all.Length, i => i, i => i, i => parties.IsHub(parties.NodeOf(all[i])), among, new CompanyControl(among, default, MarketReading.OfLaw), meter);
        var own = root[Array.BinarySearch(all, party)];
        return [.. all.Where((_, i) => root[i] == own)];
    }

    /// <summary>The root of every party's group.</summary>
    private static int[] Roots(
        int count, Func<int, int> nodeOf, Func<int, int> indexOf, Func<int, bool> isHub, HoldingGraph holdings, CompanyControl control, WorkMeter meter)
    {
        int[] root = [.. Enumerable.Range(0, count)];
        for (var holder = 0; holder < count; holder++)
        {
            var node = nodeOf(holder);
            if (!HasMajority(holdings, control, node) || isHub(node)) continue;
            foreach (var company in control.ControlledNodes(node, meter)) Join(root, holder, indexOf(company));
        }

        for (var party = 0; party < count; party++) root[party] = Root(root, party); // flat from here on: reading changes nothing
        return root;
    }

    private static bool HasMajority(HoldingGraph holdings, CompanyControl control, int node)
    {
        foreach (var holding in holdings.HeldBy(node))
            if (control.IsMajority(holding)) return true;
        return false;
    }

    private static void Join(int[] root, int left, int right)
    {
        var (first, second) = (Root(root, left), Root(root, right));
        root[Math.Max(first, second)] = Math.Min(first, second);
    }

    private static int Root(int[] root, int party)
    {
        while (root[party] != party) party = root[party] = root[root[party]];
        return party;
    }
}
