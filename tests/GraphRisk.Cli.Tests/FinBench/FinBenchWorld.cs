using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using GraphRisk.Cli.FinBench;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Market.Flows;
using GraphRisk.Stores;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.TestKit;
using GraphRisk.TestKit.FinBench;

namespace GraphRisk.Cli.Tests.FinBench;

/// <summary>A FinBench data set unpacked, in a store, and in the brute force's hands.</summary>
internal sealed class FinBenchWorld : IAsyncDisposable
{
    private readonly TemporaryFolder folder;

    private FinBenchWorld(TemporaryFolder folder, IGraphStore store)
    {
        this.folder = folder;
        Store = store;
        Naive = new NaiveFinBench(Path.Combine(folder.Root, "snapshot"));
        Parameters = new FinBenchParameters(folder.Root);
    }

    public static readonly DateTimeOffset RecordedAt = new(2023, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string Folder => folder.Root;

    public IGraphStore Store { get; }

    public NaiveFinBench Naive { get; }

    public FinBenchParameters Parameters { get; }

    /// <summary>Unpacks a scale and takes its snapshot into a store.</summary>
    /// <param name="scale">As in the name of the archive: 0.1, 1.</param>
    /// <param name="isOnNeo4j">Whether the store is on Neo4j; else it is embedded.</param>
    public static async Task<FinBenchWorld> OpenAsync(string scale, bool isOnNeo4j)
    {
        var archive = SharedData.Require($"data/finbench/sf{scale}.tar.xz");
        var server = isOnNeo4j ? Neo4jOptions.FromEnvironment(Neo4jTestServer.Require()) : null;
        var folder = new TemporaryFolder();
        using (var tar = Process.Start("tar", ["xf", archive, "-C", folder.Root]))
        {
            await tar.WaitForExitAsync();
            Assert.That(tar.ExitCode, Is.Zero, "tar could not unpack the archive");
        }

        var catalog = SchemaCatalog.LoadEmbedded();
        var store = server is null ? GraphStores.OpenSqlite(folder.PathOf("store.db"), catalog) : await OpenEmptyAsync(server, catalog);
        using var quarantine = QuarantineLog.Open(folder.PathOf("quarantine"));
        var report = await new Importer(catalog, MappingSet.Load(catalog), quarantine).ImportAsync(store, [folder.PathOf("snapshot")], new ImportOptions(RecordedAt));
        Assert.That(report.Files.Sum(file => file.Quarantined), Is.Zero);
        return new FinBenchWorld(folder, store);
    }

    /// <summary>Holds every read to the brute force, on as many parameter sets each, and says how many had an answer of rows.</summary>
    public void HoldAgainstBruteForce(MoneyFlows flows, int sets, int seed)
    {
        var silent = new List<string>();
        foreach (var question in FlowQuestions.All)
        {
            var told = 0;
            foreach (var asked in Parameters.Sets(question.Code, sets, seed))
            {
                var expected = Naive.Answer(asked);
                var actual = TextOf(Asked(question, asked).Ask(flows, WorkMeter.Unlimited));
                Assert.That(actual, Is.EqualTo(expected).AsCollection, $"{asked}");
                if (expected.Any(row => row is not ("0" or "-1" or "0|0"))) told++;
            }

            TestContext.Progress.WriteLine($"{question.Code}: {sets} sets equal brute force, {told} with something to tell");
            if (told == 0) silent.Add(question.Code);
        }

        Assert.That(silent, Is.Empty, "no set asks for anything that is there");
    }

    public static AskedQuestion Asked(FlowQuestion question, NaiveAsked asked) => new(question, Node(question, asked.Id))
    {
        Other = asked.Id2 == 0 ? null : Node(question, asked.Id2),
        Window = new FlowWindow(asked.Start, asked.End),
        Threshold = asked.Threshold,
        WithdrawalThreshold = asked.Threshold2,
        Cut = new Truncation(asked.Limit, FlowOrders.Parse(asked.Order)),
    };

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder.Dispose();
    }

    private static NodeId Node(FlowQuestion question, long id) => new(question.Subject, string.Create(CultureInfo.InvariantCulture, $"finbench:{id}"));

    private static List<string> TextOf(IReadOnlyList<object?[]> rows) => [.. rows.Select(row => string.Join('|', row.Select(TextOf)))];

    private static string TextOf(object? value) => value switch
    {
        NodeId node => node.Key["finbench:".Length..],
        ImmutableArray<NodeId> trace => string.Join(',', trace.Select(node => TextOf(node))),
        decimal number => number.ToString("0.###", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        _ => $"{value}",
    };

    private static async Task<IGraphStore> OpenEmptyAsync(Neo4jOptions server, SchemaCatalog catalog)
    {
        using var client = new QueryApiClient(server, TimeProvider.System);
        foreach (var statement in Neo4jTestServer.Emptying)
            await client.RunAsync(statement, new Dictionary<string, object?>(), AccessMode.Write);
        return await GraphStores.OpenNeo4jAsync(server, catalog, TimeProvider.System);
    }
}
