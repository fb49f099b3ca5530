using System.Globalization;
using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Selection;

/// <summary>Filters, orders and figures are what one gets by looking at every node. More of them than in every run: <c>GRAPHRISK_SELECTIONS</c>.</summary>
public sealed class RandomSelectionTests
{
    private static readonly Viewer Viewer = ServedGraph.As(Role.Regulator, null, "supervision", "a test needs to see");
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("GRAPHRISK_SELECTIONS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 600;

    private static IEnumerable<string> Types => SchemaCatalog.LoadEmbedded().NodeTypes.Select(type => type.Name);

    [TestCaseSource(nameof(Types))]
    public async Task EveryOperatorOfEveryFieldSelectsWhatOneFindsByLooking(string name)
    {
        var served = await SampleMarket.Served;
        var snapshot = (await served.Session.ViewAsync(Viewer, default)).Snapshot;
        var random = new Random(1);
        var type = snapshot.Catalog.Node(name);
        foreach (var field in type.Fields)
            foreach (var one in RandomSelection.OperatorsOf(field.Kind))
            {
                var (text, holds) = new RandomSelection(snapshot, random).Where(type, field, one);
                await CompareAsync(served, snapshot, type, text, holds);
            }
    }

    [Test]
    public async Task RandomFiltersSelectWhatOneFindsByLooking()
    {
        var served = await SampleMarket.Served;
        var snapshot = (await served.Session.ViewAsync(Viewer, default)).Snapshot;
        var random = new Random(7);
        var made = new RandomSelection(snapshot, random);
        var some = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var type = snapshot.Catalog.NodeTypes[random.Next(snapshot.Catalog.NodeTypes.Length)];
            var (text, holds) = made.Where(type);
            if (await CompareAsync(served, snapshot, type, text, holds) > 0) some++;
        }

        Assert.That(some, Is.GreaterThan(Rounds / 4), "Most filters select something.");
    }

    [Test]
    public async Task RandomOrdersAreThoseOfASort()
    {
        var served = await SampleMarket.Served;
        var snapshot = (await served.Session.ViewAsync(Viewer, default)).Snapshot;
        var random = new Random(11);
        for (var round = 0; round < Rounds / 4; round++)
        {
            var type = snapshot.Catalog.NodeTypes[random.Next(snapshot.Catalog.NodeTypes.Length)];
            var fields = type.Fields.Where(field => field.Kind is not (FieldKind.StringList or FieldKind.Enum)).OrderBy(_ => random.Next()).Take(random.Next(1, 4))
                .Select(field => (Field: field, IsDescending: random.Next(2) == 0)).ToList();
            if (fields.Count == 0) continue;
            var orderBy = string.Join(", ", fields.Select(one => $"{{ {one.Field.Name}: {(one.IsDescending ? "DESC" : "ASC")} }}"));
            var expected = snapshot.Nodes.OfType(type.Name).ToArray().ToList();
            expected.Sort((left, right) =>
            {
                foreach (var (field, isDescending) in fields)
                {
                    var (one, other) = (snapshot.Nodes.Get(left, field.Name), snapshot.Nodes.Get(right, field.Name));
                    if (one is null || other is null)
                    {
                        if (one is null != other is null) return one is null ? 1 : -1;
                        continue;
                    }

                    var order = RandomSelection.Compare(one.Value, other.Value);
                    if (order != 0) return isDescending ? -order : order;
                }

                return left.CompareTo(right);
            });
            await WalkAsync(served, type, orderBy, [.. expected.Select(node => snapshot.Nodes.IdOf(node))], random.Next(1, 200));
        }
    }

    [Test]
    public async Task FiguresAreThoseOfTheValuesOneByOne()
    {
        var served = await SampleMarket.Served;
        var snapshot = (await served.Session.ViewAsync(Viewer, default)).Snapshot;
        var random = new Random(13);
        var made = new RandomSelection(snapshot, random);
        for (var round = 0; round < Rounds / 4; round++)
        {
            var type = snapshot.Catalog.NodeTypes[random.Next(snapshot.Catalog.NodeTypes.Length)];
            var numbers = type.Fields.Where(field => field.Kind is FieldKind.Decimal or FieldKind.Integer).ToList();
            var (text, holds) = made.Where(type);
            var selected = snapshot.Nodes.OfType(type.Name).ToArray().Where(node => holds(node) == true).ToList();
            var asked = string.Join(" ", numbers.Select(field => $"{field.Name} {{ count sum min max }}"));
            var answer = (await served.Ask(Viewer, $"{{ {PluralOf(type)}Aggregate(where: {text}) {{ count {asked} }} }}")).GetProperty($"{PluralOf(type)}Aggregate");
            Assert.That(answer.GetProperty("count").GetInt32(), Is.EqualTo(selected.Count), text);
            foreach (var field in numbers)
            {
                var values = selected.Select(node => snapshot.Nodes.Get(node, field.Name)).OfType<PropertyValue>()
                    .Select(value => field.Kind == FieldKind.Decimal ? value.AsDecimal() : value.AsInteger()).ToList();
                var figures = answer.GetProperty(field.Name);
                Assert.Multiple(() =>
                {
                    Assert.That(figures.GetProperty("count").GetInt32(), Is.EqualTo(values.Count), $"{field.Name} of {text}");
                    Assert.That(Number(figures, "sum"), Is.EqualTo(values.Count == 0 ? null : values.Sum()), $"{field.Name} of {text}");
                    Assert.That(Number(figures, "min"), Is.EqualTo(values.Count == 0 ? null : values.Min()), $"{field.Name} of {text}");
                    Assert.That(Number(figures, "max"), Is.EqualTo(values.Count == 0 ? null : values.Max()), $"{field.Name} of {text}");
                });
            }
        }
    }

    [Test]
    public async Task GroupsAreThoseOfALookUp()
    {
        var served = await SampleMarket.Served;
        var snapshot = (await served.Session.ViewAsync(Viewer, default)).Snapshot;
        foreach (var type in snapshot.Catalog.NodeTypes)
        {
            var keys = type.Fields.Where(field => field.Kind is FieldKind.Enum or FieldKind.Boolean or FieldKind.Date && field.Mask == MaskKind.None).Take(2).ToList();
            if (keys.Count == 0) continue;
            var expected = snapshot.Nodes.OfType(type.Name).ToArray()
                .GroupBy(node => string.Join("|", keys.Select(key => snapshot.Nodes.Get(node, key.Name) is { } value ? PropertyText.Of(value) : "-")))
                .ToDictionary(group => group.Key, group => group.Count());
            var answer = (await served.Ask(Viewer, $$"""
                { {{PluralOf(type)}}Aggregate { groups(by: [{{string.Join(", ", keys.Select(key => key.Name))}}], first: 1000) { count key { {{string.Join(" ", keys.Select(key => key.Name))}} } } } }
                """)).GetProperty($"{PluralOf(type)}Aggregate").GetProperty("groups");
            var groups = answer.EnumerateArray().ToDictionary(
                group => string.Join("|", keys.Select(key => group.GetProperty("key").GetProperty(key.Name) is var value && value.ValueKind == JsonValueKind.Null ? "-"
                    : value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText())),
                group => group.GetProperty("count").GetInt32());
            if (expected.Count > 1000) Assert.That(groups, Has.Count.EqualTo(1000), type.Name);
            else Assert.That(groups, Is.EquivalentTo(expected), type.Name);
        }
    }

    private static async Task<int> CompareAsync(ServedGraph served, Snapshot snapshot, NodeType type, string where, Func<int, bool?> holds)
    {
        var expected = snapshot.Nodes.OfType(type.Name).ToArray().Where(node => holds(node) == true).ToList();
        var answer = (await served.Ask(Viewer, $"{{ {PluralOf(type)}(first: 200, where: {where}) {{ totalCount nodes {{ id }} }} }}")).GetProperty(PluralOf(type));
        Assert.That(answer.GetProperty("totalCount").GetInt32(), Is.EqualTo(expected.Count), $"{type.Name} where {where}");
        Assert.That(
            answer.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()),
            Is.EqualTo(expected.Take(200).Select(node => served.IdOf(Viewer, snapshot.Nodes.IdOf(node)))), $"{type.Name} where {where}");
        return expected.Count;
    }

    /// <summary>Walks the pages forward over at most three, then one back.</summary>
    private static async Task WalkAsync(ServedGraph served, NodeType type, string orderBy, List<NodeId> expected, int size)
    {
        string? cursor = null;
        for (var from = 0; from < Math.Min(expected.Count, 3 * size); from += size)
        {
            var answer = (await served.Ask(Viewer, $$"""
                { {{PluralOf(type)}}(first: {{size}}, orderBy: [{{orderBy}}]{{(cursor is null ? "" : $", after: \"{cursor}\"")}}) { pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { id } } }
                """)).GetProperty(PluralOf(type));
            var page = answer.GetProperty("pageInfo");
            Assert.Multiple(() =>
            {
                Assert.That(answer.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()),
                    Is.EqualTo(expected.Skip(from).Take(size).Select(id => served.IdOf(Viewer, id))), $"{type.Name} by {orderBy} from {from}");
                Assert.That(page.GetProperty("hasNextPage").GetBoolean(), Is.EqualTo(from + size < expected.Count), orderBy);
                Assert.That(page.GetProperty("hasPreviousPage").GetBoolean(), Is.EqualTo(from > 0), orderBy);
            });
            cursor = page.GetProperty("endCursor").GetString();
            if (from == 0) continue;
            var back = (await served.Ask(Viewer, $$"""
                { {{PluralOf(type)}}(last: {{size}}, orderBy: [{{orderBy}}], before: "{{page.GetProperty("startCursor").GetString()}}") { nodes { id } } }
                """)).GetProperty(PluralOf(type));
            Assert.That(back.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()),
                Is.EqualTo(expected.Skip(from - size).Take(size).Select(id => served.IdOf(Viewer, id))), $"{type.Name} by {orderBy} back from {from}");
        }
    }

    private static decimal? Number(JsonElement figures, string name) => figures.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : null;

    private static string PluralOf(NodeType type) => new GraphRisk.Server.Selection.SelectableType(type.Name, [type], [], [], []).Plural is var plural && plural == "authorisations" ? "allAuthorisations" : plural;
}
