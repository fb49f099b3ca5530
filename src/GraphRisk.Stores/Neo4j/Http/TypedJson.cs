using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace GraphRisk.Stores.Neo4j.Http;

/// <summary>
/// Values in the typed JSON of the Query API (<c>application/vnd.neo4j.query</c>): each is an object of <c>$type</c> and
/// <c>_value</c>, so that an integer stays an integer and 64 bits stay 64 bits.
/// </summary>
internal static class TypedJson
{
    private const int LongestShared = 32;

    /// <summary>
    /// Short texts met lately: a whole graph says a few hundred names, sources and codes in every row. Races are harmless, each
    /// entry is a whole text.
    /// </summary>
    private static readonly string?[] Shared = new string?[4096];

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
                WriteScalar(json, "OffsetDateTime", TextOf(instant));
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
    /// <exception cref="JsonException">It is not a value of the API, or not what its type says.</exception>
    public static object? Read(ref Utf8JsonReader json)
    {
        Kind? kind = null;
        object? value = null;
        var read = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isType = json.ValueTextEquals("$type"u8);
            if (!isType && !json.ValueTextEquals("_value"u8)) throw new JsonException($"A value has a member {json.GetString()}.");
            json.Read();
            if (isType) kind = ReadKind(ref json);
            else (value, read) = (ReadContent(ref json, kind ?? throw new JsonException("A value does not state its type.")), true);
        }

        return read ? value : throw new JsonException("A value is missing.");
    }

    /// <summary>An instant as the server reads it, to the millisecond.</summary>
    internal static string TextOf(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static Kind ReadKind(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("String"u8)) return Kind.String;
        if (json.ValueTextEquals("Integer"u8)) return Kind.Integer;
        return json.GetString() switch
        {
            "Null" => Kind.Null,
            "Boolean" => Kind.Boolean,
            "Float" => Kind.Float,
            "Date" => Kind.Date,
            "OffsetDateTime" => Kind.OffsetDateTime,
            "LocalDateTime" or "ZonedDateTime" or "Time" or "LocalTime" or "Duration" or "Point" or "Base64" => Kind.String,
            "List" or "Path" => Kind.List,
            "Map" => Kind.Map,
            "Node" or "Relationship" => Kind.Element,
            var type => throw new JsonException($"There is no type {type}."),
        };
    }

    private static object? ReadContent(ref Utf8JsonReader json, Kind kind) => (kind, json.TokenType) switch
    {
        (Kind.String, JsonTokenType.String) => ReadText(ref json),
        (Kind.Integer, JsonTokenType.String) => ReadInteger(ref json),
        (Kind.Float, JsonTokenType.String) => ReadFloat(ref json),
        (Kind.Map, JsonTokenType.StartObject) => ReadMap(ref json),
        (Kind.List, JsonTokenType.StartArray) => ReadList(ref json),
        (Kind.Date, JsonTokenType.String) => DateOnly.ParseExact(json.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        (Kind.OffsetDateTime, JsonTokenType.String) => DateTimeOffset.Parse(json.GetString()!, CultureInfo.InvariantCulture),
        (Kind.Null, JsonTokenType.Null) => null,
        (Kind.Boolean, JsonTokenType.True) => true,
        (Kind.Boolean, JsonTokenType.False) => false,
        (Kind.Element, JsonTokenType.StartObject) => ReadElement(ref json),
        _ => throw new JsonException($"Unexpected {json.TokenType} in a {kind}."),
    };

    private static long ReadInteger(ref Utf8JsonReader json) =>
        !json.HasValueSequence && Utf8Parser.TryParse(json.ValueSpan, out long number, out var used) && used == json.ValueSpan.Length
            ? number : long.Parse(json.GetString()!, CultureInfo.InvariantCulture);

    private static double ReadFloat(ref Utf8JsonReader json) =>
        !json.HasValueSequence && Utf8Parser.TryParse(json.ValueSpan, out double number, out var used) && used == json.ValueSpan.Length
            ? number : double.Parse(json.GetString()!, CultureInfo.InvariantCulture);

    private static object?[] ReadList(ref Utf8JsonReader json)
    {
        var items = new List<object?>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) items.Add(Read(ref json));
        return [.. items];
    }

    private static Dictionary<string, object?> ReadMap(ref Utf8JsonReader json)
    {
        var map = new Dictionary<string, object?>(24, StringComparer.Ordinal);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = ReadText(ref json);
            json.Read();
            map[name] = Read(ref json);
        }

        return map;
    }

    private static string ReadText(ref Utf8JsonReader json)
    {
        if (json.HasValueSequence || json.ValueSpan.Length is 0 or > LongestShared) return json.GetString()!;
        ref var met = ref Shared[PlaceOf(json.ValueSpan)];
        return met is { } text && json.ValueTextEquals(text) ? text : met = json.GetString()!;
    }

    private static int PlaceOf(ReadOnlySpan<byte> text)
    {
        var hash = (uint)text.Length;
        foreach (var one in text) hash = (hash ^ one) * 16_777_619;
        return (int)(hash >> 20);
    }

    /// <summary>A node or relationship: its own members are bare texts, only its properties are typed.</summary>
    private static Dictionary<string, object?> ReadElement(ref Utf8JsonReader json)
    {
        var element = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            element[name] = json.TokenType switch
            {
                JsonTokenType.StartObject => ReadMap(ref json),
                JsonTokenType.StartArray => JsonSerializer.Deserialize<string[]>(ref json),
                _ => json.GetString(),
            };
        }

        return element;
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

    /// <summary>How a value is read.</summary>
    private enum Kind : byte
    {
        Null,
        Boolean,
        Integer,
        Float,
        String,
        Date,
        OffsetDateTime,
        List,
        Map,
        Element,
    }
}
