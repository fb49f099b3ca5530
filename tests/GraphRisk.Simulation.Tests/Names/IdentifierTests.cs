using GraphRisk.Simulation.Names;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Tests.Names;

public class IdentifierTests
{
    [TestCase("11010519491231002X")]
    [TestCase("440524188001010014")]
    [TestCase("360426199101010071")]
    public void TheCheckCharacterOfAResidentIdIsTheStandards(string number) =>
        Assert.That(ResidentId.CheckCharacter(number.AsSpan(0, 17)), Is.EqualTo(number[17]));

    [TestCase("91110000600037341L")]
    [TestCase("71310106424845496E")]
    [TestCase("9111000010000106X1")]
    [TestCase("91350100M000100Y43")]
    public void TheCheckCharacterOfACreditCodeIsTheStandards(string code) =>
        Assert.That(CreditCode.CheckCharacter(code.AsSpan(0, 17)), Is.EqualTo(code[17]));

    [TestCase("91110000600037341L")]
    [TestCase("91350100M000100Y43")]
    public void TheOrganisationCodeInsideHasItsOwnCheckDigit(string code) =>
        Assert.That(CreditCode.OrganisationCheck(code.AsSpan(8, 8)), Is.EqualTo(code[16]));

    [Test]
    public void NoTwoSerialsShareAnIdentifier()
    {
        var place = NameTables.Places.Items[0];
        long[] serials = [.. Enumerable.Range(0, 100_000).Select(i => (long)i), .. Enumerable.Range(0, 50_000).Select(i => 400_000_000L + i)];
        Assert.Multiple(() =>
        {
            Assert.That(serials.Select(s => ResidentId.OfSerial(s).Number).Distinct().Count(), Is.EqualTo(serials.Length));
            Assert.That(serials.Select(s => CreditCode.OfSerial(s, place)).Distinct().Count(), Is.EqualTo(serials.Length));
            Assert.That(serials.Select(Contact.Phone).Distinct().Count(), Is.EqualTo(serials.Length));
        });
    }

    [Test]
    public void AResidentIdSaysRegionBirthAndSex()
    {
        foreach (var id in Enumerable.Range(0, 2000).Select(i => ResidentId.OfSerial(i)))
        {
            Assert.That(id.Number, Does.Match("^[0-9]{17}[0-9X]$"));
            Assert.That(id.Number[..6], Is.EqualTo(id.Region.Code));
            Assert.That(id.Number[6..14], Is.EqualTo(id.Birth.ToString("yyyyMMdd")));
            Assert.That((id.Number[16] - '0') % 2 == 1, Is.EqualTo(id.Sex == Sex.Male));
            Assert.That(id.ShortNumber, Is.EqualTo(id.Number[..6] + id.Number[8..17]));
        }
    }

    [Test]
    public void AWritingInPinyinReadsTheSurnameAsSurname()
    {
        var name = new PersonName(new Glyph("单", "單", "Shan"), new Glyph("晓", "曉", "Xiao"), new Glyph("明", "明", "Ming"));
        Assert.Multiple(() =>
        {
            Assert.That(name.Simplified, Is.EqualTo("单晓明"));
            Assert.That(name.Traditional, Is.EqualTo("單曉明"));
            Assert.That(name.Latin, Is.EqualTo("Shan Xiaoming"));
            Assert.That(name.LatinGivenFirst, Is.EqualTo("Xiaoming Shan"));
        });
    }

    [Test]
    public void APartnershipsNameHasNoTradeAndFullWidthBrackets()
    {
        var draws = new Draws(1, DrawStream.Identities, 0);
        var name = CompanyName.Draw(draws, NameTables.Places.Items[4], LegalForm.Partnership);
        Assert.That(name.Simplified, Does.EndWith(name.BrandText + "投资合伙企业（有限合伙）"));
    }
}
