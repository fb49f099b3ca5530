using System.Collections.Immutable;
using GraphRisk.Matching.Identifiers;
using static GraphRisk.Matching.Identifiers.IdentifierValidity;

namespace GraphRisk.Intake.Resolution.Comparison;

/// <summary>
/// The rules of resolution, read top to bottom. A score is the strongest weight of each family that supports a match, plus
/// every weight against one. The weights are set so that, with the line for a match at 0.85:
/// a strong identifier with a name that is not wholly different suffices; the same name with the same birth date, telephone,
/// address or region (of a company) suffices; no name suffices alone; a similar name needs two further families. Of
/// persons whose names differ, be it in one character, telephone and address are the household's: they count once, and make a
/// match only with a number of the person's own.
/// To add a feature: a test, a row here, a case in the tests, and, where records might share nothing else, a block kind.
/// </summary>
public static class FeatureTable
{
    /// <summary>How natural persons are compared.</summary>
    public static ImmutableArray<Feature> Person { get; } =
    [
        new("same-resident-id", EvidenceFamily.Document, 0.95m, IdentifierTests.Same(ResidentIdentity.Scheme, Valid, Unchecked)),
        new("same-resident-id-failing-check", EvidenceFamily.Document, 0.75m, IdentifierTests.Same(ResidentIdentity.Scheme, BadCheckDigit, BadDate, BadRegion)),
        new("same-passport", EvidenceFamily.Document, 0.80m, IdentifierTests.Same(PassportNumber.Scheme, Unchecked)),
        new("same-other-identifier", EvidenceFamily.Document, 0.80m, IdentifierTests.SameOther(ResidentIdentity.Scheme, PassportNumber.Scheme)),
        new("masked-id-and-birth-date", EvidenceFamily.Document, 0.90m, IdentifierTests.MaskedAgreesWithBirth),
        new("same-number-of-unknown-register", EvidenceFamily.Document, 0.47m, IdentifierTests.SameOfUnknownRegister),
        new("near-resident-id", EvidenceFamily.Document, 0.47m, IdentifierTests.Near(ResidentIdentity.Scheme)),
        new("masked-id-agrees", EvidenceFamily.Document, 0.47m, IdentifierTests.MaskedAgrees),
        new("same-birth-date", EvidenceFamily.Document, 0.45m, AttributeTests.SameBeginning),
        new("same-name", EvidenceFamily.Name, 0.45m, NameTests.Same),
        new("former-name", EvidenceFamily.Name, 0.40m, NameTests.SameFormer),
        new("same-name-in-latin", EvidenceFamily.Name, 0.38m, NameTests.SameInLatin),
        new("same-sounding-name", EvidenceFamily.Name, 0.30m, NameTests.SameSounding),
        new("similar-name", EvidenceFamily.Name, 0.25m, NameTests.Similar),
        new("same-phone", EvidenceFamily.Contact, 0.40m, AttributeTests.SamePhone),
        new("same-email", EvidenceFamily.Contact, 0.40m, AttributeTests.SameEmail),
        new("same-address", EvidenceFamily.Place, 0.40m, AttributeTests.SameAddress),
        new("different-given-name", EvidenceFamily.Against, -0.05m, NameTests.DifferentGiven),
        new("different-name", EvidenceFamily.Against, -0.30m, NameTests.Different),
        new("different-sex", EvidenceFamily.Against, -0.30m, AttributeTests.DifferentSex),
        new("masked-id-differs", EvidenceFamily.Against, -0.50m, IdentifierTests.MaskedDiffers),
        new("different-resident-id", EvidenceFamily.Contradiction, 0m, IdentifierTests.Different(ResidentIdentity.Scheme)),
        new("different-birth-date", EvidenceFamily.Contradiction, 0m, AttributeTests.DifferentBeginning),
    ];

    /// <summary>How companies are compared.</summary>
    public static ImmutableArray<Feature> Company { get; } =
    [
        new("same-uscc", EvidenceFamily.Document, 1.00m, IdentifierTests.Same(UnifiedSocialCreditCode.Scheme, Valid)),
        new("same-lei", EvidenceFamily.Document, 1.00m, IdentifierTests.Same(LegalEntityIdentifier.Scheme, Valid)),
        new("same-organisation-code", EvidenceFamily.Document, 0.85m, IdentifierTests.Same(OrganizationCode.Scheme, Valid)),
        new("same-uscc-failing-check", EvidenceFamily.Document, 0.75m, IdentifierTests.Same(UnifiedSocialCreditCode.Scheme, BadCheckDigit, BadRegion)),
        new("same-lei-failing-check", EvidenceFamily.Document, 0.75m, IdentifierTests.Same(LegalEntityIdentifier.Scheme, BadCheckDigit)),
        new("same-organisation-code-failing-check", EvidenceFamily.Document, 0.70m, IdentifierTests.Same(OrganizationCode.Scheme, BadCheckDigit)),
        new("same-other-identifier", EvidenceFamily.Document, 0.80m, IdentifierTests.SameOther(UnifiedSocialCreditCode.Scheme, LegalEntityIdentifier.Scheme, OrganizationCode.Scheme)),
        new("same-number-of-unknown-register", EvidenceFamily.Document, 0.47m, IdentifierTests.SameOfUnknownRegister),
        new("near-uscc", EvidenceFamily.Document, 0.45m, IdentifierTests.Near(UnifiedSocialCreditCode.Scheme)),
        new("masked-id-agrees", EvidenceFamily.Document, 0.40m, IdentifierTests.MaskedAgrees),
        new("same-establishment", EvidenceFamily.Document, 0.35m, AttributeTests.SameBeginning),
        new("same-name", EvidenceFamily.Name, 0.50m, NameTests.Same),
        new("former-name", EvidenceFamily.Name, 0.45m, NameTests.SameFormer),
        new("same-name-in-latin", EvidenceFamily.Name, 0.40m, NameTests.SameInLatin),
        new("similar-name", EvidenceFamily.Name, 0.25m, NameTests.Similar),
        new("same-phone", EvidenceFamily.Contact, 0.40m, AttributeTests.SamePhone),
        new("same-email", EvidenceFamily.Contact, 0.40m, AttributeTests.SameEmail),
        new("same-address", EvidenceFamily.Place, 0.45m, AttributeTests.SameAddress),
        new("same-region", EvidenceFamily.Place, 0.35m, AttributeTests.SameRegion),
        new("region-in-registered-name", EvidenceFamily.Place, 0.35m, NameTests.SameRegisteredName),
        new("different-name", EvidenceFamily.Against, -0.10m, NameTests.Different),
        new("different-form", EvidenceFamily.Against, -0.15m, NameTests.DifferentForm),
        new("different-region", EvidenceFamily.Against, -0.05m, AttributeTests.DifferentRegion),
        new("masked-id-differs", EvidenceFamily.Against, -0.50m, IdentifierTests.MaskedDiffers),
        new("different-uscc", EvidenceFamily.Contradiction, 0m, IdentifierTests.Different(UnifiedSocialCreditCode.Scheme)),
        new("different-lei", EvidenceFamily.Contradiction, 0m, IdentifierTests.Different(LegalEntityIdentifier.Scheme)),
    ];
}
