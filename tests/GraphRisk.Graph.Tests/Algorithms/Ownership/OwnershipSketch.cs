using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Ownership;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership;

/// <summary>
/// A few parties, up to twelve, and what they hold of each other, with all that makes ownership hard: cycles, holdings in oneself, sums
/// above 1, holdings of nothing and of nobody knows what, parts that reach a threshold exactly or miss it in the last digit, circles that
/// hardly leave anything. The same seed draws the same sketch.
/// </summary>
internal sealed record OwnershipSketch(int Seed, int Nodes, ImmutableArray<Holding> Statements)
{
    private static readonly ShareInterval Unknown = ShareInterval.Read(null, null, null);

    /// <summary>Times as many as every run draws: <c>GRAPHRISK_SKETCHES</c>.</summary>
    public static readonly int Times = int.Parse(Environment.GetEnvironmentVariable("GRAPHRISK_SKETCHES") ?? "1", System.Globalization.CultureInfo.InvariantCulture);

    public HoldingGraph Graph => HoldingGraph.Build(Nodes, Statements);

    public IEnumerable<(int From, int To, decimal Share)> Edges => Statements.Select(one => (one.Holder, one.Company, one.Equity.Share));

    public static IEnumerable<OwnershipSketch> Draw(int count) => Enumerable.Range(1, Times * count).Select(seed => DrawOne(seed, loose: false));

    /// <summary>The same with ranges among the holdings.</summary>
    public static IEnumerable<OwnershipSketch> DrawLoose(int count) => Enumerable.Range(1, Times * count).Select(seed => DrawOne(seed, loose: true));

    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"seed {Seed}, {Nodes} nodes: {string.Join(' ', Statements.Select(one => one.Equity.IsExact ? $"{one.Holder}-{one.Equity.Share}->{one.Company}" : $"{one.Holder}-[{one.Equity.Lower}..{one.Equity.Upper}]->{one.Company}"))}");

    private static OwnershipSketch DrawOne(int seed, bool loose)
    {
        var random = new Random(seed);
        var nodes = random.Next(2, 13);
        var left = new decimal[nodes];
        Array.Fill(left, seed % 4 == 0 ? 1.5m : 1);
        var statements = new List<Holding>();
        var ring = seed % 3 == 0 ? random.Next(2, nodes + 1) : 0;
        for (var i = 0; i < ring; i++) Add(i, (i + 1) % ring, seed % 2 == 0 ? 1 - (random.Next(0, 3) * 0.0000000000001m) : 1 - (random.Next(0, 40) * 0.01m));
        var count = random.Next(nodes, (2 * nodes) + 1);
        for (var i = 0; i < count; i++)
            Add(random.Next(nodes), random.Next(nodes), random.Next(7) switch
            {
                0 => 0.5m,
                1 => 0.25m,
                2 => 0.2499999999999m,
                3 => random.Next(1, 10) * 0.1m,
                4 => 0,
                _ => random.Next(1, 1001) * 0.001m,
            });
        return new OwnershipSketch(seed, nodes, [.. statements]);

        void Add(int from, int to, decimal share)
        {
            if (from == to && random.Next(3) > 0) return;
            share = Math.Min(share, left[to]);
            left[to] -= share;
            var range = loose && random.Next(3) == 0;
            var low = range ? share * random.Next(0, 11) / 10 : share;
            var equity = random.Next(12) == 0 ? Unknown : range ? new ShareInterval(low, (low + share) / 2, share) : ShareInterval.Exactly(share);
            statements.Add(new Holding(from, to, equity, equity));
        }
    }
}
