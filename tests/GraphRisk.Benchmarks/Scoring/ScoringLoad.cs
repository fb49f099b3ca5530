using System.Diagnostics;
using System.Globalization;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Market.Contagion;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Benchmarks.Scoring;

/// <summary>
/// All clients of a market scored, part by part: what is gathered once a reading, features by family, then the score itself
/// beside LightGBM's plain prediction of the same trees on the same rows in the same run. A score is probability, points, grade
/// and the split into own and contagion part, as <c>graphrisk score</c> files it; contributions of every feature, of which
/// reasons are told, are measured apart, as LightGBM computes them and as the tables do. Parts alternate, five rounds, the median
/// is given, in processor time (one thread) and by the clock (as many threads on both sides).
/// </summary>
internal static class ScoringLoad
{
    private const int Block = 4096;
    private const int Rounds = 5;

    /// <summary>Rows that LightGBM's own contributions are measured on: they take a hundred times as long.</summary>
    private const int FewRows = 20_000;

    public static async Task RunAsync(string data, DateOnly day)
    {
        await using var folder = new ScoredFolder(data, day);
        var snapshot = await Timed("snapshot", () => folder.OpenAsync().AsTask());
        var market = new MarketReading(snapshot);
        foreach (var (name, gather) in Gathered) Timed(name, () => gather(market));
        var clients = market.Parties.Clients();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{market.Parties.Count:N0} parties, {clients.Length:N0} clients, {folder.Model.Model.Text.Split("\nTree=").Length - 1} trees, {FeatureSet.Features.Count} features"));
        foreach (var family in FeatureSet.Families) Timed($"features, {family.GetType().Name}", () => Read(family, market, clients));
        var scorer = folder.Model.Open(market);
        var rows = Timed("features, all", () => clients.Chunk(Block).Select(chunk => (Nodes: chunk, Inputs: scorer.InputsOf(chunk))).ToArray());
        Compare(folder.Model, scorer, rows);
        rows = [];
        var started = Stopwatch.GetTimestamp();
        var scored = scorer.ScoreAll(Environment.ProcessorCount).Count();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"all of it, {Environment.ProcessorCount} threads: {scored / Stopwatch.GetElapsedTime(started).TotalSeconds:N0} clients/s"));
        Console.WriteLine(ScoredFolder.Memory());
    }

    /// <summary>What the reading gathers over all parties, each with what it needs before it.</summary>
    private static readonly (string Name, Action<MarketReading> Gather)[] Gathered =
    [
        ("prices", market => market.Securities(WorkMeter.Unlimited)),
        ("holdings", market => market.Holdings(WorkMeter.Unlimited)),
        ("debts", market => market.Debts(WorkMeter.Unlimited)),
        ("means", market => market.Means(WorkMeter.Unlimited)),
        ("distress", market => market.Distress(WorkMeter.Unlimited)),
        ("co-holders", market => market.CoHolders(WorkMeter.Unlimited)),
        ("groups", market => market.Groups(WorkMeter.Unlimited)),
        ("ties", market => market.Ties(WorkMeter.Unlimited)),
        ("exposures", market => market.Exposures(WorkMeter.Unlimited)),
        ("DebtRank", market => market.NetworkLoss(WorkMeter.Unlimited)),
    ];

    private static void Read(FeatureFamily family, MarketReading market, int[] clients)
    {
        var reader = family.Open(market, new Neighbourhoods(market, WorkMeter.Unlimited), WorkMeter.Unlimited);
        var into = new float[family.Features.Count];
        foreach (var node in clients) reader.Read(node, market.Parties.IndexOf(node), into);
    }

    private static void Compare(CreditModel model, SnapshotScorer scorer, (int[] Nodes, FeatureMatrix Inputs)[] rows)
    {
        var all = rows.Sum(chunk => chunk.Nodes.Length);
        (int[] Nodes, FeatureMatrix Inputs)[] few = [.. rows.Take(FewRows / Block)];
        // Fewer rows at a time than the tables are made for: LightGBM itself.
        FeatureMatrix[] slices = [.. few.SelectMany(chunk => Enumerable.Range(0, chunk.Nodes.Length).Chunk(128).Select(some => chunk.Inputs.SelectRows(some)))];
        foreach (var threads in new[] { 1, Environment.ProcessorCount })
        {
            var parts = new (string Name, int Rows, Action Do)[]
            {
                ("LightGBM, prediction", all, () => { foreach (var (_, inputs) in rows) model.Model.Margins(inputs, threads); }),
                ("score, probability, grade, own and contagion part", all, () => Each(rows, threads, chunk => scorer.ScoreRows(chunk.Nodes, chunk.Inputs))),
                ("contributions of every feature, tables", all, () => { foreach (var (_, inputs) in rows) model.Model.Contributions(inputs, threads); }),
                ("contributions of every feature, LightGBM", slices.Sum(slice => slice.Rows), () => { foreach (var slice in slices) model.Model.Contributions(slice, threads); }),
            };
            var taken = parts.Select(_ => new List<double>()).ToArray();
            foreach (var part in parts) part.Do();
            for (var round = 0; round < Rounds; round++)
                for (var part = 0; part < parts.Length; part++)
                    taken[part].Add(Taken(parts[part].Do, byClock: threads > 1) / parts[part].Rows);
            var plain = Median(taken[0]);
            Console.WriteLine(threads == 1 ? "one thread, processor time" : $"{threads} threads, by the clock");
            for (var part = 0; part < parts.Length; part++)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {parts[part].Name,-52} {1 / Median(taken[part]),12:N0} rows/s, {plain / Median(taken[part]):0.00} of the prediction"));
        }
    }

    private static void Each<T>(T[] items, int threads, Action<T> work)
    {
        if (threads == 1) Array.ForEach(items, work);
        else Parallel.ForEach(items, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);
    }

    private static double Taken(Action work, bool byClock)
    {
        var (started, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        work();
        return (byClock ? Stopwatch.GetElapsedTime(started) : Environment.CpuUsage.TotalTime - processor).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<Snapshot> Timed(string name, Func<Task<Snapshot>> work)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var made = await work();
        Print(name, Environment.CpuUsage.TotalTime - processor);
        return made;
    }

    private static void Timed(string name, Action work) => Timed(name, () =>
    {
        work();
        return 0;
    });

    private static T Timed<T>(string name, Func<T> work)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var made = work();
        Print(name, Environment.CpuUsage.TotalTime - processor);
        return made;
    }

    private static void Print(string name, TimeSpan processor) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-44} {processor.TotalSeconds,8:0.00} s   {ScoredFolder.Memory()}"));
}
