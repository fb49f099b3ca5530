using GraphRisk.Matching.Identifiers;

namespace GraphRisk.Matching.Tests.Identifiers;

public sealed class UnifiedSocialCreditCodeTests
{
    [Test]
    public void EverySharedCaseIsReadAsTheStandardSays()
    {
        var cases = SharedIdentifierCases.Load("unifiedSocialCreditCode");
        Assert.Multiple(() =>
        {
            foreach (var code in cases.Texts("valid")) Expect(code, IdentifierValidity.Valid);
            foreach (var code in cases.Texts("badCheckDigit")) Expect(code, IdentifierValidity.BadCheckDigit);
            foreach (var code in cases.Texts("badFormat")) Expect(code, IdentifierValidity.BadFormat);
            foreach (var code in cases.Texts("issuedButFailingTheCheck")) Expect(code, IdentifierValidity.BadCheckDigit);
        });
    }

    [TestCase("91110000600037341L")]
    [TestCase("９１１１００００６０００３７３４１ｌ")]
    [TestCase(" 9111 0000-6000 37341l ")]
    public void WidthCaseAndSpacesDoNotMatter(string written) =>
        Assert.That(UnifiedSocialCreditCode.Read(written).Value, Is.EqualTo("91110000600037341L"));

    [Test]
    public void TheLetterOIsNotSilentlyReadAsZero()
    {
        var reading = UnifiedSocialCreditCode.Read("9111O000600037341L");
        Assert.That(reading, Is.EqualTo(new IdentifierReading("USCC", "9111O000600037341L", IdentifierValidity.BadFormat)));
    }

    [Test]
    public void ACodeThatFailsItsCheckStaysUsableAsEvidence() =>
        Assert.That(UnifiedSocialCreditCode.Read("91350100M0001TGQXM").IsUsable, Is.True);

    [Test]
    public void TheOrganisationCodeInsideCarriesItsOwnCheckDigit()
    {
        var inside = UnifiedSocialCreditCode.OrganizationCodeOf("91350100M000100Y43");
        Assert.That(OrganizationCode.Read(inside).Validity, Is.EqualTo(IdentifierValidity.Valid));
        Assert.That(OrganizationCode.Read("60003734-2").Validity, Is.EqualTo(IdentifierValidity.BadCheckDigit));
    }

    private static void Expect(string code, IdentifierValidity validity) =>
        Assert.That(UnifiedSocialCreditCode.Read(code).Validity, Is.EqualTo(validity), code);
}
