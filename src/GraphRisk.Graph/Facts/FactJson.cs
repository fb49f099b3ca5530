using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Facts;

/// <summary>
/// The canonical JSON of a fact's properties: one object, names in ordinal order, no blanks, only what JSON demands is
/// escaped, decimals as numbers without trailing zeros, days, instants and enumerations as texts after
/// <see cref="PropertyText"/>. Equal properties have equal bytes, so that stores compare and hash them.
/// </summary>
public static class FactJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The properties as UTF-8.</summary>
    public static byte[] Write(Properties properties)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        Write(properties, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Appends the properties as UTF-8 to a buffer.</summary>
    public static void Write(Properties properties, IBufferWriter<byte> buffer)
    {
        using var writer = new Utf8JsonWriter(buffer, Options);
        writer.WriteStartObject();
        for (var i = 0; i < properties.Count; i++)
        {
            writer.WritePropertyName(properties[i].Name);
            WriteValue(writer, properties[i].Value);
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads properties of an element of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="utf8">The text.</param>
    /// <param name="leavesUnknown">Whether fields and names of enumerations that the type does not have are left aside, as where a later program may have written.</param>
    /// <exception cref="FormatException">The text is no object, names a field the type does not have, or a value is not of its kind.</exception>
    public static Properties Read(ElementType type, ReadOnlySpan<byte> utf8, bool leavesUnknown = false)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new FormatException("Properties are not a JSON object.");
            var items = new List<Property>();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (type.FindField(reader.GetString()!) is not { } field)
                {
                    if (!leavesUnknown) throw new FormatException($"'{reader.GetString()}' is not a field of {type.GraphName}.");
                    reader.Skip();
                    continue;
                }

                reader.Read();
                if (leavesUnknown && field.Enum is { } names && names.IndexOf(reader.GetString() ?? "") < 0) continue;
                items.Add(new Property(field.Name, ReadValue(ref reader, field)));
            }

            return Properties.Of(items);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"Properties of {type.GraphName} cannot be read: {error.Message}", error);
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, PropertyValue value)
    {
        switch (value.Kind)
        {
            case FieldKind.Integer:
                writer.WriteNumberValue(value.AsInteger());
                break;
            case FieldKind.Decimal:
                writer.WriteNumberValue(PropertyText.Normal(value.AsDecimal()));
                break;
            case FieldKind.Boolean:
                writer.WriteBooleanValue(value.AsBoolean());
                break;
            case FieldKind.StringList:
                writer.WriteStartArray();
                foreach (var text in value.AsStrings()) writer.WriteStringValue(text);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(PropertyText.Of(value));
                break;
        }
    }

    private static PropertyValue ReadValue(ref Utf8JsonReader reader, Field field) => field.Kind switch
    {
        FieldKind.Integer => PropertyValue.Of(reader.GetInt64()),
        FieldKind.Decimal => PropertyValue.Of(reader.GetDecimal()),
        FieldKind.Boolean => PropertyValue.Of(reader.GetBoolean()),
        FieldKind.StringList => PropertyValue.Of(ReadTexts(ref reader, field)),
        _ => PropertyText.Parse(field.Kind, reader.GetString() ?? throw new FormatException($"'{field.Name}' is null.")),
    };

    private static ImmutableArray<string> ReadTexts(ref Utf8JsonReader reader, Field field)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new FormatException($"'{field.Name}' is not a list.");
        var texts = ImmutableArray.CreateBuilder<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            texts.Add(reader.GetString() ?? throw new FormatException($"'{field.Name}' holds a null."));
        return texts.ToImmutable();
    }
}
