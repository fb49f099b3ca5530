using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Model;

/// <summary>What those who live or work together have in common.</summary>
internal enum EvidenceKind
{
    /// <summary>One's own: given name, birth date, numbers. Relatives have it in common by chance only.</summary>
    Own,

    /// <summary>Of a household: surname, address, telephone.</summary>
    Shared,

    /// <summary>A whole name: of which relatives share a part.</summary>
    PartlyShared,
}

/// <summary>Which kind is which.</summary>
internal static class EvidenceKinds
{
    public static EvidenceKind Of(AttributeKind kind) => kind switch
    {
        AttributeKind.Surname or AttributeKind.Address or AttributeKind.HouseNumber or AttributeKind.Street or AttributeKind.City or AttributeKind.Postcode
            or AttributeKind.Region or AttributeKind.Phone or AttributeKind.Website => EvidenceKind.Shared,
        AttributeKind.PersonName or AttributeKind.Name or AttributeKind.OrganisationName => EvidenceKind.PartlyShared,
        _ => EvidenceKind.Own,
    };

    /// <summary>
    /// Whether only persons have it. Relatives are thought of where a table has a column that tells them apart, and of a pair of which something
    /// personal is known: firms have no household, and who sits at one address under one number is likely one.
    /// </summary>
    public static bool IsPersonal(AttributeKind kind) =>
        kind is AttributeKind.GivenName or AttributeKind.Surname or AttributeKind.PersonName or AttributeKind.Name or AttributeKind.BirthDate or AttributeKind.Sex;

    /// <summary>Whether it is a name, of which there are namesakes.</summary>
    public static bool IsName(AttributeKind kind) =>
        kind is AttributeKind.GivenName or AttributeKind.Surname or AttributeKind.PersonName or AttributeKind.Name or AttributeKind.OrganisationName;

    /// <summary>Whether it tells relatives apart.</summary>
    public static bool TellsApart(AttributeKind kind) => kind is AttributeKind.GivenName or AttributeKind.BirthDate;

    /// <summary>The personal comparisons as a mask over patterns; 0 where no column tells relatives apart or nothing is shared.</summary>
    public static ulong PersonalMask(IReadOnlyList<AttributeKind> kinds)
    {
        if (!kinds.Any(TellsApart) || !kinds.Any(kind => Of(kind) == EvidenceKind.Shared)) return 0;
        var mask = 0ul;
        for (var i = 0; i < kinds.Count; i++)
            if (IsPersonal(kinds[i])) mask |= 15ul << (4 * i);
        return mask;
    }
}
