using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Nodes;

namespace GraphRisk.Server.Tests.Selection;

/// <summary>
/// A random filter, written as GraphQL and beside it as a function that reads a node's fields one by one: it shares nothing with the
/// selection of the server but what fields and relationships are called.
/// </summary>
internal sealed class RandomSelection(Snapshot snapshot, Random random)
{
    private const int Deepest = 3;

    /// <summary>A filter of a type, its text and whether a node fulfils it; null for what is not known.</summary>
    public (string Text, Func<int, bool?> Holds) Where(NodeType type, int depth = 0)
    {
        var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Part(type, depth)).DistinctBy(part => part.Name).ToList();
        return ($"{{ {string.Join(", ", parts.Select(part => part.Text))} }}", node => All(parts.Select(part => part.Holds(node))));
    }

    /// <summary>A filter of one operator on one field.</summary>
    public (string Text, Func<int, bool?> Holds) Where(NodeType type, Field field, string name)
    {
        var (text, holds) = Comparison(field, name, Sample(type, field));
        return ($"{{ {field.Name}: {{ {name}: {text} }} }}", node => holds(snapshot.Nodes.Get(node, field.Name)));
    }

    /// <summary>A filter of relationships that are rows of their own, and whether one fulfils it, by its number and both ends.</summary>
    public (string Text, Func<int, int, int, bool?> Holds) Where(RelationshipType type)
    {
        var table = snapshot.Relationship(type.GraphName);
        var parts = new List<(string Text, Func<int, int, int, bool?> Holds)>();
        if (random.Next(2) == 0 && End(type.From) is var start) parts.Add(($"from: {start.Text}", (_, from, _) => start.Holds(from)));
        if (random.Next(2) == 0 && End(type.To) is var end) parts.Add(($"to: {end.Text}", (_, _, to) => end.Holds(to)));
        if (type.Fields.Length > 0 && random.Next(2) == 0)
        {
            var field = type.Fields[random.Next(type.Fields.Length)];
            var operators = OperatorsOf(field.Kind);
            var sample = Enumerable.Range(0, 20).Where(_ => table.Count > 0).Select(_ => table.Get(random.Next(table.Count), field.Name)).OfType<PropertyValue>().ToList();
            var (text, holds) = Comparison(field, operators[random.Next(operators.Length)], sample, named: true);
            parts.Add(($"edge: {{ {field.Name}: {{ {text} }} }}", (edge, _, _) => holds(table.Get(edge, field.Name))));
        }

        return ($"{{ {string.Join(", ", parts.Select(part => part.Text))} }}", (edge, from, to) => All(parts.Select(part => part.Holds(edge, from, to))));
    }

    /// <summary>A filter of nodes at an end; where several types may stand there, of one of them.</summary>
    private (string Text, Func<int, bool?> Holds) End(string name)
    {
        var possible = snapshot.Catalog.NodeTypes.Where(type => type.Is(name)).ToList();
        var type = possible[random.Next(possible.Count)];
        var (text, holds) = Where(type, Deepest);
        return type.Name == name ? (text, holds)
            : ($"{{ {char.ToLowerInvariant(type.Name[0])}{type.Name[1..]}: {text} }}", node => snapshot.Nodes.TypeOf(node) == type ? holds(node) : false);
    }

    /// <summary>The operators of a kind of field.</summary>
    public static ImmutableArray<string> OperatorsOf(FieldKind kind) => kind switch
    {
        FieldKind.StringList => ["has", "hasAny", "hasAll", "isNull"],
        FieldKind.Boolean => ["eq", "ne", "isNull"],
        FieldKind.Enum => ["eq", "ne", "in", "notIn", "isNull"],
        FieldKind.String => ["eq", "ne", "in", "notIn", "lt", "lte", "gt", "gte", "between", "contains", "startsWith", "endsWith", "isNull"],
        _ => ["eq", "ne", "in", "notIn", "lt", "lte", "gt", "gte", "between", "isNull"],
    };

    private (string Name, string Text, Func<int, bool?> Holds) Part(NodeType type, int depth)
    {
        switch (depth < Deepest ? random.Next(8) : 0)
        {
            case 6 when Relations(type) is { Count: > 0 } relations:
                var (relation, fromStart) = relations[random.Next(relations.Count)];
                var name = ElementNames.FieldOf(relation, fromStart);
                var (text, holds) = Quantified(relation, fromStart, depth + 1);
                return (name, $"{name}: {text}", holds);
            case 7:
                var logic = (string[])["and", "or", "not"];
                var word = logic[random.Next(3)];
                if (word == "not")
                {
                    var (inner, truth) = Where(type, depth + 1);
                    return (word, $"not: {inner}", node => !truth(node));
                }

                var several = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Where(type, depth + 1)).ToList();
                return (word, $"{word}: [{string.Join(", ", several.Select(one => one.Text))}]",
                    node => word == "and" ? All(several.Select(one => one.Holds(node))) : !All(several.Select(one => !one.Holds(node))));
            default:
                var field = type.Fields[random.Next(type.Fields.Length)];
                var operators = OperatorsOf(field.Kind);
                var (comparison, fulfils) = Comparison(field, operators[random.Next(operators.Length)], Sample(type, field), named: true);
                return (field.Name, $"{field.Name}: {{ {comparison} }}", node => fulfils(snapshot.Nodes.Get(node, field.Name)));
        }
    }

    private List<(RelationshipType Type, bool FromStart)> Relations(NodeType type) =>
    [
        .. from relation in snapshot.Catalog.RelationshipTypes
        where relation.GraphName != SchemaCatalog.SameAs
        from fromStart in (bool[])[true, false]
        where type.Is(fromStart ? relation.From : relation.To)
        select (relation, fromStart),
    ];

    private (string Text, Func<int, bool?> Holds) Quantified(RelationshipType relation, bool fromStart, int depth)
    {
        var table = snapshot.Relationship(relation.GraphName);
        var far = fromStart ? relation.To : relation.From;
        var quantity = ((string[])["some", "none", "all", "single", "count"])[random.Next(5)];
        if (quantity == "count")
        {
            var least = random.Next(4);
            return ($"{{ count: {{ gte: {least} }} }}", node => Edges(node).Count >= least);
        }

        var nodeWhere = snapshot.Catalog.FindNode(far) is { } type && random.Next(2) == 0 ? Where(type, depth) : ((string Text, Func<int, bool?> Holds)?)null;
        var field = relation.Fields.Length > 0 && random.Next(2) == 0 ? relation.Fields[random.Next(relation.Fields.Length)] : null;
        var edgeWhere = field is null ? ((string Text, Func<PropertyValue?, bool?> Holds)?)null : Comparison(
            field, OperatorsOf(field.Kind)[random.Next(OperatorsOf(field.Kind).Length)],
            [.. Enumerable.Range(0, 20).Where(_ => table.Count > 0).Select(_ => table.Get(random.Next(table.Count), field.Name)).OfType<PropertyValue>()], named: true);
        var text = string.Join(", ", ((string?[])[nodeWhere is { } one ? $"node: {one.Text}" : null, edgeWhere is { } other ? $"edge: {{ {field!.Name}: {{ {other.Text} }} }}" : null]).OfType<string>());
        return ($"{{ {quantity}: {{ {text} }} }}", node =>
        {
            var edges = Edges(node);
            var fulfilling = edges.Count(edge => All([
                nodeWhere is { } inner ? inner.Holds(edge.Far) : true, edgeWhere is { } edgeInner ? edgeInner.Holds(table.Get(edge.Edge, field!.Name)) : true]) == true);
            return quantity switch { "some" => fulfilling > 0, "none" => fulfilling == 0, "all" => fulfilling == edges.Count, _ => fulfilling == 1 };
        });

        List<(int Edge, int Far)> Edges(int node)
        {
            var found = new List<(int, int)>();
            var rows = fromStart ? table.Out : table.In;
            for (var place = rows.Range(node).Start; place < rows.Range(node).End; place++) found.Add((fromStart ? place : table.InEdge(place), rows.Target(place)));
            return found;
        }
    }

    /// <summary>Values a field really has, so that comparisons decide something.</summary>
    private List<PropertyValue> Sample(NodeType type, Field field)
    {
        var nodes = snapshot.Nodes.OfType(type.Name);
        return [.. Enumerable.Range(0, 20).Where(_ => nodes.Length > 0).Select(_ => snapshot.Nodes.Get(nodes[random.Next(nodes.Length)], field.Name)).OfType<PropertyValue>()];
    }

    private (string Text, Func<PropertyValue?, bool?> Holds) Comparison(Field field, string name, List<PropertyValue> sample, bool named = false)
    {
        var one = sample.Count > 0 ? sample[random.Next(sample.Count)] : Made(field);
        var other = sample.Count > 0 ? sample[random.Next(sample.Count)] : Made(field);
        var truth = random.Next(2) == 0;
        (string Text, Func<PropertyValue, bool?> Holds) made = name switch
        {
            "isNull" => (truth ? "true" : "false", _ => !truth),
            "has" => (Text(one.AsStrings()[0]), value => value.AsStrings().Contains(one.AsStrings()[0])),
            "hasAny" => ($"[{Text(one.AsStrings()[0])}, {Text(other.AsStrings()[^1])}]", value => value.AsStrings().Contains(one.AsStrings()[0]) || value.AsStrings().Contains(other.AsStrings()[^1])),
            "hasAll" => ($"[{Text(one.AsStrings()[0])}, {Text(other.AsStrings()[^1])}]", value => value.AsStrings().Contains(one.AsStrings()[0]) && value.AsStrings().Contains(other.AsStrings()[^1])),
            "eq" => (Literal(one), value => value == one),
            "ne" => (Literal(one), value => value != one),
            "in" => ($"[{Literal(one)}, {Literal(other)}]", value => value == one || value == other),
            "notIn" => ($"[{Literal(one)}, {Literal(other)}]", value => value != one && value != other),
            "lt" => (Literal(one), value => Compare(value, one) < 0),
            "lte" => (Literal(one), value => Compare(value, one) <= 0),
            "gt" => (Literal(one), value => Compare(value, one) > 0),
            "gte" => (Literal(one), value => Compare(value, one) >= 0),
            "between" => ($"[{Literal(one)}, {Literal(other)}]", value => Compare(value, one) >= 0 && Compare(value, other) <= 0),
            "contains" => (Text(Part(one.AsString(), 1, 1)), value => value.AsString().Contains(Part(one.AsString(), 1, 1), StringComparison.Ordinal)),
            "startsWith" => (Text(Part(one.AsString(), 0, 2)), value => value.AsString().StartsWith(Part(one.AsString(), 0, 2), StringComparison.Ordinal)),
            _ => (Text(Part(one.AsString(), one.AsString().Length - 1, 1)), value => value.AsString().EndsWith(Part(one.AsString(), one.AsString().Length - 1, 1), StringComparison.Ordinal)),
        };
        return (named ? $"{name}: {made.Text}" : made.Text, value => value is { } known ? made.Holds(known) : name == "isNull" ? truth
            : name.StartsWith("has", StringComparison.Ordinal) ? false : null);
    }

    /// <summary>How values are ordered: numbers and days by size, texts by code point.</summary>
    public static int Compare(PropertyValue left, PropertyValue right) => left.Kind switch
    {
        FieldKind.String => Encoding.UTF8.GetBytes(left.AsString()).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right.AsString())),
        FieldKind.Enum => 0,
        _ => Comparer<object>.Default.Compare(left.AsObject(), right.AsObject()),
    };

    private static string Part(string text, int start, int length)
    {
        var info = new StringInfo(text);
        start = Math.Clamp(Math.Min(start, info.LengthInTextElements - 1), 0, info.LengthInTextElements - 1);
        return info.SubstringByTextElements(start, Math.Min(length, info.LengthInTextElements - start));
    }

    private static PropertyValue Made(Field field) => field.Kind switch
    {
        FieldKind.StringList => PropertyValue.Of(["甲"]),
        FieldKind.Enum => PropertyValue.OfEnum(field.Enum!.Values[0]),
        FieldKind.Decimal => PropertyValue.Of(0.25m),
        FieldKind.Integer => PropertyValue.Of(7L),
        FieldKind.Boolean => PropertyValue.Of(true),
        FieldKind.Date => PropertyValue.Of(new DateOnly(2024, 2, 29)),
        FieldKind.DateTime => PropertyValue.Of(new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.Zero)),
        _ => PropertyValue.Of("甲"),
    };

    private static string Literal(PropertyValue value) => value.Kind switch
    {
        FieldKind.Decimal or FieldKind.Integer or FieldKind.Boolean or FieldKind.Enum => PropertyText.Of(value),
        _ => Text(PropertyText.Of(value)),
    };

    private static string Text(string text) => JsonSerializer.Serialize(text);

    private static bool? All(IEnumerable<bool?> truths) =>
        truths.ToList() is var all && all.Contains(false) ? false : all.Contains(null) ? null : true;
}
