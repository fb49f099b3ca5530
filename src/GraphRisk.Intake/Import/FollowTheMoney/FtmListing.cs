using GraphRisk.Graph.Facts;

namespace GraphRisk.Intake.Import.FollowTheMoney;

/// <summary>A Sanction entity: an entry on a list.</summary>
internal static class FtmListing
{
    /// <summary>The fields of an entry; null, with what is wrong, where it cannot be read.</summary>
    public static Properties? Read(FtmEntity entity, out RecordFault? fault)
    {
        var disqualifies = entity.AllOf("provisions", "program", "summary").Any(text => text.Contains("isqualif", StringComparison.Ordinal));
        var values = new List<Property>
        {
            new("list", PropertyValue.Of(entity.First("program") ?? (entity.Datasets is [var first, ..] ? first : "sanctions"))),
            new("kind", PropertyValue.OfEnum(disqualifies ? "DISQUALIFICATION" : "SANCTION")),
        };
        AddText(values, "authority", entity.First("authority"));
        AddText(values, "country", entity.First("country") is { Length: 2 } code ? code.ToUpperInvariant() : null);
        AddText(values, "reference", entity.First("authorityId", "recordId", "unscId"));
        AddText(values, "reason", Joined(entity.AllOf("reason", "provisions")));
        fault = AddDay(values, "publishedOn", entity, "listingDate", "startDate") ?? AddDay(values, "expiresOn", entity, "endDate");
        return fault is null ? Properties.Of(values) : null;
    }

    private static void AddText(List<Property> values, string field, string? text)
    {
        if (text is not null) values.Add(new Property(field, PropertyValue.Of(text)));
    }

    private static string? Joined(IEnumerable<string> texts) => string.Join("; ", texts) is { Length: > 0 } joined ? joined : null;

    private static RecordFault? AddDay(List<Property> values, string field, FtmEntity entity, params string[] properties)
    {
        foreach (var property in properties)
        {
            if (entity.First(property) is not { } text) continue;
            if (PartialDate.Parse(text) is not { } date) return new RecordFault(property, $"is '{text}', which is not a date");
            if (date.Day is { } day) values.Add(new Property(field, PropertyValue.Of(day)));
            return null;
        }

        return null;
    }
}
