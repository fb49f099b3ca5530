using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GraphRisk.Cli.Output;

/// <summary>How answers are written with <c>--json</c>: camel case, enumerations by name, one document.</summary>
internal static class Json
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The same of amounts that were computed in floating point: to six digits after the point, as GraphQL gives them.</summary>
    public static JsonSerializerOptions OfMoney { get; } = new(Options) { Converters = { new MoneyInDouble() } };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>One document on one line, what is null left out.</summary>
    public static string LineOf<T>(T value) => JsonSerializer.Serialize(value, Lines);

    private static readonly JsonSerializerOptions Lines = new(Options) { WriteIndented = false, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private sealed class MoneyInDouble : JsonConverter<double>
    {
        private const double MostOfDecimal = 7.9e27;

        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (Math.Abs(value) < MostOfDecimal) writer.WriteNumberValue(decimal.Round((decimal)value, 6));
            else writer.WriteNumberValue(value);
        }
    }
}
