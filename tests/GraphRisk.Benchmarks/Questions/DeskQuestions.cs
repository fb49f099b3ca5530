using System.Diagnostics;
using System.Globalization;
using GraphRisk.Benchmarks.Budget;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Queries;

namespace GraphRisk.Benchmarks.Questions;

/// <summary>
/// What the questions of desks cost, each asked of the sample market as in <c>samples/queries</c> by who asks it there: the processor's time of the whole process, server and
/// asking, as parts of that of one score, in rounds that take turns within one run; and the time of the first answer, when snapshots and readings of its days are made.
/// <code>dotnet run -c Release --project tests/GraphRisk.Benchmarks -- desk-questions FOLDER</code>
/// </summary>
internal static class DeskQuestions
{
    private const int Rounds = 7;
    private const string Baseline = "08-score-of-a-client";
    private const string DryRun = "warningDryRun, two days";
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(500);

    /// <summary>The questions, by the field that makes them.</summary>
    private static readonly (string Field, string Sample)[] Asked =
    [
        ("whyChanged", "32-why-a-score-changed"), ("dossier", "33-a-know-your-client-page"), ("marketMovers, twice", "35-who-moved-most"),
        ("recommend", "21-what-to-recommend"), ("assets", "30-what-a-client-can-be-made-to-pay-with"),
    ];

    public static async Task RunAsync(string folder)
    {
        await using var market = await ServedSample.OpenAsync(folder, HostileLoad.WithoutShares());
        var regulator = new Viewer(Role.Regulator, null, PurposeCatalog.Default.Find("supervision"));
        List<(string Name, string Token, string Text, string Variables)> questions =
        [
            Of(market, "creditScore", Baseline),
            .. Asked.Select(one => Of(market, one.Field, one.Sample)),
            (DryRun, market.TokenOf(regulator), """{ warningDryRun(from: "2025-09-29", to: "2025-09-30") { cut score { named foretold } } }""", "{}"),
        ];
        var (first, times) = (new List<double>(), questions.Select(_ => new List<double>()).ToArray());
        foreach (var question in questions)
        {
            var (started, cost) = (Stopwatch.GetTimestamp(), await market.AskAsync(question.Token, question.Text, question.Variables));
            first.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (cost.Code is { } code) throw new InvalidOperationException($"{question.Name}: {code}");
        }

        var told = new (int Bytes, long Work)[questions.Count];
        for (var round = 0; round <= Rounds; round++)
            for (var i = 0; i < questions.Count; i++)
            {
                var (time, bytes, work) = await RoundAsync(market, questions[i]);
                // The first round is for the compiler.
                if (round > 0) times[i].Add(time);
                told[i] = (bytes, work);
            }

        Console.WriteLine("| question | first answer, ms | processor ms | of a score | work, million | bytes |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        for (var i = 0; i < questions.Count; i++)
        {
            var ratio = times[i].Zip(times[0], (one, score) => one / score).Order().ElementAt(Rounds / 2);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {questions[i].Name} | {first[i]:0} | {times[i].Order().ElementAt(Rounds / 2):0.00} | {ratio:0.0} | {told[i].Work / 1e6:0.0} | {told[i].Bytes} |"));
        }
    }

    private static (string Name, string Token, string Text, string Variables) Of(ServedSample market, string field, string sample)
    {
        var query = SampleQuery.Read(sample);
        return (field, market.TokenOf(query.Viewer), query.Text, query.Variables);
    }

    /// <summary>Asks again and again for a while, at least once: the processor's milliseconds of one answer.</summary>
    private static async Task<(double Time, int Bytes, long Work)> RoundAsync(ServedSample market, (string Name, string Token, string Text, string Variables) question)
    {
        using var process = Process.GetCurrentProcess();
        var (before, started, count, bytes, work) = (process.TotalProcessorTime, Stopwatch.GetTimestamp(), 0, 0, 0L);
        do
        {
            (_, bytes, work) = await market.AskAsync(question.Token, question.Text, question.Variables);
            count++;
        }
        while (Stopwatch.GetElapsedTime(started) < RoundTime);
        process.Refresh();
        return ((process.TotalProcessorTime - before).TotalMilliseconds / count, bytes, work);
    }
}
