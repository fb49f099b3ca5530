using System.Globalization;
using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Stores.Neo4j.Layout;

/// <summary>
/// A recording as properties in Neo4j. What a source says stands in Neo4j's own types under the schema's names, which is
/// what people see; when it holds, where it comes from and its place in the store stand beside it under names with an
/// underscore. Where the native values do not say exactly what was said (a decimal of more digits than a float has), or
/// show another fact's, the exact content stands in <c>_json</c> too and is what is read back.
/// <para>
/// A property is absent where it would say nothing: <c>_first</c> where it is <c>_seq</c>, <c>_span</c> without a text,
/// <c>_key</c> of a relationship without one.
/// </para>
/// </summary>
internal static class StoredProperties
{
    /// <summary>Names of the store's own properties of every recording, in the order of <see cref="Fill"/>.</summary>
    public static readonly string[] Names =
        ["_seq", "_first", "_version", "_from", "_to", "_source", "_record", "_reliability", "_span", "_json"];

    /// <summary>Fills in the values of <see cref="Names"/>.</summary>
    /// <param name="row">As many places.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="withContent">Whether the exact content is to be kept whatever the native values say.</param>
    public static void Fill(Span<object?> row, Recording recording, bool withContent)
    {
        var (fact, provenance) = (recording.Fact, recording.Fact.Provenance);
        row[0] = recording.Sequence;
        row[1] = recording.First == recording.Sequence ? null : recording.First;
        row[2] = recording.Version;
        row[3] = Recording.Milliseconds(fact.Validity.From);
        row[4] = Recording.Milliseconds(fact.Validity.To);
        row[5] = provenance.Source;
        row[6] = provenance.RecordKey;
        row[7] = PropertyText.Of(PropertyValue.Of(provenance.Reliability));
        row[8] = provenance.Span is { } span ? FormattableString.Invariant($"{span.Start}-{span.End}") : null;
        row[9] = withContent || !NativeProperties.AreExact(fact.Properties) ? ContentOf(fact) : null;
    }

    /// <summary>The exact content of a fact, canonical JSON.</summary>
    public static string ContentOf(Fact fact) => Encoding.UTF8.GetString(FactJson.Write(fact.Properties));

    /// <summary>Reads a fact on a node, or null where the node is only named by relationships.</summary>
    public static Recording? ReadNode(NodeType type, NodeId node, IReadOnlyDictionary<string, object?> stored) =>
        stored.ContainsKey("_seq")
            ? Read(new NodeFact(node, ReadContent(type, stored), ReadValidity(stored), ReadProvenance(stored)), stored)
            : null;

    /// <summary>Reads a fact about a relationship.</summary>
    public static Recording ReadRelationship(RelationshipType type, NodeId from, NodeId to, IReadOnlyDictionary<string, object?> stored) => Read(
        new RelationshipFact(
            type.GraphName, from, to, (string?)stored.GetValueOrDefault("_key") ?? "", ReadContent(type, stored), ReadValidity(stored),
            ReadProvenance(stored)),
        stored);

    /// <summary>Reads a recording that a later one replaced or retracted, or a retraction, with the version that closed it; null where the schema has no such type.</summary>
    public static StoredRecording? ReadFormer(SchemaCatalog catalog, IReadOnlyDictionary<string, object?> stored)
    {
        var element = Element.Parse((string)stored["_element"]!);
        if (!element.IsKnown(catalog)) return null;
        var recording = element.Relationship is { } relationship
            ? ReadRelationship(
                catalog.Relationship(relationship), element.Start, element.End,
                new Dictionary<string, object?>(stored, StringComparer.Ordinal) { ["_key"] = element.Key })
            : ReadNode(catalog.Node(element.Start.Type), element.Start, stored)!;
        return new StoredRecording(
            recording, Enum.Parse<ChangeKind>((string)stored["_kind"]!), (long?)stored.GetValueOrDefault("_closed") ?? long.MaxValue);
    }

    private static Recording Read(Fact fact, IReadOnlyDictionary<string, object?> stored)
    {
        var sequence = (long)stored["_seq"]!;
        return new Recording(fact, fact.Id, sequence, (long?)stored.GetValueOrDefault("_first") ?? sequence, (long)stored["_version"]!);
    }

    private static Properties ReadContent(ElementType type, IReadOnlyDictionary<string, object?> stored) =>
        stored.GetValueOrDefault("_json") is string exact
            ? FactJson.Read(type, Encoding.UTF8.GetBytes(exact), leavesUnknown: true)
            : NativeProperties.Read(type, stored);

    private static Validity ReadValidity(IReadOnlyDictionary<string, object?> stored) =>
        new(Recording.Instant((long)stored["_from"]!), Recording.Instant((long)stored["_to"]!));

    private static Provenance ReadProvenance(IReadOnlyDictionary<string, object?> stored) => new(
        (string)stored["_source"]!, (string)stored["_record"]!, decimal.Parse((string)stored["_reliability"]!, CultureInfo.InvariantCulture),
        stored.GetValueOrDefault("_span") is string span ? ReadSpan(span) : null);

    private static TextSpan ReadSpan(string text)
    {
        var dash = text.IndexOf('-', 1);
        return new TextSpan(
            int.Parse(text.AsSpan(0, dash), CultureInfo.InvariantCulture), int.Parse(text.AsSpan(dash + 1), CultureInfo.InvariantCulture));
    }
}
