using GraphRisk.Graph.Snapshots;
using GraphRisk.Scoring.Features.Reading;

namespace GraphRisk.Scoring.Features.Books;

/// <summary>
/// Groups of parties tied by direct majorities: whoever has more than half of a company's votes is in its group
/// (union-find with path halving). Votes follow the equity share where they are not stated. Per group the number
/// of parties, their debt and their heat, from which a member's own part can be taken.
/// Cost: one pass over the holdings; members are listed when they are first asked for.
/// </summary>
internal sealed class ControlGroups
{
    private const double Majority = 0.5;
    private readonly int[] root;
    private readonly int[] size;
    private readonly double[] debt;
    private readonly double[] heat;
    private readonly Lazy<int[]> byGroup;

    public ControlGroups(Snapshot snapshot, Parties parties, ContractBook contracts, StressBook stress)
    {
        this.root = Enumerable.Range(0, parties.Count).ToArray();
        var table = snapshot.Relationship("HOLDS");
        var votes = NumberColumn.Of(table, "votes");
        var shares = NumberColumn.Of(table, "share");
        for (var holder = 0; holder < parties.Count; holder++)
        {
            var (start, end) = table.Out.Range(parties.NodeOf(holder));
            for (var edge = start; edge < end; edge++)
            {
                if ((double.IsNaN(votes[edge]) ? shares[edge] : votes[edge]) > Majority)
                    Join(holder, parties.IndexOf(table.Out.Target(edge)));
            }
        }
        for (var party = 0; party < parties.Count; party++)
            this.root[party] = Root(party); // flat from here on: reading changes nothing

        size = new int[parties.Count];
        debt = new double[parties.Count];
        heat = new double[parties.Count];
        for (var party = 0; party < parties.Count; party++)
        {
            var root = this.root[party];
            size[root]++;
            debt[root] += contracts.Debt[party];
            heat[root] += stress.Heat[party];
        }
        byGroup = new Lazy<int[]>(() => [.. Enumerable.Range(0, this.root.Length).OrderBy(party => this.root[party])]);
    }

    /// <summary>Parties in the group, the party itself among them.</summary>
    public int SizeOf(int party) => size[root[party]];

    /// <summary>Financing debt of the group's other members.</summary>
    public double DebtOfOthers(int party, ContractBook contracts) =>
        Math.Max(0, debt[root[party]] - contracts.Debt[party]);

    /// <summary>Heat of the group's other members, summed.</summary>
    public double HeatOfOthers(int party, StressBook stress) =>
        Math.Max(0, heat[root[party]] - stress.Heat[party]);

    /// <summary>The group's other members, ascending.</summary>
    public IEnumerable<int> Others(int party)
    {
        var group = root[party];
        if (size[group] == 1) yield break;
        for (var at = FirstOf(group); at < root.Length && root[byGroup.Value[at]] == group; at++)
            if (byGroup.Value[at] != party) yield return byGroup.Value[at];
    }

    /// <summary>The first place of a group's members among all, found by halving.</summary>
    private int FirstOf(int group)
    {
        int low = 0, high = root.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (root[byGroup.Value[middle]] < group) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private void Join(int left, int right)
    {
        var (first, second) = (Root(left), Root(right));
        root[Math.Max(first, second)] = Math.Min(first, second);
    }

    private int Root(int party)
    {
        while (root[party] != party)
            party = root[party] = root[root[party]];
        return party;
    }
}
