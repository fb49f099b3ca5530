using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Stores.Neo4j.Layout;

/// <summary>
/// How elements of one type are sent to be written: each as a list of values in one order, the same for all and always, so
/// that the server plans one statement a type and reads no names. A server takes such lists three times as fast as maps.
/// </summary>
internal sealed class RowShape
{
    private readonly int leading;
    private readonly ElementType type;
    private readonly bool hasCaption;

    /// <param name="leading">Properties that the row begins with, before those of every recording.</param>
    /// <param name="type">The type, whose fields come next.</param>
    /// <param name="offset">Values of the row before the first property.</param>
    private RowShape(string[] leading, ElementType type, int offset = 0)
    {
        this.leading = leading.Length + offset;
        this.type = type;
        hasCaption = type is NodeType node && NativeProperties.HasCaption(node);
        Properties =
        [
            .. leading.Concat(StoredProperties.Names).Select((name, i) => (name, $"row[{i + offset}]")),
            .. type.Fields.Select((field, i) => (field.Name, Expression(field, $"row[{this.leading + StoredProperties.Names.Length + i}]"))),
            .. hasCaption ? [(NativeProperties.CaptionName, $"row[{Length - 1}]")] : Array.Empty<(string, string)>(),
        ];
    }

    /// <summary>Names of the properties with the expression for each, for <see cref="CypherText.WithProperties"/>.</summary>
    public IReadOnlyList<(string Name, string Expression)> Properties { get; }

    private int Length => leading + StoredProperties.Names.Length + type.Fields.Length + (hasCaption ? 1 : 0);

    /// <summary>Nodes with their own fact.</summary>
    public static RowShape OfNodes(NodeType type) => new(["key", "_shown"], type);

    /// <summary>Further facts on nodes.</summary>
    public static RowShape OfStatements(NodeType type) => new(["_fact", "_node", "_type"], type);

    /// <summary>Relationships; the row begins with the keys of its ends.</summary>
    public static RowShape OfRelationships(RelationshipType type) => new(["_fact", "_key"], type, offset: 2);

    /// <summary>The row of a node.</summary>
    public object?[] Node(NodeDrawing drawing)
    {
        var row = new object?[Length];
        row[0] = drawing.Node.Key;
        row[1] = drawing.Shown;
        if (drawing.Own is { } own) Fill(row, own, withContent: drawing.IsOverlaid);
        Fill(row, drawing.Values);
        return row;
    }

    /// <summary>The row of a further fact on a node.</summary>
    public object?[] Statement(Recording recording)
    {
        var (row, fact) = (new object?[Length], (NodeFact)recording.Fact);
        row[0] = recording.Id.ToString();
        row[1] = fact.Node.ToString();
        row[2] = fact.Node.Type;
        Fill(row, recording, withContent: false);
        Fill(row, NativeProperties.Of(fact.Properties));
        return row;
    }

    /// <summary>The row of a relationship.</summary>
    public object?[] Relationship(Recording recording)
    {
        var (row, fact) = (new object?[Length], (RelationshipFact)recording.Fact);
        row[0] = fact.From.Key;
        row[1] = fact.To.Key;
        row[2] = recording.Id.ToString();
        row[3] = fact.Key.Length > 0 ? fact.Key : null;
        Fill(row, recording, withContent: false);
        foreach (var (name, value) in fact.Properties) row[PlaceOf(name)] = NativeProperties.Of(value);
        return row;
    }

    private void Fill(object?[] row, Recording recording, bool withContent) =>
        StoredProperties.Fill(row.AsSpan(leading, StoredProperties.Names.Length), recording, withContent);

    private void Fill(object?[] row, IReadOnlyDictionary<string, object?> values)
    {
        foreach (var (name, value) in values) row[PlaceOf(name)] = value;
        if (hasCaption) row[^1] = NativeProperties.CaptionOf((NodeType)type, values);
    }

    private int PlaceOf(string field) => leading + StoredProperties.Names.Length + type.GetField(field).Ordinal;

    private static string Expression(Field field, string value) => field.Kind switch
    {
        FieldKind.Date => $"date({value})",
        FieldKind.DateTime => $"datetime({value})",
        _ => value,
    };
}
