using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Values;

namespace GraphRisk.Intake.Resolution.Records;

/// <summary>
/// Reads party facts into records. Identifier fields are found by the schema's <c>@identifier</c>, the others by name. Not
/// thread-safe: it remembers names.
/// </summary>
public sealed class PartyReader(SchemaCatalog catalog)
{
    private const string PersonType = "Person";

    /// <summary>Names kept at most, to be shared by the records that write them alike: the same client at several sources, namesakes.</summary>
    private const int MostNames = 2_000_000;

    private readonly Dictionary<(bool IsPerson, string Written), NormalName?> remembered = [];

    /// <summary>Names of the node types that are parties.</summary>
    public IReadOnlyCollection<string> PartyTypes { get; } = [.. catalog.NodeTypes.Where(type => type.IsParty).Select(type => type.Name)];

    /// <summary>Whether a node is a party.</summary>
    public bool IsParty(NodeId node) => PartyTypes.Contains(node.Type);

    /// <summary>The record as one fact states it.</summary>
    public PartyRecord Read(NodeFact fact)
    {
        var isPerson = fact.Node.Type == PersonType;
        var identifiers = new List<IdentifierReading>();
        var masked = new List<string>();
        ReadIdentifiers(catalog.Node(fact.Node.Type), fact.Properties, identifiers, masked);
        var names = NamesOf(isPerson, Texts(fact, "name"));
        var stated = Texts(fact, isPerson ? "birthDates" : "establishedDates").Select(PartialDay.Parse).OfType<PartialDay>().ToList();
        return new PartyRecord(fact.Node, isPerson)
        {
            Names = names,
            OtherNames = [.. NamesOf(isPerson, [.. Texts(fact, "formerNames"), .. Texts(fact, "aliases")]).Where(name => !names.Contains(name))],
            Identifiers = [.. identifiers.Distinct()],
            MaskedIds = [.. masked.Distinct(StringComparer.Ordinal)],
            Beginnings = BeginningsOf(fact, isPerson, identifiers, stated),
            PartBeginnings = [.. stated.Where(day => day.Day == 0 && !day.IsNever).Distinct()],
            IsMale = isPerson ? SexOf(fact, identifiers) : null,
            Phones = [.. Texts(fact, "phone").Select(ContactText.Phone).OfType<string>()],
            Emails = [.. Texts(fact, "email").Select(ContactText.Email).OfType<string>()],
            Addresses = [.. Texts(fact, "address").Select(ContactText.Address).OfType<string>()],
            Regions = isPerson ? [] : RegionsOf(fact, identifiers),
            RegionsInName = isPerson ? [] : RegionsIn(names),
            NamedFrom = names.IsEmpty ? long.MinValue : fact.Validity.From.UtcTicks,
            IsAnonymous = isPerson && Texts(fact, "kind") is ["ANONYMOUS" or "UNKNOWN"],
        };
    }

    private static void ReadIdentifiers(NodeType type, Properties properties, List<IdentifierReading> identifiers, List<string> masked)
    {
        var country = CountryOf(properties);
        foreach (var (name, value) in properties)
        {
            if (name == "maskedId") masked.Add(IdentifierText.Normalise(value.AsString()));
            if (type.FindField(name)?.IdentifierScheme is not { } scheme) continue;
            foreach (var text in TextsOf(value))
            {
                if (IdentifierText.IsMasked(text)) masked.Add(IdentifierText.Normalise(text));
                else Add(identifiers, value.Kind == FieldKind.StringList ? IdentifierSchemes.ReadTagged(text).In(country) : IdentifierSchemes.Read(scheme, text));
            }
        }
    }

    /// <summary>Country whose registers numbered the party; of a person its nationality.</summary>
    private static string? CountryOf(Properties properties)
    {
        foreach (var field in (ReadOnlySpan<string>)["nationality", "country"])
            if (properties.TryGet(field, out var country)) return country.AsString();
        return null;
    }

    /// <summary>A social credit code carries the organisation code older records know the company by.</summary>
    private static void Add(List<IdentifierReading> identifiers, IdentifierReading reading)
    {
        if (!reading.IsUsable) return;
        identifiers.Add(reading);
        if (reading.Scheme == UnifiedSocialCreditCode.Scheme && OrganizationCode.Read(UnifiedSocialCreditCode.OrganizationCodeOf(reading.Value)) is { IsUsable: true } inside)
            identifiers.Add(inside);
    }

    private ImmutableArray<NormalName> NamesOf(bool isPerson, ImmutableArray<string> written) =>
        written.IsEmpty ? [] : [.. written.Select(name => NameOf(isPerson, name)).OfType<NormalName>().Distinct()];

    private NormalName? NameOf(bool isPerson, string written)
    {
        if (remembered.TryGetValue((isPerson, written), out var known)) return known;
        var name = isPerson ? PersonNames.Normalise(written) : CompanyNames.Normalise(written);
        if (remembered.Count < MostNames) remembered.Add((isPerson, written), name);
        return name;
    }

    private static ImmutableArray<DateOnly> BeginningsOf(NodeFact fact, bool isPerson, List<IdentifierReading> identifiers, List<PartialDay> stated)
    {
        var days = new List<DateOnly>();
        if (fact.Properties.TryGet(isPerson ? "birthDate" : "establishedOn", out var recorded)) days.Add(recorded.AsDate());
        if (isPerson) days.AddRange(SoundResidentIds(identifiers).Select(ResidentIdentity.BirthDateOf).OfType<DateOnly>());
        days.AddRange(stated.Select(day => day.Whole).OfType<DateOnly>());
        return [.. days.Distinct()];
    }

    private static bool? SexOf(NodeFact fact, List<IdentifierReading> identifiers)
    {
        if (Texts(fact, "sex") is [var recorded]) return recorded == "MALE";
        return SoundResidentIds(identifiers).Select(ResidentIdentity.IsMale).FirstOrDefault();
    }

    private static IEnumerable<string> SoundResidentIds(List<IdentifierReading> identifiers) =>
        identifiers.Where(reading => reading is { Scheme: ResidentIdentity.Scheme, Validity: IdentifierValidity.Valid or IdentifierValidity.Unchecked })
            .Select(reading => reading.Value);

    private static ImmutableArray<string> RegionsOf(NodeFact fact, List<IdentifierReading> identifiers)
    {
        var stated = Texts(fact, "region");
        if (stated.Length > 0) return stated;
        var inCode = identifiers.Where(reading => reading.Scheme == UnifiedSocialCreditCode.Scheme)
            .Select(reading => UnifiedSocialCreditCode.RegionOf(reading.Value)).OfType<string>();
        return [.. inCode.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Regions of the places that whole registered names start with.</summary>
    private static ImmutableArray<string> RegionsIn(ImmutableArray<NormalName> names) =>
        [.. names.Where(name => name is { IsHan: true, IsMasked: false, Form: not null })
            .Select(name => PlaceNames.ProvinceOf(name.Core)).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static ImmutableArray<string> Texts(NodeFact fact, string field) =>
        fact.Properties.TryGet(field, out var value) ? TextsOf(value) : [];

    private static ImmutableArray<string> TextsOf(PropertyValue value) =>
        value.Kind == FieldKind.StringList ? value.AsStrings() : [value.AsString()];
}
