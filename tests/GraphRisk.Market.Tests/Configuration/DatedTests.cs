using GraphRisk.Market.Configuration;
using GraphRisk.Market.Lending;

namespace GraphRisk.Market.Tests.Configuration;

public sealed class DatedTests
{
    [Test]
    public void AValueHoldsFromItsDayUntilTheNext()
    {
        var setting = new Dated<int>((new DateOnly(2024, 1, 1), 1), (new DateOnly(2025, 1, 1), 2));
        Assert.Multiple(() =>
        {
            Assert.That(setting.On(new DateOnly(2024, 12, 31)), Is.EqualTo(1));
            Assert.That(setting.On(new DateOnly(2025, 1, 1)), Is.EqualTo(2));
            Assert.That(() => setting.On(new DateOnly(2023, 12, 31)), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("2024-01-01"));
            Assert.That(() => new Dated<int>((new DateOnly(2024, 1, 1), 1), (new DateOnly(2024, 1, 1), 2)), Throws.ArgumentException);
        });
    }

    [Test]
    public void ABrokersOwnSettingComesBeforeTheGeneralOne()
    {
        var own = new MarginLines { Call = 1.35m };
        var setting = MarginLines.Common with { ByBroker = MarginLines.Common.ByBroker.Add("B001", Dated.Always(own)) };
        Assert.That(setting.For("B001", new DateOnly(2024, 1, 1)).Call, Is.EqualTo(1.35m));
        Assert.That(setting.For("B002", new DateOnly(2024, 1, 1)).Call, Is.EqualTo(1.30m));
    }
}
