using System.Collections.Immutable;
using GraphRisk.Matching.Identifiers;
using static GraphRisk.Matching.Identifiers.IdentifierValidity;

namespace GraphRisk.Intake.Resolution.Comparison;

/// <summary>
/// What records are compared by. Of each family the first row that finds something is the level at which the records agree; what it weighs
/// is the binary logarithm of m over u (Fellegi and Sunter 1969). The numbers here are what is believed before any record is seen: from registers' error
/// rates and from how often values meet by chance; a store of some size replaces them by what its own records say (<see cref="Weights.ModelLearner"/>).
/// To add a feature: a test, a row here, a case in the tests, and, where records might share nothing else, a block kind.
/// </summary>
public static class FeatureTable
{
    private static readonly ImmutableArray<EvidenceFamily> InResidentId = [EvidenceFamily.MaskedNumber, EvidenceFamily.Beginning, EvidenceFamily.Sex];
    private static readonly ImmutableArray<EvidenceFamily> InCreditCode = [EvidenceFamily.MaskedNumber, EvidenceFamily.Region];

    /// <summary>How natural persons are compared.</summary>
    public static ImmutableArray<Feature> Person { get; } =
    [
        new("same-resident-id", EvidenceFamily.Number, 0.88, 1e-8, IdentifierTests.Same(ResidentIdentity.Scheme, Valid, Unchecked)) { Meaning = EvidenceMeaning.Register, Holds = InResidentId },
        new("same-resident-id-failing-check", EvidenceFamily.Number, 0.01, 1e-8, IdentifierTests.Same(ResidentIdentity.Scheme, BadCheckDigit, BadDate, BadRegion)) { Meaning = EvidenceMeaning.Register, Holds = InResidentId },
        new("same-passport", EvidenceFamily.Number, 0.05, 1e-7, IdentifierTests.Same(PassportNumber.Scheme, Unchecked)) { Meaning = EvidenceMeaning.Register },
        new("same-other-identifier", EvidenceFamily.Number, 0.02, 1e-7, IdentifierTests.SameOther(ResidentIdentity.Scheme, PassportNumber.Scheme)) { Meaning = EvidenceMeaning.Register },
        new("near-resident-id", EvidenceFamily.Number, 0.02, 1e-6, IdentifierTests.Near(ResidentIdentity.Scheme)) { Meaning = EvidenceMeaning.OwnNumber, Holds = InResidentId },
        new("masked-id-agrees", EvidenceFamily.MaskedNumber, 0.97, 1e-5, IdentifierTests.MaskedAgrees) { Meaning = EvidenceMeaning.OwnNumber },
        new("masked-id-differs", EvidenceFamily.MaskedNumber, 0.002, 0.9, IdentifierTests.MaskedDiffers) { Meaning = EvidenceMeaning.OtherNumber },
        new("same-birth-date", EvidenceFamily.Beginning, 0.95, 5e-5, AttributeTests.SameBeginning),
        new("same-birth-month", EvidenceFamily.Beginning, 0.03, 1.5e-3, AttributeTests.SameMonth) { CameLater = true },
        new("same-birth-year", EvidenceFamily.Beginning, 0.06, 0.02, AttributeTests.SameYear) { CameLater = true },
        new("other-birth-year", EvidenceFamily.Beginning, 0.02, 0.97, AttributeTests.OtherYear) { CameLater = true },
        new("same-number-of-unknown-register", EvidenceFamily.Number, 0.02, 1e-5, IdentifierTests.SameOfUnknownRegister) { Meaning = EvidenceMeaning.OwnNumber },
        new("same-name", EvidenceFamily.Name, 0.8, 1e-4, NameTests.Same) { Rarity = Rarity.Name },
        new("former-name", EvidenceFamily.Name, 0.02, 1e-4, NameTests.SameFormer),
        new("same-name-in-latin", EvidenceFamily.Name, 0.08, 4e-4, NameTests.SameInLatin),
        new("same-sounding-name", EvidenceFamily.Name, 0.003, 4e-4, NameTests.SameSounding),
        new("name-variant", EvidenceFamily.Name, 0.03, 4e-4, NameTests.Variant),
        new("similar-name", EvidenceFamily.Name, 0.02, 4e-3, NameTests.Similar) { Meaning = EvidenceMeaning.OtherName },
        new("different-given-name", EvidenceFamily.Name, 0.006, 0.05, NameTests.DifferentGiven) { Meaning = EvidenceMeaning.OtherName },
        new("different-name", EvidenceFamily.Name, 0.006, 0.94, NameTests.Different) { Meaning = EvidenceMeaning.UnlikeName },
        new("same-phone", EvidenceFamily.Contact, 0.6, 1e-4, AttributeTests.SamePhone) { Rarity = Rarity.Phone },
        new("same-email", EvidenceFamily.Contact, 0.05, 1e-4, AttributeTests.SameEmail) { Rarity = Rarity.Email },
        new("different-phone", EvidenceFamily.Contact, 0.35, 1, AttributeTests.DifferentPhone),
        new("same-address", EvidenceFamily.Address, 0.6, 1e-4, AttributeTests.SameAddress) { Rarity = Rarity.Address },
        new("different-address", EvidenceFamily.Address, 0.4, 1, AttributeTests.DifferentAddress),
        new("same-sex", EvidenceFamily.Sex, 0.997, 0.5, AttributeTests.SameSex),
        new("different-sex", EvidenceFamily.Sex, 0.003, 0.5, AttributeTests.DifferentSex),
        new("different-resident-id", EvidenceFamily.Contradiction, 0, 1, IdentifierTests.Different(ResidentIdentity.Scheme)),
        new("different-birth-date", EvidenceFamily.Contradiction, 0, 1, AttributeTests.DifferentBeginning),
    ];

    /// <summary>How companies are compared.</summary>
    public static ImmutableArray<Feature> Company { get; } =
    [
        new("same-uscc", EvidenceFamily.Number, 0.85, 1e-9, IdentifierTests.Same(UnifiedSocialCreditCode.Scheme, Valid)) { Meaning = EvidenceMeaning.Register, Holds = InCreditCode },
        new("same-lei", EvidenceFamily.Number, 0.05, 1e-9, IdentifierTests.Same(LegalEntityIdentifier.Scheme, Valid)) { Meaning = EvidenceMeaning.Register },
        new("same-organisation-code", EvidenceFamily.Number, 0.05, 1e-8, IdentifierTests.Same(OrganizationCode.Scheme, Valid)) { Meaning = EvidenceMeaning.Register },
        new("same-uscc-failing-check", EvidenceFamily.Number, 0.01, 1e-8, IdentifierTests.Same(UnifiedSocialCreditCode.Scheme, BadCheckDigit, BadRegion)) { Meaning = EvidenceMeaning.Register, Holds = InCreditCode },
        new("same-lei-failing-check", EvidenceFamily.Number, 0.002, 1e-8, IdentifierTests.Same(LegalEntityIdentifier.Scheme, BadCheckDigit)) { Meaning = EvidenceMeaning.Register },
        new("same-organisation-code-failing-check", EvidenceFamily.Number, 0.002, 1e-7, IdentifierTests.Same(OrganizationCode.Scheme, BadCheckDigit)) { Meaning = EvidenceMeaning.Register },
        new("same-other-identifier", EvidenceFamily.Number, 0.02, 1e-7, IdentifierTests.SameOther(UnifiedSocialCreditCode.Scheme, LegalEntityIdentifier.Scheme, OrganizationCode.Scheme)) { Meaning = EvidenceMeaning.Register },
        new("near-uscc", EvidenceFamily.Number, 0.02, 1e-6, IdentifierTests.Near(UnifiedSocialCreditCode.Scheme)) { Meaning = EvidenceMeaning.OwnNumber, Holds = InCreditCode },
        new("masked-id-agrees", EvidenceFamily.MaskedNumber, 0.97, 1e-5, IdentifierTests.MaskedAgrees) { Meaning = EvidenceMeaning.OwnNumber },
        new("masked-id-differs", EvidenceFamily.MaskedNumber, 0.002, 0.9, IdentifierTests.MaskedDiffers) { Meaning = EvidenceMeaning.OtherNumber },
        new("same-number-of-unknown-register", EvidenceFamily.Number, 0.02, 1e-5, IdentifierTests.SameOfUnknownRegister) { Meaning = EvidenceMeaning.OwnNumber },
        new("same-establishment", EvidenceFamily.Beginning, 0.9, 2e-4, AttributeTests.SameBeginning),
        new("same-establishment-month", EvidenceFamily.Beginning, 0.03, 3e-3, AttributeTests.SameMonth) { CameLater = true },
        new("same-establishment-year", EvidenceFamily.Beginning, 0.05, 0.04, AttributeTests.SameYear) { CameLater = true },
        new("same-name-of-another-form", EvidenceFamily.Form, 0.03, 0.3, NameTests.DifferentForm),
        new("same-name", EvidenceFamily.Name, 0.85, 1e-4, NameTests.Same) { Rarity = Rarity.Name },
        new("former-name", EvidenceFamily.Name, 0.05, 1e-5, NameTests.SameFormer),
        new("same-name-in-latin", EvidenceFamily.Name, 0.04, 1e-4, NameTests.SameInLatin),
        new("name-variant", EvidenceFamily.Name, 0.04, 1e-4, NameTests.Variant),
        new("similar-name", EvidenceFamily.Name, 0.03, 1e-3, NameTests.Similar),
        new("different-name", EvidenceFamily.Name, 0.03, 1, NameTests.Different) { Meaning = EvidenceMeaning.UnlikeName },
        new("same-phone", EvidenceFamily.Contact, 0.6, 1e-4, AttributeTests.SamePhone) { Rarity = Rarity.Phone },
        new("same-email", EvidenceFamily.Contact, 0.05, 1e-4, AttributeTests.SameEmail) { Rarity = Rarity.Email },
        new("different-phone", EvidenceFamily.Contact, 0.35, 1, AttributeTests.DifferentPhone),
        new("same-address", EvidenceFamily.Address, 0.6, 1e-4, AttributeTests.SameAddress) { Rarity = Rarity.Address },
        new("different-address", EvidenceFamily.Address, 0.4, 1, AttributeTests.DifferentAddress),
        new("region-in-registered-name", EvidenceFamily.Region, 0.45, 1e-3, NameTests.SameRegisteredName),
        new("same-region", EvidenceFamily.Region, 0.52, 0.08, AttributeTests.SameRegion),
        new("different-region", EvidenceFamily.Region, 0.03, 0.92, AttributeTests.DifferentRegion),
        new("different-uscc", EvidenceFamily.Contradiction, 0, 1, IdentifierTests.Different(UnifiedSocialCreditCode.Scheme)),
        new("different-lei", EvidenceFamily.Contradiction, 0, 1, IdentifierTests.Different(LegalEntityIdentifier.Scheme)),
    ];

    /// <summary>The rows records of a kind are compared by.</summary>
    public static ImmutableArray<Feature> Of(bool isPerson) => isPerson ? Person : Company;
}
