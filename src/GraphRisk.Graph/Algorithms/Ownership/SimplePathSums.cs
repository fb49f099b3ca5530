using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// Sums over simple paths: each chain that visits no party twice, the product of its shares.
/// <para>
/// A simple path passes through a component in one stretch, so paths are listed only inside a component, from each
/// member that something reaches from outside, and everything between components is added as in a graph without cycles.
/// Inside a component the number of simple paths can grow exponentially (counting them is #P-complete, Valiant 1979). So the best are
/// listed first (<see cref="PathsInside"/>), until what is left is below <see cref="LookThroughParameters.Epsilon"/> (nothing, where a company is
/// above one and what is left may grow) or the budget is spent, of which each component takes at most half of what the ones before it left; whatever comes first in it is always gone on from.
/// </para>
/// <para>
/// What the paths not listed may add at most is reported for each party. A path that was not gone on from ends at n with product f; what
/// goes on from there to i comes to i once, and all walks that do so sum to N(n, i) / N(i, i), or, where no company of the component is
/// above one, to 1 at most. The remainder of i is the sum of that over all such paths, one solution for all i. Where neither holds there
/// is no bound.
/// </para>
/// </summary>
internal sealed class SimplePathSums(WeightedGraph graph, Components components, HoldingSystems made, LookThroughParameters parameters) : ChainSums(graph, components)
{
    protected override bool Close(int component, Span<double> values, ChainQuestion question)
    {
        var members = Components.Members(component);
        var late = Late(members, question);
        if (values.Length > 1)
        {
            var arriving = values.ToArray();
            values.Clear();
            var paths = new PathsInside(Graph, Components, component, question.Owners, question.Meter);
            var epsilon = made.IsAboveOne(component) ? 0 : parameters.Epsilon;
            var left = paths.Add(arriving, values, (parameters.PathBudget - question.Spent) / 2, epsilon);
            question.Spent += paths.Steps;
            if (paths.IsCut) question.Cut.Add(component);
            if (left is not null || late is not null) late = Bound(component, left ?? new double[members.Length], late ?? new double[members.Length], question);
        }

        for (var i = 0; late is not null && i < late.Length; i++)
            if (late[i] > 0) question.Remainders.Add(members[i], late[i]);
        return true;
    }

    protected override double ResidualOf(ReadOnlySpan<int> nodes, double[] values, ChainQuestion question) => 0;

    /// <summary>What may still come to the members from outside; null where nothing does.</summary>
    private double[]? Late(ReadOnlySpan<int> members, ChainQuestion question)
    {
        if (question.Remainders.Count == 0) return null;
        var late = new double[members.Length];
        for (var i = 0; i < members.Length; i++)
        {
            var targets = (question.Owners ? Graph.Out : Graph.In).Neighbours(members[i]);
            var weights = question.Owners ? Graph.OutWeightsOf(members[i]) : Graph.InWeightsOf(members[i]);
            for (var j = 0; j < targets.Length; j++)
                if (question.Remainders.TryGetValue(targets[j], out var more)) late[i] += weights[j] * more;
        }

        return Array.TrueForAll(late, more => more == 0) ? null : late;
    }

    /// <summary>What the paths not listed may add to each member at most.</summary>
    /// <param name="component">The component.</param>
    /// <param name="left">Products of the paths not gone on from, by where they end.</param>
    /// <param name="late">What may still come from outside.</param>
    /// <param name="question">Whose sums they are.</param>
    private double[] Bound(int component, double[] left, double[] late, ChainQuestion question)
    {
        var all = left.Zip(late, static (one, other) => one + other).ToArray();
        var bound = new double[all.Length];
        Array.Fill(bound, made.IsAboveOne(component) ? double.PositiveInfinity : all.Sum());
        if (made.Of(component, question.Meter) is { Converges: true } system && Array.TrueForAll(all, double.IsFinite))
        {
            if (question.Owners) system.Solve(all, question.Meter);
            else system.SolveTransposed(all, question.Meter);
            for (var i = 0; i < all.Length; i++) bound[i] = Math.Min(bound[i], all[i] / system.Returns(i, question.Meter));
        }

        for (var i = 0; i < all.Length; i++) bound[i] = Math.Max(0, bound[i] - left[i]);
        return bound;
    }
}
