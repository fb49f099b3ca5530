using GraphRisk.Graph.Facts;

namespace GraphRisk.Intake.Import.FollowTheMoney;

/// <summary>Schemas that tie two parties, as a table: the relationship, the properties of its ends and of what it is called.</summary>
internal static class FtmLink
{
    /// <param name="Relationship">Name of the relationship in the graph.</param>
    /// <param name="From">Property of the start.</param>
    /// <param name="To">Property of the end.</param>
    /// <param name="FromType">Node type of the start where the schema leaves no choice; null where the file must tell.</param>
    /// <param name="ToType">Node type of the end, likewise.</param>
    /// <param name="Words">Properties that say what kind of tie it is, most telling first; the schema's name where none does.</param>
    public sealed record Shape(string Relationship, string From, string To, string? FromType, string? ToType, string[] Words);

    private static readonly Dictionary<string, Shape> Shapes = new(StringComparer.Ordinal)
    {
        ["Ownership"] = new("HOLDS", "owner", "asset", null, "Company", []),
        ["Directorship"] = new("OFFICER_OF", "director", "organization", null, "Company", ["role", "summary"]),
        ["Employment"] = new("RELATED_TO", "employee", "employer", "Person", null, ["role"]),
        ["Membership"] = new("RELATED_TO", "member", "organization", null, "Company", ["role"]),
        ["Representation"] = new("RELATED_TO", "agent", "client", null, null, ["role"]),
        ["Family"] = new("RELATED_TO", "person", "relative", "Person", "Person", ["relationship"]),
        ["Associate"] = new("RELATED_TO", "person", "associate", "Person", "Person", ["relationship"]),
        ["Succession"] = new("RELATED_TO", "predecessor", "successor", null, null, []),
        ["UnknownLink"] = new("RELATED_TO", "subject", "object", null, null, ["role"]),
    };

    /// <summary>The shape of a schema, or null where it ties no parties.</summary>
    public static Shape? Find(string schema) => Shapes.GetValueOrDefault(schema);

    /// <summary>The fields of a tie; a value that cannot be read is left out and noted.</summary>
    public static Properties Read(FtmEntity entity, Shape shape, List<RecordFault> findings)
    {
        var word = entity.One(shape.Words) ?? entity.Schema;
        return shape.Relationship switch
        {
            "HOLDS" => ReadHolding(entity, findings),
            "OFFICER_OF" => Properties.Of(("role", PropertyValue.Of(word))),
            _ => Properties.Of(("kind", PropertyValue.Of(entity.Schema == "Representation" && IsNominee(word) ? "nominee" : word))),
        };
    }

    private static Properties ReadHolding(FtmEntity entity, List<RecordFault> findings)
    {
        var values = new List<Property>();
        var stated = new List<StatedShare>();
        foreach (var text in entity.All("percentage"))
        {
            if (StatedShare.Parse(text) is { } share) stated.Add(share);
            else findings.Add(new RecordFault("percentage", $"is '{text}', which is no share between 0 and 100%"));
        }

        StatedShare.Best(stated).AddTo(values, "share");
        if (entity.AllOf("role", "ownershipType", "summary").Any(IsNominee)) values.Add(new Property("nominee", PropertyValue.Of(true)));
        if (entity.AllOf("role", "ownershipType").Any(IsIndirect)) values.Add(new Property("directness", PropertyValue.OfEnum("INDIRECT")));
        var value = entity.One("sharesValue");
        if (value is not null)
        {
            if (Mapping.Numbers.TryDecimal(value, out var amount) && amount >= 0) values.Add(new Property("amount", PropertyValue.Of(amount)));
            else findings.Add(new RecordFault("sharesValue", $"is '{value}', which is no amount"));
        }

        if (entity.One("sharesCurrency") is { } currency) values.Add(new Property("currency", PropertyValue.Of(currency)));
        if (entity.One("sharesType") is { } type) values.Add(new Property("shareClass", PropertyValue.Of(type)));
        return Properties.Of(values);
    }

    /// <summary>The publisher says that the holder stands in the register for somebody else.</summary>
    private static bool IsNominee(string text) => text.Contains("nominee", StringComparison.OrdinalIgnoreCase) || text.Contains("代持", StringComparison.Ordinal);

    private static bool IsIndirect(string text) => text.Contains("indirect", StringComparison.OrdinalIgnoreCase) || text.Contains("间接", StringComparison.Ordinal);
}
