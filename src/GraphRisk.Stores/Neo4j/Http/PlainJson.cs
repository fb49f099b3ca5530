using System.Globalization;
using System.Text.Json;

namespace GraphRisk.Stores.Neo4j.Http;

/// <summary>
/// Values in the plain JSON of the Query API (<c>application/json</c>), half the size of the typed one and a third of the
/// server's work. A number with a point or an exponent is a float, any other an integer of 64 bits. It has no days and no
/// instants: they go and come as texts, and a statement that stores them says <c>date()</c> or <c>datetime()</c>.
/// </summary>
internal static class PlainJson
{
    /// <summary>Writes null, string, bool, int, long, double, DateOnly, DateTimeOffset, a map or a list of these.</summary>
    /// <exception cref="ArgumentException">The value is of another type, or no finite number.</exception>
    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number: WriteFloat(json, number); break;
            case DateOnly day: json.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case DateTimeOffset instant: json.WriteStringValue(TypedJson.TextOf(instant)); break;
            case IReadOnlyDictionary<string, object?> map:
                json.WriteStartObject();
                foreach (var (name, item) in map)
                {
                    json.WritePropertyName(name);
                    Write(json, item);
                }

                json.WriteEndObject();
                break;
            case System.Collections.IEnumerable list:
                json.WriteStartArray();
                foreach (var item in list) Write(json, item);
                json.WriteEndArray();
                break;
            default: throw new ArgumentException($"A parameter of type {value.GetType()} has no plain JSON.", nameof(value));
        }
    }

    /// <summary>Reads a value at the reader's current token: null, string, bool, long, double, <c>object?[]</c> or a dictionary.</summary>
    /// <exception cref="JsonException">There is no value.</exception>
    public static object? Read(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => json.GetString(),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number => ReadNumber(ref json),
        JsonTokenType.StartArray => JsonShapes.ReadList(ref json, Read),
        JsonTokenType.StartObject => JsonShapes.ReadMap(ref json, Read),
        _ => throw new JsonException($"Unexpected {json.TokenType}."),
    };

    private static void WriteFloat(Utf8JsonWriter json, double number)
    {
        if (!double.IsFinite(number)) throw new ArgumentException($"{number} has no plain JSON.", nameof(number));
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        json.WriteRawValue(text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text, skipInputValidation: true);
    }

    private static object ReadNumber(ref Utf8JsonReader json)
    {
        if (IsInteger(json) && json.TryGetInt64(out var integer)) return integer;
        return json.GetDouble();
    }

    private static bool IsInteger(in Utf8JsonReader json)
    {
        var marks = ".eE"u8;
        if (!json.HasValueSequence) return json.ValueSpan.IndexOfAny(marks) < 0;
        foreach (var part in json.ValueSequence)
            if (part.Span.IndexOfAny(marks) >= 0) return false;
        return true;
    }
}
