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
}
