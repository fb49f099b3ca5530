using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphQL;
using GraphQL.SystemTextJson;
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
        using var json = new Utf8JsonWriter(to, Options);
        if (result.Data is not AnswerData data)
        {
            JsonSerializer.Serialize(json, result, SerializerOptions);
            return;
        }

        json.WriteStartObject();
        if (result.Errors is { Count: > 0 } errors) WriteMember(json, "errors"u8, errors);
        json.WritePropertyName("data"u8);
        AnswerJson.Write(json, data);
        if (result.Extensions is { Count: > 0 } extensions)
        {
            json.WritePropertyName("extensions"u8);
            WriteMap(json, extensions);
        }

        json.WriteEndObject();
    }

    private void WriteMap(Utf8JsonWriter json, Dictionary<string, object?> map)
    {
        json.WriteStartObject();
        foreach (var (name, value) in map)
        {
            json.WritePropertyName(name);
            if (value is Dictionary<string, object?> inner) WriteMap(json, inner);
            else if (value is long number) json.WriteNumberValue(number);
            else JsonSerializer.Serialize(json, value, SerializerOptions);
        }

        json.WriteEndObject();
    }

    private void WriteMember<T>(Utf8JsonWriter json, ReadOnlySpan<byte> name, T value)
    {
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, value, SerializerOptions);
    }
}
