using System.Diagnostics;
using System.Globalization;
using GraphRisk.Benchmarks.Budget;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Stores;

namespace GraphRisk.Benchmarks.Ownership;

/// <summary>
/// Who stands behind one company, asked over HTTP of companies drawn by chance from those that are held, under each semantics from nothing up, and by rule:
/// how long the first question waits, and p50 and p99 of those after it. SOURCE, such as FinBench at scale factor 1, is imported into FOLDER at the first run.
/// <code>dotnet run -c Release --project tests/GraphRisk.Benchmarks -- ownership-questions SOURCE FOLDER</code>
/// </summary>
internal static class OwnershipQuestionsLoad
{
    private const int Asked = 1000;

    private static readonly DateTimeOffset Recorded = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly (string Name, string Question)[] Questions =
    [
        .. from semantics in (string[])["CORRECTED", "WALK", "SIMPLE_PATH"]
           from threshold in (string[])["0", "0.25"]
           select ($"{semantics} from {threshold}", $$"""{ company(id: "ID") { owners(semantics: {{semantics}}, threshold: {{threshold}}) { residual stakes(first: 5) { totalCount nodes { share isUltimate } } } } }"""),
        ("control", """{ company(id: "ID") { controllers { control { votes isUltimate } } } }"""),
        ("beneficial owners, FATF", """{ beneficialOwners(company: "ID", rule: "fatf-beneficial-owner") { verdicts { holds lower } } }"""),
    ];

    public static async Task RunAsync(string source, string folder)
    {
        Directory.CreateDirectory(folder);
        var catalog = SchemaCatalog.LoadEmbedded();
        await using var store = GraphStores.OpenSqlite(Path.Combine(folder, "store.db"), catalog);
        if ((await store.GetVersionAsync()).Number == 0)
        {
            using var quarantine = QuarantineLog.Open(folder);
            await new Importer(catalog, MappingSet.Load(catalog), quarantine).ImportAsync(store, [source], new ImportOptions(Recorded));
        }

        var day = DateOnly.FromDateTime(Recorded.UtcDateTime);
        var snapshots = new SnapshotProvider(store);
        var snapshot = await snapshots.GetAsync(Validity.CloseOf(day));
        await using var served = await ServedSample.OverAsync(store, snapshots, null, day, folder);
        var held = await HeldAsync(served);
        Console.WriteLine($"{snapshot.Nodes.OfType("Company").Length:N0} companies; {held.Count:N0} of those that are held are asked about");
        foreach (var (name, question) in Questions)
        {
            var (random, times, refused) = (new Random(1), new List<double>(), 0);
            for (var asked = 0; asked <= Asked; asked++)
            {
                var started = Stopwatch.GetTimestamp();
                var (code, _, _) = await served.AskAsync(served.RegulatorWithReasonOnce, question.Replace("ID", held[random.Next(held.Count)], StringComparison.Ordinal));
                if (code is not null) refused++;
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            var first = times[0];
            var rest = times.Skip(1).Order().ToArray();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: first {first:0.0} ms, p50 {rest[Asked / 2]:0.0} ms, p99 {rest[(Asked * 99 / 100) - 1]:0.0} ms, slowest {rest[^1]:0.0} ms; refused {refused}"));
        }

        Console.WriteLine($"peak of the process: {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:N0} MB");
    }
    /// <summary>Ids of up to two thousand companies somebody holds, those that come first by name.</summary>
    private static async Task<List<string>> HeldAsync(ServedSample served)
    {
        var (held, after) = (new List<string>(), "null");
        while (held.Count < 2 * Asked && after.Length > 0)
        {
            using var told = await served.ReadAsync(served.RegulatorWithReasonOnce, $"{{ companies(first: 200, after: {after}, where: {{ holders: {{ count: {{ gte: 1 }} }} }}, orderBy: [{{ name: ASC }}]) {{ nodes {{ id }} pageInfo {{ hasNextPage endCursor }} }} }}");
            var page = told.RootElement.GetProperty("data").GetProperty("companies");
            held.AddRange(page.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()!));
            var info = page.GetProperty("pageInfo");
            after = info.GetProperty("hasNextPage").GetBoolean() ? $"\"{info.GetProperty("endCursor").GetString()}\"" : "";
        }

        return held;
    }
}
