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
/// <param name="Question">What was noted on the way.</param>
internal sealed record ChainVector(int Start, int[] Nodes, double[] Values, List<int> Refused, double Residual, ChainQuestion Question);

/// <summary>One question on its way through the components.</summary>
/// <param name="start">The company asked about, or the holder.</param>
/// <param name="owners">Whether chains are followed from the owned to the owners.</param>
/// <param name="meter">Pays for it.</param>
internal sealed class ChainQuestion(int start, bool owners, WorkMeter meter)
{
    public int Start => start;

    public bool Owners => owners;

    public WorkMeter Meter => meter;

    /// <summary>What reached the members of a component that could not be closed, by position.</summary>
    public Dictionary<int, double[]> Arriving { get; } = [];

    /// <summary>Steps taken along simple paths.</summary>
    public long Spent { get; set; }

    /// <summary>Components whose simple paths were not all listed.</summary>
    public List<int> Cut { get; } = [];

    /// <summary>By node, what chains that were not counted may add at most; infinite where nothing bounds it.</summary>
    public Dictionary<int, double> Remainders { get; } = [];

    /// <summary>Whether walks that come back to the start have been left out already.</summary>
    public bool LeavesOutReturns { get; set; }
}

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
    private ConcurrentBag<double[]> spare = [];

    protected WeightedGraph Graph => graph;

    public Components Components => components;

    /// <summary>The same, with the spare memory of sums over as many nodes.</summary>
    public ChainSums Beside(ChainSums other)
    {
        if (other.Graph.NodeCount == Graph.NodeCount) spare = other.spare;
        return this;
    }

    /// <summary>The sums of all chains that end at the company, by where they begin.</summary>
    public ChainVector Owners(int company, WorkMeter meter) => Solve(new ChainQuestion(company, owners: true, meter));

    /// <summary>The sums of all chains that begin at the holder, by where they end.</summary>
    public ChainVector Holdings(int holder, WorkMeter meter) => Solve(new ChainQuestion(holder, owners: false, meter));

    /// <summary>The sums of all chains from what reaches each node at first, by node; of a small graph, all of which is gone through.</summary>
    public double[] Spread(double[] given, bool owners, WorkMeter meter)
    {
        var question = new ChainQuestion(-1, owners, meter);
        var values = new double[graph.NodeCount];
        for (var i = 0; i < components.Count; i++)
        {
            var part = owners ? i : components.Count - 1 - i;
            var members = components.Members(part);
            var sums = new double[members.Length];
            for (var at = 0; at < sums.Length; at++) sums[at] = given[members[at]] + Gather(members[at], values, owners, within: false);
            if (Array.TrueForAll(sums, sum => sum == 0)) continue;
            CloseOne(part, sums, values, question);
        }

        return values;
    }

    /// <summary>
    /// Turns what reaches each member from outside its component into the sums of all chains; false where that cannot be done.
    /// </summary>
    /// <param name="component">The component.</param>
    /// <param name="values">By position among the members: from outside on entry, sums on return.</param>
    /// <param name="question">Whose sums they are; pays for it.</param>
    protected abstract bool Close(int component, Span<double> values, ChainQuestion question);

    /// <summary>Largest residual the values leave in the equations.</summary>
    protected abstract double ResidualOf(ReadOnlySpan<int> nodes, double[] values, ChainQuestion question);

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

    private ChainVector Solve(ChainQuestion question)
    {
        var parts = Reached(question.Start, question.Owners, question.Meter);
        var values = spare.TryTake(out var used) ? used : new double[graph.NodeCount];
        var refused = new List<int>();
        Span<double> few = stackalloc double[64];
        foreach (var part in parts)
        {
            var members = components.Members(part);
            var sums = members.Length <= few.Length ? few[..members.Length] : new double[members.Length];
            for (var i = 0; i < members.Length; i++)
                sums[i] = Gather(members[i], values, question.Owners, within: false) + (members[i] == question.Start ? 1 : 0);
            if (!CloseOne(part, sums, values, question)) refused.Add(part);
        }

        int[] nodes = [.. parts.SelectMany(part => components.Members(part).ToArray())];
        var residual = ResidualOf(nodes, values, question);
        var result = new ChainVector(question.Start, nodes, Array.ConvertAll(nodes, node => values[node]), refused, residual, question);
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
        if (!components.AreOrdered) return InOrder(parts, owners, meter);
        int[] ordered = [.. parts];
        Array.Sort(ordered);
        if (!owners) Array.Reverse(ordered);
        return ordered;
    }

    /// <summary>Components each after all from which chains come to it: depth first, those gone through that come before.</summary>
    private int[] InOrder(HashSet<int> parts, bool owners, WorkMeter meter)
    {
        var (ordered, met, open) = (new List<int>(parts.Count), new HashSet<int>(), new Stack<(int Part, bool IsLeft)>());
        foreach (var root in parts.Order())
        {
            open.Push((root, false));
            while (open.TryPop(out var next))
            {
                if (next.IsLeft) ordered.Add(next.Part);
                if (next.IsLeft || !met.Add(next.Part)) continue;
                open.Push((next.Part, true));
                foreach (var member in components.Members(next.Part))
                {
                    var before = (owners ? graph.Out : graph.In).Neighbours(member);
                    meter.ChargeNode(before.Length);
                    foreach (var node in before)
                        if (components.Of(node) is var part && parts.Contains(part) && !met.Contains(part)) open.Push((part, false));
                }
            }
        }

        return [.. ordered];
    }

    /// <summary>Closes a component that its sums from outside have reached; false where that cannot be done.</summary>
    private bool CloseOne(int component, Span<double> sums, double[] values, ChainQuestion question)
    {
        var members = components.Members(component);
        question.Meter.Charge(members.Length);
        var known = true;
        foreach (var sum in sums) known &= double.IsFinite(sum);
        var closed = !known || Close(component, sums, question);
        if (!known || !closed) sums.Fill(double.PositiveInfinity);
        for (var i = 0; i < members.Length; i++) values[members[i]] = sums[i];
        return closed;
    }
}
