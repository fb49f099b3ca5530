using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Selection;

/// <summary>Groups by what relationships lead to, and orders by how many there are, are what one gets by looking at every node.</summary>
public sealed class RandomGroupTests
{
    private static readonly Viewer Viewer = ServedGraph.As(Role.Regulator, null, "supervision", "a test needs to see");

    [Test]
    public async Task GroupsAcrossARelationshipAreThoseOfALookUp()
    {
        var served = await SampleMarket.Served;
        var snapshot = (await served.Session.ViewAsync(Viewer, default)).Snapshot;
        var (compared, several) = (0, 0);
        foreach (var (type, relation, fromStart) in Relations(snapshot))
        {
            var far = fromStart ? relation.To : relation.From;
            if (snapshot.Catalog.FindNode(far)?.Fields.FirstOrDefault(field => field.Kind is FieldKind.Enum or FieldKind.Boolean or FieldKind.String && field.Mask == MaskKind.None) is not { } key) continue;
            var own = type.Fields.FirstOrDefault(field => field.Kind is FieldKind.Enum or FieldKind.Boolean);
            var name = ElementNames.FieldOf(relation, fromStart);
            var expected = new Dictionary<string, int>();
            foreach (var node in snapshot.Nodes.OfType(type.Name).ToArray())
            {
                var values = Far(snapshot, relation, fromStart, node).Select(end => TextOf(snapshot.Nodes.Get(end, key.Name))).ToHashSet();
                if (values.Count == 0) values.Add("-");
                if (values.Count > 1) several++;
                foreach (var value in values)
                {
                    var group = $"{(own is null ? "" : TextOf(snapshot.Nodes.Get(node, own.Name)))}|{value}";
                    expected[group] = expected.GetValueOrDefault(group) + 1;
                }
            }

            var plural = Plural(type);
            var answer = (await served.Ask(Viewer, $$"""
                { {{plural}}Aggregate { groups(by: [{{own?.Name}}], across: [{ {{name}}: {{key.Name}} }], first: 1000) { count key { {{own?.Name ?? "withheld"}} } across { {{name}} { {{key.Name}} withheld } } } } }
                """)).GetProperty($"{plural}Aggregate").GetProperty("groups").EnumerateArray().ToDictionary(
                group => $"{(own is null ? "" : TextOf(group.GetProperty("key").GetProperty(own.Name)))}|{TextOf(group.GetProperty("across").GetProperty(name).GetProperty(key.Name))}",
                group => group.GetProperty("count").GetInt32());
            if (expected.Count <= 1000) Assert.That(answer, Is.EquivalentTo(expected), $"{type.Name} by {name}.{key.Name}");
            if (expected.Values.Sum() > 0) compared++;
        }

        Assert.That((compared, several), Is.GreaterThan((10, 10)), "Some nodes are in several groups.");
    }

    [Test]
    public async Task AnOrderByHowManyRelationshipsThereAreIsThatOfACount()
    {
        var served = await SampleMarket.Served;
        var snapshot = (await served.Session.ViewAsync(Viewer, default)).Snapshot;
        foreach (var (type, relation, fromStart) in Relations(snapshot))
        {
            var plural = Plural(type);
            var expected = snapshot.Nodes.OfType(type.Name).ToArray().OrderByDescending(node => Far(snapshot, relation, fromStart, node).Count).ThenBy(node => node).Take(50)
                .Select(node => served.IdOf(Viewer, snapshot.Nodes.IdOf(node)));
            var answer = await served.Ask(Viewer, $$"""{ {{plural}}(first: 50, orderBy: [{ {{ElementNames.FieldOf(relation, fromStart)}}: { count: DESC } }]) { nodes { id } } }""");
            Assert.That(answer.GetProperty(plural).GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()), Is.EqualTo(expected), $"{type.Name} by {relation.GraphName}");
        }
    }

    [Test]
    public async Task PagesOfGroupsAreTheWholeListCutUp()
    {
        var served = await SampleMarket.Served;
        var whole = (await served.Ask(Viewer, "{ companiesAggregate { groups(by: [industry, grade], first: 1000, orderBy: [{ count: DESC }]) { count key { industry grade } } } }"))
            .GetProperty("companiesAggregate").GetProperty("groups").EnumerateArray().Select(group => group.GetRawText()).ToList();
        Assert.That(whole, Has.Count.GreaterThan(10));
        var (paged, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = (await served.Ask(Viewer, $$"""
                { companiesAggregate { groupsConnection(by: [industry, grade], first: 7, orderBy: [{ count: DESC }]{{(cursor is null ? "" : $", after: \"{cursor}\"")}}) {
                    totalCount pageInfo { hasNextPage endCursor } nodes { count key { industry grade } } } } }
                """)).GetProperty("companiesAggregate").GetProperty("groupsConnection");
            Assert.That(page.GetProperty("totalCount").GetInt32(), Is.EqualTo(whole.Count));
            paged.AddRange(page.GetProperty("nodes").EnumerateArray().Select(group => group.GetRawText()));
            cursor = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (cursor is not null);
        Assert.That(paged, Is.EqualTo(whole));
    }

    private static IEnumerable<(NodeType Type, RelationshipType Relation, bool FromStart)> Relations(Snapshot snapshot) =>
        from type in snapshot.Catalog.NodeTypes
        from relation in snapshot.Catalog.RelationshipTypes
        where relation.GraphName != SchemaCatalog.SameAs
        from fromStart in (bool[])[true, false]
        where type.Is(fromStart ? relation.From : relation.To)
        select (type, relation, fromStart);

    private static List<int> Far(Snapshot snapshot, RelationshipType relation, bool fromStart, int node)
    {
        var table = snapshot.Relationship(relation.GraphName);
        return [.. (fromStart ? table.Out : table.In).Neighbours(node).ToArray()];
    }

    private static string TextOf(PropertyValue? value) => value is { } known ? PropertyText.Of(known) : "-";

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "-",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    private static string Plural(NodeType type) => new GraphRisk.Server.Selection.SelectableType(type.Name, [type], [], [], []).Plural is var plural && plural == "authorisations" ? "allAuthorisations" : plural;
}
