using System.Collections.Immutable;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Selection;

namespace GraphRisk.Server.Selection;

/// <summary>A part of a relationship that is a row: the relationship itself, or the node at one of its ends.</summary>
/// <param name="Name">Its name in filters, orders, keys and figures.</param>
/// <param name="TypeName">What is there: a node type or interface, or the relationship's own name.</param>
/// <param name="Description">What its figures are over.</param>
/// <param name="Fields">The fields there.</param>
/// <param name="Groups">Fields there that are read through another.</param>
/// <param name="Keys">By what rows can be put together there.</param>
/// <param name="Near">Of an end, whether it is the one the row is met from; null for the relationship itself.</param>
internal sealed record RowPart(
    string Name, string TypeName, string Description, ImmutableArray<SelectableField> Fields, ImmutableArray<SelectableGroup> Groups, ImmutableArray<KeyName> Keys, bool? Near)
{
    /// <summary>The values of a field of the part, over rows.</summary>
    public Values Of(Values values) => Near is { } near ? values.OfEnd(near) : values;

    /// <summary>The rows its figures are over: relationships as they are, nodes each once.</summary>
    public Figured Of(Figured rows) => Near is { } near ? rows.Nodes(near) : rows;
}

/// <summary>The parts of relationships, each with what it can be asked by.</summary>
internal static class RowParts
{
    /// <summary>Of relationships that are rows of their own: themselves, and the nodes where they start and end.</summary>
    public static ImmutableArray<RowPart> OfRows(SelectableTypes types, RelationshipType type) =>
    [
        .. Itself(types, type),
        End(types[type.From], "from", "Over the nodes where they start, each once.", near: true),
        End(types[type.To], "to", "Over the nodes where they end, each once.", near: false),
    ];

    /// <summary>Of the relationships of a node: themselves, and the nodes they lead to.</summary>
    public static ImmutableArray<RowPart> OfNode(SelectableTypes types, RelationshipType type, bool fromStart) =>
        [.. Itself(types, type), End(types[fromStart ? type.To : type.From], "node", "Over the nodes they lead to, each once.", near: false)];

    private static IEnumerable<RowPart> Itself(SelectableTypes types, RelationshipType type)
    {
        var fields = types.FieldsOf(type);
        if (fields.IsEmpty) return [];
        return [new RowPart("edge", type.Name, "Over the relationships themselves.", fields, [], [.. KeyNames.Of(fields.Select(field => (field.Name, field)))], null)];
    }

    private static RowPart End(SelectableType type, string name, string description, bool near) =>
        new(name, type.Name, description, type.Fields, type.Groups, [.. KeyNames.Of(type)], near);
}
