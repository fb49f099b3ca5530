using System.Diagnostics;
using System.Globalization;
using GraphRisk.Benchmarks.Budget;
using GraphRisk.Market;

namespace GraphRisk.Benchmarks.Scoring;

/// <summary>
/// One client after another, each drawn at random and asked for the first time: its features, score and reasons as the server
/// computes them, alone and as a question over HTTP to a server in the same process. The reading is warm; how long that
/// takes is what the first question waits.
/// </summary>
internal static class RealTimeLoad
{
    private const int Asked = 2000;

    private const string Question = """
        { creditScore(client: "CLIENT") { score grade probabilityOfDefault probabilityLow probabilityHigh ownRisk contagion hasDebt thinFile inDefault reasons(first: 10) { title scope text } groups { name points } } }
        """;

    public static async Task RunAsync(string data, DateOnly day, string folder)
    {
        await using var scored = new ScoredFolder(data, day);
        var snapshot = await scored.OpenAsync();
        var market = new MarketReading(snapshot);
        var scorer = scored.Model.Open(market);
        var clients = market.Parties.Clients();
        var random = new Random(1);
        int Draw() => clients[random.Next(clients.Length)];
        var started = Stopwatch.GetTimestamp();
        scorer.Score(Draw());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clients.Length:N0} clients; the reading is warm after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s; {ScoredFolder.Memory()}"));
        for (var i = 0; i < 200; i++) scorer.Score(Draw());
        var alone = new List<double>();
        for (var i = 0; i < Asked; i++) alone.Add(Taken(() => scorer.Score(Draw())));
        Tell("score with all reasons", alone);

        await using var served = await ServedSample.OverAsync(scored.Store, scored.Snapshots, scored.Model, day, folder);
        started = Stopwatch.GetTimestamp();
        await AskAsync(Draw());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the first question to the server waits {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s"));
        for (var i = 0; i < 200; i++) await AskAsync(Draw());
        var asked = new List<double>();
        for (var i = 0; i < Asked; i++)
        {
            started = Stopwatch.GetTimestamp();
            await AskAsync(Draw());
            asked.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        Tell("creditScore over HTTP", asked);
        Console.WriteLine(ScoredFolder.Memory());

        async Task AskAsync(int client)
        {
            var (code, _, _) = await served.AskAsync(served.Regulator, Question.Replace("CLIENT", snapshot.Nodes.IdOf(client).ToString(), StringComparison.Ordinal));
            if (code is not null) throw new InvalidOperationException($"The question was answered with {code}.");
        }
    }

    private static double Taken(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static void Tell(string name, List<double> times)
    {
        times.Sort();
        double Rank(double part) => times[Math.Min(times.Count - 1, (int)(times.Count * part))];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: p50 {Rank(0.5):0.00} ms, p95 {Rank(0.95):0.00}, p99 {Rank(0.99):0.00}, at most {times[^1]:0.00}"));
    }
}
