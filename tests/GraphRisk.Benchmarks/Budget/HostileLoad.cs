using System.Diagnostics;
using System.Globalization;
using GraphRisk.Server.Budget;
using GraphRisk.TestKit;

namespace GraphRisk.Benchmarks.Budget;

/// <summary>
/// What questions cost that are small and were made to cost much, on the sample market of 2,000 clients: for each the
/// processor's time of the whole process (server and asking), the memory it takes beside what was taken before, and how it
/// was answered; then how long a well-behaved broker's questions take while nobody else asks, and while another viewer
/// sends hostile ones over four lines. The last is a ratio of one run; the machine should have nothing else to do.
/// <code>dotnet run -c Release --project tests/GraphRisk.Benchmarks -- hostile 1000 FOLDER</code>
/// </summary>
internal static class HostileLoad
{
    private const int Honest = 400;
    private const string HonestQuestion = "{ clients(first: 5) { nodes { ... on Person { name } ... on Company { name } } } store { stamp { asOf } } }";

    /// <summary>A client of the sample, by its broker's record.</summary>
    private const string AClient = "Person/broker-B001:0010000074";

    public static async Task RunAsync(int drawn, string folder)
    {
        await using var market = await ServedSample.OpenAsync(folder, WithoutShares());
        var (client, company) = await market.FindAsync();
        foreach (var question in new[] { HonestQuestion, $"{{ creditScore(client: \"{client}\") {{ score }} linkedParties(client: \"{client}\") {{ linked {{ totalCount }} }} }}" })
            await market.AskAsync(market.Regulator, question);

        Print("question", "asked by", "processor ms", "memory MB", "bytes", "answer");
        foreach (var (name, question) in HostileQuestions.Found(client))
        {
            await MeasureAsync(market, name, "regulator", market.Regulator, question);
            await MeasureAsync(market, name, "client", market.ClientToken(AClient), question);
        }

        var all = new List<Cost>();
        foreach (var question in HostileQuestions.Draw(drawn, client, company)) all.Add(await CostAsync(market, market.Regulator, question));
        Print($"{drawn} drawn", "regulator", $"{all.Max(one => one.Processor):0} at most, p99 {Rank(all.Select(one => one.Processor), 0.99):0}, median {Rank(all.Select(one => one.Processor), 0.5):0.0}",
            $"{all.Max(one => one.Memory):0} at most", $"{all.Max(one => one.Bytes)} at most",
            string.Join(", ", all.GroupBy(one => one.Answer).OrderByDescending(group => group.Count()).Select(group => $"{group.Count()} {group.Key}")));

        foreach (var worst in all.OrderByDescending(one => one.Processor).Take(10))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{worst.Processor:0} ms, {worst.Work / 1e6:0.0} million of work, {worst.Answer}: {worst.Question[..Math.Min(200, worst.Question.Length)]}"));

        var quiet = await HonestAsync(market);
        using var end = new CancellationTokenSource();
        var hostile = Enumerable.Range(0, 4).Select(line => HostileAsync(market, client, company, line, end.Token)).ToList();
        var beside = await HonestAsync(market);
        await end.CancelAsync();
        var sent = (await Task.WhenAll(hostile)).Sum();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"well-behaved viewer, {Honest} questions: quiet p50 {Rank(quiet, 0.5):0.0} ms, p99 {Rank(quiet, 0.99):0.0} ms; beside {sent} hostile ones p50 {Rank(beside, 0.5):0.0} ms, p99 {Rank(beside, 0.99):0.0} ms; p99 ratio {Rank(beside, 0.99) / Rank(quiet, 0.99):0.00}"));
    }

    private static async Task MeasureAsync(ServedSample market, string name, string asker, string token, string question)
    {
        var cost = await CostAsync(market, token, question);
        Print(name, asker, $"{cost.Processor:0}", $"{cost.Memory:0}", $"{cost.Bytes}", cost.Answer);
    }

    private static async Task<Cost> CostAsync(ServedSample market, string token, string question)
    {
        using var process = Process.GetCurrentProcess();
        GC.Collect(1);
        process.Refresh();
        var (before, processor) = (process.WorkingSet64, process.TotalProcessorTime);
        using var end = new CancellationTokenSource();
        var peak = PeakAsync(before, end.Token);
        var (code, bytes, work) = await market.AskAsync(token, question);
        await end.CancelAsync();
        process.Refresh();
        return new Cost((process.TotalProcessorTime - processor).TotalMilliseconds, (await peak - before) / 1048576.0, bytes, code ?? "answered", work, question);
    }

    private static async Task<long> PeakAsync(long before, CancellationToken end)
    {
        using var process = Process.GetCurrentProcess();
        var peak = before;
        while (true)
        {
            process.Refresh();
            peak = Math.Max(peak, process.WorkingSet64);
            if (end.IsCancellationRequested) return peak;
            await Task.Delay(5, CancellationToken.None);
        }
    }

    private static async Task<List<double>> HonestAsync(ServedSample market)
    {
        var times = new List<double>();
        for (var i = 0; i < Honest; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var (code, _, _) = await market.AskAsync(market.Broker, HonestQuestion);
            if (code is not null) throw new InvalidOperationException($"The well-behaved viewer was refused: {code}.");
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await Task.Delay(5);
        }

        return times;
    }

    private static async Task<int> HostileAsync(ServedSample market, string client, string company, int line, CancellationToken end)
    {
        var sent = 0;
        while (!end.IsCancellationRequested)
            foreach (var question in HostileQuestions.Draw(1000, client, company).Skip(line * 250).Take(250))
            {
                if (end.IsCancellationRequested) break;
                await market.AskAsync(market.Regulator, question);
                sent++;
            }

        return sent;
    }

    // What each costs is asked, not whether the asker is over its share of the minute.
    internal static BudgetOptions WithoutShares()
    {
        var options = new BudgetOptions();
        return options with { WorkAMinute = options.WorkAMinute.Keys.Aggregate(options.WorkAMinute, (shares, role) => shares.SetItem(role, long.MaxValue / 1024)) };
    }

    private static double Rank(IEnumerable<double> values, double part)
    {
        double[] sorted = [.. values.Order()];
        return sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
    }

    private static void Print(params string[] cells) => Console.WriteLine("| " + string.Join(" | ", cells) + " |");

    private sealed record Cost(double Processor, double Memory, int Bytes, string Answer, long Work, string Question);
}
