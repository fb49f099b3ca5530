using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// The linear system (I - A) of one strongly connected component of companies that own each other, A being their parts
/// in one another. Positions are those among the component's members, ascending. Thread-safe once made.
/// </summary>
internal abstract class ComponentSystem
{
    /// <summary>Whether the sum over all chains inside the component is finite: the spectral radius of A is below 1.</summary>
    public abstract bool Converges { get; }

    /// <summary>Solves (I - A) x = b in place.</summary>
    public abstract void Solve(Span<double> values);

    /// <summary>Solves (I - A)ᵀ x = b in place.</summary>
    public abstract void SolveTransposed(Span<double> values);

    /// <summary>The system of a component, in the form that suits its size.</summary>
    public static ComponentSystem Of(WeightedGraph graph, Components components, int component, int denseLimit)
    {
        var members = components.Members(component);
        if (members.Length == 1) return new SingleCompany(SelfHolding(graph, members[0]));
        var inner = InnerEdges.Of(graph, components, component);
        return members.Length <= denseLimit ? new DenseComponent(inner) : new SweptComponent(inner);
    }

    private static double SelfHolding(WeightedGraph graph, int node)
    {
        var at = graph.Out.Neighbours(node).BinarySearch(node);
        return at < 0 ? 0 : graph.OutWeightsOf(node)[at];
    }

    /// <summary>A company alone: treasury shares s scale everything by 1 / (1 - s).</summary>
    private sealed class SingleCompany(double self) : ComponentSystem
    {
        private readonly double pivot = 1 - self;

        public override bool Converges => pivot > DenseComponent.SmallestPivot;

        public override void Solve(Span<double> values) => values[0] /= pivot;

        public override void SolveTransposed(Span<double> values) => values[0] /= pivot;
    }
}

/// <summary>The edges inside one component, by position.</summary>
internal sealed record InnerEdges(int Count, int[] From, int[] To, double[] Weights)
{
    public static InnerEdges Of(WeightedGraph graph, Components components, int component)
    {
        var members = components.Members(component);
        List<int> from = [], to = [];
        List<double> weights = [];
        for (var position = 0; position < members.Length; position++)
        {
            var targets = graph.Out.Neighbours(members[position]);
            var shares = graph.OutWeightsOf(members[position]);
            for (var i = 0; i < targets.Length; i++)
            {
                if (components.Of(targets[i]) != component) continue;
                from.Add(position);
                to.Add(members.BinarySearch(targets[i]));
                weights.Add(shares[i]);
            }
        }

        return new InnerEdges(members.Length, [.. from], [.. to], [.. weights]);
    }
}
