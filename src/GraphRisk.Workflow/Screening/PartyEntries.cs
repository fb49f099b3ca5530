using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Screening;
using GraphRisk.Matching.Values;

namespace GraphRisk.Workflow.Screening;

/// <summary>What of a party's fields lists are asked with, and what of a listed party's they answer with: the same.</summary>
public static class PartyEntries
{
    /// <summary>Fields by what they say, of whichever type has them; the first one with names has the name a party goes by.</summary>
    private static readonly (ScreeningEvidence Evidence, string[] Fields)[] Fields =
    [
        (ScreeningEvidence.Name, ["name", "aliases", "formerNames"]),
        (ScreeningEvidence.Day, ["birthDate", "birthDates", "establishedOn", "establishedDates"]),
        (ScreeningEvidence.Country, ["nationality", "country"]),
    ];

    /// <summary>Fields by what they say to screening; none else are looked at.</summary>
    public static ImmutableDictionary<ScreeningEvidence, ImmutableArray<string>> FieldsOf(NodeType type) => Known.GetOrAdd(type, static one => Fields
        .Select(row => (row.Evidence, Fields: row.Fields.Where(field => one.FindField(field) is not null).ToImmutableArray()))
        .Append((ScreeningEvidence.Identifier, [.. one.Fields.Where(field => field.IdentifierScheme is not null).Select(field => field.Name)]))
        .ToImmutableDictionary(row => row.Item1, row => row.Item2));

    private static readonly ConcurrentDictionary<NodeType, ImmutableDictionary<ScreeningEvidence, ImmutableArray<string>>> Known = new(ReferenceEqualityComparer.Instance);

    /// <summary>A party as an entry; null where it has no name.</summary>
    /// <param name="id">Id of the entry.</param>
    /// <param name="type">Node type of the party.</param>
    /// <param name="read">Reads what is said of a field, what is believed first; nothing where the party has none.</param>
    public static ListEntry? Of(string id, NodeType type, Func<string, IEnumerable<PropertyValue>> read)
    {
        var fields = FieldsOf(type);
        var names = Texts(fields[ScreeningEvidence.Name], read);
        if (names.IsEmpty) return null;
        ImmutableArray<string> countries = [.. Texts(fields[ScreeningEvidence.Country], read).Select(CountryNames.Read).OfType<string>().Distinct(StringComparer.Ordinal)];
        return new ListEntry(id, KindOf(type, read), names)
        {
            Days = [.. Texts(fields[ScreeningEvidence.Day], read).Select(PartialDay.Parse).OfType<PartialDay>()],
            Countries = countries,
            Identifiers = [.. IdentifiersOf(type, fields[ScreeningEvidence.Identifier], read, countries.FirstOrDefault()).Distinct()],
        };
    }

    /// <summary>The question whether an entry is on other lists.</summary>
    public static ScreeningQuery ToQuery(this ListEntry entry) => new(entry.Names[0], entry.Kind)
    {
        OtherNames = entry.Names[1..], Days = entry.Days, Countries = entry.Countries, Identifiers = entry.Identifiers,
    };

    /// <summary>The texts of a value: of a list each, of a day how it is written.</summary>
    public static ImmutableArray<string> TextsOf(PropertyValue value) => value.Kind switch
    {
        FieldKind.StringList => value.AsStrings(),
        FieldKind.Date => [value.AsDate().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
        _ => [value.AsString()],
    };

    private static NameKind KindOf(NodeType type, Func<string, IEnumerable<PropertyValue>> read)
    {
        if (type.FindField("birthDate") is not null) return NameKind.Person;
        return (type.FindField("kind") is null ? null : read("kind").Select(value => value.AsString()).FirstOrDefault()) switch { "VESSEL" => NameKind.Thing, "UNKNOWN" => NameKind.Unknown, _ => NameKind.Organisation };
    }

    private static IEnumerable<IdentifierReading> IdentifiersOf(NodeType type, ImmutableArray<string> fields, Func<string, IEnumerable<PropertyValue>> read, string? country)
    {
        foreach (var field in fields)
            foreach (var value in read(field))
                foreach (var text in TextsOf(value))
                {
                    var reading = value.Kind == FieldKind.StringList ? IdentifierSchemes.ReadTagged(text).In(country) : IdentifierSchemes.Read(type.GetField(field).IdentifierScheme!, text);
                    if (reading.IsUsable) yield return reading;
                }
    }

    private static ImmutableArray<string> Texts(ImmutableArray<string> fields, Func<string, IEnumerable<PropertyValue>> read) =>
        [.. fields.SelectMany(read).SelectMany(value => TextsOf(value)).Distinct(StringComparer.Ordinal)];
}
