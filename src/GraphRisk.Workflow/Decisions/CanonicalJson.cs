using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GraphRisk.Graph.Facts;
using GraphRisk.Workflow.Admission;

namespace GraphRisk.Workflow.Decisions;

/// <summary>
/// Values as JSON that is the same bytes for the same value: members by name, no spaces, decimals with the digits they have. Reads back to what was written.
/// </summary>
public static class CanonicalJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        IncludeFields = true,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new NodeIdText(), new FigureText() },
    };

    /// <summary>Writes a value.</summary>
    public static string Write<T>(T value) => Sorted(JsonSerializer.SerializeToNode(value, Options))?.ToJsonString(Options) ?? "null";

    /// <summary>Reads what was written.</summary>
    /// <exception cref="JsonException">The text is not what is written for such a value.</exception>
    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException($"The text holds no {typeof(T).Name}.");

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private sealed class NodeIdText : JsonConverter<NodeId>
    {
        public override NodeId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            NodeId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("An id is written Type/Key.");

        public override void Write(Utf8JsonWriter writer, NodeId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    /// <summary>A figure as its kind and its value: a number, a day, a text, a truth, or null for what is not known.</summary>
    private sealed class FigureText : JsonConverter<Figure>
    {
        public override Figure Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var (kind, value) = (Enum.Parse<FigureKind>(document.RootElement.GetProperty("kind").GetString()!), document.RootElement.GetProperty("value"));
            return new Figure(kind, value.ValueKind == JsonValueKind.Null ? null : kind switch
            {
                FigureKind.Day => DateOnly.ParseExact(value.GetString()!, "O", CultureInfo.InvariantCulture),
                FigureKind.Name => value.GetString(),
                FigureKind.Truth => value.GetBoolean(),
                _ => value.GetDecimal(),
            });
        }

        public override void Write(Utf8JsonWriter writer, Figure figure, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", figure.Kind.ToString());
            writer.WritePropertyName("value");
            switch (figure.Value)
            {
                case null: writer.WriteNullValue(); break;
                case DateOnly day: writer.WriteStringValue(day.ToString("O", CultureInfo.InvariantCulture)); break;
                case string text: writer.WriteStringValue(text); break;
                case bool truth: writer.WriteBooleanValue(truth); break;
                default: writer.WriteNumberValue(Convert.ToDecimal(figure.Value, CultureInfo.InvariantCulture)); break;
            }

            writer.WriteEndObject();
        }
    }
}
