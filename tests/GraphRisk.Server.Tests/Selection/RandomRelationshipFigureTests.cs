using System.Globalization;
using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Selection;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Selection;

/// <summary>Figures over relationships and groups of them are what one gets by looking at each, and never more than a viewer reads of each.</summary>
public sealed class RandomRelationshipFigureTests
{
    private const int Ranges = 4;

    private static readonly Viewer Viewer = ServedGraph.As(Role.Regulator, null, "supervision", "a test needs to see");

    private static IEnumerable<string> Types => SchemaCatalog.LoadEmbedded().RelationshipTypes.Where(type => type.GraphName != SchemaCatalog.SameAs).Select(type => type.GraphName);

    [TestCaseSource(nameof(Types))]
    public async Task FiguresOfRelationshipsAreThoseOfTheirValuesOneByOne(string name)
    {
        var served = await SampleMarket.Served;
        var snapshot = (await served.Session.ViewAsync(Viewer, default)).Snapshot;
        var table = snapshot.Relationship(name);
        var made = new RandomSelection(snapshot, new Random(19));
        for (var round = 0; round < 10; round++)
        {
            var (text, rows) = Selected(made, table);
            var answer = (await served.Ask(Viewer, $"{{ {Root(table)}(where: {text}) {{ {FiguresAsked(table.Type)} }} }}")).GetProperty(Root(table));
            AreFigures(answer, snapshot, table, rows, text);
        }
    }

    [TestCaseSource(nameof(Types))]
    public async Task GroupsOfRelationshipsAreThoseOfALookUp(string name)
    {
        var served = await SampleMarket.Served;
        var snapshot = (await served.Session.ViewAsync(Viewer, default)).Snapshot;
        var table = snapshot.Relationship(name);
        var random = new Random(23);
        var made = new RandomSelection(snapshot, random);
        var possible = Keys(snapshot.Catalog, table.Type).ToList();
        if (possible.Count == 0) return;
        for (var round = 0; round < 8; round++)
        {
            var keys = possible.OrderBy(_ => random.Next()).Take(random.Next(1, 4)).ToList();
            var (text, rows) = Selected(made, table);
            var expected = rows.GroupBy(row => string.Join('|', keys.Select(key => key.Of(snapshot, table, row)))).ToDictionary(group => group.Key, group => group.ToList());
            var asked = $"by: [{string.Join(", ", keys.Select(key => $"{{ {key.Part}: {key.Name} }}"))}]";
            var read = string.Join(" ", keys.GroupBy(key => key.Part).Select(part => $"{part.Key} {{ withheld {string.Join(" ", part.Select(key => key.Name))} }}"));
            var answer = (await served.Ask(Viewer, $$"""
                { {{Root(table)}}(where: {{text}}) {
                    groupsConnection({{asked}}, first: 1) { totalCount }
                    groups({{asked}}, first: 300, orderBy: [{ count: DESC }]) { key { {{read}} } {{FiguresAsked(table.Type)}} } } }
                """)).GetProperty(Root(table));
            Assert.That(answer.GetProperty("groupsConnection").GetProperty("totalCount").GetInt32(), Is.EqualTo(expected.Count), $"{asked} of {text}");
            var counts = new List<int>();
            foreach (var group in answer.GetProperty("groups").EnumerateArray())
            {
                var key = string.Join('|', keys.Select(key => TextOf(group.GetProperty("key").GetProperty(key.Part).GetProperty(key.Name))));
                Assert.That(expected, Does.ContainKey(key), $"{asked} of {text}");
                AreFigures(group, snapshot, table, expected[key], $"{key} by {asked} of {text}");
                counts.Add(group.GetProperty("count").GetInt32());
            }

            Assert.That(counts, Has.Count.EqualTo(Math.Min(300, expected.Count)).And.EqualTo(expected.Values.Select(group => group.Count).OrderDescending().Take(300)), asked);
        }
    }

    [TestCaseSource(nameof(Types))]
    public async Task FiguresTellNoMoreThanReadingRowByRow(string name)
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var type = SchemaCatalog.LoadEmbedded().RelationshipTypes.Single(type => type.GraphName == name);
        Viewer[] viewers = [ServedGraph.RegulatorMasked, ServedGraph.Analyst, ServedGraph.Broker("B001"), ServedGraph.Broker("B002"), ServedGraph.Client(SmallMarket.ZhangAtB001), ServedGraph.Client(SmallMarket.Huaxin)];
        foreach (var viewer in viewers)
        {
            var list = await AnswerAsync(served, viewer, $"{{ {RelationshipRows.RootOf(type)}(first: 200) {{ totalCount }} }}", RelationshipRows.RootOf(type));
            var figures = await AnswerAsync(served, viewer, $"{{ {RelationshipRows.RootOf(type)}Aggregate {{ count }} }}", $"{RelationshipRows.RootOf(type)}Aggregate");
            Assert.That(figures?.GetProperty("count").GetInt32(), Is.EqualTo(list?.GetProperty("totalCount").GetInt32()), $"{viewer.Role} counts {name}");
            foreach (var field in type.Fields.Where(field => field.Kind is FieldKind.Decimal or FieldKind.Integer))
            {
                var rows = await AnswerAsync(served, viewer, $"{{ {RelationshipRows.RootOf(type)}(first: 200) {{ nodes {{ {field.Name} }} }} }}", RelationshipRows.RootOf(type));
                var read = rows is { } all ? all.GetProperty("nodes").EnumerateArray().Select(row => Number(row, field.Name)).OfType<decimal>().ToList() : [];
                var answer = await AnswerAsync(served, viewer, $"{{ {RelationshipRows.RootOf(type)}Aggregate {{ edge {{ {field.Name} {{ count sum max }} }} groups(by: [{Any(type)}], first: 200) {{ edge {{ {field.Name} {{ count sum }} }} }} }} }}", $"{RelationshipRows.RootOf(type)}Aggregate");
                if (answer is not { } told || told.GetProperty("edge").GetProperty(field.Name) is not { ValueKind: JsonValueKind.Object } over)
                {
                    Assert.That(read, Is.Empty, $"{viewer.Role} reads {field.Name} of {name}, so may have figures of it");
                    continue;
                }

                Assert.Multiple(() =>
                {
                    Assert.That((over.GetProperty("count").GetInt32(), Number(over, "sum"), Number(over, "max")), Is.EqualTo((read.Count, Sum(read), read.Count == 0 ? (decimal?)null : read.Max())), $"{viewer.Role}, {field.Name} of {name}");
                    Assert.That(told.GetProperty("groups").EnumerateArray().Sum(group => Number(group.GetProperty("edge").GetProperty(field.Name), "sum") ?? 0), Is.EqualTo(read.Sum()), $"{viewer.Role}, {field.Name} of {name} in groups");
                });
            }
        }
    }

    [Test]
    public async Task HoldingsOfPersonsByIndustryAreOneQuestion()
    {
        await using var served = await ServedGraph.Of(new MarketSketch()
            .Node("Company/registry:A", ("name", "甲"), ("industry", "制造业")).Node("Company/registry:B", ("name", "乙"), ("industry", "金融业")).Node("Company/registry:C", ("name", "丙"), ("industry", "制造业"))
            .Node("Person/registry:P", ("name", "王")).Node("Person/registry:Q", ("name", "李"))
            .Edge("HOLDS", "Person/registry:P", "Company/registry:A", ("share", "0.6")).Edge("HOLDS", "Person/registry:Q", "Company/registry:A", ("share", "0.1"))
            .Edge("HOLDS", "Person/registry:P", "Company/registry:C", ("share", "0.2")).Edge("HOLDS", "Company/registry:A", "Company/registry:B", ("share", "0.9")));
        var answer = await served.AskText(Viewer, """
            { holdsRelationshipsAggregate(where: { from: { person: {} } }) { count edge { share { sum percentile(part: 0.5) } } from { count }
                groups(by: [{ to: industry }], orderBy: [{ from: { count: DESC } }]) { key { to { industry } from { industry } edge { currency } } count from { count } edge { share { sum } } } }
              company(name: "甲") { holdersAggregate { groups(by: [{ edge: currency }], orderBy: [{ edge: { share: { sum: DESC } } }]) { key { edge { currency } } count edge { share { sum } } node { count } } } } }
            """);
        Assert.That(answer, Does.Contain("""
            {"holdsRelationshipsAggregate":{"count":3,"edge":{"share":{"sum":0.9,"percentile":0.2}},"from":{"count":2},"groups":[{"key":{"to":{"industry":"制造业"},"from":null,"edge":null},"count":3,"from":{"count":2},"edge":{"share":{"sum":0.9}}}]},"company":{"holdersAggregate":{"groups":[{"key":{"edge":{"currency":null}},"count":2,"edge":{"share":{"sum":0.7}},"node":{"count":2}}]}}}
            """.Trim()));
    }

    /// <summary>A key: where it stands, its name, and a row's value of it as text.</summary>
    private sealed record Key(string Part, string Name, Func<Snapshot, RelationshipTable, int, string> Of);

    private static IEnumerable<Key> Keys(SchemaCatalog catalog, RelationshipType type)
    {
        foreach (var field in type.Fields.Where(IsKey))
            foreach (var (suffix, shown) in Steps(field)) yield return new Key("edge", field.Name + suffix, (_, table, edge) => shown(table.Get(edge, field.Name)));
        foreach (var (part, end, near) in new[] { ("from", type.From, true), ("to", type.To, false) })
        {
            var nodes = catalog.NodeTypes.Where(node => node.Is(end)).ToList();
            foreach (var field in nodes[0].Fields.Where(field => nodes.TrueForAll(node => node.FindField(field.Name) is { } other && other.Kind == field.Kind && other.Enum == field.Enum && IsKey(other))))
                foreach (var (suffix, shown) in Steps(field))
                    yield return new Key(part, field.Name + suffix, (snapshot, table, edge) => shown(snapshot.Nodes.Get(near ? table.Out.Source(edge) : table.Out.Target(edge), field.Name)));
        }
    }

    private static bool IsKey(Field field) => field.Kind is not (FieldKind.Decimal or FieldKind.StringList) && field.Mask == MaskKind.None;

    private static IEnumerable<(string Suffix, Func<PropertyValue?, string> Shown)> Steps(Field field)
    {
        if (field.Kind is not (FieldKind.Date or FieldKind.DateTime)) return [("", value => value is { } known ? PropertyText.Of(known) : "-")];
        return [("", By(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))), ("Month", By(day => day.ToString("yyyy-MM", CultureInfo.InvariantCulture))),
            ("Quarter", By(day => $"{day:yyyy}-Q{1 + ((day.Month - 1) / 3)}")), ("Year", By(day => day.ToString("yyyy", CultureInfo.InvariantCulture)))];

        Func<PropertyValue?, string> By(Func<DateOnly, string> show) => value => value is not { } known ? "-"
            : show(field.Kind == FieldKind.Date ? known.AsDate() : DateOnly.FromDateTime(known.AsDateTime().UtcDateTime));
    }

    private static (string Text, List<int> Rows) Selected(RandomSelection made, RelationshipTable table)
    {
        var (text, holds) = made.Where(table.Type);
        return (text, [.. Enumerable.Range(0, table.Count).Where(edge => holds(edge, table.Out.Source(edge), table.Out.Target(edge)) == true)]);
    }

    private static string FiguresAsked(RelationshipType type)
    {
        var numbers = string.Join(" ", type.Fields.Where(field => field.Kind is FieldKind.Decimal or FieldKind.Integer)
            .Select(field => $"{field.Name} {{ count sum average min max percentile(part: 0.3) histogram(ranges: {Ranges}) {{ from to count }} }}"));
        return $"count from {{ count }} to {{ count }} {(numbers.Length == 0 ? "" : $"edge {{ {numbers} }}")}";
    }

    private static void AreFigures(JsonElement answer, Snapshot snapshot, RelationshipTable table, List<int> rows, string of)
    {
        Assert.That(
            (answer.GetProperty("count").GetInt32(), answer.GetProperty("from").GetProperty("count").GetInt32(), answer.GetProperty("to").GetProperty("count").GetInt32()),
            Is.EqualTo((rows.Count, rows.Select(edge => table.Out.Source(edge)).Distinct().Count(), rows.Select(edge => table.Out.Target(edge)).Distinct().Count())), of);
        foreach (var field in table.Type.Fields.Where(field => field.Kind is FieldKind.Decimal or FieldKind.Integer))
        {
            var values = rows.Select(edge => table.Get(edge, field.Name)).OfType<PropertyValue>()
                .Select(value => field.Kind == FieldKind.Decimal ? value.AsDecimal() : value.AsInteger()).Order().ToList();
            var figures = answer.GetProperty("edge").GetProperty(field.Name);
            Assert.That(figures.GetProperty("count").GetInt32(), Is.EqualTo(values.Count), $"{field.Name} of {of}");
            if (values.Count == 0) continue;
            var rank = 0.3m * (values.Count - 1);
            var (low, high) = (values[(int)rank], values[Math.Min(values.Count - 1, (int)rank + 1)]);
            Assert.Multiple(() =>
            {
                Assert.That(
                    (Number(figures, "sum"), Number(figures, "average"), Number(figures, "min"), Number(figures, "max"), Number(figures, "percentile")),
                    Is.EqualTo(((decimal?)values.Sum(), (decimal?)values.Average(), (decimal?)values[0], (decimal?)values[^1], (decimal?)(low + ((high - low) * (rank - (int)rank))))), $"{field.Name} of {of}");
                var ranges = figures.GetProperty("histogram").EnumerateArray().ToList();
                Assert.That(ranges.Sum(range => range.GetProperty("count").GetInt32()), Is.EqualTo(values.Count), $"{field.Name} of {of}");
                if (values[0] != values[^1])
                    Assert.That(ranges.Select(range => range.GetProperty("count").GetInt32()),
                        Is.EqualTo(Enumerable.Range(0, Ranges).Select(at => values.Count(value => Math.Min(Ranges - 1, (int)((value - values[0]) / (values[^1] - values[0]) * Ranges)) == at))), $"{field.Name} of {of}");
            });
        }
    }

    /// <summary>Some key of a relationship that anyone may group by.</summary>
    private static string Any(RelationshipType type)
    {
        var key = Keys(SchemaCatalog.LoadEmbedded(), type).First();
        return $"{{ {key.Part}: {key.Name} }}";
    }

    /// <summary>What was answered under a name; null where it was refused as a whole.</summary>
    private static async Task<JsonElement?> AnswerAsync(ServedGraph served, Viewer viewer, string question, string root)
    {
        var answer = JsonDocument.Parse(await served.AskText(viewer, question)).RootElement;
        return answer.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object && data.GetProperty(root) is { ValueKind: JsonValueKind.Object } told ? told : null;
    }

    private static decimal? Sum(List<decimal> numbers) => numbers.Count == 0 ? null : numbers.Sum();

    private static decimal? Number(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : null;

    private static string Root(RelationshipTable table) => $"{RelationshipRows.RootOf(table.Type)}Aggregate";

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "-",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
