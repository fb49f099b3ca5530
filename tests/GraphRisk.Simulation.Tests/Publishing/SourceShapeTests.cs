using GraphRisk.Simulation.Names;

namespace GraphRisk.Simulation.Tests.Publishing;

/// <summary>What the sources look like: the traps resolution must deal with are there, and the data agrees with itself.</summary>
public class SourceShapeTests
{
    private GeneratedMarket market = null!;
    private Dictionary<(string Source, string Key), string> entities = [];

    [OneTimeSetUp]
    public void Generate()
    {
        market = new GeneratedMarket(new MarketParameters(2000, 7));
        entities = market.Entities();
    }

    [OneTimeTearDown]
    public void Remove() => market.Dispose();

    [Test]
    public void ThereAreExactlyTheClientsAskedFor() =>
        Assert.That(Clients().Select(c => c.Entity).Distinct().Count(), Is.EqualTo(2000));

    [Test]
    public void EveryRecordOfAPartyIsInTheTruth()
    {
        Assert.Multiple(() =>
        {
            foreach (var (broker, row) in market.BrokerRows("clients")) Assert.That(entities, Contains.Key(("broker-" + broker, row[0])));
            foreach (var row in market.Rows("registry/companies.csv")) Assert.That(entities, Contains.Key(("registry", row[0])));
            foreach (var row in market.Rows("registry/persons.csv")) Assert.That(entities, Contains.Key(("registry", row[0])));
            foreach (var row in market.Rows("exchange/issuers.csv")) Assert.That(entities, Contains.Key(("exchange", row[0])));
            foreach (var list in new[] { "dishonest", "enforcement", "restrictions", "regulatory" })
                foreach (var entry in market.Documents($"lists/{list}.ndjson")) Assert.That(entities, Contains.Key(("list-" + list, entry.GetProperty("entry_no").GetString()!)));
        });
    }

    [Test]
    public void ManyClientsAreAtSeveralBrokersAndSomeUnderAnotherName()
    {
        var several = Clients().GroupBy(c => c.Entity).Where(g => g.Count() > 1).ToArray();
        Assert.That(several, Has.Length.InRange(350, 650));
        Assert.That(several.Count(g => g.Select(c => c.Row[1]).Distinct().Count() > 1), Is.GreaterThan(90));
    }

    [Test]
    public void NamesComeInTraditionalCharactersAndInPinyin()
    {
        var names = Clients().Where(c => c.IsPerson).Select(c => c.Row[1]).ToArray();
        Assert.That(names.Count(n => char.IsAsciiLetter(n[0])), Is.GreaterThan(40));
        var traditional = NameTables.Surnames.Items.Concat(NameTables.GivenMale.Items).Concat(NameTables.GivenFemale.Items)
            .Where(g => g.Traditional != g.Simplified).SelectMany(g => g.Traditional).ToHashSet();
        Assert.That(names.Count(n => n.Any(traditional.Contains)), Is.GreaterThan(30));
    }

    [Test]
    public void NamesakesAreDifferentPersonsWithDifferentBirthDates()
    {
        var namesakes = Clients().Where(c => c.IsPerson && c.Row[7] != "").GroupBy(c => c.Row[1])
            .Where(g => g.Select(c => c.Entity).Distinct().Count() > 1).ToArray();
        Assert.That(namesakes, Has.Length.GreaterThan(40));
        Assert.That(namesakes.Count(g => g.DistinctBy(c => c.Entity).Select(c => c.Row[7].Replace("-", "")).Distinct().Count() > 1), Is.GreaterThan(namesakes.Length * 0.95));
    }

    [Test]
    public void ResidentIdsHoldTheirCheckCharacterButForAFew()
    {
        var whole = Clients().Where(c => c.IsPerson && c.Row[5].Length == 18).Select(c => c.Row[5]).ToArray();
        var failing = whole.Count(n => ResidentId.CheckCharacter(n.AsSpan(0, 17)) != n[17]);
        Assert.Multiple(() =>
        {
            Assert.That(failing, Is.InRange(5, whole.Length * 0.03));
            Assert.That(Clients().Count(c => c.IsPerson && c.Row[5].Length == 15), Is.GreaterThan(10));
            Assert.That(Clients().Count(c => c.IsPerson && c.Row[5] == ""), Is.InRange(50, 200));
        });
    }

    [Test]
    public void CreditCodesHoldTheirCheckCharacterInTheRegistryAndMostlyElsewhere()
    {
        Assert.That(market.Rows("registry/companies.csv").All(r => CreditCode.CheckCharacter(r[0].AsSpan(0, 17)) == r[0][17]));
        var codes = Clients().Where(c => !c.IsPerson && c.Row[5] != "").Select(c => c.Row[5]).ToArray();
        Assert.That(codes.Count(c => CreditCode.CheckCharacter(c.AsSpan(0, 17)) != c[17]), Is.InRange(1, codes.Length * 0.05));
    }

    [Test]
    public void OneDeviceServesSeveralClients()
    {
        var accounts = market.BrokerRows("accounts").ToDictionary(a => a.Cells[0], a => entities[("broker-" + a.Broker, a.Cells[1])]);
        var users = market.BrokerRows("logins").GroupBy(l => l.Cells[1]).Select(g => g.Select(l => accounts[l.Cells[0]]).Distinct().Count());
        Assert.That(users.Count(u => u > 1), Is.GreaterThan(50));
    }

    [Test]
    public void StatedCollateralIsPositionsTimesCloses()
    {
        var closes = market.LastCloses();
        var accounts = market.BrokerRows("margin").ToDictionary(c => c.Cells[0], c => c.Cells[1]);
        var positions = market.BrokerRows("positions").ToLookup(p => p.Cells[0], p => (Security: p.Cells[1], Quantity: GeneratedMarket.Number(p.Cells[2]), AsOf: GeneratedMarket.Date(p.Cells[3])));
        var seen = 0;
        foreach (var (_, s) in market.BrokerRows("margin_statements"))
        {
            var day = GeneratedMarket.Date(s[1]);
            var held = positions[accounts[s[0]]].Where(p => p.AsOf <= day).GroupBy(p => p.Security).Select(g => g.MaxBy(p => p.AsOf));
            Assert.That(GeneratedMarket.Number(s[4]), Is.EqualTo(held.Sum(p => p.Quantity * closes[(p.Security, day)])).Within(0.01), $"{s[0]} {day}");
            seen++;
        }

        Assert.That(seen, Is.GreaterThan(4000));
    }

    [Test]
    public void ASuspendedSecurityHasARowAndNoPrice()
    {
        var rows = market.Rows("exchange/prices.csv").ToArray();
        Assert.That(rows.Select(r => r[2] == ""), Is.EqualTo(rows.Select(r => r[3] == "1")));
        Assert.That(rows.Count(r => r[3] == "1"), Is.GreaterThan(500));
    }

    [Test]
    public void NothingIsDatedAfterTheLastDayExceptTermsAgreed()
    {
        var last = new DateOnly(2025, 12, 31);
        (string File, int Column)[] dated = [("positions", 3), ("margin_statements", 1), ("pledge_statements", 1), ("repo", 1), ("events", 4), ("clients", 12), ("logins", 2)];
        foreach (var (file, column) in dated)
            Assert.That(market.BrokerRows(file).Max(r => GeneratedMarket.Date(r.Cells[column])), Is.LessThanOrEqualTo(last), file);
        Assert.That(market.Rows("registry/financials.csv").Max(r => GeneratedMarket.Date(r[2])), Is.LessThanOrEqualTo(last));
        Assert.That(market.Documents("court/announcements.ndjson").Max(d => d.GetProperty("published_on").GetString()), Is.LessThanOrEqualTo("2025-12-31"));
        Assert.That(market.Documents("lists/dishonest.ndjson").Max(d => d.GetProperty("published_on").GetString()), Is.LessThanOrEqualTo("2025-12-31"));
    }

    [Test]
    public void NoLoanIsOpenAfterItsDayOfRepurchase()
    {
        var due = market.BrokerRows("pledge").ToDictionary(c => c.Cells[0], c => GeneratedMarket.Date(c.Cells[7]));
        foreach (var (_, s) in market.BrokerRows("pledge_statements").Where(s => s.Cells[2] is "OPEN" or "正常"))
            Assert.That(GeneratedMarket.Date(s[1]), Is.LessThan(due[s[0]]), s[0]);
        Assert.That(market.BrokerRows("repo").Where(r => r.Cells[2] is "CLOSED" or "购回").Count(), Is.GreaterThan(10));
    }

    [Test]
    public void SomeListingsExpireWithinTheHistory()
    {
        var expired = market.Documents("lists/dishonest.ndjson").Count(d => string.CompareOrdinal(d.GetProperty("expires_on").GetString(), "2025-06-30") < 0);
        var removed = market.Documents("lists/dishonest.ndjson").Count(d => d.GetProperty("removed_on").GetString() is not null);
        Assert.That(expired, Is.GreaterThan(5));
        Assert.That(removed, Is.GreaterThan(5));
    }

    [Test]
    public void AllKindsOfCourtAnnouncementsOccur() =>
        Assert.That(
            market.Documents("court/announcements.ndjson").Select(d => d.GetProperty("kind").GetString()).Distinct(),
            Is.EquivalentTo(new[] { "起诉状副本及开庭传票", "裁判文书", "上诉状副本", "执行文书", "公示催告", "破产文书" }));

    [Test]
    public void ListEntriesOfStrangersBearAClientsName()
    {
        var clients = Clients().Select(c => c.Entity).ToHashSet();
        var names = Clients().Select(c => c.Row[1]).ToHashSet();
        var strangers = market.Documents("lists/dishonest.ndjson").Count(d =>
            names.Contains(d.GetProperty("name").GetString()!) && !clients.Contains(entities[("list-dishonest", d.GetProperty("entry_no").GetString()!)]));
        Assert.That(strangers, Is.GreaterThan(5));
    }

    private IEnumerable<(string Entity, bool IsPerson, string[] Row)> Clients() =>
        market.BrokerRows("clients").Select(c => (entities[("broker-" + c.Broker, c.Cells[0])], c.Cells[3] is "PERSON" or "个人", c.Cells));
}
