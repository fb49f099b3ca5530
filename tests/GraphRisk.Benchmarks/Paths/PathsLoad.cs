using System.Diagnostics;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Paths;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Benchmarks.Paths;

/// <summary>Questions about paths on a large graph: how long one takes, from the middle to the slowest.</summary>
internal static class PathsLoad
{
    /// <summary>Prints the figures.</summary>
    public static void Run(int nodes, int edges)
    {
        Measure(PathsMarket.Draw(20_000, 200_000, 1), 500, _ => { });
        var watch = Stopwatch.StartNew();
        var snapshot = PathsMarket.Draw(nodes, edges, 1);
        Console.WriteLine($"{snapshot.Nodes.Count:N0} nodes, {snapshot.Relationships.Sum(table => (long)table.Count):N0} edges, drawn in {watch.Elapsed.TotalSeconds:N0} s");
        Measure(snapshot, 10_000, Console.WriteLine);
    }

    private static void Measure(Snapshot snapshot, int questions, Action<string> write)
    {
        EdgeWalk Walk(WalkDirection direction, string[] kinds, decimal? least = null, int? firstDay = null) => new(snapshot, new WalkParameters
        {
            Kinds = [.. snapshot.Catalog.RelationshipTypes.Where(type => kinds.Contains(type.GraphName)).Select(type => new WalkKind(type))],
            Direction = direction,
            Bounds = least is null ? [] : [new EdgeBound("amount", least, null)],
            Since = firstDay is { } since ? PathsMarket.FirstDay.AddDays(since) : null,
            Until = firstDay is { } until ? PathsMarket.FirstDay.AddDays(until + 90) : null,
        });
        string[] all = ["OWNS_ACCOUNT", "TRANSFERRED", "HOLDS", "GUARANTEES", "OFFICER_OF", "RELATED_TO"];
        var accounts = snapshot.Nodes.OfType("Account").Length;
        var transfers = Walk(WalkDirection.Out, ["TRANSFERRED"], 20_000, 100);
        Percentiles(write, "neighbourhood, 3 hops, transfers of 20,000 and more in 90 days", questions, random =>
            Neighbourhood.Find(transfers, random.Next(accounts), new PathLimits(3, 1000), WorkMeter.Unlimited).Nodes.Length);
        var everything = Walk(WalkDirection.Both, all, 20_000);
        Percentiles(write, "neighbourhood, 3 hops, all kinds either way, 20,000 and more", questions, random =>
            Neighbourhood.Find(everything, random.Next(snapshot.Nodes.Count), new PathLimits(3, 10_000), WorkMeter.Unlimited).Nodes.Length);
        var any = Walk(WalkDirection.Both, all);
        Percentiles(write, "all shortest paths of random pairs, all kinds either way", questions, random =>
            ShortestPaths.Find(any, random.Next(snapshot.Nodes.Count), random.Next(snapshot.Nodes.Count), new PathLimits(12, 100), WorkMeter.Unlimited).Paths.Length);
        var onward = Walk(WalkDirection.Out, ["TRANSFERRED"]);
        Percentiles(write, "all shortest paths of random accounts along transfers", questions, random =>
            ShortestPaths.Find(onward, random.Next(accounts), random.Next(accounts), new PathLimits(12, 100), WorkMeter.Unlimited).Paths.Length);
        Percentiles(write, "temporal paths of 3 from an account, first 1,000", questions, random =>
            TemporalPaths.Find(transfers, random.Next(accounts), null, TimeOrder.Ascending, new PathLimits(3, 1000), WorkMeter.Unlimited).Paths.Length);
        var holdings = Walk(WalkDirection.Out, ["HOLDS"]);
        Percentiles(write, "ten best chains of holdings of 6", questions, random =>
            BestChains.Find(holdings, accounts + random.Next(1 + (accounts / 100)), accounts * 9 / 7 + random.Next(accounts / 7), "share", ChainWorth.Product, new PathLimits(6, 10), WorkMeter.Unlimited).Paths.Length);
        var guarantees = Walk(WalkDirection.Out, ["GUARANTEES"]);
        var watch = Stopwatch.StartNew();
        var circles = Circles.Find(guarantees, new PathLimits(8, 1_000_000, long.MaxValue), WorkMeter.Unlimited);
        write($"all circles of guarantees up to 8: {watch.Elapsed.TotalSeconds:F3} s; {circles.Paths.Length:N0}, complete: {circles.IsComplete}, of {snapshot.Relationship("GUARANTEES").Count:N0} guarantees");
    }

    private static void Percentiles(Action<string> write, string name, int questions, Func<Random, int> ask)
    {
        var (random, times, found) = (new Random(7), new double[questions], 0L);
        for (var i = 0; i < questions; i++)
        {
            var start = Stopwatch.GetTimestamp();
            found += ask(random);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        write($"{name}: p50 {times[questions / 2]:F2} ms, p99 {times[questions * 99 / 100]:F2} ms, slowest {times[^1]:F2} ms; {(double)found / questions:N1} each on average");
    }
}
