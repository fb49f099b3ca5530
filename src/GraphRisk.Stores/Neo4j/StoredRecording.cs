using GraphRisk.Graph.Facts;

namespace GraphRisk.Stores.Neo4j;

/// <summary>A recording with what it is about and what it does.</summary>
/// <param name="Recording">The recording.</param>
/// <param name="Element">What it is about.</param>
/// <param name="Kind">Assertion or retraction.</param>
/// <param name="Closed">Version at which it stopped being believed; the greatest number while it is.</param>
internal readonly record struct StoredRecording(Recording Recording, Element Element, ChangeKind Kind, long Closed)
{
    /// <summary>Reads a row of a node's own fact.</summary>
    public static StoredRecording OfNode(string type, object?[] row) => OfNode(new NodeId(type, (string)row[Recording.Columns]!), row);

    /// <summary>Reads a row of a further fact on a node.</summary>
    public static StoredRecording OfStatement(object?[] row) => OfNode(NodeId.Parse((string)row[Recording.Columns]!), row);

    /// <summary>Reads a row of a fact on a node that is known otherwise.</summary>
    public static StoredRecording OfNode(NodeId node, object?[] row) =>
        new(Recording.Read(row), Element.OfNode(node), ChangeKind.Assert, long.MaxValue);

    /// <summary>Reads a row of a relationship.</summary>
    public static StoredRecording OfRelationship(string type, object?[] row)
    {
        var ends = ((string)row[Recording.Columns]!).Split('>');
        var element = new Element(
            type, new NodeId(ends[0], (string)row[Recording.Columns + 1]!), new NodeId(ends[1], (string)row[Recording.Columns + 2]!),
            (string)row[Recording.Columns + 3]!);
        return new StoredRecording(Recording.Read(row), element, ChangeKind.Assert, long.MaxValue);
    }

    /// <summary>Reads a row of a former recording.</summary>
    public static StoredRecording OfFormer(object?[] row) => new(
        Recording.Read(row), Element.Parse((string)row[Recording.Columns + 2]!),
        Enum.Parse<ChangeKind>((string)row[Recording.Columns]!), (long?)row[Recording.Columns + 1] ?? long.MaxValue);
}
