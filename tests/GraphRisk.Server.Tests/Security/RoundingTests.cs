using GraphRisk.Server.Security;

namespace GraphRisk.Server.Tests.Security;

public class RoundingTests
{
    [TestCase("452000.00", "450000")]
    [TestCase("455000", "460000")]
    [TestCase("-455000", "-460000")]
    [TestCase("99.5", "100")]
    [TestCase("2.2124", "2.2")]
    [TestCase("0.00123", "0.0012")]
    [TestCase("7", "7")]
    [TestCase("0", "0")]
    [TestCase("0.0000000000000000000000000001", "0")]
    [TestCase("79228162514264337593543950335", "79000000000000000000000000000")]
    public void ANumberKeepsTwoDigits(string number, string rounded) => Assert.That(
        Rounding.ToTwoDigits(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture)),
        Is.EqualTo(decimal.Parse(rounded, System.Globalization.CultureInfo.InvariantCulture)));

    [Test]
    public void ASeriesAndAListAreRoundedMemberByMember()
    {
        Assert.That(Rounding.Apply(new object[] { (3, 452000m), (4, 17.17m) }), Is.EqualTo(new object[] { (3, 450000m), (4, 17m) }));
        Assert.That(Rounding.Apply(new[] { 0.456m, 0.1m }), Is.EqualTo(new object[] { 0.46m, 0.1m }));
    }

    [Test]
    public void AFractionIsRoundedToo() => Assert.That(Rounding.Apply(0.0123456), Is.EqualTo(0.012).Within(1e-15));

    [Test]
    public void ATextThatMayQuoteANumberIsWithheld() => Assert.That(Rounding.Apply("Debt CNY 79,811"), Is.Null);
}
