using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Training.Leaks;

/// <summary>
/// Which clients of a panel are of one hand though they have ids of their own: they are party to one contract, or alike in every figure
/// of a quarter. A fold that learned from the one would foresee the other. Union-find with path halving.
/// <para>
/// Where more than a hundredth of the clients (at least three) are alike, the data are coarse and nobody is another's double: these are left apart.
/// </para>
/// </summary>
internal sealed class ClientGroups
{
    private const int LeastCoarse = 3;
    private readonly Dictionary<ulong, ulong> parents = [];
    private int joined;

    private ClientGroups()
    {
    }

    /// <summary>The groups of a panel, whose rows the matrix holds.</summary>
    public static ClientGroups Of(Panel panel, FeatureMatrix matrix)
    {
        var groups = new ClientGroups();
        var clients = panel.Observations.Select(row => row.Client).Distinct().Count();
        foreach (var sharing in panel.SharedContracts) groups.Join(sharing.First, sharing.Second);
        foreach (var alike in Enumerable.Range(0, matrix.Rows).GroupBy(row => (panel.Observations[row].AsOf, HashOf(matrix.Row(row)))))
        {
            ulong[] members = [.. alike.Select(row => panel.Observations[row].Client).Distinct()];
            if (members.Length > Math.Max(LeastCoarse, clients / 100)) continue;
            foreach (var member in members.Skip(1)) groups.Join(members[0], member);
        }

        return groups;
    }

    /// <summary>What a reader should know.</summary>
    public IEnumerable<Leak> Named() => joined == 0 ? [] :
    [
        new Leak(LeakKind.BothSides, "clients under several ids", FormattableString.Invariant(
            $"{joined} have a contract, or every figure of a quarter, in common with another; they were kept in one fold with it, and count twice in the test")),
    ];

    /// <summary>A key that clients of one hand share.</summary>
    public ulong KeyOf(ulong client)
    {
        while (parents.TryGetValue(client, out var parent))
        {
            if (parents.TryGetValue(parent, out var above)) parents[client] = above;
            client = parent;
        }

        return client;
    }

    private void Join(ulong one, ulong other)
    {
        var (first, second) = (KeyOf(one), KeyOf(other));
        if (first == second) return;
        parents[Math.Max(first, second)] = Math.Min(first, second);
        joined++;
    }

    private static ulong HashOf(ReadOnlySpan<float> row) =>
        System.IO.Hashing.XxHash3.HashToUInt64(System.Runtime.InteropServices.MemoryMarshal.AsBytes(row));
}
