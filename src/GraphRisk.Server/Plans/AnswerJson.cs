using System.Text.Json;

namespace GraphRisk.Server.Plans;

/// <summary>The data of a planned answer.</summary>
/// <param name="Root">The root object.</param>
internal sealed record AnswerData(AnswerObject Root);

/// <summary>Writes the data of planned answers: the bytes that the library's serializer writes of the same answer.</summary>
internal static class AnswerJson
{
    public static void Write(Utf8JsonWriter json, AnswerData data) => WriteValue(json, data.Root);

    /// <summary>Writes the value of a scalar.</summary>
    public static void WriteLeaf(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            default:
                JsonSerializer.Serialize(json, value);
                break;
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case AnswerObject { Rows: { } rows } row:
                WriteRow(json, row, rows);
                break;
            case AnswerObject made:
                WriteObject(json, made);
                break;
            case AnswerList list:
                json.WriteStartArray();
                foreach (var item in list.Items) WriteValue(json, item);
                json.WriteEndArray();
                break;
            default:
                WriteLeaf(json, value);
                break;
        }
    }

    private static void WriteRow(Utf8JsonWriter json, AnswerObject row, StoredRows rows)
    {
        json.WriteStartObject();
        var fields = row.Plan.Fields;
        for (var at = 0; at < fields.Length; at++)
        {
            json.WritePropertyName(fields[at].Key);
            rows.Write(json, at, row.Row);
        }

        json.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter json, AnswerObject made)
    {
        if (made.Values is not { } values)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        for (var at = 0; at < values.Length; at++)
        {
            json.WritePropertyName(made.Plan.Fields[at].Key);
            WriteValue(json, values[at]);
        }

        json.WriteEndObject();
    }
}
