namespace GraphRisk.Simulation.Tests.Credit;

/// <summary>Whose failure caused whose: what the truth says agrees with the registers, and neighbours matter where contagion acts and only there.</summary>
[TestFixture(ContagionProcess.Intensity)]
[TestFixture(ContagionProcess.Clearing)]
[TestFixture(ContagionProcess.None)]
public class CauseTruthTests(ContagionProcess contagion)
{
    private static readonly DateOnly Start = new(2023, 7, 1);
    private GeneratedMarket market = null!;
    private Dictionary<(string Source, string Key), string> entities = [];
    private string[][] defaults = [];
    private string[][] causes = [];
    private Tie[] guarantees = [];
    private Tie[] stakes = [];

    private sealed record Tie(string One, string Other, DateOnly From, DateOnly? To)
    {
        public bool Joins(string a, string b, DateOnly day) =>
            ((One == a && Other == b) || (One == b && Other == a)) && From <= day && (To is null || day < To);
    }

    [OneTimeSetUp]
    public void Generate()
    {
        market = new GeneratedMarket(new MarketParameters(8000, 21) { Contagion = contagion });
        entities = market.Entities();
        defaults = [.. market.Rows("truth/defaults.csv")];
        causes = [.. market.Rows("truth/contagion.csv")];
        guarantees = [.. market.Rows("registry/guarantees.csv").Select(g => new Tie(Registered(g[2]), Registered(g[4]), GeneratedMarket.Date(g[8]), DateOrNull(g[9])))];
        stakes = [.. market.Rows("registry/shareholders.csv").Select(s => new Tie(Registered(s[3]), Registered(s[1]), GeneratedMarket.Date(s[8]), DateOrNull(s[9])))];
    }

    [OneTimeTearDown]
    public void Remove() => market.Dispose();

    [Test]
    public void AsManyDefaultWhateverTheProcess()
    {
        var quarters = market.Rows("truth/exposures.csv").ToArray();
        var rate = quarters.Sum(q => GeneratedMarket.Number(q[2]) + GeneratedMarket.Number(q[3])) / quarters.Sum(q => GeneratedMarket.Number(q[1]));
        Assert.That(rate, Is.InRange(0.03, 0.055));
    }

    [Test]
    public void AThirdToAHalfOfTheDefaultsAreOthersDoingWhereThereIsContagion()
    {
        var part = defaults.Count(d => d[6] != "OWN") / (double)defaults.Length;
        if (contagion == ContagionProcess.None) Assert.That(part, Is.Zero);
        else Assert.That(part, Is.InRange(0.33, 0.62));
    }

    [Test]
    public void EveryDefaultByOthersIsExplainedAndNoOther() =>
        Assert.That(
            causes.Select(c => (c[0], c[2], c[3], c[4])),
            Is.EquivalentTo(defaults.Where(d => d[6] != "OWN").Select(d => (d[0], d[2], d[4], d[6]))));

    [Test]
    public void ThePlantedNeighbourFailedEarlierOrThatDay()
    {
        var failures = defaults.Select(d => (d[0], d[4])).ToHashSet();
        foreach (var c in causes)
        {
            Assert.That(c[5] == "", Is.EqualTo(c[4] == "COMMON_HOLDING"), "only a common holding has no neighbour");
            if (c[5] == "") continue;
            Assert.That(failures, Contains.Item((c[5], c[6])));
            Assert.That(string.CompareOrdinal(c[6], c[3]), Is.LessThanOrEqualTo(0), string.Join(',', c));
        }
    }

    [Test]
    public void ThePlantedNeighbourIsOneByATieOfItsChannelOnTheDayItFailed()
    {
        var ties = new Dictionary<string, ILookup<string, Tie>> { ["GUARANTEE"] = ByParty(guarantees), ["OWNERSHIP"] = ByParty(stakes) };
        foreach (var c in causes.Where(c => c[5] != ""))
            Assert.That(ties[c[4]][c[0]].Any(t => t.Joins(c[0], c[5], GeneratedMarket.Date(c[6]))), string.Join(',', c));
    }

    [Test]
    public void ThePartOfTheNeighbourIsNoMoreThanThatOfItsChannel()
    {
        var parts = defaults.ToDictionary(d => (d[0], d[2], d[4]), d => new Dictionary<string, double>
        {
            ["GUARANTEE"] = GeneratedMarket.Number(d[8]), ["OWNERSHIP"] = GeneratedMarket.Number(d[9]), ["COMMON_HOLDING"] = GeneratedMarket.Number(d[10]),
        });
        foreach (var c in causes)
            Assert.That(GeneratedMarket.Number(c[7]), Is.GreaterThan(0).And.LessThanOrEqualTo(parts[(c[0], c[2], c[3])][c[4]] + 0.0002), string.Join(',', c));
    }

    /// <summary>
    /// Over guarantor and debtor, both with a contract: how often the second defaults in the quarter after the first did, against how
    /// often persons and companies with a contract default in that quarter at all.
    /// </summary>
    [Test]
    public void ANeighboursDefaultIsFollowedByMoreWhereThereIsContagionAndOnlyThere()
    {
        var struck = defaults.Where(d => d[3] != "FAILURE").Select(d => (d[0], Quarter(GeneratedMarket.Date(d[4])))).ToHashSet();
        var kinds = market.BrokerRows("clients").Select(c => (Entity: Client(c.Broker, c.Cells[0]), Kind: c.Cells[3] is "PERSON" or "个人")).DistinctBy(c => c.Entity).ToDictionary(c => c.Entity, c => c.Kind);
        var atRisk = StatedContract.Of(market)
            .SelectMany(c => Enumerable.Range(0, 10).Where(q => c.On(Start.AddMonths(3 * q).AddDays(q == 0 ? 7 : -1))?.Status == "OPEN").Select(q => (Client(c.Broker, c.ClientNo), q))).ToHashSet();
        var rates = atRisk.GroupBy(a => (a.q, kinds[a.Item1])).ToDictionary(g => g.Key, g => g.Count(struck.Contains) / (double)g.Count());
        var (pairs, observed, expected) = (0, 0, 0.0);
        foreach (var (first, second) in guarantees.SelectMany(g => new[] { (g.One, g.Other), (g.Other, g.One) }).Distinct())
            for (var q = 0; q < 9; q++)
                if (struck.Contains((first, q)) && atRisk.Contains((second, q + 1)))
                {
                    pairs++;
                    expected += rates[(q + 1, kinds[second])];
                    if (struck.Contains((second, q + 1))) observed++;
                }

        TestContext.Out.WriteLine($"{contagion}: {pairs} pairs, {observed} defaults, {expected:F1} expected");
        Assert.That(pairs, Is.GreaterThan(500));
        // Four standard deviations of as many independent rare events.
        if (contagion == ContagionProcess.None) Assert.That(observed, Is.EqualTo(expected).Within(4 * Math.Sqrt(expected)));
        else Assert.That(observed, Is.GreaterThan(2 * expected));
    }

    private static ILookup<string, Tie> ByParty(Tie[] ties) =>
        ties.SelectMany(t => new[] { (t.One, t), (t.Other, t) }).ToLookup(t => t.Item1, t => t.t);

    private string Registered(string number) => entities[("registry", number)];

    private string Client(string broker, string number) => entities[("broker-" + broker, number)];

    private static int Quarter(DateOnly day) => ((day.Year * 4) + ((day.Month - 1) / 3)) - ((Start.Year * 4) + ((Start.Month - 1) / 3));

    private static DateOnly? DateOrNull(string text) => text == "" ? null : GeneratedMarket.Date(text);
}
