using System.Collections.Immutable;

namespace GraphRisk.TestKit;

/// <summary>The sort of a random graph.</summary>
public enum GraphShape
{
    /// <summary>Few edges anywhere.</summary>
    Sparse,

    /// <summary>A ring through all nodes and chords on it.</summary>
    Cyclic,

    /// <summary>Owners in front, a strongly connected core, owned ones behind (Broder and others 2000).</summary>
    BowTie,

    /// <summary>Edges from smaller to larger numbers only.</summary>
    Acyclic,

    /// <summary>Several edges between one pair.</summary>
    MultiEdge,

    /// <summary>Edges that return to where they start.</summary>
    SelfLoop,
}

/// <summary>An edge with a part of the whole, 0 to 1, in thousandths.</summary>
public readonly record struct ShareEdge(int From, int To, decimal Share);

/// <summary>A random graph; the same seed draws the same graph.</summary>
/// <param name="Seed">Seed it was drawn from.</param>
/// <param name="Shape">Sort of graph.</param>
/// <param name="NodeCount">Number of nodes, 2 to 9 unless asked otherwise.</param>
/// <param name="Edges">Edges in the order drawn.</param>
public sealed record RandomGraph(int Seed, GraphShape Shape, int NodeCount, ImmutableArray<ShareEdge> Edges)
{
    public override string ToString() =>
        $"seed {Seed}, {Shape}, {NodeCount} nodes: {string.Join(' ', Edges.Select(edge => $"{edge.From}-{edge.Share}->{edge.To}"))}";
}

/// <summary>Draws small random graphs, shape after shape, for algorithms to be held against slow oracles.</summary>
public static class RandomGraphs
{
    private static readonly GraphShape[] Shapes = Enum.GetValues<GraphShape>();

    /// <summary>So many graphs, seeds from 1 on, the shapes taking turns.</summary>
    public static IEnumerable<RandomGraph> Draw(int count, int largest = 9) =>
        Enumerable.Range(1, count).Select(seed => DrawOne(seed, largest));

    /// <summary>The graph of a seed.</summary>
    public static RandomGraph DrawOne(int seed, int largest = 9)
    {
        var random = new Random(seed);
        var shape = Shapes[seed % Shapes.Length];
        var nodes = random.Next(2, largest + 1);
        var ends = Ends(shape, nodes, random).ToList();
        return new RandomGraph(seed, shape, nodes, [.. Allot(ends, nodes, random)]);
    }

    private static IEnumerable<(int From, int To)> Ends(GraphShape shape, int nodes, Random random)
    {
        var count = random.Next(nodes, (2 * nodes) + 1);
        if (shape == GraphShape.Cyclic)
            for (var node = 0; node < nodes; node++) yield return (node, (node + 1) % nodes);
        for (var i = 0; i < count; i++)
        {
            var (from, to) = (random.Next(nodes), random.Next(nodes));
            switch (shape)
            {
                case GraphShape.Acyclic when from != to:
                    yield return (Math.Min(from, to), Math.Max(from, to));
                    break;
                case GraphShape.BowTie:
                    yield return InBowTie(nodes, random);
                    break;
                case GraphShape.SelfLoop when i % 3 == 0:
                    yield return (from, from);
                    break;
                case GraphShape.MultiEdge when from != to:
                    yield return (from, to);
                    yield return (from, to);
                    break;
                default:
                    if (from != to) yield return (from, to);
                    break;
            }
        }
    }

    /// <summary>The first third owns, the middle third owns itself in a ring and across, the last is owned.</summary>
    private static (int From, int To) InBowTie(int nodes, Random random)
    {
        var third = Math.Max(1, nodes / 3);
        var core = Math.Max(1, nodes - (2 * third));
        int Core() => third + random.Next(core);
        return random.Next(3) switch
        {
            0 => (random.Next(third), Core()),
            1 => (Core(), Core()),
            _ => (Core(), nodes - 1 - random.Next(third)),
        };
    }

    /// <summary>
    /// Shares in thousandths. Most companies are allotted at most their whole, in one graph of four up to half as much
    /// again; one share of eight is exactly a half or a quarter, where thresholds are decided.
    /// </summary>
    private static IEnumerable<ShareEdge> Allot(List<(int From, int To)> ends, int nodes, Random random)
    {
        var left = new int[nodes];
        var whole = random.Next(4) == 0 ? 1500 : 1000;
        Array.Fill(left, whole);
        foreach (var (from, to) in ends)
        {
            var most = Math.Min(1000, left[to]);
            if (most <= 0) continue;
            var share = random.Next(8) == 0 ? random.Next(1, 3) * 250 : random.Next(1, most + 1);
            share = Math.Min(share, most);
            left[to] -= share;
            yield return new ShareEdge(from, to, share / 1000m);
        }
    }
}
