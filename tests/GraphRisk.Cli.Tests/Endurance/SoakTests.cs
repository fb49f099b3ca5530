using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Endurance;

/// <summary>
/// A server asked and written to at a fixed rate for as long as <c>GRAPHRISK_SOAK</c> says, in minutes: questions about many days, so that snapshots come and go, and a
/// delivery every few seconds, so that each of them is of another version. Nothing fails, and over the second half memory and mappings of the process stay
/// within a tenth. How long questions of a kind took at first and at last is told, not judged.
/// </summary>
public sealed class SoakTests
{
    private const int PerSecond = 5, WriteEvery = 25, SampleEvery = 50;

    private static readonly (string Kind, string Question)[] Kinds =
    [
        ("search", """{ search(text: "NAME", first: 10) { edges { node { __typename id } } } }"""),
        ("contracts of a day", """{ marginContracts(first: 50, asOf: "DAY", orderBy: [{ debt: DESC }]) { nodes { contractNumber debt coverage } } }"""),
        ("figures of a day", """{ marginContractsAggregate(asOf: "DAY") { count debt { sum } groups(by: [status]) { key { status } count debt { sum } } } }"""),
        ("score of a day", """{ creditScore(client: "CLIENT", asOf: "DAY") { score grade reasons { title } } }"""),
        ("linked parties of a day", """{ linkedParties(client: "CLIENT", asOf: "DAY", maxSteps: 2) { isComplete linked(first: 10) { totalCount edges { strength } } } }"""),
    ];

    private readonly TemporaryFolder folder = new();
    private string data = "";
    private string[] companies = [];

    [OneTimeSetUp]
    public async Task Use()
    {
        var market = folder.PathOf("market");
        data = folder.PathOf("data");
        foreach (var command in (string[][])
            [["generate", "--out", market, "--clients", "300", "--seed", "5"], ["import", market, "--data", data], ["resolve", "--data", data], ["score", "--data", data, "--train", "--family", "scorecard", "--purpose", "supervision"]])
        {
            var run = await CommandRun.OfAsync(command);
            Assert.That(run.ExitCode, Is.Zero, $"{string.Join(' ', command)}: {run.Error}");
        }

        companies = await File.ReadAllLinesAsync(Path.Combine(market, "registry", "companies.csv"));
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test, Explicit("takes as many minutes as GRAPHRISK_SOAK says, 40 where it says nothing")]
    public async Task MemoryAndMappingsStayFlat()
    {
        if (!OperatingSystem.IsLinux()) Assert.Ignore("memory and mappings are read as Linux tells them");
        var minutes = int.TryParse(Environment.GetEnvironmentVariable("GRAPHRISK_SOAK"), NumberStyles.None, CultureInfo.InvariantCulture, out var set) ? set : 40;
        await using var server = await ServerProcess.StartAsync(data);
        using var http = new HttpClient();
        var token = await CommandRun.OfAsync("token", "--role", "regulator", "--purpose", "supervision", "--reason", "a test needs to see", "--data", data);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Out.Trim());
        var clients = await ClientsAsync(http, server.Url);
        var (random, samples) = (new Random(1), new List<(TimeSpan At, long Kilobytes, int Maps)>());
        var times = new List<(TimeSpan At, string Kind, double Milliseconds)>();
        var (watch, whole) = (Stopwatch.StartNew(), TimeSpan.FromMinutes(minutes));
        for (var asked = 0; watch.Elapsed < whole; asked++)
        {
            var due = TimeSpan.FromSeconds((double)asked / PerSecond) - watch.Elapsed;
            if (due > TimeSpan.Zero) await Task.Delay(due);
            var (kind, question) = asked % WriteEvery == WriteEvery - 1 ? ("delivery", Delivery(random)) : Draw(random, clients);
            var started = watch.Elapsed;
            await AskAsync(http, server.Url, question);
            times.Add((started, kind, (watch.Elapsed - started).TotalMilliseconds));
            if (asked % SampleEvery == 0) samples.Add((started, Resident(server.Id), File.ReadAllLines($"/proc/{server.Id}/maps").Length));
        }

        foreach (var kind in times.GroupBy(time => time.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
            TestContext.Out.WriteLine($"{kind.Key}: {kind.Count()} asked, p99 {P99(kind, whole / 4, whole / 2):0.0} ms in the second quarter, {P99(kind, whole * 3 / 4, whole):0.0} ms in the last");
        var late = samples.Where(sample => sample.At > whole / 2).ToList();
        TestContext.Out.WriteLine($"resident {late.Min(sample => sample.Kilobytes) / 1024} to {late.Max(sample => sample.Kilobytes) / 1024} MiB, {late.Min(sample => sample.Maps)} to {late.Max(sample => sample.Maps)} mappings over the second half");
        Assert.Multiple(() =>
        {
            Assert.That(Median(late, 1, 2, sample => sample.Kilobytes), Is.LessThanOrEqualTo(1.1 * Median(late, 0, 2, sample => sample.Kilobytes)), "memory");
            Assert.That(Median(late, 1, 2, sample => sample.Maps), Is.LessThanOrEqualTo(1.1 * Median(late, 0, 2, sample => sample.Maps)), "mappings");
        });
        Assert.That(await server.EndAsync(), Is.Zero);
    }

    private static double P99(IEnumerable<(TimeSpan At, string Kind, double Milliseconds)> times, TimeSpan from, TimeSpan to)
    {
        double[] taken = [.. times.Where(time => time.At >= from && time.At < to).Select(time => time.Milliseconds).Order()];
        return taken.Length == 0 ? double.NaN : taken[Math.Min(taken.Length - 1, taken.Length * 99 / 100)];
    }

    /// <summary>The middle one of a part of what was seen, by order of time.</summary>
    private static double Median<T>(List<T> samples, int part, int parts, Func<T, double> of)
    {
        double[] values = [.. samples.GetRange(samples.Count * part / parts, (samples.Count * (part + 1) / parts) - (samples.Count * part / parts)).Select(of).Order()];
        return values[values.Length / 2];
    }

    private static (string Kind, string Question) Draw(Random random, string[] clients)
    {
        var (kind, question) = Kinds[random.Next(Kinds.Length)];
        var day = new DateOnly(2025, 9, 30).AddDays(-random.Next(400));
        return (kind, question.Replace("DAY", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("CLIENT", clients[random.Next(clients.Length)], StringComparison.Ordinal).Replace("NAME", ((string[])["公司", "深圳", "wang", "科技"])[random.Next(4)], StringComparison.Ordinal));
    }

    /// <summary>A company as it stands, at another address.</summary>
    private string Delivery(Random random)
    {
        var cells = companies[1 + random.Next(companies.Length - 1)].Split(',');
        cells[Array.IndexOf(companies[0].Split(','), "address")] = $"{random.Next(1, 9999)} Lu";
        var text = JsonSerializer.Serialize($"{companies[0]}\n{string.Join(',', cells)}\n");
        return $$"""mutation { importRecords(file: "registry/companies.csv", resolve: false, text: {{text}}) { asserted quarantined } }""";
    }

    private static async Task<string[]> ClientsAsync(HttpClient http, Uri url)
    {
        using var told = JsonDocument.Parse(await AskAsync(http, url, "{ clients(first: 40) { nodes { ... on Company { id } ... on Person { id } } } }"));
        return [.. told.RootElement.GetProperty("data").GetProperty("clients").GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()!)];
    }

    private static async Task<string> AskAsync(HttpClient http, Uri url, string question)
    {
        using var body = new StringContent(JsonSerializer.Serialize(new { query = question }), Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(url, body);
        var told = await response.Content.ReadAsStringAsync();
        Assert.That(told, Does.Not.Contain("\"errors\""), question);
        return told;
    }

    private static long Resident(int process) =>
        long.Parse(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
