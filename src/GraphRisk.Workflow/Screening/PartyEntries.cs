using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Screening;

namespace GraphRisk.Workflow.Screening;

/// <summary>What of a party's fields lists are asked with, and what of a listed party's they answer with: the same.</summary>
public static class PartyEntries
{
    /// <summary>Fields with the names of a party, the first one first.</summary>
    private static readonly string[] NameFields = ["name", "aliases", "formerNames"];

    /// <summary>Fields by what they say to screening; none else are looked at.</summary>
    public static ImmutableDictionary<ScreeningEvidence, ImmutableArray<string>> FieldsOf(NodeType type) => new Dictionary<ScreeningEvidence, ImmutableArray<string>>
    {
        [ScreeningEvidence.Name] = [.. NameFields.Where(field => type.FindField(field) is not null)],
        [ScreeningEvidence.Day] = [.. ((string[])["birthDate", "establishedOn"]).Where(field => type.FindField(field) is not null)],
        [ScreeningEvidence.Country] = [.. ((string[])["nationality", "country"]).Where(field => type.FindField(field) is not null)],
        [ScreeningEvidence.Identifier] = [.. type.Fields.Where(field => field.IdentifierScheme is not null).Select(field => field.Name)],
    }.ToImmutableDictionary();

    /// <summary>A party as an entry; null where it has no name.</summary>
    /// <param name="id">Id of the entry.</param>
    /// <param name="type">Node type of the party.</param>
    /// <param name="read">Reads a field; null where the party has none.</param>
    public static ListEntry? Of(string id, NodeType type, Func<string, PropertyValue?> read)
    {
        var fields = FieldsOf(type);
        var names = Texts(fields[ScreeningEvidence.Name], read);
        if (names.IsEmpty) return null;
        var countries = Texts(fields[ScreeningEvidence.Country], read);
        return new ListEntry(id, KindOf(type, read), names)
        {
            Days = [.. fields[ScreeningEvidence.Day].Select(read).OfType<PropertyValue>().Select(value => PartialDay.Of(value.AsDate()))],
            Countries = countries,
            Identifiers = [.. IdentifiersOf(type, fields[ScreeningEvidence.Identifier], read, countries.FirstOrDefault())],
        };
    }

    /// <summary>The question whether an entry is on other lists.</summary>
    public static ScreeningQuery ToQuery(this ListEntry entry) => new(entry.Names[0], entry.Kind)
    {
        OtherNames = entry.Names[1..], Day = entry.Days.IsEmpty ? null : entry.Days[0], Countries = entry.Countries, Identifiers = entry.Identifiers,
    };

    private static NameKind KindOf(NodeType type, Func<string, PropertyValue?> read)
    {
        if (type.FindField("birthDate") is not null) return NameKind.Person;
        return (type.FindField("kind") is null ? null : read("kind")?.AsString()) switch { "VESSEL" => NameKind.Thing, "UNKNOWN" => NameKind.Unknown, _ => NameKind.Organisation };
    }

    private static IEnumerable<IdentifierReading> IdentifiersOf(NodeType type, ImmutableArray<string> fields, Func<string, PropertyValue?> read, string? country)
    {
        foreach (var field in fields)
            if (read(field) is { } value)
                foreach (var text in TextsOf(value))
                {
                    var reading = value.Kind == FieldKind.StringList ? IdentifierSchemes.ReadTagged(text).In(country) : IdentifierSchemes.Read(type.GetField(field).IdentifierScheme!, text);
                    if (reading.IsUsable) yield return reading;
                }
    }

    private static ImmutableArray<string> Texts(ImmutableArray<string> fields, Func<string, PropertyValue?> read) =>
        [.. fields.Select(read).OfType<PropertyValue>().SelectMany(value => TextsOf(value)).Distinct(StringComparer.Ordinal)];

    private static ImmutableArray<string> TextsOf(PropertyValue value) => value.Kind == FieldKind.StringList ? value.AsStrings() : [value.AsString()];
}
