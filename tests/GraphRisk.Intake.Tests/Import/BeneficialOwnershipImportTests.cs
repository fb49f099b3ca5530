using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.TestKit;

namespace GraphRisk.Intake.Tests.Import;

public sealed class BeneficialOwnershipImportTests
{
    [TestCase("fermcat", 23)]
    [TestCase("indirect-ownership", 6)]
    [TestCase("joint-ownership", 7)]
    [TestCase("levent", 7)]
    [TestCase("mixed-direct-and-indirect-ownership", 6)]
    [TestCase("multiple-indirect-ownership", 9)]
    [TestCase("nomination", 8)]
    [TestCase("tecido", 11)]
    public async Task EveryStatementLands(string name, int statements)
    {
        using var bench = new ImportBench();
        var report = await bench.Import(null, SharedData.Require($"data/ownership/bods/{name}.json"));
        Assert.That(bench.Quarantine.List().Select(entry => $"{entry.Line} {entry.Field} {entry.Reason}"), Is.Empty);
        Assert.That(report.Files.Single().Landed, Is.EqualTo(statements));
    }

    [Test]
    public async Task DirectHoldingsOfMixedOwnershipAddToTheWholeBesideTheIndirectOne()
    {
        var holdings = await HoldingsAsync("mixed-direct-and-indirect-ownership", new DateOnly(2020, 1, 1));
        Assert.That(holdings, Is.EquivalentTo(new[]
        {
            "ec61aeda7141 9bfe59b6a869 0.5 DIRECT", "53508b65253f ec61aeda7141  UNKNOWN",
            "53508b65253f 9bfe59b6a869 0.5 INDIRECT", "53508b65253f 9bfe59b6a869 0.5 DIRECT",
        }));
    }

    [Test]
    public async Task TheSumOfSeveralChainsStandsOnceAndIsMarkedIndirect()
    {
        var holdings = await HoldingsAsync("multiple-indirect-ownership", new DateOnly(2020, 1, 1));
        Assert.That(holdings.Where(text => text.Contains("INDIRECT", StringComparison.Ordinal)), Is.EqualTo(new[] { "92ebf964a1f6 63e3a8a8946f 0.6 INDIRECT" }));
        Assert.That(holdings.Count(text => text.Contains(" DIRECT", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [Test]
    public async Task JointHoldersHoldThroughTheirArrangement() => Assert.That(
        await HoldingsAsync("joint-ownership", new DateOnly(2020, 1, 1)), Is.EquivalentTo(new[]
        {
            "91b4236a7d89 31c55e425764 1 DIRECT", "1accb8b18b99 91b4236a7d89 0.5 DIRECT", "f040df24d9ec 91b4236a7d89 0.5 DIRECT",
        }));

    [TestCase("2010-01-01", new[] { "018AF6B3EB 01B68D7633 1 DIRECT" })]
    [TestCase("2021-10-01", new[] { "018AF6B3EB 01B68D7633 0.4 DIRECT", "033E84672B 01B68D7633 0.6 DIRECT" })]
    [TestCase("2022-10-01", new[] { "018AF6B3EB 01B68D7633 0.3 DIRECT", "033E84672B 01B68D7633 0.7 DIRECT" })]
    [TestCase("2023-04-01", new[] { "033E84672B 01B68D7633 0.8 DIRECT" })]
    public async Task VersionsOfARecordHoldOneAfterAnotherAndAClosedOneEnds(string day, string[] expected) => Assert.That(
        await HoldingsAsync("tecido", DateOnly.ParseExact(day, "yyyy-MM-dd")), Is.EquivalentTo(expected));

    [TestCase("2020-01-01", new[] { "0.5", "0.5" })]
    [TestCase("2021-12-01", new[] { "0.5", "0.5" })]
    [TestCase("2022-02-01", new[] { "1" })]
    public async Task AShareThatChangesUnderOneStartHoldsFromTheDayItWasStated(string day, string[] shares) => Assert.That(
        (await HoldingsAsync("fermcat", DateOnly.ParseExact(day, "yyyy-MM-dd"))).Select(text => text.Split(' ')[2]), Is.EquivalentTo(shares));

    [Test]
    public async Task AnAnonymousPersonHasNoName()
    {
        using var bench = new ImportBench();
        await bench.Import(null, SharedData.Require("data/ownership/bods/levent.json"));
        Assert.That(bench.Store.Node("Person/bods:81337a6e").Properties.ToString(), Is.EqualTo("kind: ANONYMOUS"));
        Assert.That(bench.Store.Edges("RELATED_TO").Select(edge => edge.Properties.ToString()), Does.Contain("kind: settlor"));
    }

    [Test]
    public async Task NominationIsAnArrangementWithItsRolesAsTies()
    {
        using var bench = new ImportBench();
        await bench.Import(null, SharedData.Require("data/ownership/bods/nomination.json"));
        Assert.That(bench.Store.Node("Company/bods:103AB1984D").Properties.ToString(), Does.Contain("kind: ARRANGEMENT"));
        Assert.That(bench.Store.Edges("RELATED_TO").Select(edge => edge.Properties.ToString()),
            Is.EquivalentTo(new[] { "kind: nominator", "kind: nominee", "kind: otherInfluenceOrControl" }));
        Assert.That(bench.Store.Edges("OFFICER_OF").Single().Properties.ToString(), Is.EqualTo("role: boardMember"));
    }

    [Test]
    public async Task StatementsOneALineAreReadLikeAnArray()
    {
        var path = SharedData.Require("data/ownership/bods/tecido.json");
        using var bench = new ImportBench();
        using var array = System.Text.Json.JsonDocument.Parse(File.ReadAllText(path));
        bench.Write("lines.ndjson", string.Join('\n', array.RootElement.EnumerateArray().Select(item => System.Text.Json.JsonSerializer.Serialize(item))));
        using var other = new ImportBench();
        await bench.Import();
        await other.Import(null, path);
        Assert.That(bench.Store.Facts, Is.EqualTo(other.Store.Facts));
    }

    private static async Task<IReadOnlyList<string>> HoldingsAsync(string name, DateOnly day)
    {
        using var bench = new ImportBench();
        await bench.Import(null, SharedData.Require($"data/ownership/bods/{name}.json"));
        var snapshot = await SnapshotBuilder.BuildAsync(bench.Store, await bench.Store.GetVersionAsync(), Validity.CloseOf(day));
        var holds = snapshot.Relationship("HOLDS");
        var texts = new List<string>();
        for (var node = 0; node < snapshot.Nodes.Count; node++)
        {
            var (start, end) = holds.Out.Range(node);
            for (var edge = start; edge < end; edge++)
                texts.Add($"{KeyOf(snapshot, node)} {KeyOf(snapshot, holds.Out.Target(edge))} {holds.GetDecimal(edge, "share")} {holds.Get(edge, "directness")}");
        }

        return texts;
    }

    private static string KeyOf(Snapshot snapshot, int node) => snapshot.Nodes.IdOf(node).Key["bods:".Length..];
}
