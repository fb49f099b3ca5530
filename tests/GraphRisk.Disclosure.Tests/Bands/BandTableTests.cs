using GraphRisk.Disclosure.Bands;

namespace GraphRisk.Disclosure.Tests.Bands;

public class BandTableTests
{
    private static readonly string Rows = string.Join('\n', Enum.GetValues<Quantity>().Select(quantity => $"{quantity},2020-01-01,1,2,3"));

    [TestCase(0, Band.None)]
    [TestCase(0.99, Band.None)]
    [TestCase(1, Band.Low)]
    [TestCase(999_999.99, Band.Low)]
    [TestCase(1_000_000, Band.Medium)]
    [TestCase(10_000_000, Band.High)]
    [TestCase(-10_000_000, Band.High)]
    public void ABandBeginsAtItsLimit(double amount, Band band) =>
        Assert.That(BandTable.Default.Of(Quantity.Amount, new DateOnly(2024, 5, 5)).Of(amount), Is.EqualTo(band));

    [Test]
    public void LimitsAreFixedWithinAQuarter()
    {
        var table = BandTable.Parse($"head\n{Rows}\nCount,2024-04-01,10,20,30\n");
        Assert.That(table.Of(Quantity.Count, new DateOnly(2024, 3, 31)).Low, Is.EqualTo(1));
        Assert.That(table.Of(Quantity.Count, new DateOnly(2024, 4, 1)).Low, Is.EqualTo(10));
        for (var day = new DateOnly(2020, 1, 1); day < new DateOnly(2026, 1, 1); day = day.AddDays(1))
        {
            var quarter = new DateOnly(day.Year, (day.Month - 1) / 3 * 3 + 1, 1);
            foreach (var quantity in Enum.GetValues<Quantity>())
                Assert.That(table.Of(quantity, day), Is.EqualTo(table.Of(quantity, quarter)));
        }
    }

    [TestCase("Count,2024-02-01,1,2,3", TestName = "LimitsThatBeginWithinAQuarterAreRefused")]
    [TestCase("Count,2024-04-01,1,3,3", TestName = "LimitsThatDoNotRiseAreRefused")]
    [TestCase("Count,2024-04-01,1,2", TestName = "ABrokenRowIsRefused")]
    public void Refused(string row) => Assert.That(() => BandTable.Parse($"head\n{Rows}\n{row}\n"), Throws.TypeOf<FormatException>());

    [Test]
    public void AQuantityWithoutLimitsIsRefused() =>
        Assert.That(() => BandTable.Parse("head\nCount,2024-04-01,1,2,3\n"), Throws.TypeOf<FormatException>());
}
