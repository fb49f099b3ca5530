using System.Collections.Immutable;
using System.Text.Json;

namespace GraphRisk.Server.Security.Audit;

/// <summary>
/// The members of an entry between its number and its hashes. What says nothing is left out, but for who, why and the
/// answer's hash, which every entry states. Pure.
/// </summary>
internal static class AuditEntryJson
{
    public static void Write(Utf8JsonWriter json, AuditEntry entry)
    {
        json.WriteString("at", entry.At.UtcDateTime);
        json.WriteString("act", entry.Act.ToString());
        if (entry.Stage is { } stage) json.WriteString("stage", stage.ToString());
        if (entry.Follows is { } follows) json.WriteNumber("follows", follows);
        json.WriteString("role", entry.Actor.Role);
        json.WriteString("of", entry.Actor.Of);
        if (entry.Actor.Subject is { } subject) json.WriteString("subject", subject);
        json.WriteString("purpose", entry.Actor.Purpose);
        json.WriteString("basis", entry.Actor.Basis);
        json.WriteString("reason", entry.Actor.Reason);
        if (entry.Parts is [var only]) WritePart(json, only);
        else WriteParts(json, entry.Parts);
        if (entry.Count is { } count) json.WriteNumber("count", count);
        if (entry.Detail is { } detail) json.WriteString("detail", detail);
        json.WriteString("answer", entry.Answer);
    }

    public static AuditEntry Read(JsonElement json) => new(
        json.GetProperty("at").GetDateTimeOffset(),
        Member<AuditAct>(json, "act") ?? AuditAct.Read,
        new AuditActor(Text(json, "role") ?? "", Text(json, "of"), Text(json, "purpose"), Text(json, "basis"), Text(json, "reason")) { Subject = Text(json, "subject") },
        json.TryGetProperty("parts", out var parts) ? [.. parts.EnumerateArray().Select(ReadPart)] : [ReadPart(json)])
    {
        Stage = Member<AuditStage>(json, "stage"),
        Follows = Number(json, "follows"),
        Count = Number(json, "count"),
        Detail = Text(json, "detail"),
        Answer = Text(json, "answer"),
    };

    private static void WriteParts(Utf8JsonWriter json, ImmutableArray<AuditPart> parts)
    {
        json.WriteStartArray("parts");
        foreach (var part in parts)
        {
            json.WriteStartObject();
            WritePart(json, part);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WritePart(Utf8JsonWriter json, AuditPart part)
    {
        WriteArray(json, "what", part.What);
        WriteArray(json, "whose", part.Whose);
        if (part.Code is { } code) json.WriteString("code", code);
    }

    private static AuditPart ReadPart(JsonElement json) => new(Texts(json, "what"), Texts(json, "whose"), Text(json, "code"));

    private static void WriteArray(Utf8JsonWriter json, string name, ImmutableArray<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static ImmutableArray<string> Texts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var values) ? [.. values.EnumerateArray().Select(value => value.GetString()!)] : [];

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static long? Number(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetInt64() : null;

    private static T? Member<T>(JsonElement json, string name)
        where T : struct, Enum =>
        Text(json, name) is { } text ? Enum.Parse<T>(text) : null;
}
