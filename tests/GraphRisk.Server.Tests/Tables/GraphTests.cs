using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tables;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Tables;

/// <summary>
/// The nodes and edges of an answer as GraphML and DOT. The market of the tests, with names that would break out of either:
/// <code>
///   甲 -0.6-> 乙 -0.3-> 丙     丁 -0.25-> 丙
/// </code>
/// </summary>
public sealed partial class GraphTests
{
    private const string GraphMl = "application/graphml+xml";
    private const string Dot = "text/vnd.graphviz";
    private const string Hostile = "\"]; } <a>&\\\\N\\\u0001\n<b/>\\";
    private const string Holders = "{ companies(orderBy: [{ name: ASC }]) { nodes { name holders { edges { share node { ... on Company { name } } } } } } }";
    private const string Neighbours = "query ($of: ID!) { neighbourhood(of: $of, kinds: [HOLDS]) { nodes { nodes { ... on Company { name } } } } }";
    private const string Paths = "query ($from: ID!, $to: ID!) { shortestPaths(from: $from, to: $to, kinds: [HOLDS]) { paths { nodes { steps { share } } } } }";

    private static readonly XNamespace Xmlns = "http://graphml.graphdrawing.org/xmlns";

    private LiveServer server = null!;
    private InMemoryGraphStore store = null!;

    [OneTimeSetUp]
    public async Task Serve()
    {
        var sketch = new MarketSketch()
            .Node("Company/sketch:A", ("name", Hostile)).Node("Company/sketch:B", ("name", "乙")).Node("Company/sketch:C", ("name", "丙")).Node("Company/sketch:D", ("name", "丁"))
            .Edge("HOLDS", "Company/sketch:A", "Company/sketch:B", ("share", "0.6")).Edge("HOLDS", "Company/sketch:B", "Company/sketch:C", ("share", "0.3"))
            .Edge("HOLDS", "Company/sketch:D", "Company/sketch:C", ("share", "0.25"));
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
    public async Task GraphMlHoldsWhatWasAskedOfNodesAndEdges()
    {
        var graph = await ReadAsync(Holders);
        Assert.That(graph.Nodes.Values, Is.EquivalentTo(new[] { Shown(Hostile), "乙", "丙", "丁" }));
        Assert.That(graph.Edges, Is.EquivalentTo(new[] { (Shown(Hostile), "乙", "HOLDS", "0.6"), ("乙", "丙", "HOLDS", "0.3"), ("丁", "丙", "HOLDS", "0.25") }));
    }

    [Test]
    public async Task AnEdgeMetFromBothEndsIsOne()
    {
        var graph = await ReadAsync("{ companies { nodes { name holders { edges { share } } holdings { nodes { name } } } } }");
        Assert.That(graph.Edges, Is.EquivalentTo(new[] { (Shown(Hostile), "乙", "HOLDS", "0.6"), ("乙", "丙", "HOLDS", "0.3"), ("丁", "丙", "HOLDS", "0.25") }));
    }

    [TestCase("{ holdsRelationships { nodes { from { name } to { name } share } } }")]
    [TestCase("{ holdsRelationships { edges { node { share from { name } to { name } } } } }")]
    public async Task AnEdgeListIsAGraph(string query)
    {
        var graph = await ReadAsync(query);
        Assert.That(graph.Edges, Is.EquivalentTo(new[] { (Shown(Hostile), "乙", "HOLDS", "0.6"), ("乙", "丙", "HOLDS", "0.3"), ("丁", "丙", "HOLDS", "0.25") }));
    }

    [Test]
    public async Task ANeighbourhoodHasTheStepsThatLeadThroughIt()
    {
        var graph = await ReadAsync(Neighbours, new { of = "Company/sketch:A" });
        Assert.That(graph.Edges.Select(edge => edge.Relationship), Is.EqualTo(new[] { "HOLDS", "HOLDS" }));
        Assert.That(graph.Nodes.Values, Is.SupersetOf(new[] { "乙", "丙" }));
    }

    [Test]
    public async Task PathsRunAsTheirRelationshipsDo()
    {
        var graph = await ReadAsync(Paths, new { from = "Company/sketch:A", to = "Company/sketch:D" });
        Assert.That(graph.Edges.Select(edge => edge.Share), Is.EquivalentTo(new[] { "0.6", "0.3", "0.25" }));
        Assert.That(graph.Edges.Single(edge => edge.Share == "0.3").Target, Is.EqualTo(graph.Edges.Single(edge => edge.Share == "0.25").Target), "both hold the same company");
    }

    [Test]
    public async Task ChainsOfOwnershipAreHoldings()
    {
        var graph = await ReadAsync(
            "query ($id: ID!) { ownershipLookThrough(company: $id) { stakes { nodes { chains { chains { share } } } } } }", new { id = "Company/sketch:C" });
        Assert.That(graph.Edges.Select(edge => edge.Share), Is.SupersetOf(new[] { "0.6", "0.3" }));
    }

    [TestCase(GraphMl)]
    [TestCase(Dot)]
    public async Task TheSameQuestionGivesTheSameBytes(string format)
    {
        var (one, two) = (await server.TableAsync(Holders, format), await server.TableAsync(Holders, format));
        Assert.That(two.Bytes, Is.EqualTo(one.Bytes));
        Assert.That(one.MediaType, Is.EqualTo(format + "; charset=utf-8"));
    }

    [Test]
    public async Task DotIsQuotedThroughout()
    {
        var text = (await server.TableAsync(Holders, Dot)).Text;
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines[0], Is.EqualTo("digraph graphrisk {"));
        Assert.That(lines[^1], Is.EqualTo("}"));
        foreach (var line in lines[1..^1]) Assert.That(Statement().IsMatch(line), line);
        Assert.That(lines[1..^1].Count(line => line.Contains(" -> ", StringComparison.Ordinal)), Is.EqualTo(3));
    }

    [Test]
    public async Task GraphvizReadsDotBack()
    {
        var text = (await server.TableAsync(Holders, Dot)).Text;
        if (await CanonicalAsync("digraph { a -> b }") is null) Assert.Ignore("There is no Graphviz ('dot') on this machine.");
        var read = await CanonicalAsync(text);
        Assert.That(read, Is.Not.Null, text);
        Assert.That(read!.Split(" -> "), Has.Length.EqualTo(4), read);
        Assert.That(read, Does.Contain("0.25").And.Contain("丁"));
    }

    [Test]
    public async Task WhatIsRefusedIsLeftOutAndCounted()
    {
        var answer = await server.TableAsync("{ companies { nodes { name marketFacts { debt } } } }", GraphMl, viewer: ServedGraph.As(Role.Analyst, null, "data-quality"));
        Assert.That(answer.Header(TableFormat.DeniedCells), Is.EqualTo("4"));
        Assert.That(answer.Text, Does.Contain("4 values are not open to the viewer"));
    }

    [TestCase(GraphMl, "alteredColumns")]
    [TestCase(Dot, "data.alteredColumns")]
    public async Task WhatIsSeenInAnotherFormIsNamedInAHeaderAndInTheGraph(string format, string name)
    {
        const string Query = "{ companies { nodes { name holders { edges { share node { ... on Person { name birthDate } } } } marketFacts { debt } } } }";
        var masked = await server.TableAsync(Query, format, viewer: ServedGraph.RegulatorMasked);
        Assert.That(masked.Header(TableFormat.AlteredColumns), Is.EqualTo("\"Person.name\";as=masked, \"Person.birthDate\";as=masked"));
        Assert.That(masked.Text, Does.Contain(name).And.Contain("Person.name"));
        var analyst = await server.TableAsync(Query, format, viewer: ServedGraph.As(Role.Analyst, null, "data-quality"));
        Assert.That(analyst.Header(TableFormat.RefusedColumns), Is.EqualTo("\"Company.marketFacts.debt\";code=FORBIDDEN"));
        Assert.That(analyst.Header(TableFormat.AlteredColumns), Does.Contain("\"Person.name\";as=pseudonym"));
        const string Walked = "{ cycles(kinds: [HOLDS], direction: OUT) { paths { nodes { steps { amount share } } } } }";
        var steps = await server.TableAsync(Walked, format, viewer: ServedGraph.As(Role.Analyst, null, "data-quality"));
        Assert.That(steps.Header(TableFormat.AlteredColumns), Does.Contain("PathStep.amount\";as=by-row"), "What a step shows is shown as its relationship shows it.");
        Assert.That((await server.TableAsync(Walked, format)).Header(TableFormat.AlteredColumns), Is.Null);
        var clear = await server.TableAsync(Query, format);
        Assert.That(clear.Header(TableFormat.AlteredColumns) ?? clear.Header(TableFormat.RefusedColumns), Is.Null);
    }

    [Test]
    public async Task AListThatGoesOnIsCounted()
    {
        Assert.That((await server.TableAsync(Holders, Dot)).Header(TableFormat.CutLists), Is.EqualTo("0"));
        Assert.That((await server.TableAsync(Neighbours.Replace("kinds: [HOLDS]", "kinds: [HOLDS], limit: 1", StringComparison.Ordinal), Dot, new { of = "Company/sketch:A" })).Header(TableFormat.CutLists), Is.EqualTo("1"));
    }

    [TestCase("{ store { available } }", "answers no nodes")]
    [TestCase("{ companies { nodes { nonsense } } }", "nonsense")]
    [TestCase("{ compnies { nodes { name } } }", "Cannot query field 'compnies' on type 'Query'")]
    [TestCase("{ company(id: \"Company/sketch:none\") { name } }", "NOT_FOUND")]
    public async Task WhatIsNoGraphIsAnsweredInJson(string query, string said)
    {
        var answer = await server.TableAsync(query, GraphMl);
        Assert.That(answer.MediaType, Is.EqualTo("application/graphql-response+json; charset=utf-8"));
        Assert.That(answer.Text, Does.Contain("errors").And.Contain(said));
    }

    /// <summary>The nodes by id with their names, and the edges by the names they join.</summary>
    private async Task<(Dictionary<string, string> Nodes, List<(string Source, string Target, string Relationship, string Share)> Edges)> ReadAsync(string query, object? variables = null)
    {
        var answer = await server.TableAsync(query, GraphMl, variables);
        var root = XDocument.Parse(answer.Text).Root!;
        var keys = root.Elements(Xmlns + "key").ToDictionary(key => key.Attribute("id")!.Value, key => key.Attribute("attr.name")!.Value);
        string Of(XElement element, string name) => element.Elements(Xmlns + "data").Where(data => keys[data.Attribute("key")!.Value] == name).Select(data => data.Value).SingleOrDefault() ?? "";
        var graph = root.Element(Xmlns + "graph")!;
        var nodes = graph.Elements(Xmlns + "node").ToDictionary(node => node.Attribute("id")!.Value, node => Of(node, "name"));
        return (nodes, [.. graph.Elements(Xmlns + "edge").Select(edge => (nodes[edge.Attribute("source")!.Value], nodes[edge.Attribute("target")!.Value], Of(edge, "relationship"), Of(edge, "share")))]);
    }

    /// <summary>A text as XML can hold it.</summary>
    private static string Shown(string text) => text.Replace('\u0001', '\uFFFD');

    /// <summary>What Graphviz reads, written by itself; null where it is not there or reads nothing.</summary>
    private static async Task<string?> CanonicalAsync(string text)
    {
        try
        {
            using var dot = Process.Start(new ProcessStartInfo("dot", "-Tcanon") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardInputEncoding = new UTF8Encoding(false) })!;
            var read = dot.StandardOutput.ReadToEndAsync();
            await dot.StandardInput.WriteAsync(text);
            dot.StandardInput.Close();
            await dot.WaitForExitAsync();
            return dot.ExitCode == 0 ? await read : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private const string Quoted = "\"(?:[^\"\\\\]|\\\\.)*\"";

    [GeneratedRegex($"^  {Quoted}(?: -> {Quoted})? \\[{Quoted}={Quoted}(?:, {Quoted}={Quoted})*\\];$")]
    private static partial Regex Statement();
}
