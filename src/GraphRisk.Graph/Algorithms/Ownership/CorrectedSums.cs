using System.Collections.Concurrent;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// Sums over the walks that never come back to the holder (Vitali, Glattfelder and Battiston 2011, supporting
/// information; Baldone, Brioschi and Paleari 1998).
/// <para>
/// Every walk from i to j is a walk from i to its last stay at i, then one to j that never returns. The first part sums
/// to N(i, i), so the second sums to N(i, j) / N(i, i), for j other than i; a holder owns nothing of itself here.
/// N(i, i) is the diagonal of the inverse inside i's component: found for all its members at once, by the first question that needs
/// one of them, and kept.
/// </para>
/// <para>
/// Where the walks of a component have no end, those of a member that never come back to it may have one all the same: what A holds of
/// all of itself is no walk that counts for A. Such a component, up to <see cref="MostWithoutEnd"/> companies, is solved for each member
/// that is asked for without that member (<see cref="WithoutMember"/>). Who stands outside of it and reaches it is refused.
/// </para>
/// </summary>
internal sealed class CorrectedSums(HoldingGraph holdings, ShareBound bound, WeightedGraph graph, Components components, HoldingSystems made)
    : WalkSums(graph, components, made)
{
    private const int MostWithoutEnd = 256;

    private readonly ConcurrentDictionary<int, WithoutMember> solved = new();

    /// <summary>The sum of the walks that never come back, of the sum of all; null where it has no end either.</summary>
    /// <param name="vector">The sums.</param>
    /// <param name="node">A node of them other than the start.</param>
    /// <param name="value">Its sum of all walks.</param>
    public double? WithoutReturns(ChainVector vector, int node, double value)
    {
        var question = vector.Question;
        if (double.IsFinite(value))
            return question.LeavesOutReturns || value == 0 ? value : value / Returns(question.Owners ? node : vector.Start, question.Meter);
        if (!question.Owners || !question.Arriving.TryGetValue(Components.Of(node), out var arriving)) return null;
        var sum = Without(node, question.Meter).SumOf(arriving, question.Meter);
        return double.IsFinite(sum) ? sum : null;
    }

    protected override bool Close(int component, Span<double> values, ChainQuestion question)
    {
        var arriving = question.Owners || Components.Of(question.Start) == component ? values.ToArray() : [];
        if (base.Close(component, values, question)) return true;
        if (arriving.Length is 0 or > MostWithoutEnd) return false;
        if (question.Owners)
        {
            question.Arriving.Add(component, arriving);
            return false;
        }

        question.LeavesOutReturns = true;
        Without(question.Start, question.Meter).Shares(values, question.Meter);
        return true;
    }

    /// <summary>The factor by which a holder's walks repeat what its first departure gives: N(i, i), at least 1.</summary>
    private double Returns(int node, WorkMeter meter)
    {
        var component = Components.Of(node);
        return SystemOf(component, meter).Returns(Components.Members(component).BinarySearch(node), meter);
    }

    private WithoutMember Without(int node, WorkMeter meter) => solved.TryGetValue(node, out var known)
        ? known
        : solved.GetOrAdd(node, new WithoutMember(holdings, bound, Components.Members(Components.Of(node)), node, meter));
}
