using GraphRisk.Matching.Comparison;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Model;

/// <summary>What those who live or work together have in common.</summary>
internal enum EvidenceKind
{
    /// <summary>One's own: given name, birth date, numbers. Kin have it in common by chance only.</summary>
    Own,

    /// <summary>Of all of them: surname, address, telephone.</summary>
    Shared,

    /// <summary>A whole name: of which relatives share a part.</summary>
    PartlyShared,
}

/// <summary>
/// Who agrees in much and is not one. Persons have a household: one surname, address and telephone, and apart from that given names and birth
/// dates. Firms and institutions have a group: one telephone, web site and director, a name of which much is the same, and each an address of its own.
/// Which of the two a table is about its columns say; none is thought of where no column tells kin apart.
/// </summary>
internal sealed class Kinship
{
    private static readonly AttributeKind[] OfHousehold =
    [
        AttributeKind.Surname, AttributeKind.Address, AttributeKind.HouseNumber, AttributeKind.Street, AttributeKind.City, AttributeKind.Postcode, AttributeKind.Region,
        AttributeKind.Phone, AttributeKind.Email, AttributeKind.Website,
    ];

    private static readonly AttributeKind[] OfGroup =
    [
        AttributeKind.OrganisationName, AttributeKind.Name, AttributeKind.Phone, AttributeKind.Email, AttributeKind.Website, AttributeKind.PersonName, AttributeKind.City,
        AttributeKind.Region, AttributeKind.Postcode, AttributeKind.Text, AttributeKind.Category,
    ];

    private static readonly AttributeKind[] Sites = [AttributeKind.Address, AttributeKind.Street, AttributeKind.HouseNumber];

    private readonly AttributeKind[] shared;

    private Kinship(AttributeKind[] shared, bool isHousehold, ulong mask, string name, string reason) =>
        (this.shared, IsHousehold, Mask, Name, Reason) = (shared, isHousehold, mask, name, reason);

    /// <summary>Whether relatives are thought of, and not firms of one group.</summary>
    public bool IsHousehold { get; }

    /// <summary>The comparisons that tell whose records these are as a mask over patterns: kin are thought of where one of them says something. 0 where they never are.</summary>
    public ulong Mask { get; }

    /// <summary>What they have together.</summary>
    public string Name { get; }

    /// <summary>Why agreement is discounted.</summary>
    public string Reason { get; }

    /// <summary>What a kind of column is among kin.</summary>
    public EvidenceKind Of(AttributeKind kind) => Array.IndexOf(shared, kind) >= 0 ? EvidenceKind.Shared : IsWholeName(kind) ? EvidenceKind.PartlyShared : EvidenceKind.Own;

    /// <summary>Whose records the columns compared are about.</summary>
    public static Kinship Of(ComparisonPlan plan)
    {
        AttributeKind[] kinds = [.. plan.Comparisons.Select(comparison => comparison.Attribute.Kind)];
        var household = new Kinship(OfHousehold, isHousehold: true, MaskOf(kinds, IsPersonal), "household", "relatives would agree as well");
        if (kinds.Any(TellsApart) && kinds.Any(kind => household.Of(kind) == EvidenceKind.Shared)) return household;
        var group = new Kinship(OfGroup, isHousehold: false, MaskOf(kinds, kind => Array.IndexOf(Sites, kind) >= 0), "group", "others of one group would agree as well");
        return group.Mask != 0 && kinds.Contains(AttributeKind.OrganisationName) && kinds.Any(kind => kind is AttributeKind.Phone or AttributeKind.Email or AttributeKind.Website)
            ? group
            : new Kinship(OfHousehold, isHousehold: false, 0, household.Name, household.Reason);
    }

    /// <summary>
    /// Whether only persons have it. Relatives are thought of where a table has a column that tells them apart, and of a pair of which something
    /// personal is known: firms have no household, and who sits at one address under one number is likely one.
    /// </summary>
    public static bool IsPersonal(AttributeKind kind) =>
        kind is AttributeKind.GivenName or AttributeKind.Surname or AttributeKind.PersonName or AttributeKind.Name or AttributeKind.BirthDate or AttributeKind.Sex;

    /// <summary>Whether it is a name, of which there are namesakes.</summary>
    public static bool IsName(AttributeKind kind) => kind is AttributeKind.GivenName or AttributeKind.Surname || IsWholeName(kind);

    /// <summary>Whether it is a whole name.</summary>
    public static bool IsWholeName(AttributeKind kind) => kind is AttributeKind.PersonName or AttributeKind.Name or AttributeKind.OrganisationName;

    private static bool TellsApart(AttributeKind kind) => kind is AttributeKind.GivenName or AttributeKind.BirthDate;

    private static ulong MaskOf(AttributeKind[] kinds, Func<AttributeKind, bool> isOf)
    {
        var mask = 0ul;
        for (var i = 0; i < kinds.Length; i++)
            if (isOf(kinds[i])) mask |= 15ul << (4 * i);
        return mask;
    }
}
