using System.Globalization;
using System.Text.Json;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Intake.Export;

/// <summary>The details of person and entity statements.</summary>
internal static class BodsParties
{
    private static readonly Dictionary<string, string> EntityTypes = new(StringComparer.Ordinal)
    {
        ["COMPANY"] = "registeredEntity",
        ["PARTNERSHIP"] = "registeredEntity",
        ["FUND"] = "registeredEntity",
        ["PUBLIC_BODY"] = "stateBody",
        ["ARRANGEMENT"] = "arrangement",
    };

    private static readonly Dictionary<string, string> PersonTypes = new(StringComparer.Ordinal) { ["ANONYMOUS"] = "anonymousPerson", ["UNKNOWN"] = "unknownPerson" };

    /// <summary>Fields that are numbers of a register, with the scheme they are told under.</summary>
    private static readonly (string Field, string Scheme)[] Numbers = [("lei", "XI-LEI"), ("uscc", "CN-USCC"), ("organizationCode", "CN-ORG-CODE")];

    /// <summary>Kinds of organisation that have no type of their own.</summary>
    public static IReadOnlyList<string> WithoutType { get; } = ["PARTNERSHIP", "FUND", "VESSEL"];

    /// <summary>Writes a party.</summary>
    public static void Write(Utf8JsonWriter json, Snapshot snapshot, int party, bool isNomination)
    {
        var (nodes, kind) = (snapshot.Nodes, snapshot.Nodes.Get(party, "kind")?.AsString());
        if (nodes.TypeOf(party).Name == "Person")
        {
            json.WriteString("personType", PersonTypes.GetValueOrDefault(kind ?? "", "knownPerson"));
            if (nodes.GetString(party, "name") is { } name)
            {
                json.WriteStartArray("names");
                json.WriteStartObject();
                json.WriteString("type", "legal");
                json.WriteString("fullName", name);
                json.WriteEndObject();
                json.WriteEndArray();
            }

            if (nodes.GetString(party, "nationality") is { } nationality)
            {
                json.WriteStartArray("nationalities");
                json.WriteStartObject();
                json.WriteString("code", nationality);
                json.WriteEndObject();
                json.WriteEndArray();
            }

            WriteDay(json, "birthDate", nodes.GetDate(party, "birthDate"));
            return;
        }

        WriteType(json, EntityTypes.GetValueOrDefault(kind ?? "", "unknownEntity"), isNomination ? "nomination" : null, nodes.GetString(party, "legalForm"));
        if (nodes.GetString(party, "name") is { } called) json.WriteString("name", called);
        if (nodes.GetString(party, "country") is { } country)
        {
            json.WriteStartObject("jurisdiction");
            json.WriteString("name", country);
            json.WriteString("code", country);
            json.WriteEndObject();
        }

        var known = Numbers.Where(number => nodes.GetString(party, number.Field) is not null).ToList();
        if (known.Count > 0)
        {
            json.WriteStartArray("identifiers");
            foreach (var (field, scheme) in known)
            {
                json.WriteStartObject();
                json.WriteString("id", nodes.GetString(party, field));
                json.WriteString("scheme", scheme);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        WriteDay(json, "foundingDate", nodes.GetDate(party, "establishedOn"));
        WriteDay(json, "dissolutionDate", nodes.GetDate(party, "dissolvedOn"));
    }

    /// <summary>Writes an arrangement of nomination that has no name of its own.</summary>
    public static void WriteNomination(Utf8JsonWriter json) => WriteType(json, "arrangement", "nomination", null);

    private static void WriteType(Utf8JsonWriter json, string type, string? subtype, string? details)
    {
        json.WriteStartObject("entityType");
        json.WriteString("type", type);
        if (subtype is not null) json.WriteString("subtype", subtype);
        if (details is not null) json.WriteString("details", details);
        json.WriteEndObject();
    }

    private static void WriteDay(Utf8JsonWriter json, string name, DateOnly? day)
    {
        if (day is { } known) json.WriteString(name, known.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }
}
