using GraphRisk.Matching.Identifiers;

namespace GraphRisk.Matching.Tests.Identifiers;

public sealed class OtherIdentifierTests
{
    [TestCase("5493001KJTIIGC8Y1R12", IdentifierValidity.Valid)]
    [TestCase("5493 001k jtii gc8y 1r12", IdentifierValidity.Valid)]
    [TestCase("5493001KJTIIGC8Y1R13", IdentifierValidity.BadCheckDigit)]
    [TestCase("5493001KJTIIGC8Y1R1X", IdentifierValidity.BadFormat)]
    public void TheLegalEntityIdentifierIsCheckedModulo97(string written, IdentifierValidity expected) =>
        Assert.That(LegalEntityIdentifier.Read(written).Validity, Is.EqualTo(expected));

    [TestCase("CN-E12345678", "CN-E12345678")]
    [TestCase("cn-e1234 5678", "CN-E12345678")]
    [TestCase("E12345678", "E12345678")]
    public void APassportKeepsItsCountryInFront(string written, string value) =>
        Assert.That(PassportNumber.Read(written).Value, Is.EqualTo(value));

    [TestCase("E1")]
    [TestCase("99999999")]
    [TestCase("PASSPORT")]
    public void APassportOfTheWrongShapeIsNoIdentifier(string written) =>
        Assert.That(PassportNumber.Read(written).IsUsable, Is.False);

    [TestCase("11111111", true)]
    [TestCase("12345678", true)]
    [TestCase("1234567890", true)]
    [TestCase("000000001", true)]
    [TestCase("98765432", true)]
    [TestCase("13800138000", false)]
    [TestCase("91110000600037341L", false)]
    public void FillersAreTold(string value, bool filler) => Assert.That(FillerValue.Is(value), Is.EqualTo(filler));

    [TestCase("310101********1234", "310101198001011234", 10, 0)]
    [TestCase("310101********1234", "310101********1234", 10, 0)]
    [TestCase("310101********1234", "310101198001014321", 6, 4)]
    [TestCase("310101********1234", "31010180010112", 0, 0)]
    public void MaskedNumbersAreComparedWhereBothShow(string left, string right, int agreeing, int differing) =>
        Assert.That(MaskedIdentifier.Compare(left, right), Is.EqualTo((agreeing, differing)));

    [Test]
    public void TaggedIdentifiersAreReadUnderTheirScheme() =>
        Assert.That(
            IdentifierSchemes.ReadTagged("lei: 5493001KJTIIGC8Y1R12"),
            Is.EqualTo(new IdentifierReading("LEI", "5493001KJTIIGC8Y1R12", IdentifierValidity.Valid)));
}
