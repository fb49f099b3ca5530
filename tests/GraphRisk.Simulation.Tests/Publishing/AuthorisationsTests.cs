namespace GraphRisk.Simulation.Tests.Publishing;

/// <summary>What clients let their brokers learn, and when they leave them.</summary>
public class AuthorisationsTests
{
    private static readonly DateOnly Last = new(2025, 12, 31);
    private GeneratedMarket market = null!;
    private Given[] given = [];

    [OneTimeSetUp]
    public void Generate()
    {
        market = new GeneratedMarket(new MarketParameters(2000, 7));
        given = [.. market.BrokerRows("authorisations").Select(row => new Given(
            row.Broker, row.Cells[1], row.Cells[2] is "FACTS" or "明细", row.Cells[3].Split(';', '、'), GeneratedMarket.Date(row.Cells[4]),
            DateOrNull(row.Cells[5]), DateOrNull(row.Cells[6])))];
    }

    [OneTimeTearDown]
    public void Remove() => market.Dispose();

    [Test]
    public void EachNamesAClientOfTheBrokerItIsGivenTo()
    {
        var opened = market.BrokerRows("clients").ToDictionary(row => (row.Broker, row.Cells[0]), row => GeneratedMarket.Date(row.Cells[12]));
        foreach (var one in given)
            Assert.That(opened[(one.Broker, one.ClientNo)], Is.LessThanOrEqualTo(one.GivenOn), $"{one}");
    }

    [Test]
    public void NumbersAreUniqueInTheMarket() =>
        Assert.That(market.BrokerRows("authorisations").Select(row => row.Cells[0]), Is.Unique);

    [Test]
    public void MostClientsOfAMarginContractAuthoriseTheScoreAndSomeNothing()
    {
        var accounts = market.BrokerRows("accounts").ToDictionary(row => row.Cells[0], row => row.Cells[1]);
        var borrowers = market.BrokerRows("margin").Select(row => (row.Broker, accounts[row.Cells[1]])).ToHashSet();
        var authorising = given.Where(one => !one.Facts).Select(one => (one.Broker, one.ClientNo)).ToHashSet();
        Assert.That(borrowers.Count(authorising.Contains) / (double)borrowers.Count, Is.InRange(0.85, 0.95));
        Assert.That(given.Where(one => one.Facts).Select(one => (one.Broker, one.ClientNo)).Distinct(), Is.SubsetOf(authorising), "facts are opened by those who opened the score");
    }

    [Test]
    public void SomeOpenTheirFactsSomeHaveExpiredAndAFewAreWithdrawn()
    {
        var count = (double)given.Length;
        Assert.Multiple(() =>
        {
            Assert.That(given.Count(one => one.Facts) / count, Is.InRange(0.12, 0.28));
            Assert.That(given.Count(one => one.ExpiresOn < Last && one.WithdrawnOn is null) / count, Is.InRange(0.1, 0.35));
            Assert.That(given.Count(one => one.WithdrawnOn is not null) / count, Is.InRange(0.02, 0.09));
            Assert.That(given.Count(one => one.ExpiresOn is null) / count, Is.InRange(0.25, 0.5));
        });
    }

    [Test]
    public void EveryDayIsInOrderAndNoneIsWithdrawnAfterItEnded()
    {
        foreach (var one in given)
        {
            Assert.That(one.GivenOn, Is.LessThanOrEqualTo(Last), $"{one}");
            if (one.ExpiresOn is { } expires) Assert.That(expires, Is.GreaterThan(one.GivenOn), $"{one}");
            if (one.WithdrawnOn is { } withdrawn) Assert.That(withdrawn, Is.InRange(one.GivenOn, one.ExpiresOn is { } end && end < Last ? end : Last), $"{one}");
        }
    }

    [Test]
    public void EveryAuthorisationStatesAPurpose() => Assert.That(
        given.SelectMany(one => one.Purposes).Distinct(),
        Is.EquivalentTo(new[] { "kyc", "admission", "monitoring", "default-disposal", "尽职调查", "准入", "存续期监控", "违约处置" }));

    [Test]
    public void WhoseAccountsAreAllClosedHasLeftOnTheDayOfTheLast()
    {
        var accounts = market.BrokerRows("accounts").ToLookup(row => row.Cells[1], row => DateOrNull(row.Cells[4]));
        var left = 0;
        foreach (var (_, row) in market.BrokerRows("clients"))
        {
            var closed = accounts[row[0]].ToArray();
            var expected = closed.Length > 0 && closed.All(day => day is not null) ? closed.Max() : null;
            Assert.That(DateOrNull(row[13]), Is.EqualTo(expected), row[0]);
            if (expected is not null) left++;
        }

        Assert.That(left, Is.InRange(20, 90));
    }

    private static DateOnly? DateOrNull(string text) => text.Length == 0 ? null : GeneratedMarket.Date(text);

    private sealed record Given(
        string Broker, string ClientNo, bool Facts, string[] Purposes, DateOnly GivenOn, DateOnly? ExpiresOn, DateOnly? WithdrawnOn);
}
