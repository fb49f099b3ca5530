using System.Text.Json;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Intake.Export;

/// <summary>The interests of relationship statements.</summary>
internal static class BodsHolding
{
    private static readonly Dictionary<string, string> Directness = new(StringComparer.Ordinal) { ["DIRECT"] = "direct", ["INDIRECT"] = "indirect" };

    /// <summary>Writes what is stated of a holding: its equity, with a share as far as one is stated, and its votes where they are stated apart.</summary>
    public static void Write(Utf8JsonWriter json, RelationshipTable holds, int edge)
    {
        WriteInterest(json, holds, edge, "shareholding", "share");
        if (Fields("votes").Any(field => holds.GetDecimal(edge, field) is not null)) WriteInterest(json, holds, edge, "votingRights", "votes");
    }

    /// <summary>Writes a tie.</summary>
    public static void WriteTie(Utf8JsonWriter json, string type)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("directOrIndirect", "unknown");
        json.WriteEndObject();
    }

    /// <summary>A number and its bounds.</summary>
    public static string[] Fields(string number) => [number, $"{number}Min", $"{number}Max"];

    private static void WriteInterest(Utf8JsonWriter json, RelationshipTable holds, int edge, string type, string number)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("directOrIndirect", Directness.GetValueOrDefault(holds.Get(edge, "directness")?.AsString() ?? "", "unknown"));
        if (holds.Get(edge, "beneficial") is { } beneficial) json.WriteBoolean("beneficialOwnershipOrControl", beneficial.AsBoolean());
        if (Fields(number).Any(field => holds.GetDecimal(edge, field) is not null))
        {
            json.WriteStartObject("share");
            WritePercent(json, "exact", holds.GetDecimal(edge, number));
            WritePercent(json, IsOpen("Min") ? "exclusiveMinimum" : "minimum", holds.GetDecimal(edge, $"{number}Min"));
            WritePercent(json, IsOpen("Max") ? "exclusiveMaximum" : "maximum", holds.GetDecimal(edge, $"{number}Max"));
            json.WriteEndObject();
        }

        json.WriteEndObject();

        bool IsOpen(string end) => holds.Get(edge, $"{number}{end}Open")?.AsBoolean() == true;
    }

    private static void WritePercent(Utf8JsonWriter json, string name, decimal? part)
    {
        if (part is { } known) json.WriteNumber(name, known * 100);
    }
}
