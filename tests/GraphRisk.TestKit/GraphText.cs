using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.TestKit;

/// <summary>
/// A graph drawn in a test as text, one chain a line:
/// <code>
/// (X:Person name="Li Lei")-[HOLDS share=0.5]->(A:Company)-[HOLDS share=0.6]->(B:Company)
/// (A)-[GUARANTEES amount=100]->(B)
/// </code>
/// A node's type and properties are stated where it is first met; its key is its label. Parallel relationships are kept.
/// Lists are written <c>a|b</c>.
/// </summary>
public sealed partial class GraphText
{
    private readonly Dictionary<string, NodeId> ids = new(StringComparer.Ordinal);
    private readonly List<Fact> facts = [];
    private readonly SchemaCatalog catalog;

    private GraphText(SchemaCatalog catalog) => this.catalog = catalog;

    /// <summary>The schema of all drawn graphs.</summary>
    public static SchemaCatalog Catalog { get; } = SchemaCatalog.LoadEmbedded();

    /// <summary>The as-of instant of drawn graphs where none is given: the close of 2024-06-30.</summary>
    public static DateTimeOffset DefaultAsOf { get; } = Validity.CloseOf(new DateOnly(2024, 6, 30));

    /// <summary>The snapshot of a drawn graph.</summary>
    public static DrawnGraph Draw(string text, DateOnly? asOf = null)
    {
        var drawing = new GraphText(Catalog);
        foreach (var line in text.Split(['\n', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            drawing.ReadChain(line);
        var instant = asOf is { } day ? Validity.CloseOf(day) : DefaultAsOf;
        return new DrawnGraph(SnapshotOf(drawing.facts, instant), drawing.ids.ToImmutableDictionary(StringComparer.Ordinal), [.. drawing.facts]);
    }

    /// <summary>The snapshot of some facts under the shipped schema.</summary>
    public static Snapshot SnapshotOf(IEnumerable<Fact> facts, DateTimeOffset? asOf = null)
    {
        var instant = asOf ?? DefaultAsOf;
        var builder = new SnapshotBuilder(Catalog, new SnapshotStamp(1, instant, instant, Catalog.Hash), Clusters.None);
        foreach (var fact in facts) builder.Add(fact);
        return builder.Build();
    }

    private void ReadChain(string line)
    {
        var at = 0;
        var from = ReadNode(line, ref at);
        while (at < line.Length)
        {
            var edge = EdgePattern().Match(line, at);
            if (!edge.Success || edge.Index != at) throw new FormatException($"'{line[at..]}' is not -[TYPE ...]->.");
            at += edge.Length;
            var to = ReadNode(line, ref at);
            var type = catalog.Relationship(edge.Groups["type"].Value);
            facts.Add(new RelationshipFact(
                type.GraphName, from, to, facts.Count.ToString(CultureInfo.InvariantCulture),
                ReadProperties(type, edge.Groups["fields"].Value), Validity.Always, Origin()));
            from = to;
        }
    }

    private NodeId ReadNode(string line, ref int at)
    {
        var node = NodePattern().Match(line, at);
        if (!node.Success || node.Index != at) throw new FormatException($"'{line[at..]}' is not (label:Type ...).");
        at += node.Length;
        var label = node.Groups["label"].Value;
        if (ids.TryGetValue(label, out var known)) return known;
        if (!node.Groups["type"].Success) throw new FormatException($"'{label}' is met without a type.");
        var type = catalog.Node(node.Groups["type"].Value);
        var id = new NodeId(type.Name, label);
        ids.Add(label, id);
        facts.Add(new NodeFact(id, ReadProperties(type, node.Groups["fields"].Value), Validity.Always, Origin()));
        return id;
    }

    private static Properties ReadProperties(ElementType type, string text) => Properties.Of(
        FieldPattern().Matches(text).Select(match => new Property(
            match.Groups["name"].Value, Read(type.GetField(match.Groups["name"].Value), match.Groups["value"].Value.Trim('"')))));

    private static PropertyValue Read(Field field, string text) => field.Kind switch
    {
        FieldKind.Decimal => PropertyValue.Of(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)),
        FieldKind.Integer => PropertyValue.Of(long.Parse(text, CultureInfo.InvariantCulture)),
        FieldKind.Boolean => PropertyValue.Of(bool.Parse(text)),
        FieldKind.Date => PropertyValue.Of(DateOnly.Parse(text, CultureInfo.InvariantCulture)),
        FieldKind.DateTime => PropertyValue.Of(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)),
        FieldKind.Enum => PropertyValue.OfEnum(text),
        FieldKind.StringList => PropertyValue.Of(text.Split('|')),
        _ => PropertyValue.Of(text),
    };

    private Provenance Origin() => new("drawing", facts.Count.ToString(CultureInfo.InvariantCulture), 0.9m);

    [GeneratedRegex(@"\(\s*(?<label>[^\s:()]+)(?::(?<type>\w+))?(?<fields>(?:\s+\w+=(?:""[^""]*""|[^\s)]+))*)\s*\)")]
    private static partial Regex NodePattern();

    [GeneratedRegex(@"-\[(?<type>\w+)(?<fields>(?:\s+\w+=(?:""[^""]*""|[^\s\]]+))*)\s*\]->")]
    private static partial Regex EdgePattern();

    [GeneratedRegex(@"(?<name>\w+)=(?<value>""[^""]*""|\S+)")]
    private static partial Regex FieldPattern();
}

/// <summary>A drawn graph.</summary>
/// <param name="Snapshot">Its snapshot.</param>
/// <param name="Ids">Ids by label.</param>
/// <param name="Facts">The facts it was made of, in order.</param>
public sealed record DrawnGraph(Snapshot Snapshot, ImmutableDictionary<string, NodeId> Ids, ImmutableArray<Fact> Facts)
{
    /// <summary>Node of a label.</summary>
    public int this[string label] => Snapshot.Nodes.Find(Ids[label]);

    /// <summary>Label of a node.</summary>
    public string LabelOf(int node) => Snapshot.Nodes.IdOf(node).Key;

    /// <summary>Labels of nodes, in the order given, separated by spaces.</summary>
    public string Labels(IEnumerable<int> nodes) => string.Join(' ', nodes.Select(LabelOf));
}
