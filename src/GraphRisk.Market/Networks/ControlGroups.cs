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
        root = [.. Enumerable.Range(0, parties.Count)];
        for (var holder = 0; holder < parties.Count; holder++)
        {
            var node = parties.NodeOf(holder);
            if (!HasMajority(holdings, control, node) || parties.IsHub(node)) continue;
            foreach (var company in control.ControlledNodes(node, meter)) Join(holder, parties.IndexOf(company));
        }

        starts = new int[parties.Count + 1];
        for (var party = 0; party < root.Length; party++)
        {
            root[party] = Root(party); // flat from here on: reading changes nothing
            starts[root[party] + 1]++;
        }

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

    private static bool HasMajority(HoldingGraph holdings, CompanyControl control, int node)
    {
        foreach (var holding in holdings.HeldBy(node))
            if (control.IsMajority(holding)) return true;
        return false;
    }

    private void Join(int left, int right)
    {
        var (first, second) = (Root(left), Root(right));
        root[Math.Max(first, second)] = Math.Min(first, second);
    }

    private int Root(int party)
    {
        while (root[party] != party) party = root[party] = root[root[party]];
        return party;
    }
}
