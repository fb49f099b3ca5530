using GraphRisk.Market.Lending;
using GraphRisk.Workflow.Concentration;

namespace GraphRisk.Workflow.Tests.Concentration;

public sealed class BrokerConcentrationTests
{
    [Test]
    public void ClientsAndStocksAtTheirLinesAreFound()
    {
        var graph = MarketDrawing.Draw();
        var findings = BrokerConcentration.Of(new ContractTable(graph.Snapshot), graph["B1"], new ConcentrationRules());
        Assert.That(
            findings.Select(finding => (finding.Measure, finding.Subject.Key, finding.Ratio, finding.Level)),
            Is.EqualTo(new[]
            {
                (ConcentrationMeasure.StockToMarketValue, "S", 0.215m, ConcentrationLevel.Breach),
                (ConcentrationMeasure.TotalToNetCapital, "B1", 0.045m, ConcentrationLevel.Kept),
            }));
    }

    [Test]
    public void AClientFarAboveTheLimitIsABreach()
    {
        var graph = MarketDrawing.Draw();
        var findings = BrokerConcentration.Of(new ContractTable(graph.Snapshot), graph["B2"], new ConcentrationRules());
        Assert.That(
            findings.Where(finding => finding.Measure == ConcentrationMeasure.ClientToNetCapital).Select(finding => (finding.Subject.Key, finding.Ratio)),
            Is.EqualTo(new[] { ("Co", 0.18m), ("Li", 0.14m) }));
    }

    [TestCase(39, ConcentrationLevel.Kept)]
    [TestCase(40, ConcentrationLevel.Warning)]
    [TestCase(50, ConcentrationLevel.Warning)]
    [TestCase(51, ConcentrationLevel.Breach)]
    public void AWarningBeginsAtItsLineAndABreachPastTheLimit(int perMille, ConcentrationLevel level)
    {
        var finding = new ConcentrationFinding(
            ConcentrationMeasure.ClientToNetCapital, new("Person", "x"), perMille, 1000m, new ConcentrationRules().Client);
        Assert.That(finding.Level, Is.EqualTo(level));
    }

    [TestCase(240, false, 1.0)]
    [TestCase(239, false, 0.7)]
    [TestCase(180, false, 0.7)]
    [TestCase(179, false, 0.5)]
    [TestCase(299, true, 0.5)]
    [TestCase(300, true, 1.0)]
    [TestCase(170, true, 0.3)]
    public void TheShareOfOneSecurityDependsOnTheRatio(int percent, bool isProduct, double most) =>
        Assert.That(new ConcentrationRules().MostShareOfSecurity(new Coverage(percent, 100m), isProduct), Is.EqualTo((decimal)most));

    [Test]
    public void AnAccountBehindTwoContractsCountsOnce()
    {
        var graph = MarketDrawing.Draw("""
            (M1)-[SECURED_BY]->(A1)-[POSITION quantity=100]->(S)
            (M8:MarginContract contractNumber=M8 status=OPEN debt=1)-[SECURED_BY]->(A1)
            (M8)-[GRANTED_BY]->(B1)
            """);
        var findings = BrokerConcentration.Of(new ContractTable(graph.Snapshot), graph["B1"], new ConcentrationRules());
        Assert.That(findings.Single(finding => finding.Measure == ConcentrationMeasure.StockToMarketValue).Amount, Is.EqualTo(430_100m));
    }
}
