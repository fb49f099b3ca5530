using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Security;
using GraphRisk.Server.Selection;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Selection;

/// <summary>Relationships as rows, on one day and between two, are what one finds by looking at each.</summary>
public sealed class RandomRelationshipTests
{
    private const string First = "2024-03-31";
    private const string Second = "2025-09-30";

    private static readonly Viewer Viewer = ServedGraph.As(Role.Regulator, null, "supervision", "a test needs to see");

    private static IEnumerable<string> Types => SchemaCatalog.LoadEmbedded().RelationshipTypes.Where(type => type.GraphName != SchemaCatalog.SameAs).Select(type => type.GraphName);

    [TestCaseSource(nameof(Types))]
    public async Task RandomFiltersSelectWhatOneFindsByLooking(string name)
    {
        var served = await SampleMarket.Served;
        var snapshot = (await served.Session.ViewAsync(Viewer, default)).Snapshot;
        var table = snapshot.Relationship(name);
        var made = new RandomSelection(snapshot, new Random(17));
        var root = RelationshipRows.RootOf(table.Type);
        for (var round = 0; round < 10; round++)
        {
            var (text, holds) = made.Where(table.Type);
            var expected = Enumerable.Range(0, table.Count).Select(edge => (Edge: edge, From: table.Out.Source(edge), To: table.Out.Target(edge)))
                .Where(row => holds(row.Edge, row.From, row.To) == true).ToList();
            var (found, cursor) = (new List<string>(), (string?)null);
            for (var page = 0; page < 3; page++)
            {
                var answer = (await served.Ask(Viewer, $$"""
                    { {{root}}(first: 40, where: {{text}}{{(cursor is null ? "" : $", after: \"{cursor}\"")}}) { totalCount pageInfo { hasNextPage endCursor } nodes { from { id } to { id } } } }
                    """)).GetProperty(root);
                Assert.That(answer.GetProperty("totalCount").GetInt32(), Is.EqualTo(expected.Count), text);
                found.AddRange(answer.GetProperty("nodes").EnumerateArray().Select(row => $"{row.GetProperty("from").GetProperty("id")} {row.GetProperty("to").GetProperty("id")}"));
                cursor = answer.GetProperty("pageInfo").GetProperty("endCursor").GetString();
                if (!answer.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean()) break;
            }

            Assert.That(found, Is.EqualTo(expected.Take(120).Select(row => $"{IdOf(row.From)} {IdOf(row.To)}")), text);
        }

        string IdOf(int node) => served.IdOf(Viewer, snapshot.Nodes.IdOf(node));
    }

    [TestCaseSource(nameof(Types))]
    public async Task WhatCameWentAndChangedIsTheDifferenceOfTwoLists(string name)
    {
        var served = await SampleMarket.Served;
        var (before, after) = (await RowsAsync(served, name, First), await RowsAsync(served, name, Second));
        var (came, went, changed) = (0, 0, 0);
        foreach (var pair in before.Keys.Union(after.Keys))
        {
            var (was, now) = (before.GetValueOrDefault(pair, []).ToList(), after.GetValueOrDefault(pair, []).ToList());
            foreach (var row in now.ToArray())
                if (was.Remove(row)) now.Remove(row);
            changed += Math.Min(was.Count, now.Count);
            came += Math.Max(0, now.Count - was.Count);
            went += Math.Max(0, was.Count - now.Count);
        }

        var root = $"{RelationshipRows.RootOf(SchemaCatalog.LoadEmbedded().RelationshipTypes.Single(type => type.GraphName == name))}Changed";
        var (kinds, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = (await served.Ask(Viewer, $$"""
                { {{root}}(from: "{{First}}", asOf: "{{Second}}", first: 200{{(cursor is null ? "" : $", after: \"{cursor}\"")}}) { pageInfo { hasNextPage endCursor } edges { kind } } }
                """)).GetProperty(root);
            kinds.AddRange(page.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("kind").GetString()!));
            cursor = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (cursor is not null && kinds.Count < 2000);
        if (came + went + changed > 2000) return;
        Assert.That(
            (kinds.Count(kind => kind == "CAME"), kinds.Count(kind => kind == "WENT"), kinds.Count(kind => kind == "CHANGED")), Is.EqualTo((came, went, changed)));
    }

    private static async Task<Dictionary<(NodeId, NodeId), List<string>>> RowsAsync(ServedGraph served, string name, string day)
    {
        var point = new GraphRisk.Server.Sessions.BitemporalPoint(Validity.CloseOf(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)), null);
        var snapshot = (await served.Session.ViewAsync(Viewer, point, default)).Snapshot;
        var table = snapshot.Relationship(name);
        return Enumerable.Range(0, table.Count)
            .GroupBy(edge => (snapshot.Nodes.IdOf(table.Out.Source(edge)), snapshot.Nodes.IdOf(table.Out.Target(edge))))
            .ToDictionary(pair => pair.Key, pair => pair.Select(edge => string.Join('|', table.Type.Fields.Select(field => $"{table.Get(edge, field.Name)}"))).ToList());
    }
}
