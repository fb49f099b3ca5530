namespace GraphRisk.Simulation.Tests.Credit;

/// <summary>The truth about defaults agrees with what brokers published, and contagion is there to be found.</summary>
public class DefaultTruthTests
{
    private static readonly string[] OutcomeCodes = ["FORCED_LIQUIDATION", "DEFAULT", "强制平仓", "违约"];
    private GeneratedMarket market = null!;
    private Dictionary<(string Source, string Key), string> entities = [];
    private string[][] defaults = [];

    [OneTimeSetUp]
    public void Generate()
    {
        market = new GeneratedMarket(new MarketParameters(8000, 21));
        entities = market.Entities();
        defaults = [.. market.Rows("truth/defaults.csv")];
    }

    [OneTimeTearDown]
    public void Remove() => market.Dispose();

    [Test]
    public void EveryOutcomeABrokerPublishedIsExplainedAndNoOther()
    {
        var published = market.BrokerRows("events").Where(e => OutcomeCodes.Contains(e.Cells[3]))
            .Select(e => (entities[("broker-" + e.Broker, e.Cells[1])], e.Cells[2], GeneratedMarket.Date(e.Cells[4])));
        var explained = defaults.Where(d => d[3] != "FAILURE").Select(d => (d[0], d[2], GeneratedMarket.Date(d[4])));
        Assert.That(published, Is.EquivalentTo(explained));
    }

    [Test]
    public void TheSharesOfTheCausesSumToOne()
    {
        foreach (var row in defaults)
            Assert.That(row[7..11].Sum(GeneratedMarket.Number), Is.EqualTo(1).Within(0.0003), string.Join(',', row));
    }

    [Test]
    public void OwnDistressAndEachWayOfContagionCauseASubstantivePart()
    {
        var parts = defaults.CountBy(d => d[6]).ToDictionary(p => p.Key, p => (double)p.Value / defaults.Length);
        Assert.Multiple(() =>
        {
            Assert.That(parts["OWN"], Is.InRange(0.25, 0.65));
            Assert.That(parts["GUARANTEE"], Is.GreaterThan(0.15));
            Assert.That(parts["OWNERSHIP"], Is.GreaterThan(0.04));
            Assert.That(parts["COMMON_HOLDING"], Is.GreaterThan(0.04));
        });
    }

    [Test]
    public void OutcomesOccurInEveryQuarterAtARateAModelCanLearnFrom()
    {
        var quarters = market.Rows("truth/exposures.csv").ToArray();
        Assert.That(quarters, Has.Length.EqualTo(10));
        foreach (var q in quarters)
        {
            var rate = (GeneratedMarket.Number(q[2]) + GeneratedMarket.Number(q[3])) / GeneratedMarket.Number(q[1]);
            Assert.That(rate, Is.InRange(0.005, 0.09), q[0]);
        }
    }

    [Test]
    public void AGuarantorsRiskIsManifoldAfterItsDebtorDefaulted()
    {
        var outcomes = defaults.Select(d => (Entity: d[0], Quarter: Quarter(GeneratedMarket.Date(d[4])))).ToHashSet();
        var hit = market.Rows("registry/guarantees.csv")
            .Where(g => g[9] == "" && GeneratedMarket.Date(g[8]) < new DateOnly(2023, 7, 1))
            .SelectMany(g => outcomes.Where(o => o.Entity == entities[("registry", g[4])]).Select(o => (Guarantor: entities[("registry", g[2])], o.Quarter)))
            .Distinct().ToArray();
        var struck = hit.Count(h => outcomes.Contains((h.Guarantor, h.Quarter + 1))) / (double)hit.Length;
        var clients = market.BrokerRows("clients").Select(c => entities[("broker-" + c.Broker, c.Cells[0])]).Distinct().Count();
        var usual = outcomes.Count / 10.0 / clients;
        Assert.That(struck, Is.GreaterThan(3 * usual));
    }

    [Test]
    public void APersonWithMostVotesControlsInTheTruth()
    {
        var votes = market.Rows("registry/shareholders.csv").Where(s => s[9] == "" && s[2] == "PERSON")
            .ToDictionary(s => s[0], s => (Holder: entities[("registry", s[3])], Company: entities[("registry", s[1])], Votes: GeneratedMarket.Number(s[6])));
        var control = market.Rows("truth/control.csv").Where(c => c[2] == "1").Select(c => (c[0], c[1])).ToHashSet();
        foreach (var v in votes.Values.Where(v => v.Votes > 50)) Assert.That(control, Contains.Item((v.Holder, v.Company)));
    }

    private static int Quarter(DateOnly day) => (day.Year * 4) + ((day.Month - 1) / 3);
}
