using System.Diagnostics;
using System.Globalization;
using GraphRisk.Benchmarks.Budget;
using GraphRisk.Market;

namespace GraphRisk.Benchmarks.Scoring;

/// <summary>
/// One client after another, each drawn at random and asked for the first time: its features, score and reasons as the server
/// computes them, alone and as a question over HTTP to a server in the same process; by the clock, and in processor time of the whole
/// process, which other work on the machine does not stretch. The reading is warm; how long that takes is what the first question waits, asked again where its time runs out.
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
        var alone = new Times();
        for (var i = 0; i < Asked; i++)
        {
            var client = Draw();
            await alone.TakeAsync(() => Task.FromResult(scorer.Score(client)));
        }

        alone.Tell("score with all reasons");

        await using var served = await ServedSample.OverAsync(scored.Store, scored.Snapshots, scored.Model, day, folder);
        started = Stopwatch.GetTimestamp();
        await AskAsync(Draw(), untilAnswered: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the first question to the server waits {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s"));
        for (var i = 0; i < 200; i++) await AskAsync(Draw());
        var asked = new Times();
        for (var i = 0; i < Asked; i++)
        {
            var client = Draw();
            await asked.TakeAsync(() => AskAsync(client));
        }

        asked.Tell("creditScore over HTTP");
        Console.WriteLine(ScoredFolder.Memory());

        async Task AskAsync(int client, bool untilAnswered = false)
        {
            string? code;
            do
            {
                (code, _, _) = await served.AskAsync(served.Regulator, Question.Replace("CLIENT", snapshot.Nodes.IdOf(client).ToString(), StringComparison.Ordinal));
            }
            while (untilAnswered && code == "TIMEOUT");
            if (code is not null) throw new InvalidOperationException($"The question was answered with {code}.");
        }
    }

    /// <summary>Milliseconds by the clock and of the processor.</summary>
    private sealed class Times
    {
        private readonly List<double> clock = [];
        private readonly List<double> processor = [];

        public async Task TakeAsync(Func<Task> work)
        {
            var (started, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            await work();
            clock.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            processor.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
        }

        public void Tell(string name)
        {
            Console.WriteLine($"{name}, by the clock: {Ranks(clock)}");
            Console.WriteLine($"{name}, processor: {Ranks(processor)}");
        }

        private static string Ranks(List<double> times)
        {
            double[] sorted = [.. times.Order()];
            double Rank(double part) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
            return string.Create(CultureInfo.InvariantCulture, $"p50 {Rank(0.5):0.00} ms, p95 {Rank(0.95):0.00}, p99 {Rank(0.99):0.00}, at most {sorted[^1]:0.00}");
        }
    }
}
