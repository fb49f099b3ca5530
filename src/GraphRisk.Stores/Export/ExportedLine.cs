using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Stores.Export;

/// <summary>
/// The lines of an exported store: a recording, a set, a set that changed nothing. Members stand in one order, nothing that is absent is written, instants are UTC with milliseconds, properties are
/// <see cref="FactJson"/>: equal stores give equal bytes. <c>FORMAT.md</c> of an export tells the members.
/// </summary>
internal static class ExportedLine
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a recording, with the end of its line.</summary>
    public static void Write(RecordedFact recorded, ArrayBufferWriter<byte> buffer)
    {
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", recorded.Version);
            json.WriteString("change", recorded.Kind == ChangeKind.Assert ? "assert" : "retract");
            WriteWhat(json, recorded.Fact);
            var (origin, validity) = (recorded.Fact.Provenance, recorded.Fact.Validity);
            json.WriteString("source", origin.Source);
            json.WriteString("record", origin.RecordKey);
            json.WritePropertyName("reliability");
            json.WriteNumberValue(PropertyText.Normal(origin.Reliability));
            if (origin.Span is { } span)
            {
                json.WriteStartArray("span");
                json.WriteNumberValue(span.Start);
                json.WriteNumberValue(span.End);
                json.WriteEndArray();
            }

            if (validity.From != DateTimeOffset.MinValue) json.WriteString("from", Text(validity.From));
            if (validity.To != DateTimeOffset.MaxValue) json.WriteString("to", Text(validity.To));
            json.WritePropertyName("properties");
            json.WriteRawValue(FactJson.Write(recorded.Fact.Properties), skipInputValidation: true);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
    }

    /// <summary>Writes a set, with the end of its line.</summary>
    public static void Write(RecordedSet set, ArrayBufferWriter<byte> buffer)
    {
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", set.Version.Number);
            json.WriteString("recordedAt", Text(set.Version.RecordedAt));
            json.WriteString("id", set.Id);
            json.WriteString("author", set.Author);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
    }

    /// <summary>Writes the id of a set that changed nothing, with the end of its line.</summary>
    public static void WriteIdle(string id, ArrayBufferWriter<byte> buffer)
    {
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
    }

    /// <summary>Reads a recording: its version and the change.</summary>
    /// <exception cref="FormatException">The line is none, or the schema does not know what it names.</exception>
    public static (long Version, Change Change) Read(string line, SchemaCatalog catalog) => Parse(line, json =>
    {
        var kind = Member(json, "change").GetString() switch
        {
            "assert" => ChangeKind.Assert,
            "retract" => ChangeKind.Retract,
            var other => throw new FormatException($"'change' is '{other}', neither assert nor retract."),
        };
        TextSpan? span = json.TryGetProperty("span", out var ends) ? new TextSpan(ends[0].GetInt32(), ends[1].GetInt32()) : null;
        var provenance = new Provenance(Text(json, "source"), Text(json, "record"), Member(json, "reliability").GetDecimal(), span);
        var validity = new Validity(
            json.TryGetProperty("from", out var from) ? Instant(from) : DateTimeOffset.MinValue, json.TryGetProperty("to", out var to) ? Instant(to) : DateTimeOffset.MaxValue);
        return (Member(json, "version").GetInt64(), new Change(kind, FactOf(json, catalog, validity, provenance)));
    });

    /// <summary>Reads a set.</summary>
    /// <exception cref="FormatException">The line is none.</exception>
    public static RecordedSet ReadSet(string line) => Parse(line, json => new RecordedSet(
        new StoreVersion(Member(json, "version").GetInt64(), Instant(Member(json, "recordedAt"))), Text(json, "id"), Text(json, "author")));

    /// <summary>Reads the id of a set that changed nothing.</summary>
    /// <exception cref="FormatException">The line is none.</exception>
    public static string ReadIdle(string line) => Parse(line, json => Text(json, "id"));

    private static void WriteWhat(Utf8JsonWriter json, Fact fact)
    {
        if (fact is NodeFact node)
        {
            json.WriteString("type", node.Node.Type);
            json.WriteString("key", node.Node.Key);
            return;
        }

        var edge = (RelationshipFact)fact;
        json.WriteString("relationship", edge.Relationship);
        json.WriteString("start", edge.From.ToString());
        json.WriteString("end", edge.To.ToString());
        if (edge.Key.Length > 0) json.WriteString("key", edge.Key);
    }

    private static Fact FactOf(JsonElement json, SchemaCatalog catalog, Validity validity, Provenance provenance)
    {
        var properties = Member(json, "properties");
        if (!json.TryGetProperty("relationship", out var named))
        {
            var node = new NodeId(Text(json, "type"), Text(json, "key"));
            var nodeType = catalog.FindNode(node.Type) ?? throw new FormatException($"The schema has no node type '{node.Type}'.");
            return new NodeFact(node, Properties(nodeType, properties), validity, provenance);
        }

        var type = catalog.FindRelationship(named.GetString()!) ?? throw new FormatException($"The schema has no relationship '{named.GetString()}'.");
        var key = json.TryGetProperty("key", out var text) ? text.GetString()! : "";
        return new RelationshipFact(type.GraphName, NodeId.Parse(Text(json, "start")), NodeId.Parse(Text(json, "end")), key, Properties(type, properties), validity, provenance);
    }

    private static Properties Properties(ElementType type, JsonElement properties) => FactJson.Read(type, JsonMarshal.GetRawUtf8Value(properties));

    private static T Parse<T>(string line, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new FormatException(error.Message, error);
        }
    }

    private static JsonElement Member(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) ? member : throw new FormatException($"'{name}' is missing.");

    private static string Text(JsonElement json, string name) => Member(json, name).GetString() ?? throw new FormatException($"'{name}' is null.");

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(JsonElement text) =>
        DateTimeOffset.TryParseExact(text.GetString(), InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw new FormatException($"'{text.GetString()}' is not an instant such as 2025-09-30T10:00:00.000Z.");
}
