using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// A component of companies that own one another, without one of them: the walks of that one which never come back to it. What is left
/// falls into components of its own; where one of those has no end and the walks pass through it, so have they not.
/// <para>State: the others' holdings among themselves, and what the member holds of them, by position among all. Thread-safe.</para>
/// </summary>
internal sealed class WithoutMember
{
    private readonly double[] held;
    private readonly int at;
    private readonly WalkSums sums;

    public WithoutMember(HoldingGraph holdings, ShareBound bound, ReadOnlySpan<int> members, int member, WorkMeter meter)
    {
        held = new double[members.Length];
        at = members.BinarySearch(member);
        var others = new List<Holding>();
        for (var i = 0; i < members.Length; i++)
        {
            foreach (var holding in holdings.HeldBy(members[i]))
            {
                var company = members.BinarySearch(holding.Company);
                if (company < 0 || company == at) continue;
                if (i == at) held[company] = (double)holding.Equity.At(bound);
                else others.Add(Holding.Of(i, company, holding.Equity.At(bound)));
            }
        }

        meter.Charge(members.Length + others.Count);
        var left = HoldingGraph.Build(members.Length, others);
        var graph = left.Weights(ShareBound.Stated, meter);
        var components = StronglyConnectedComponents.Find(graph.Out, meter);
        sums = new WalkSums(graph, components, new HoldingSystems(left, ShareBound.Stated, graph, components, members.Length));
    }

    /// <summary>The sum of the member's walks, given what each of all passes on by itself; not finite where it has no end.</summary>
    public double SumOf(double[] arriving, WorkMeter meter)
    {
        var given = (double[])arriving.Clone();
        given[at] = 0;
        var passed = sums.Spread(given, owners: true, meter);
        var sum = arriving[at];
        for (var i = 0; i < held.Length; i++)
            if (held[i] > 0) sum += held[i] * passed[i];
        return sum;
    }

    /// <summary>What the member's walks give it of each of all, in place; of itself what it has to start with.</summary>
    public void Shares(Span<double> values, WorkMeter meter)
    {
        sums.Spread(held, owners: false, meter).CopyTo(values);
        values[at] = 1;
    }
}
