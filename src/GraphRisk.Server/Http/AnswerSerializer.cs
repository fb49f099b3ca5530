using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphQL;
using GraphQL.SystemTextJson;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Plans;

namespace GraphRisk.Server.Http;

/// <summary>
/// Writes answers as JSON. Chinese stays readable and short; the content type keeps a browser from reading the answer as a page. Planned answers are written
/// straight from the columns; the bytes are those the library would write.
/// </summary>
internal sealed class AnswerSerializer() : GraphQLSerializer(json => json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, new ErrorShape())
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes an answer.</summary>
    public void Write(IBufferWriter<byte> to, ExecutionResult result)
    {
        if (result.Data is not AnswerData data)
        {
            using var json = new Utf8JsonWriter(to, Options);
            JsonSerializer.Serialize(json, result, SerializerOptions);
            return;
        }

        var text = new JsonText(to);
        text.Raw((byte)'{');
        if (result.Errors is { Count: > 0 } errors)
        {
            text.Raw("\"errors\":"u8);
            text.Other(json => JsonSerializer.Serialize(json, errors, SerializerOptions));
            text.Raw((byte)',');
        }

        text.Raw("\"data\":"u8);
        AnswerJson.Write(ref text, data);
        if (result.Extensions is { Count: > 0 } extensions)
        {
            text.Raw(",\"extensions\":"u8);
            text.Other(json => WriteMap(json, extensions));
        }

        text.Raw((byte)'}');
        text.Flush();
    }

    private void WriteMap(Utf8JsonWriter json, Dictionary<string, object?> map)
    {
        json.WriteStartObject();
        foreach (var (name, value) in map)
        {
            json.WritePropertyName(name);
            if (value is CostReport cost) cost.Write(json);
            else if (value is Dictionary<string, object?> inner) WriteMap(json, inner);
            else JsonSerializer.Serialize(json, value, SerializerOptions);
        }

        json.WriteEndObject();
    }
}
