using System.Collections.Immutable;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>Reads the rules of one mapping: templates, conditions, nodes and facts.</summary>
internal sealed class RuleReader
{
    private readonly SchemaCatalog catalog;
    private readonly ImmutableArray<Column> columns;
    private readonly int stars;
    private readonly TimeFormats times;

    /// <param name="catalog">The schema.</param>
    /// <param name="columns">The mapping's columns.</param>
    /// <param name="stars">Number of stars in its file patterns.</param>
    /// <param name="times">How its files write times.</param>
    public RuleReader(SchemaCatalog catalog, ImmutableArray<Column> columns, int stars, TimeFormats times)
    {
        this.catalog = catalog;
        this.columns = columns;
        this.stars = stars;
        this.times = times;
    }

    public int ColumnOf(Yaml node) =>
        Find(node.Text()) is var column and >= 0 ? column : throw node.Error($"'{node.Text()}' is no column");

    public Template ReadTemplate(Yaml node)
    {
        try
        {
            return Template.Parse(node.Text(), Find, stars);
        }
        catch (FormatException fault)
        {
            throw node.Error(fault.Message);
        }
    }

    public Condition ReadCondition(Yaml node) => new(
        [.. node.Entries().Select(entry => new ColumnTest(ColumnOf(entry.Key), [.. entry.Value.Texts()]))]);

    public List<NodeRule> ReadNodes(Yaml node) =>
        [.. node.Entries().Select(entry => ReadNode(entry.Key.Text(), entry.Value))];

    public ImmutableArray<FactRule> ReadFacts(Yaml list, List<NodeRule> nodes) =>
        [.. list.Items().Select(item => ReadFact(item, nodes))];

    private NodeRule ReadNode(string name, Yaml node)
    {
        var map = node.Map("key", "type");
        var type = node.Need(map, "type");
        var types = type.IsScalar
            ? [(ReadType(type), Condition.Always)]
            : type.Entries().Select(entry => (ReadType(entry.Key), ReadCondition(entry.Value))).ToImmutableArray();
        return new NodeRule(name, ReadTemplate(node.Need(map, "key")), types);
    }

    private string ReadType(Yaml node) =>
        catalog.FindNode(node.Text())?.Name ?? throw node.Error($"'{node.Text()}' is no node type of the schema");

    private FactRule ReadFact(Yaml item, List<NodeRule> nodes)
    {
        var map = item.Map(
            "node", "as", "edge", "from", "to", "key", "numbered", "optional", "when", "unless", "since", "until", "through", "ended", "lasting",
            "set", "times");
        var validity = ReadValidity(map);
        FactRule rule;
        IReadOnlyList<ElementType> elements;
        if (map.TryGetValue("node", out var name))
        {
            var node = FindNode(name, nodes);
            var only = map.TryGetValue("as", out var type) ? ReadType(type) : null;
            elements = [.. node.Types.Where(t => only is null || t.Type == only).Select(t => catalog.Node(t.Type))];
            if (elements.Count == 0) throw type.Error($"'{node.Name}' is never a {only}");
            rule = new NodeFactRule(node, only) { Validity = validity };
        }
        else
        {
            var (edge, relationship) = ReadEdge(item, map, nodes, validity);
            (rule, elements) = (edge, [relationship]);
        }

        var set = map.TryGetValue("set", out var fields)
            ? fields.Entries().Select(entry => ReadField(entry.Key, entry.Value, elements)).ToImmutableArray() : [];
        CheckRequired(item, elements, set.Select(entry => entry.Field.Name).ToHashSet(StringComparer.Ordinal));
        return rule with
        {
            Set = set,
            When = map.TryGetValue("when", out var when) ? ReadCondition(when) : Condition.Always,
            Unless = map.TryGetValue("unless", out var unless) ? ReadCondition(unless) : null,
            Optional = map.TryGetValue("optional", out var optional) && optional.Truth(),
            Lasting = map.TryGetValue("lasting", out var lasting) && lasting.Truth(),
        };
    }

    private (RelationshipFactRule Rule, RelationshipType Type) ReadEdge(
        Yaml item, Dictionary<string, Yaml> map, List<NodeRule> nodes, ValidityRule validity)
    {
        var name = item.Need(map, "edge");
        var type = catalog.FindRelationship(name.Text()) ?? throw name.Error($"'{name.Text()}' is no relationship of the schema");
        var from = FindNode(item.Need(map, "from"), nodes);
        var to = FindNode(item.Need(map, "to"), nodes);
        CheckEnd(map["from"], type, from, type.From);
        CheckEnd(map["to"], type, to, type.To);
        var key = map.TryGetValue("key", out var template) ? ReadTemplate(template) : null;
        var numbered = map.TryGetValue("numbered", out var flag) && flag.Truth();
        return (new RelationshipFactRule(type.GraphName, from, to, key, numbered) { Validity = validity }, type);
    }

    private ValidityRule ReadValidity(Dictionary<string, Yaml> map) => new(
        map.TryGetValue("since", out var since) ? [.. since.Items().Select(ColumnOf)] : [],
        map.TryGetValue("until", out var until) || map.TryGetValue("through", out until) ? [.. until.Items().Select(ColumnOf)] : [],
        map.TryGetValue("ended", out var ended) ? ReadCondition(ended) : null,
        map.TryGetValue("times", out var own) ? new TimeFormats(own.Texts()) : times)
    {
        Through = map.ContainsKey("through"),
    };

    private (Field Field, ValueRule Rule) ReadField(Yaml name, Yaml value, IReadOnlyList<ElementType> elements)
    {
        foreach (var element in elements)
            if (element.FindField(name.Text()) is null) throw name.Error($"'{name.Text()}' is no field of {element.GraphName}");
        var field = elements[0].GetField(name.Text());
        return (field, new ValueRuleReader(this, times).Read(field, value));
    }

    /// <summary>A fact states all required fields of its type, or none of them and only adds to what others say.</summary>
    private static void CheckRequired(Yaml item, IReadOnlyList<ElementType> elements, HashSet<string> stated)
    {
        foreach (var element in elements)
        {
            var required = element.Fields.Where(field => field.Required).Select(field => field.Name).ToList();
            var adds = element is NodeType && !required.Exists(stated.Contains);
            if (!adds && required.Find(name => !stated.Contains(name)) is { } missing)
                throw item.Error($"'{missing}' is required for {element.GraphName}");
        }
    }

    private void CheckEnd(Yaml place, RelationshipType type, NodeRule node, string expected)
    {
        foreach (var (name, _) in node.Types)
            if (!catalog.Node(name).Is(expected)) throw place.Error($"{type.GraphName} needs a {expected}, '{node.Name}' may be a {name}");
    }

    private static NodeRule FindNode(Yaml name, List<NodeRule> nodes) =>
        nodes.Find(node => node.Name == name.Text()) ?? throw name.Error($"'{name.Text()}' is none of the mapping's nodes");

    private int Find(string name)
    {
        for (var i = 0; i < columns.Length; i++)
            if (columns[i].Name == name) return i;
        return -1;
    }
}
