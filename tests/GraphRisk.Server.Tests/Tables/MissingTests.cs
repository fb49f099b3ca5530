using System.Globalization;
using Apache.Arrow.Ipc;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tables;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;
using ParquetSharp.Arrow;

namespace GraphRisk.Server.Tests.Tables;

/// <summary>A table never keeps silent on what it lacks: refused columns, refused cells, lists that go on, pages that fail.</summary>
public sealed class MissingTests
{
    private const int Companies = 260;
    private const int Crowd = 58;
    private const string Facts = "{ persons { nodes { name marketFacts { contracts debt } } } }";

    private static readonly Viewer Analyst = ServedGraph.As(Role.Analyst, null, "data-quality");

    private LiveServer server = null!;
    private InMemoryGraphStore store = null!;

    /// <summary>The small market, and companies of which the last, on a page of their own, hold one another.</summary>
    [OneTimeSetUp]
    public async Task Serve()
    {
        var sketch = SmallMarket.Sketch();
        for (var i = 0; i < Companies; i++)
            sketch.Node(Id(i), ("name", $"第{i}公司"), ("registeredCapital", i.ToString(CultureInfo.InvariantCulture)));
        for (var i = Companies - Crowd; i < Companies; i++)
            for (var j = Companies - Crowd; j < Companies; j++)
                if (i != j) sketch.Edge("HOLDS", Id(i), Id(j), ("share", "0.01"));
        for (var i = 1; i <= 21; i++) sketch.Edge("HOLDS", Id(i), Id(0), ("share", "0.01"));
        for (var i = 1; i <= 20; i++) sketch.Edge("HOLDS", Id(i), Id(30), ("share", "0.01"));
        store = new InMemoryGraphStore(MarketSketch.Catalog);
        await store.AppendAsync(new Graph.Facts.ChangeSet("all", ServedGraph.Now, "test", sketch.Changes));
        server = await LiveServer.StartAsync(store, new StoreWatchOptions());

        static string Id(int company) => $"Company/sketch:{company:000}";
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await server.DisposeAsync();
        await store.DisposeAsync();
    }

    [TestCase("{ marginContractsAggregate { groups(by: [status]) { key { status } debt { sum } } } }", "\"debt.sum\";as=rounded")]
    [TestCase("{ brokers { nodes { code contracts { nodes { debt } } } } }", "\"contracts.nodes\";as=rounded")]
    [TestCase("{ cycles(kinds: [GUARANTEES, TRANSFERRED], direction: OUT) { paths { nodes { length steps { amount } } } } }", "\"steps\";as=by-row")]
    [TestCase("{ cycles(kinds: [GUARANTEES], direction: OUT) { paths { nodes { length steps { properties { name value } } } } } }", "\"steps\";as=by-row")]
    public async Task WhatIsRoundedWithinAListOrUnderAFigureIsTold(string query, string altered)
    {
        var reply = await server.TableAsync(query, "text/csv", viewer: Analyst);
        Assert.That(reply.Header("GraphRisk-Altered-Columns"), Does.Contain(altered));
    }

    [Test]
    public async Task AListThatIsNoConnectionComesWhereNoSizeIsGiven()
    {
        var table = await server.TableAsync(
            "{ stressTest(scenario: { name: \"fall\", prices: [{ on: MARKET, move: -0.2 }] }, by: BROKER) { rows { key before { debt } } } }", "text/csv", viewer: ServedGraph.Regulator);
        Assert.That(table.Text, Does.StartWith("key,before.debt").And.Contain("B001,"));
    }

    [Test]
    public async Task AColumnThatIsRefusedOfEverybodyIsNamedBeforeTheFirstRow()
    {
        var table = await server.TableAsync(Facts, "text/csv", viewer: Analyst);
        Assert.That(table.Header(TableFormat.RefusedColumns), Is.EqualTo("\"marketFacts.contracts\";code=FORBIDDEN, \"marketFacts.debt\";code=FORBIDDEN"));
        Assert.That(table.Header(TableFormat.AlteredColumns), Is.EqualTo("\"name\";as=pseudonym"));
        Assert.That(table.Text, Does.StartWith("name,marketFacts.contracts,marketFacts.debt\r\n"));
        Assert.That(table.Header(TableFormat.MissingColumn), Is.Null);
    }

    [Test]
    public async Task WhatIsNotRefusedIsNotNamed()
    {
        var table = await server.TableAsync("{ persons { nodes { birthDate } } }", "text/csv", viewer: ServedGraph.Regulator);
        Assert.That((table.Header(TableFormat.RefusedColumns), table.Header(TableFormat.AlteredColumns)), Is.EqualTo(((string?)null, (string?)null)), table.Text);
        Assert.That(table.Text, Does.StartWith("birthDate\r\n"));
    }

    [Test]
    public async Task TheSchemaOfArrowAndParquetSaysHowColumnsAreSeen()
    {
        using var arrow = new ArrowStreamReader(new MemoryStream((await server.TableAsync(Facts, "application/vnd.apache.arrow.stream", viewer: Analyst)).Bytes));
        await arrow.ReadNextRecordBatchAsync();
        using var file = new FileReader(new MemoryStream((await server.TableAsync(Facts, "application/vnd.apache.parquet", viewer: Analyst)).Bytes));
        foreach (var schema in new[] { arrow.Schema, file.Schema })
        {
            Assert.That(schema.GetFieldByName("marketFacts.debt").Metadata["graphrisk.access"], Is.EqualTo("refused"));
            Assert.That(schema.GetFieldByName("marketFacts.debt").Metadata["graphrisk.code"], Is.EqualTo("FORBIDDEN"));
            Assert.That(schema.GetFieldByName("name").Metadata["graphrisk.access"], Is.EqualTo("pseudonym"));
            Assert.That(schema.Metadata["graphrisk.asOf"], Does.StartWith("2026-06-30"));
            Assert.That(schema.Metadata["graphrisk.refusedColumns"], Does.StartWith("\"marketFacts.contracts\";code=FORBIDDEN"));
        }
    }

    [Test]
    public async Task ACellThatIsRefusedIsToldApartFromOneThatIsEmpty()
    {
        var table = await server.TableAsync(
            "{ parties(first: 4) { nodes { id accounts { totalCount } } } }", "text/csv", viewer: ServedGraph.Broker("B001"));
        var lines = table.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines[0], Is.EqualTo("id,accounts.totalCount,_missing"));
        Assert.That(lines[1..].Count(line => line.EndsWith(",1,", StringComparison.Ordinal)), Is.EqualTo(1), "its own client has an account: " + table.Text);
        Assert.That(lines[1..].Count(line => line.EndsWith(",,accounts.totalCount: FORBIDDEN", StringComparison.Ordinal)), Is.EqualTo(3), table.Text);
        Assert.That(table.Header(TableFormat.MissingColumn), Is.EqualTo("_missing"));
        Assert.That(MissingRows.In(TableFormat.All[0], new MemoryStream(table.Bytes)), Is.EqualTo(3));
        Assert.That(table.Header(TableFormat.AlteredColumns), Does.Contain("\"accounts.totalCount\";as=by-row"));
    }

    [Test]
    public async Task AListThatGoesOnIsToldInItsRow()
    {
        const string Holders = "{ companies(where: { registeredCapital: { in: [0, 30, 31] } }, orderBy: [{ registeredCapital: ASC }]) { nodes { name holders { nodes { name } } } } }";
        var table = await server.TableAsync(Holders, "text/csv");
        var lines = table.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines[0], Is.EqualTo("name,holders.nodes,_missing"));
        Assert.That(lines[1], Does.EndWith(",holders.nodes: MORE_THAN_20"), "twenty-one");
        Assert.That(lines[2], Does.EndWith("]\","), "twenty");
        Assert.That(lines[3], Is.EqualTo("第31公司,[],"));
        foreach (var format in TableFormat.All.Where(one => one.Open is not null))
            Assert.That(MissingRows.In(format, new MemoryStream((await server.TableAsync(Holders, format.MediaType)).Bytes)), Is.EqualTo(1), format.Name);
        var whole = await server.TableAsync(Holders.Replace("holders {", "holders(first: 21) {", StringComparison.Ordinal), "text/csv");
        Assert.That(whole.Text, Does.StartWith("name,holders.nodes\r\n"));
        Assert.That(whole.Text.Split("第21公司"), Has.Length.EqualTo(2));
    }

    [TestCase("query ($first: Int) { companies(where: { registeredCapital: { eq: 0 } }) { nodes { name holders(first: $first) { nodes { name } } } } }", true)]
    [TestCase("{ companies(where: { registeredCapital: { eq: 0 } }) { nodes { name holders(first: null) { nodes { name } } } } }", true)]
    [TestCase("query ($first: Int = 21) { companies(where: { registeredCapital: { eq: 0 } }) { nodes { name holders(first: $first) { nodes { name } } } } }", false)]
    public async Task ASizeThatWasNotGivenIsNone(string query, bool goesOn)
    {
        var table = await server.TableAsync(query, "text/csv");
        Assert.That(table.Text.Contains("MORE_THAN_20", StringComparison.Ordinal), Is.EqualTo(goesOn), table.Text);
        var graph = await server.TableAsync(query, "application/graphml+xml");
        Assert.That(graph.Header(TableFormat.CutLists), Is.EqualTo(goesOn ? "1" : "0"));
    }

    [Test]
    public async Task AListWithinAListThatGoesOnIsToldToo()
    {
        var table = await server.TableAsync("{ companies(where: { registeredCapital: { eq: 1 } }) { nodes { holdings { nodes { name holders { edges { share } } } } } } }", "application/x-ndjson");
        Assert.That(table.Text, Does.Contain("\"_missing\":\"holdings.nodes: MORE_THAN_20\"").And.Not.Contain("tablePage"));
    }

    [Test]
    public void APageThatFailsBreaksTheTableOff()
    {
        const string Heavy = """
            { companies(orderBy: [{ registeredCapital: ASC }]) { nodes { name holders(first: 60) { nodes { ... on Company { holders(first: 26) { nodes { id ... on Company { name region } } } } } } } } }
            """;
        Assert.That(async () => TestContext.Out.WriteLine((await server.TableAsync(Heavy, "text/csv")).Text[..200]), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task WhatFailsBeforeTheFirstRowIsAnErrorAndNoTable()
    {
        var answer = await server.TableAsync("{ persons { nodes { name creditScore { score } } } }", "text/csv");
        Assert.That(answer.MediaType, Does.StartWith("application/graphql-response+json"));
        Assert.That(answer.Text, Does.StartWith("{\"errors\":[{").And.Contain("UNAVAILABLE").And.Not.Contain("\"data\""));
    }

    [Test]
    public async Task AnAliasDoesNotTakeTheNameOfWhatIsMissing()
    {
        var answer = await server.TableAsync("{ persons { nodes { _missing: name } } }", "text/csv");
        Assert.That(answer.Text, Does.Contain("take another alias"));
    }
}
