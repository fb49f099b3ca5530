using System.Globalization;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;
using ParquetSharp.Arrow;

namespace GraphRisk.Server.Tests.Tables;

/// <summary>A connection as a table says what it says as JSON, in every format, over more pages than one.</summary>
public sealed class TableTests
{
    private const int Companies = 450;
    private const string Question = """
        { companies(orderBy: [{ registeredCapital: DESC }]) { nodes { name registeredCapital establishedOn blocked aliases holdings(first: 1) { totalCount } } } }
        """;

    private LiveServer server = null!;
    private InMemoryGraphStore store = null!;

    [OneTimeSetUp]
    public async Task Serve()
    {
        var sketch = new MarketSketch();
        for (var i = 0; i < Companies; i++)
            sketch.Node($"Company/registry:{i:000}", ("name", i == 7 ? "甲,\"乙\"\n公司" : i == 8 ? "=1+1" : $"第{i}公司"), ("aliases", $"{i}|又{i}"), ("registeredCapital", $"{i}.25"),
                ("establishedOn", "2001-02-03"), ("blocked", i % 2 == 0 ? "true" : "false"));
        sketch.Edge("HOLDS", "Company/registry:001", "Company/registry:002", ("share", "0.5")).Edge("HOLDS", "Company/registry:001", "Company/registry:003", ("share", "0.333333333333"));
        store = new InMemoryGraphStore(MarketSketch.Catalog);
        await store.AppendAsync(new Graph.Facts.ChangeSet("all", ServedGraph.Now, "test", sketch.Changes));
        server = await LiveServer.StartAsync(store, new StoreWatchOptions());
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await server.DisposeAsync();
        await store.DisposeAsync();
    }

    [Test]
    public async Task CsvHasALineForEachRow()
    {
        var (type, bytes) = await server.TableAsync(Question, "text/csv");
        var text = Encoding.UTF8.GetString(bytes);
        Assert.Multiple(() =>
        {
            Assert.That(type, Is.EqualTo("text/csv; charset=utf-8; header=present"));
            Assert.That(text, Does.StartWith("name,registeredCapital,establishedOn,blocked,aliases,holdings.totalCount\r\n第449公司,449.25,2001-02-03,false,\"[\"\"449\"\",\"\"又449\"\"]\",0\r\n"));
            Assert.That(text, Does.Contain("\"甲,\"\"乙\"\"\n公司\",7.25,"));
            Assert.That(text, Does.Contain("第1公司,1.25,2001-02-03,false,\"[\"\"1\"\",\"\"又1\"\"]\",2\r\n"));
            Assert.That(text.Split("\r\n"), Has.Length.EqualTo(Companies + 2));
        });
    }

    [Test]
    public async Task JsonLinesKeepTypes()
    {
        var (_, bytes) = await server.TableAsync(Question, "application/x-ndjson");
        var lines = Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(Companies));
        Assert.That(lines[0], Is.EqualTo("""{"name":"第449公司","registeredCapital":449.25,"establishedOn":"2001-02-03","blocked":false,"aliases":"[\"449\",\"又449\"]","holdings.totalCount":0}"""));
    }

    [Test]
    public async Task ArrowAndParquetHoldTheSameColumns()
    {
        var arrow = await RowsAsync(new ArrowStreamReader(new MemoryStream((await server.TableAsync(Question, "application/vnd.apache.arrow.stream")).Bytes)));
        using var file = new FileReader(new MemoryStream((await server.TableAsync(Question, "application/vnd.apache.parquet")).Bytes));
        using var batches = file.GetRecordBatchReader();
        var parquet = await RowsAsync(batches);
        Assert.That(arrow, Has.Count.EqualTo(Companies));
        Assert.That(arrow[0], Is.EqualTo("第449公司|449.25|2001-02-03|False|0"));
        Assert.That(parquet, Is.EqualTo(arrow));
    }

    [Test]
    public async Task ATableStandsBelowANodeAndHasColumnsOfEdges()
    {
        var (_, bytes) = await server.TableAsync(
            "query ($id: ID!) { company(id: $id) { holdings(orderBy: [{ edge: { share: ASC } }]) { edges { share node { ...Named } } } } } fragment Named on Company { called: name }",
            "text/csv", new { id = "Company/registry:001" });
        Assert.That(Encoding.UTF8.GetString(bytes), Is.EqualTo("share,node.called\r\n0.333333333333,第3公司\r\n0.5,第2公司\r\n"));
    }

    [TestCase(3, 3)]
    [TestCase(201, 201)]
    [TestCase(5000, Companies)]
    public async Task FirstIsTheNumberOfRows(int first, int rows)
    {
        var (_, bytes) = await server.TableAsync("query ($n: Int) { companies(first: $n) { nodes { name } } }", "application/x-ndjson", new { n = first });
        Assert.That(Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(rows));
    }

    [Test]
    public async Task GroupsAreATableOfARowEach()
    {
        var (_, bytes) = await server.TableAsync(
            "{ companiesAggregate(where: { registeredCapital: { lt: 100 } }) { groups(by: [blocked]) { key { blocked } count registeredCapital { sum } } } }", "text/csv");
        Assert.That(Encoding.UTF8.GetString(bytes), Is.EqualTo("key.blocked,count,registeredCapital.sum\r\nfalse,50,2512.5\r\ntrue,50,2462.5\r\n"));
    }

    [Test]
    public async Task AnyOneListIsATable()
    {
        var (_, bytes) = await server.TableAsync("{ store { nodes { type count } } }", "application/x-ndjson");
        Assert.That(Encoding.UTF8.GetString(bytes), Does.Contain($$"""{"type":"Company","count":{{Companies}}}"""));
    }

    [Test]
    public async Task ATextThatASpreadsheetWouldRunIsMadeHarmlessInCsvAlone()
    {
        const string Asked = "{ companies(where: { name: { eq: \"=1+1\" } }) { nodes { name } } }";
        Assert.That((await server.TableAsync(Asked, "text/csv")).Text, Is.EqualTo("name\r\n\"'=1+1\"\r\n"));
        Assert.That((await server.TableAsync(Asked, "application/x-ndjson")).Text, Is.EqualTo("{\"name\":\"=1+1\"}\n"));
    }

    [TestCase("{ companies { nodes { name } } persons { nodes { name } } }", "single fields")]
    [TestCase("{ companies { totalCount } }", "nodes")]
    [TestCase("{ company(name: \"第1公司\") { name } }", "single fields")]
    [TestCase("{ companies(last: 3) { nodes { name } } }", "read from the front")]
    [TestCase("{ companies { nodes { nonsense } } }", "nonsense")]
    [TestCase("{ companies(where: { nonsense: 1 }) { nodes { name } } }", "nonsense")]
    [TestCase("{ company(id: \"Company/registry:none\") { holdings { nodes { name } } } }", "NOT_FOUND")]
    [TestCase("{ compnies { nodes { name } } }", "Cannot query field 'compnies' on type 'Query'")]
    [TestCase("{ company(id: \"x\") { holdrs { nodes { name } } } }", "Cannot query field 'holdrs' on type 'Company'")]
    public async Task WhatIsNoTableIsAnsweredInJson(string query, string said)
    {
        var (type, bytes) = await server.TableAsync(query, "text/csv");
        Assert.That(type, Is.EqualTo("application/graphql-response+json; charset=utf-8"));
        Assert.That(Encoding.UTF8.GetString(bytes), Does.Contain("errors").And.Contain(said));
    }

    private static async Task<List<string>> RowsAsync(IArrowArrayStream batches)
    {
        var rows = new List<string>();
        while (await batches.ReadNextRecordBatchAsync() is { } batch)
            for (var i = 0; i < batch.Length; i++)
                rows.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{((StringArray)batch.Column(0)).GetString(i)}|{((Decimal128Array)batch.Column(1)).GetValue(i)!.Value.Normal()}|{((Date32Array)batch.Column(2)).GetDateTime(i):yyyy-MM-dd}|{((BooleanArray)batch.Column(3)).GetValue(i)}|{((Int64Array)batch.Column(5)).GetValue(i)}"));
        return rows;
    }
}

internal static class Decimals
{
    /// <summary>Without trailing zeros.</summary>
    public static decimal Normal(this decimal number) => Graph.Facts.PropertyText.Normal(number);
}
