using GraphRisk.Scoring.Models;

namespace GraphRisk.Scoring.Tests.Models;

public class InputRangeTests
{
    [Test]
    public void QuantilesAreOfTheKnownFiniteValues()
    {
        var range = InputRange.Of([float.NaN, 4, 1, float.PositiveInfinity, 2, 3, 5, 6, 7, 8, 9, 10, 11]);
        Assert.That(range, Is.EqualTo(new InputRange(1, 2, 6, 10, 11)));
        Assert.That(InputRange.Of([float.NaN, float.PositiveInfinity]), Is.Null);
    }

    [TestCase(1.9, -1, ExpectedResult = 1, Description = "a ratio below the median is a bad sign")]
    [TestCase(2.1, -1, ExpectedResult = -1)]
    [TestCase(double.PositiveInfinity, -1, ExpectedResult = -1, Description = "without debt")]
    [TestCase(2.0, -1, ExpectedResult = 0)]
    [TestCase(2.1, 0, ExpectedResult = 0)]
    public int AValueIsHeldAgainstTheMedian(double value, int direction) => new InputRange(1, 1.2, 2, 3, 9).SideOf(value, direction);

    [Test]
    public void TheCommonestValueIsAGoodSignWhereNoneIsBetterAndABadOneWhereNoneIsWorse()
    {
        Assert.That(new InputRange(0, 0, 0, 1, 7).SideOf(0, 1), Is.EqualTo(-1), "no margin call");
        Assert.That(new InputRange(0.2, 0.4, 1, 1, 1).SideOf(1, 1), Is.EqualTo(1), "all in one security");
        Assert.That(new InputRange(0, 0, 0, 0, 0).SideOf(0, 1), Is.Zero);
    }
}
