using GraphRisk.Graph.Facts;
using GraphRisk.Matching.Values;

namespace GraphRisk.Intake.Import.FollowTheMoney;

/// <summary>A Sanction entity: an entry on a list.</summary>
public static class FtmListing
{
    /// <summary>What publishers write as the status of an entry that is in force no more.</summary>
    private static readonly string[] Over =
    [
        "inactive", "lifted", "terminated", "removed", "delisted", "de-listed", "expired", "revoked", "withdrawn", "annulled", "repealed", "cancelled",
        "canceled", "ended", "ceased", "suspended", "not in force", "no longer", "former", "archived", "historical", "已移出", "已解除", "失效", "撤销",
        "исключен", "отменен", "снят",
    ];

    /// <summary>The fields of an entry; a value that cannot be read is left out and noted.</summary>
    public static Properties Read(FtmEntity entity, List<RecordFault> findings)
    {
        var disqualifies = entity.AllOf("provisions", "program", "summary").Any(text => text.Contains("isqualif", StringComparison.Ordinal));
        var values = new List<Property>
        {
            new("list", PropertyValue.Of(ListOf(entity) ?? "sanctions")),
            new("kind", PropertyValue.OfEnum(disqualifies ? "DISQUALIFICATION" : "SANCTION")),
        };
        AddText(values, "authority", entity.One("authority"));
        AddText(values, "programme", ProgrammeOf(entity));
        AddText(values, "country", entity.All("country").Where(code => code.Length == 2).Min(StringComparer.Ordinal)?.ToUpperInvariant());
        AddText(values, "reference", entity.One("authorityId", "recordId", "unscId"));
        AddText(values, "reason", Joined(entity.AllOf("reason", "provisions")));
        AddDay(values, "publishedOn", entity.DateOf("listingDate", latest: false, findings) ?? entity.DateOf("startDate", latest: false, []));
        AddDay(values, "expiresOn", entity.DateOf("endDate", latest: true, []));
        return Properties.Of(values);
    }

    /// <summary>The list an entry stands on: its programme by name, else the collection it was published in; null where neither is stated.</summary>
    public static string? ListOf(FtmEntity entity) => entity.One("program", "programId") ?? entity.Datasets.Min(StringComparer.Ordinal);

    /// <summary>The programme of an entry, its code where it has one; null where it states none. Who keeps the list is another thing.</summary>
    public static string? ProgrammeOf(FtmEntity entity) => entity.One("programId", "program");

    /// <summary>
    /// Whether the entry's own status says that it is in force no more. Where statuses differ one that says so does not count: a
    /// man is taken off a list by the list, not by one value of two.
    /// </summary>
    public static bool IsOver(FtmEntity entity, List<RecordFault> findings)
    {
        var statuses = entity.All("status");
        var over = statuses.Count(text => Over.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
        if (over > 0 && over < statuses.Count)
            findings.Add(new RecordFault("status", $"says two things: {string.Join(", ", statuses.Order(StringComparer.Ordinal))}; the entry counts as in force"));
        return over > 0 && over == statuses.Count;
    }

    private static void AddText(List<Property> values, string field, string? text)
    {
        if (text is not null) values.Add(new Property(field, PropertyValue.Of(text)));
    }

    private static string? Joined(IEnumerable<string> texts) => string.Join("; ", texts.Order(StringComparer.Ordinal)) is { Length: > 0 } joined ? joined : null;

    private static void AddDay(List<Property> values, string field, PartialDay? date)
    {
        if (date?.Whole is { } day) values.Add(new Property(field, PropertyValue.Of(day)));
    }
}
