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

    /// <summary>The fields of a tie; null, with what is wrong, where it cannot be read.</summary>
    public static Properties? Read(FtmEntity entity, Shape shape, out RecordFault? fault)
    {
        fault = null;
        var word = entity.First(shape.Words) ?? entity.Schema;
        return shape.Relationship switch
        {
            "HOLDS" => ReadHolding(entity, out fault),
            "OFFICER_OF" => Properties.Of(("role", PropertyValue.Of(word))),
            _ => Properties.Of(("kind", PropertyValue.Of(word))),
        };
    }

    private static Properties? ReadHolding(FtmEntity entity, out RecordFault? fault)
    {
        fault = null;
        var values = new List<Property>();
        var stated = new List<StatedShare>();
        foreach (var text in entity.All("percentage"))
        {
            if (StatedShare.Parse(text) is { } share) stated.Add(share);
            else fault = new RecordFault("percentage", $"is '{text}', which is no share between 0 and 100%");
        }

        if (fault is not null) return null;
        AddShare(values, stated);
        var value = entity.First("sharesValue");
        if (value is not null)
        {
            if (Mapping.Numbers.TryDecimal(value, out var amount) && amount >= 0) values.Add(new Property("amount", PropertyValue.Of(amount)));
            else fault = new RecordFault("sharesValue", $"is '{value}', which is no amount");
        }

        if (entity.First("sharesCurrency") is { } currency) values.Add(new Property("currency", PropertyValue.Of(currency)));
        if (entity.First("sharesType") is { } type) values.Add(new Property("shareClass", PropertyValue.Of(type)));
        return fault is null ? Properties.Of(values) : null;
    }

    /// <summary>One value is the share; several that differ, or bounds, leave only bounds.</summary>
    private static void AddShare(List<Property> values, List<StatedShare> stated)
    {
        if (stated.Count == 0) return;
        if (stated.TrueForAll(share => share.Exact is not null && share.Exact == stated[0].Exact))
        {
            values.Add(new Property("share", PropertyValue.Of(stated[0].Exact!.Value)));
            return;
        }

        if (stated.Min(share => share.Exact ?? share.Minimum ?? 0) is var low and > 0) values.Add(new Property("shareMin", PropertyValue.Of(low)));
        if (stated.Max(share => share.Exact ?? share.Maximum ?? 1) is var high and < 1) values.Add(new Property("shareMax", PropertyValue.Of(high)));
    }
}
