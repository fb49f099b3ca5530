using GraphRisk.Matching.Identifiers;

namespace GraphRisk.Matching.Tests.Identifiers;

public sealed class ResidentIdentityTests
{
    [Test]
    public void EverySharedCaseIsReadAsTheStandardSays()
    {
        var cases = SharedIdentifierCases.Load("residentIdentity");
        Assert.Multiple(() =>
        {
            foreach (var number in cases.Texts("valid"))
                Assert.That(ResidentIdentity.Read(number).Validity, Is.EqualTo(IdentifierValidity.Valid), number);
            foreach (var item in cases.GetProperty("invalid").EnumerateArray())
            {
                var expected = item.GetProperty("why").GetString() switch
                {
                    "check digit" => IdentifierValidity.BadCheckDigit,
                    "date" => IdentifierValidity.BadDate,
                    "region" => IdentifierValidity.BadRegion,
                    var other => throw new InvalidDataException(other),
                };
                Assert.That(ResidentIdentity.Read(item.GetProperty("id").GetString()!).Validity, Is.EqualTo(expected));
            }
        });
    }

    [Test]
    public void FifteenDigitsAreComparedInTheirUpgradedFormAndStayUnchecked()
    {
        var old = ResidentIdentity.Read("110105491231002");
        Assert.That(old, Is.EqualTo(new IdentifierReading("RESIDENT_ID", "11010519491231002X", IdentifierValidity.Unchecked)));
        Assert.That(old.IsExclusive, Is.False);
    }

    [Test]
    public void BirthDateAndSexAreReadFromTheNumber()
    {
        Assert.That(ResidentIdentity.BirthDateOf("11010519491231002X"), Is.EqualTo(new DateOnly(1949, 12, 31)));
        Assert.That(ResidentIdentity.IsMale("11010519491231002X"), Is.False);
        Assert.That(ResidentIdentity.IsMale("360426199101010071"), Is.True);
    }

    [TestCase("111111111111111111")]
    [TestCase("110105")]
    [TestCase("11010519491231O02X")]
    [TestCase("")]
    public void FillersAndStrangeFormsAreNoIdentifiers(string written) =>
        Assert.That(ResidentIdentity.Read(written).IsUsable, Is.False);

    [Test]
    public void ChangingAnyOneDigitOfAValidNumberIsNoticed()
    {
        const string number = "360426199101010071";
        for (var place = 0; place < 17; place++)
            for (var digit = '0'; digit <= '9'; digit++)
            {
                var changed = $"{number[..place]}{digit}{number[(place + 1)..]}";
                Assert.That(ResidentIdentity.Read(changed).Validity == IdentifierValidity.Valid, Is.EqualTo(changed == number), changed);
            }
    }
}
