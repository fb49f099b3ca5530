using System.Globalization;
using System.Text.Json;

namespace GraphRisk.Stores.Neo4j;

/// <summary>
/// Values in the typed JSON of the Query API (<c>application/vnd.neo4j.query</c>): each is an object of <c>$type</c> and
/// <c>_value</c>, so that an integer stays an integer and 64 bits stay 64 bits.
/// </summary>
internal static class TypedJson
{
    /// <summary>Writes null, string, bool, int, long, double, DateOnly, DateTimeOffset, a map or a list of these.</summary>
    /// <exception cref="ArgumentException">The value is of another type.</exception>
    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteStartObject();
                json.WriteString("$type"u8, "Null"u8);
                json.WriteNull("_value"u8);
                json.WriteEndObject();
                break;
            case string text: WriteScalar(json, "String", text); break;
            case bool truth:
                json.WriteStartObject();
                json.WriteString("$type"u8, "Boolean"u8);
                json.WriteBoolean("_value"u8, truth);
                json.WriteEndObject();
                break;
            case int number: WriteScalar(json, "Integer", number.ToString(CultureInfo.InvariantCulture)); break;
            case long number: WriteScalar(json, "Integer", number.ToString(CultureInfo.InvariantCulture)); break;
            case double number: WriteScalar(json, "Float", number.ToString("R", CultureInfo.InvariantCulture)); break;
            case DateOnly day: WriteScalar(json, "Date", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case DateTimeOffset instant:
                WriteScalar(json, "OffsetDateTime", instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
                break;
            case IReadOnlyDictionary<string, object?> map: WriteMap(json, map); break;
            case System.Collections.IEnumerable list:
                json.WriteStartObject();
                json.WriteString("$type"u8, "List"u8);
                json.WriteStartArray("_value"u8);
                foreach (var item in list) Write(json, item);
                json.WriteEndArray();
                json.WriteEndObject();
                break;
            default: throw new ArgumentException($"A parameter of type {value.GetType()} has no typed JSON.", nameof(value));
        }
    }

    /// <summary>
    /// Reads a value at the reader's current token: null, string, bool, long, double, DateOnly, DateTimeOffset,
    /// <c>object?[]</c> or a dictionary. Temporal types without a .NET counterpart stay texts.
    /// </summary>
    public static object? Read(ref Utf8JsonReader json)
    {
        string? type = null;
        object? value = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isType = json.ValueTextEquals("$type"u8);
            json.Read();
            if (isType) type = json.GetString();
            else value = ReadContent(ref json, type);
        }

        return value;
    }

    private static object? ReadContent(ref Utf8JsonReader json, string? type) => json.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.StartArray => ReadList(ref json),
        JsonTokenType.StartObject => ReadMap(ref json),
        JsonTokenType.String => ReadScalar(type, json.GetString()!),
        _ => throw new JsonException($"Unexpected {json.TokenType} in a {type}."),
    };

    private static object ReadScalar(string? type, string text) => type switch
    {
        "Integer" => long.Parse(text, CultureInfo.InvariantCulture),
        "Float" => double.Parse(text, CultureInfo.InvariantCulture),
        "Date" => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        "OffsetDateTime" => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture),
        _ => text,
    };

    private static object?[] ReadList(ref Utf8JsonReader json)
    {
        var items = new List<object?>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) items.Add(Read(ref json));
        return [.. items];
    }

    private static Dictionary<string, object?> ReadMap(ref Utf8JsonReader json)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            map[name] = json.TokenType == JsonTokenType.StartObject ? Read(ref json) : ReadContent(ref json, null);
        }

        return map;
    }

    private static void WriteMap(Utf8JsonWriter json, IReadOnlyDictionary<string, object?> map)
    {
        json.WriteStartObject();
        json.WriteString("$type"u8, "Map"u8);
        json.WriteStartObject("_value"u8);
        foreach (var (name, item) in map)
        {
            json.WritePropertyName(name);
            Write(json, item);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteScalar(Utf8JsonWriter json, string type, string value)
    {
        json.WriteStartObject();
        json.WriteString("$type"u8, type);
        json.WriteString("_value"u8, value);
        json.WriteEndObject();
    }
}
