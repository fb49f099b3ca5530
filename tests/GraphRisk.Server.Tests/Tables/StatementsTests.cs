using System.Globalization;
using System.Text.Json;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Tables;

/// <summary>
/// The parties and holdings of an answer as BODS 0.4 statements. A range, a nominee and who named it, a circle:
/// <code>
///   赵 -0.6-> 甲 -(0.25, 0.5]-> 丙 -0.1-> 甲     钱 -0.3, nominee for 孙-> 丙
/// </code>
/// </summary>
public sealed class StatementsTests
{
    private const string Bods = "application/vnd.bods+json";
    private const string Holdings = """
        { companies(orderBy: [{ name: ASC }]) { nodes { id name holders(first: 100) { edges {
            share shareMin shareMinOpen shareMax shareMaxOpen votes nominee directness
            node {
              ... on Person { id name relatedFrom(first: 10) { edges { kind node { ... on Person { id name } } } } }
              ... on Company { id name }
            }
        } } } } }
        """;

    private readonly TemporaryFolder folder = new();
    private LiveServer server = null!;
    private InMemoryGraphStore store = null!;

    [OneTimeSetUp]
    public async Task Serve()
    {
        var sketch = new MarketSketch()
            .Node("Person/sketch:Z", ("name", "赵")).Node("Person/sketch:Q", ("name", "钱")).Node("Person/sketch:S", ("name", "孙"))
            .Node("Company/sketch:A", ("name", "甲"), ("kind", "COMPANY")).Node("Company/sketch:C", ("name", "丙"), ("kind", "COMPANY"))
            .Edge("HOLDS", "Person/sketch:Z", "Company/sketch:A", ("share", "0.6"), ("directness", "DIRECT"))
            .Edge("HOLDS", "Company/sketch:A", "Company/sketch:C", ("shareMin", "0.25"), ("shareMinOpen", "true"), ("shareMax", "0.5"))
            .Edge("HOLDS", "Company/sketch:C", "Company/sketch:A", ("share", "0.1"))
            .Edge("HOLDS", "Person/sketch:Q", "Company/sketch:C", ("share", "0.3"), ("nominee", "true"))
            .Edge("RELATED_TO", "Person/sketch:S", "Person/sketch:Q", ("kind", "nominator"));
        store = new InMemoryGraphStore(MarketSketch.Catalog);
        await store.AppendAsync(new ChangeSet("all", ServedGraph.Now, "test", sketch.Changes));
        server = await LiveServer.StartAsync(store, new StoreWatchOptions());
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await server.DisposeAsync();
        await store.DisposeAsync();
        folder.Dispose();
    }

    [Test]
    public async Task WhatIsReadBackAnswersAsTheStoreDid()
    {
        var answer = await server.TableAsync(Holdings, Bods);
        Assert.That(answer.MediaType, Is.EqualTo($"{Bods}; charset=utf-8"), answer.Text);
        var file = folder.PathOf("chart.json");
        await File.WriteAllBytesAsync(file, answer.Bytes);
        await using var copy = new InMemoryGraphStore(MarketSketch.Catalog);
        using var quarantine = QuarantineLog.Open(folder.PathOf("data"));
        await new Importer(MarketSketch.Catalog, MappingSet.Load(MarketSketch.Catalog), quarantine).ImportAsync(copy, [file], new ImportOptions(ServedGraph.Now));
        Assert.That(quarantine.List().Select(entry => $"{entry.Line} {entry.Field} {entry.Reason}"), Is.Empty);
        var (told, known) = (await StakesAsync(copy), await StakesAsync(store));
        Assert.That(told, Is.EqualTo(known));
        Assert.That(known, Has.Count.GreaterThan(4));
    }

    [Test]
    public async Task PartiesAreOfTheDayAndOfTheirKind()
    {
        var statements = JsonDocument.Parse((await server.TableAsync(Holdings, Bods)).Bytes).RootElement.EnumerateArray().ToList();
        Assert.That(statements.Select(one => one.GetProperty("recordType").GetString()!).CountBy(type => type).ToDictionary(), Is.EquivalentTo(new Dictionary<string, int> { ["entity"] = 3, ["person"] = 3, ["relationship"] = 6 }));
        Assert.That(statements.Select(one => one.GetProperty("recordDetails")).Where(details => details.TryGetProperty("entityType", out _)).Select(details => details.GetProperty("entityType").GetProperty("type").GetString()).Distinct(), Is.EquivalentTo(new[] { "registeredEntity", "arrangement" }));
        Assert.That(statements.Select(one => one.GetProperty("statementDate").GetString()).Distinct().Single(), Does.Match("^20[0-9]{2}-"), "not the end of time");
    }

    [Test]
    public async Task WhatTheViewerReadsOtherwiseIsAnAnnotation()
    {
        var answer = await server.TableAsync(Holdings, Bods, viewer: ServedGraph.RegulatorMasked);
        Assert.That(answer.Text, Does.Contain("alteredColumns: ").And.Contain("Person.name").And.Not.Contain("\"赵\""));
    }

    /// <summary>Who holds what of whom in the end, by names, with both ends.</summary>
    private static async Task<SortedSet<string>> StakesAsync(InMemoryGraphStore store)
    {
        var snapshot = await SnapshotBuilder.BuildAsync(store, await store.GetVersionAsync(), Validity.EndOfTime);
        string NameOf(int node) => snapshot.Nodes.GetString(node, "name") ?? "";
        var lookThrough = new OwnershipLookThrough(HoldingGraph.Of(snapshot));
        return new SortedSet<string>(
            from company in Enumerable.Range(0, snapshot.Nodes.Count)
            where snapshot.Nodes.TypeOf(company).Name == "Company" && NameOf(company) != ""
            from stake in lookThrough.OwnersOf(company, new LookThroughQuestion(OwnershipSemantics.Corrected) { Bound = ShareBound.Upper }).Stakes
            where NameOf(stake.Holder) != ""
            select string.Create(CultureInfo.InvariantCulture, $"{NameOf(stake.Holder)} {NameOf(company)} {stake.Lower:0.#########} {stake.Upper:0.#########}"), StringComparer.Ordinal);
    }
}
