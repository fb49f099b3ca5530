using GraphRisk.Simulation.National;

namespace GraphRisk.Simulation.Tests.National;

public class CrowdSellingTests
{
    [Test]
    public void RisingPricesPressOnNobody()
    {
        var crowd = new CrowdSelling(CrowdParameters.Default, 0.1);
        for (var day = 0; day < 100; day++)
        {
            Assert.That(crowd.Trade(), Is.Zero);
            crowd.Mark(0.002);
        }
    }

    [Test]
    public void AFallMakesTheCrowdSellOverManyDays()
    {
        var crowd = new CrowdSelling(CrowdParameters.Default, 0.1);
        for (var day = 0; day < 4; day++) crowd.Mark(-0.09);
        var selling = Enumerable.Range(0, 60).Select(_ => crowd.Trade()).Count(r => r < 0);
        Assert.Multiple(() =>
        {
            Assert.That(selling, Is.GreaterThan(5));
            Assert.That(crowd.PriceImpact, Is.LessThan(-0.05));
        });
    }

    [Test]
    public void ADayTakesNoMoreThanItsPartOfTheFloat()
    {
        var parameters = CrowdParameters.Default;
        var crowd = new CrowdSelling(parameters, 0.14);
        for (var day = 0; day < 6; day++) crowd.Mark(-0.1);
        for (var day = 0; day < 30; day++)
            Assert.That(crowd.Trade(), Is.GreaterThanOrEqualTo(-parameters.Impact * parameters.Participation - 1e-12));
    }

    [Test]
    public void NoCrowdNoPressure()
    {
        var crowd = new CrowdSelling(CrowdParameters.Default, 0);
        for (var day = 0; day < 20; day++)
        {
            crowd.Mark(-0.08);
            crowd.Trade();
        }

        Assert.That(crowd.PriceImpact, Is.Zero);
    }
}
