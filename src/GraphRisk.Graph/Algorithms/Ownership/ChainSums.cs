using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>The sums of all chains between one node and the nodes it reaches, one way or the other.</summary>
/// <param name="Start">The company asked about, or the holder.</param>
/// <param name="Nodes">Nodes reached, the start among them, by component.</param>
/// <param name="Values">Sum of the chains to each; positive infinity where it is refused.</param>
/// <param name="Refused">Components that had to be refused, in the order met.</param>
/// <param name="Residual">Largest residual of the equations, relative to values above 1.</param>
internal sealed record ChainVector(int Start, int[] Nodes, double[] Values, List<int> Refused, double Residual);

/// <summary>
/// Sums of chains by the condensation: a chain goes through the strongly connected components in one order, so the
/// components are taken one after another, each gathering what the ones before it have and closing it inside itself.
/// <para>
/// For the owners of c the sum of node i is v(i) = [i = c] + Σ share(i, k) · v(k), gathered along outgoing edges from the
/// sinks upwards; for the holdings of h it is the same along incoming edges from the sources downwards. How a component
/// closes is the heir's affair. State: one value a node, kept from question to question and cleared where touched; a question that
/// is broken off keeps none.
/// Cost: the nodes that can be reached, their edges, and the components' own.
/// </para>
/// </summary>
internal abstract class ChainSums(WeightedGraph graph, Components components)
{
    private readonly ConcurrentBag<double[]> spare = [];

    protected WeightedGraph Graph => graph;

    public Components Components => components;

    /// <summary>The sums of all chains that end at the company, by where they begin.</summary>
    public ChainVector Owners(int company, WorkMeter meter) => Solve(company, owners: true, meter);

    /// <summary>The sums of all chains that begin at the holder, by where they end.</summary>
    public ChainVector Holdings(int holder, WorkMeter meter) => Solve(holder, owners: false, meter);

    /// <summary>
    /// Turns what reaches each member from outside its component into the sums of all chains; false where that cannot be done.
    /// </summary>
    /// <param name="component">The component.</param>
    /// <param name="values">By position among the members: from outside on entry, sums on return.</param>
    /// <param name="owners">Whether chains are followed from the owned to the owners.</param>
    /// <param name="spent">Work done for the question so far.</param>
    /// <param name="meter">Pays for it.</param>
    protected abstract bool Close(int component, Span<double> values, bool owners, ref long spent, WorkMeter meter);

    /// <summary>Largest residual the values leave in the equations.</summary>
    protected abstract double ResidualOf(ReadOnlySpan<int> nodes, double[] values, int start, bool owners);

    /// <summary>What reaches a node along its edges to other components, or to all.</summary>
    protected double Gather(int node, double[] values, bool owners, bool within)
    {
        var targets = (owners ? graph.Out : graph.In).Neighbours(node);
        var weights = owners ? graph.OutWeightsOf(node) : graph.InWeightsOf(node);
        var own = components.Of(node);
        var sum = 0.0;
        for (var i = 0; i < targets.Length; i++)
            if (within || components.Of(targets[i]) != own) sum += weights[i] * values[targets[i]];
        return sum;
    }

    private ChainVector Solve(int start, bool owners, WorkMeter meter)
    {
        var parts = Reached(start, owners, meter);
        var values = spare.TryTake(out var used) ? used : new double[graph.NodeCount];
        var refused = new List<int>();
        var spent = 0L;
        foreach (var part in parts)
            if (!CloseOne(part, values, start, owners, ref spent, meter)) refused.Add(part);
        int[] nodes = [.. parts.SelectMany(part => components.Members(part).ToArray())];
        var residual = ResidualOf(nodes, values, start, owners);
        var result = new ChainVector(start, nodes, Array.ConvertAll(nodes, node => values[node]), refused, residual);
        foreach (var node in nodes) values[node] = 0;
        spare.Add(values);
        return result;
    }

    /// <summary>Components reached, in the order in which chains come to them.</summary>
    private int[] Reached(int start, bool owners, WorkMeter meter)
    {
        var nodes = BreadthFirst.Reach(owners ? graph.In : graph.Out, start, meter: meter);
        var parts = new HashSet<int>(nodes.Count);
        foreach (var node in CollectionsMarshal.AsSpan(nodes)) parts.Add(components.Of(node));
        int[] ordered = [.. parts];
        Array.Sort(ordered);
        if (!owners) Array.Reverse(ordered);
        return ordered;
    }

    private bool CloseOne(int component, double[] values, int start, bool owners, ref long spent, WorkMeter meter)
    {
        var members = components.Members(component);
        meter.Charge(members.Length);
        Span<double> sums = members.Length <= 64 ? stackalloc double[members.Length] : new double[members.Length];
        var known = true;
        for (var i = 0; i < members.Length; i++)
        {
            sums[i] = Gather(members[i], values, owners, within: false) + (members[i] == start ? 1 : 0);
            known &= double.IsFinite(sums[i]);
        }

        var closed = !known || Close(component, sums, owners, ref spent, meter);
        if (!known || !closed) sums.Fill(double.PositiveInfinity);
        for (var i = 0; i < members.Length; i++) values[members[i]] = sums[i];
        return closed;
    }
}
