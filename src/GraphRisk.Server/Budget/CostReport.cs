using System.Text.Json;
using System.Text.Json.Serialization;

namespace GraphRisk.Server.Budget;

/// <summary>What a question has spent of what it may, as <c>extensions.cost</c> tells it: by unit <c>spent</c> and <c>limit</c>.</summary>
[JsonConverter(typeof(Writer))]
public sealed class CostReport
{
    private static readonly JsonEncodedText[] Names = [.. CostUnits.Table.Select(unit => JsonEncodedText.Encode(unit.Name))];
    private static readonly JsonEncodedText Spent = JsonEncodedText.Encode("spent");
    private static readonly JsonEncodedText Limit = JsonEncodedText.Encode("limit");

    private readonly (long Spent, long Limit)[] units;

    /// <param name="units">By <see cref="CostUnit"/>, in its order.</param>
    internal CostReport((long Spent, long Limit)[] units) => this.units = units;

    /// <summary>Writes it.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        for (var unit = 0; unit < units.Length; unit++)
        {
            json.WriteStartObject(Names[unit]);
            json.WriteNumber(Spent, units[unit].Spent);
            json.WriteNumber(Limit, units[unit].Limit);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes it where the library writes an answer; nobody reads one.</summary>
    private sealed class Writer : JsonConverter<CostReport>
    {
        public override CostReport Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("What a question has cost is told and not asked for.");

        public override void Write(Utf8JsonWriter writer, CostReport value, JsonSerializerOptions options) => value.Write(writer);
    }
}
