using System.Text.Json;

namespace GraphRisk.Server.Plans;

/// <summary>The data of a planned answer.</summary>
/// <param name="Root">The root object.</param>
internal sealed record AnswerData(AnswerObject Root);

/// <summary>Writes the data of planned answers: the bytes that the library's serializer writes of the same answer.</summary>
internal static class AnswerJson
{
    public static void Write(ref JsonText json, AnswerData data) => WriteValue(ref json, data.Root);

    /// <summary>Writes the value of a scalar.</summary>
    public static void WriteLeaf(ref JsonText json, object? value)
    {
        switch (value)
        {
            case null:
                json.Null();
                break;
            case string text:
                json.Text(text);
                break;
            case decimal number:
                json.Number(number);
                break;
            case int number:
                json.Number(number);
                break;
            case long number:
                json.Number(number);
                break;
            case bool truth:
                json.Raw(truth ? "true"u8 : "false"u8);
                break;
            default:
                json.Other(writer => JsonSerializer.Serialize(writer, value));
                break;
        }
    }

    private static void WriteValue(ref JsonText json, object? value)
    {
        switch (value)
        {
            case AnswerObject { Rows: { } rows } row:
                WriteRow(ref json, row, rows);
                break;
            case AnswerObject made:
                WriteObject(ref json, made);
                break;
            case AnswerList list:
                WriteList(ref json, list);
                break;
            default:
                WriteLeaf(ref json, value);
                break;
        }
    }

    private static void WriteList(ref JsonText json, AnswerList list)
    {
        json.Raw((byte)'[');
        for (var at = 0; at < list.Items.Length; at++)
        {
            if (at > 0) json.Raw((byte)',');
            WriteValue(ref json, list.Items[at]);
        }

        json.Raw((byte)']');
    }

    private static void WriteRow(ref JsonText json, AnswerObject row, StoredRows rows)
    {
        var fields = row.Plan.Fields;
        json.Raw((byte)'{');
        for (var at = 0; at < fields.Length; at++)
        {
            json.Raw(LeadOf(fields, at));
            rows.Write(ref json, at, row.Row);
        }

        json.Raw((byte)'}');
    }

    private static void WriteObject(ref JsonText json, AnswerObject made)
    {
        if (made.Values is not { } values)
        {
            json.Null();
            return;
        }

        json.Raw((byte)'{');
        for (var at = 0; at < values.Length; at++)
        {
            json.Raw(LeadOf(made.Plan.Fields, at));
            WriteValue(ref json, values[at]);
        }

        json.Raw((byte)'}');
    }

    /// <summary>What stands before the value of a field; before the first there is no comma.</summary>
    private static ReadOnlySpan<byte> LeadOf(PlannedField[] fields, int at) => at == 0 ? fields[at].Lead.AsSpan(1) : fields[at].Lead;
}
