using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Matching.Values;

namespace GraphRisk.Intake.Import.BeneficialOwnership;

/// <summary>The fields of entities and persons.</summary>
internal static class BodsParty
{
    private static readonly Dictionary<string, string> EntityKinds = new(StringComparer.Ordinal)
    {
        ["registeredEntity"] = "COMPANY",
        ["legalEntity"] = "COMPANY",
        ["arrangement"] = "ARRANGEMENT",
        ["anonymousEntity"] = "UNKNOWN",
        ["unknownEntity"] = "UNKNOWN",
        ["state"] = "PUBLIC_BODY",
        ["stateBody"] = "PUBLIC_BODY",
    };

    private static readonly Dictionary<string, string> PersonKinds = new(StringComparer.Ordinal)
    {
        ["knownPerson"] = "KNOWN",
        ["anonymousPerson"] = "ANONYMOUS",
        ["unknownPerson"] = "UNKNOWN",
    };

    /// <summary>The fields of an entity; one without a name states none, and only adds.</summary>
    /// <exception cref="BodsFault">A field is of the wrong kind.</exception>
    public static Properties OfEntity(JsonElement details, List<RecordFault> findings)
    {
        var type = details.NeedObject("entityType");
        var values = new List<Property> { new("kind", PropertyValue.OfEnum(Of(EntityKinds, type.NeedText("type"), "entityType.type"))) };
        AddText(values, "name", details.Text("name"));
        AddText(values, "legalForm", type.Text("details"));
        AddList(values, "aliases", details, "alternateNames");
        AddCountry(values, "country", details.Object("jurisdiction")?.Text("code"));
        AddShared(values, details);
        AddDay(values, "establishedOn", details.Date("foundingDate", findings), "establishedDates");
        AddDay(values, "dissolvedOn", details.Date("dissolutionDate", findings));
        return Properties.Of(values);
    }

    /// <summary>The fields of a person; an anonymous one has no name, and none is invented.</summary>
    /// <exception cref="BodsFault">A field is of the wrong kind.</exception>
    public static Properties OfPerson(JsonElement details, List<RecordFault> findings)
    {
        var values = new List<Property> { new("kind", PropertyValue.OfEnum(Of(PersonKinds, details.NeedText("personType"), "personType"))) };
        var names = details.Objects("names").Select(name => (Type: name.Text("type"), Text: NameOf(name))).Where(name => name.Text is not null).ToList();
        var current = names.Where(name => name.Type is not "former" and not "birth").Concat(names).FirstOrDefault().Text;
        AddText(values, "name", current);
        AddTexts(values, "aliases", names.Where(name => name.Type is not "former" && name.Text != current).Select(name => name.Text!));
        AddTexts(values, "formerNames", names.Where(name => name.Type is "former" && name.Text != current).Select(name => name.Text!));
        AddCountry(values, "nationality", details.Objects("nationalities").Select(country => country.Text("code")).FirstOrDefault());
        AddDay(values, "birthDate", details.Date("birthDate", findings), "birthDates");
        AddShared(values, details);
        return Properties.Of(values);
    }

    private static string? NameOf(JsonElement name)
    {
        if (name.Text("fullName") is { } full) return full;
        return string.Join(' ', new[] { name.Text("givenName"), name.Text("familyName") }.Where(part => part is not null)) is { Length: > 0 } joined ? joined : null;
    }

    private static void AddShared(List<Property> values, JsonElement details)
    {
        var addresses = details.Objects("addresses");
        AddText(values, "address", addresses.Select(address => address.Text("address")).FirstOrDefault(text => text is not null));
        var identifiers = new List<string>();
        foreach (var identifier in details.Objects("identifiers"))
        {
            var scheme = identifier.Text("scheme") ?? identifier.Text("schemeName") ?? "ID";
            if (identifier.Text("id") is not { } id) continue;
            if (scheme == "XI-LEI") values.Add(new Property("lei", PropertyValue.Of(id)));
            else identifiers.Add($"{scheme.Trim()}:{id}");
        }

        AddTexts(values, "identifiers", identifiers);
    }

    private static string Of(Dictionary<string, string> kinds, string type, string field) =>
        kinds.TryGetValue(type, out var kind) ? kind : throw new BodsFault(field, $"is '{type}', which is none of {string.Join(", ", kinds.Keys)}");

    private static void AddText(List<Property> values, string field, string? text)
    {
        if (text is not null) values.Add(new Property(field, PropertyValue.Of(text)));
    }

    private static void AddTexts(List<Property> values, string field, IEnumerable<string> texts)
    {
        if (texts.ToList() is { Count: > 0 } list) values.Add(new Property(field, PropertyValue.Of(list)));
    }

    private static void AddList(List<Property> values, string field, JsonElement details, string name)
    {
        if (!details.TryGetProperty(name, out var list) || list.ValueKind == JsonValueKind.Null) return;
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
            throw new BodsFault(name, "is not a list of texts");
        AddTexts(values, field, list.EnumerateArray().Select(item => item.GetString()!));
    }

    /// <summary>Codes of subdivisions such as US-DE count as their country.</summary>
    private static void AddCountry(List<Property> values, string field, string? code)
    {
        if (code is { Length: 2 } or [_, _, '-', ..]) values.Add(new Property(field, PropertyValue.Of(code[..2].ToUpperInvariant())));
    }

    /// <summary>A whole day goes into its field, a year or month alone into the one for what is stated of it.</summary>
    private static void AddDay(List<Property> values, string field, PartialDay? date, string? stated = null)
    {
        if (date?.Whole is { } day) values.Add(new Property(field, PropertyValue.Of(day)));
        else if (stated is not null && date is { IsNever: false } known) AddTexts(values, stated, [known.ToString()]);
    }
}
