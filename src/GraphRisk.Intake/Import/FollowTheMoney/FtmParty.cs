using GraphRisk.Graph.Facts;

namespace GraphRisk.Intake.Import.FollowTheMoney;

/// <summary>Persons and organisations: which schemas are parties, and from which of their properties the fields come.</summary>
public static class FtmParty
{
    /// <summary>Node type of each schema that is a party, with the kind of organisation where the schema tells it.</summary>
    private static readonly Dictionary<string, (string Type, string? Kind)> Schemas = new(StringComparer.Ordinal)
    {
        ["Person"] = ("Person", "KNOWN"),
        ["Company"] = ("Company", "COMPANY"),
        ["Organization"] = ("Company", null),
        ["LegalEntity"] = ("Company", "UNKNOWN"),
        ["PublicBody"] = ("Company", "PUBLIC_BODY"),
        ["Vessel"] = ("Company", "VESSEL"),
    };

    /// <summary>Properties that identify, by the scheme under which the graph keeps them.</summary>
    private static readonly (string Scheme, string[] Properties)[] Identifiers =
    [
        ("INN", ["innCode"]), ("OGRN", ["ogrnCode"]), ("TAX", ["taxNumber"]), ("REG", ["registrationNumber"]), ("ID", ["idNumber"]),
        ("VAT", ["vatCode"]), ("IMO", ["imoNumber"]), ("DUNS", ["dunsCode"]), ("SWIFT", ["swiftBic"]), ("PERMID", ["permId"]),
        ("UEI", ["uniqueEntityId"]), ("PASSPORT", ["passportNumber"]),
    ];

    private static readonly (string Field, string[] Properties)[] Lists =
    [
        ("aliases", ["name", "alias", "weakAlias", "abbreviation"]), ("formerNames", ["previousName"]), ("topics", ["topics"]),
    ];

    private static readonly (string Field, string[] Properties)[] PersonTexts = [("address", ["address"]), ("phone", ["phone"]), ("email", ["email"])];

    private static readonly (string Field, string[] Properties)[] CompanyTexts =
    [
        ("uscc", ["uscCode"]), ("lei", ["leiCode"]), ("legalForm", ["legalForm"]), ("industry", ["sector"]), ("address", ["address"]), ("phone", ["phone"]),
    ];

    private static readonly (string Field, string[] Properties)[] PersonCountries =
        [("nationality", ["nationality", "citizenship"]), ("country", ["country"])];

    private static readonly (string Field, string[] Properties)[] CompanyCountries = [("country", ["jurisdiction", "country", "mainCountry", "flag"])];

    /// <summary>Days by the field that has one whole day, and the one that has what is less or more than that; null where it is not kept.</summary>
    private static readonly (string Field, string? Stated, string[] Properties)[] PersonDays = [("birthDate", "birthDates", ["birthDate"])];

    private static readonly (string Field, string? Stated, string[] Properties)[] CompanyDays =
        [("establishedOn", "establishedDates", ["incorporationDate"]), ("dissolvedOn", null, ["dissolutionDate"])];

    /// <summary>The node type of a schema; null where it is no party.</summary>
    public static string? TypeOf(string schema) => Schemas.TryGetValue(schema, out var found) ? found.Type : null;

    /// <summary>The fields of a party; null, with what is wrong, where it cannot be read.</summary>
    public static Properties? Read(FtmEntity entity, List<RecordFault> findings, out RecordFault? fault)
    {
        var (type, kind) = Schemas[entity.Schema];
        var person = type == "Person";
        var name = entity.Caption.Length > 0 ? entity.Caption : entity.One("name");
        fault = name is null ? new RecordFault("caption", "is missing, and so is a name") : null;
        if (name is null) return null;
        var values = new List<Property> { new("name", PropertyValue.Of(name)) };
        if (kind is not null) values.Add(new Property("kind", PropertyValue.OfEnum(kind)));
        foreach (var (field, properties) in person ? PersonTexts : CompanyTexts)
            if (entity.One(properties) is { } text) values.Add(new Property(field, PropertyValue.Of(text)));
        foreach (var (field, properties) in person ? PersonCountries : CompanyCountries)
            if (properties.Select(property => entity.All(property).Where(code => code.Length == 2).Min(StringComparer.Ordinal)).FirstOrDefault(code => code is not null) is { } code)
                values.Add(new Property(field, PropertyValue.Of(code.ToUpperInvariant())));
        foreach (var (field, properties) in Lists)
            if (entity.AllOf(properties).Where(text => text != name).ToList() is { Count: > 0 } texts)
                values.Add(new Property(field, PropertyValue.Of(texts)));
        if (Identifiers.SelectMany(scheme => entity.AllOf(scheme.Properties).Select(value => $"{scheme.Scheme}:{value}")).ToList() is { Count: > 0 } ids)
            values.Add(new Property("identifiers", PropertyValue.Of(ids)));
        if (person && SexOf(entity) is { } sex) values.Add(new Property("sex", PropertyValue.OfEnum(sex)));
        foreach (var (field, stated, properties) in person ? PersonDays : CompanyDays)
        {
            if (properties.Select(property => entity.DateOf(property, latest: false, findings)).FirstOrDefault(date => date is not null)?.Whole is { } day)
                values.Add(new Property(field, PropertyValue.Of(day)));
            if (stated is not null && entity.DatesOf(properties) is { } dates) values.Add(new Property(stated, PropertyValue.Of(dates)));
        }

        return Properties.Of(values);
    }

    private static string? SexOf(FtmEntity entity) => entity.One("gender") switch
    {
        "male" => "MALE",
        "female" => "FEMALE",
        _ => null,
    };
}
