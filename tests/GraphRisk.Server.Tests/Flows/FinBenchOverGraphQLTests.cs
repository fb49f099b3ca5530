using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Market.Flows;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Flows;
using GraphRisk.Server.Tests.Served;
using GraphRisk.Stores;
using GraphRisk.TestKit;
using GraphRisk.TestKit.FinBench;

namespace GraphRisk.Server.Tests.Flows;

/// <summary>Every read of FinBench asked in GraphQL, as an analyst asks it, against brute force over the same files.</summary>
public sealed class FinBenchOverGraphQLTests
{
    [TestCase(1)]
    [TestCase(2)]
    public async Task ReadsEqualBruteForceOnADrawnSnapshot(int seed)
    {
        using var folder = new TemporaryFolder();
        DrawnPayments.Write(folder.Root, seed);
        await HoldAsync(folder, sets: 60, seed);
    }

    [Test]
    public async Task ReadsEqualBruteForceOnTheBenchmarksOwnData()
    {
        var archive = SharedData.Require("data/finbench/sf0.1.tar.xz");
        using var folder = new TemporaryFolder();
        using (var tar = Process.Start("tar", ["xf", archive, "-C", folder.Root]))
        {
            await tar.WaitForExitAsync();
            Assert.That(tar.ExitCode, Is.Zero, "tar could not unpack the archive");
        }

        await HoldAsync(folder, sets: 100, seed: 7);
    }

    private static async Task HoldAsync(TemporaryFolder folder, int sets, int seed)
    {
        await using var served = ServedGraph.Over(await ImportedAsync(folder));
        var naive = new NaiveFinBench(folder.PathOf("snapshot"));
        var parameters = new FinBenchParameters(folder.Root);
        foreach (var question in FlowQuestions.All)
        {
            var told = 0;
            foreach (var asked in parameters.Sets(question.Code, sets, seed))
            {
                var expected = naive.Answer(asked);
                Assert.That(await AnswerAsync(served, question, asked), Is.EqualTo(expected).AsCollection, $"{asked}");
                if (expected.Any(row => row is not ("0" or "-1" or "0|0"))) told++;
            }

            TestContext.Progress.WriteLine($"{question.Name}: {sets} sets equal brute force, {told} with something to tell");
            Assert.That(told, Is.GreaterThan(0), $"no set of {question.Name} asks for anything that is there");
        }
    }

    private static async Task<IGraphStore> ImportedAsync(TemporaryFolder folder)
    {
        var store = GraphStores.OpenSqlite(folder.PathOf("store.db"), SchemaCatalog.LoadEmbedded());
        using var quarantine = QuarantineLog.Open(folder.PathOf("quarantine"));
        var importer = new Importer(store.Catalog, MappingSet.Load(store.Catalog), quarantine);
        var report = await importer.ImportAsync(store, [folder.PathOf("snapshot")], new ImportOptions(new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.That(report.Files.Sum(file => file.Quarantined), Is.Zero);
        return store;
    }

    /// <summary>The answer in rows of text, as brute force gives it; of a list page by page.</summary>
    private static async Task<List<string>> AnswerAsync(ServedGraph served, FlowQuestion question, NaiveAsked asked)
    {
        var (rows, cells) = (new List<string>(), string.Join(' ', question.Columns.Select(CellOf)));
        for (string? after = null; ;)
        {
            var page = question.Row is null ? cells : $"pageInfo {{ hasNextPage endCursor }} nodes {{ {cells} }}";
            var text = $"{{ {question.Name}({Arguments(question, asked)}{(question.Row is null ? "" : ", first: 200")}{(after is null ? "" : $", after: \"{after}\"")}) {{ {page} }} }}";
            var answer = (await served.Ask(ServedGraph.Regulator, text)).GetProperty(question.Name);
            if (answer.ValueKind == JsonValueKind.Null) return rows;
            if (question.Row is null) return [Text(served, question, answer)];
            rows.AddRange(answer.At("nodes").EnumerateArray().Select(row => Text(served, question, row)));
            if (!answer.At("pageInfo.hasNextPage").GetBoolean()) return rows;
            after = answer.TextAt("pageInfo.endCursor");
        }
    }

    private static string CellOf(FlowColumn column) => column.Value is FlowValue.Account or FlowValue.Device or FlowValue.Accounts ? $"{column.Name} {{ id }}" : column.Name;

    private static string Arguments(FlowQuestion question, NaiveAsked asked) => string.Join(", ", question.Parameters.Select(parameter => parameter switch
    {
        FlowParameter.Subject => $"{FlowInputs.SubjectOf(question)}: \"{question.Subject}/finbench:{asked.Id}\"",
        FlowParameter.Other => $"other: \"{question.Subject}/finbench:{asked.Id2}\"",
        FlowParameter.Threshold => string.Create(CultureInfo.InvariantCulture, $"exceeding: {asked.Threshold}"),
        FlowParameter.Part => string.Create(CultureInfo.InvariantCulture, $"exceedingPart: {asked.Threshold}"),
        FlowParameter.WithdrawalThreshold => string.Create(CultureInfo.InvariantCulture, $"withdrawalsExceeding: {asked.Threshold2}"),
        FlowParameter.Start => $"laterThan: \"{Instant(asked.Start)}\"",
        FlowParameter.End => $"earlierThan: \"{Instant(asked.End)}\"",
        FlowParameter.Limit => $"truncateAt: {asked.Limit}",
        FlowParameter.Order => $"truncateBy: {asked.Order}",
        _ => throw new InvalidOperationException($"{parameter}"),
    }));

    private static string Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Text(ServedGraph served, FlowQuestion question, JsonElement row) =>
        string.Join('|', question.Columns.Select(column => Text(served, column.Value, row.GetProperty(column.Name))));

    private static string Text(ServedGraph served, FlowValue value, JsonElement cell) => value switch
    {
        FlowValue.Account or FlowValue.Device => KeyOf(served, cell),
        FlowValue.Accounts => string.Join(',', cell.EnumerateArray().Select(account => KeyOf(served, account))),
        FlowValue.Count or FlowValue.Money or FlowValue.Share when cell.ValueKind == JsonValueKind.Null => "-1",
        FlowValue.Money or FlowValue.Share => decimal.Parse(cell.ValueKind == JsonValueKind.String ? cell.GetString()! : cell.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.###", CultureInfo.InvariantCulture),
        FlowValue.Truth => $"{cell.GetBoolean()}",
        FlowValue.Instant => cell.GetDateTimeOffset().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        _ => cell.ToString(),
    };

    private static string KeyOf(ServedGraph served, JsonElement node) => new Sealer(served.Dependencies.IdKey.Span).Open(node.TextAt("id")!)!.Split(':')[1];
}
