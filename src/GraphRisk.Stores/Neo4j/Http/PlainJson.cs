using System.Globalization;
using System.Text.Json;

namespace GraphRisk.Stores.Neo4j.Http;

/// <summary>
/// Parameters in the plain JSON of the Query API (<c>application/json</c>): half the size of the typed one and a third of the
/// server's work. A number with a point or an exponent is a float, any other an integer of 64 bits. It has no days and no
/// instants: they go as texts, and a statement that stores them says <c>date()</c> or <c>datetime()</c>.
/// <para>
/// Answers are never asked for in it: Neo4j 5.26 writes a float that fits 32 bits with the digits of 32 bits, so that 2077718.25
/// would come back as 2077718.2.
/// </para>
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

    private static void WriteFloat(Utf8JsonWriter json, double number)
    {
        if (!double.IsFinite(number)) throw new ArgumentException($"{number} has no plain JSON.", nameof(number));
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        json.WriteRawValue(text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text, skipInputValidation: true);
    }
}
