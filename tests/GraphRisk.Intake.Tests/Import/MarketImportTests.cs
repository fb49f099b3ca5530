using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Intake.Import;

namespace GraphRisk.Intake.Tests.Import;

public sealed class MarketImportTests
{
    private readonly ImportBench bench = new();

    [OneTimeSetUp]
    public async Task ImportTheMarket()
    {
        SmallMarket.WriteTo(bench);
        report = await bench.Import();
    }

    private ImportReport report = null!;

    [OneTimeTearDown]
    public void Close() => bench.Dispose();

    [Test]
    public void EveryFileOfTheMarketIsImportedWithoutABrokenRow()
    {
        Assert.That(bench.Quarantine.List().Select(entry => $"{entry.File}:{entry.Line} {entry.Field} {entry.Reason}"), Is.Empty);
        var passedOver = report.Files.Where(file => file.Mapping is null).Select(file => Path.GetRelativePath(bench.Files, file.Path));
        Assert.That(passedOver, Is.EquivalentTo(new[] { "README.md", "truth/entities.csv" }));
        Assert.That(report.Files.Where(file => file.Mapping is not null).Select(file => file.Landed), Is.All.GreaterThan(0));
    }

    [Test]
    public void AClientBecomesAPersonOrACompanyUnderItsBrokersKey()
    {
        var person = bench.Store.Node("Person/broker-B001:0010000001");
        Assert.That(person.Properties.ToString(), Does.Contain("residentId: 11010519491231002X").And.Contain("sex: MALE"));
        Assert.That(person.Validity.From, Is.EqualTo(Validity.StartOf(new DateOnly(2021, 3, 1))));
        Assert.That(bench.Store.Node("Company/broker-B001:0010000002").Properties.ToString(), Does.Contain("formerNames: 华新商行"));
        Assert.That(bench.Store.Node("Person/broker-B002:0020000002").Properties.ToString(), Does.Contain("passport: E12345678"));
    }

    [Test]
    public void AnAccountIsOwnedByTheClientWhoseKindOnlyTheClientsFileTells()
    {
        var owners = bench.Store.Edges("OWNS_ACCOUNT").Select(edge => $"{edge.From} {edge.To}");
        Assert.That(owners, Is.EquivalentTo(new[]
        {
            "Person/broker-B001:0010000001 Account/broker-B001:80010000001",
            "Company/broker-B001:0010000002 Account/broker-B001:10010000002",
            "Person/broker-B002:0020000001 Account/broker-B002:10020000001",
        }));
    }

    [Test]
    public void AContractFindsItsClientThroughItsAccount() => Assert.That(
        bench.Store.Edges("CONTRACTED").Select(edge => $"{edge.From} {edge.To}"),
        Does.Contain("Person/broker-B001:0010000001 MarginContract/broker-B001:M0010000001"));

    [Test]
    public void AnEventFindsTheKindOfItsContract() => Assert.That(
        bench.Store.Edges("CONCERNS").Select(edge => edge.To.ToString()),
        Is.EquivalentTo(new[] { "MarginContract/broker-B001:M0010000001", "RepoContract/broker-B002:R0020000001" }));

    [Test]
    public async Task AnAuthorisationNamesClientBrokerAndPurposesInThePlatformsWords()
    {
        var given = bench.Store.Node("Authorisation/broker-B002:A0020000001").Properties.ToString();
        Assert.That(given, Does.Contain("scope: FACTS").And.Contain("purposes: admission, default-disposal").And.Contain("expiresOn: 2023-01-09"));
        Assert.That(bench.Store.Edges("AUTHORISED_BY").Select(edge => $"{edge.From} {edge.To}"), Is.EquivalentTo(new[]
        {
            "Authorisation/broker-B001:A0010000001 Person/broker-B001:0010000001",
            "Authorisation/broker-B001:A0010000002 Company/broker-B001:0010000002",
            "Authorisation/broker-B002:A0020000001 Person/broker-B002:0020000001",
        }));
        Assert.That(bench.Store.Edges("AUTHORISES").Select(edge => edge.To.Key), Is.EqualTo(new[] { "B001", "B001", "B002" }));
        var snapshot = await At(new DateOnly(2022, 3, 1));
        var sameDay = snapshot.Nodes.Find(new NodeId("Authorisation", "broker-B001:A0010000002"));
        Assert.That((snapshot.Nodes.GetString(sameDay, "scope"), snapshot.Nodes.GetDate(sameDay, "withdrawnOn")), Is.EqualTo(("FACTS", (DateOnly?)new DateOnly(2022, 2, 1))));
    }

    [TestCase(2022, 9, 30, "DEFAULT_DISPOSAL", 8030, 1)]
    [TestCase(2022, 12, 31, "DEFAULT_DISPOSAL", 2500, 0)]
    [TestCase(2023, 3, 1, "CLOSED", 0, 0)]
    public async Task ADisposalIsPledgedUntilSoldAndOwesNothingOnceClosed(int year, int month, int day, string status, decimal debt, int pledged)
    {
        using var own = new ImportBench();
        SmallMarket.WriteTo(own);
        own.Write("brokers/B002/repo.csv", SmallMarket.Files["brokers/B002/repo.csv"] + """
            R0020000001,20220901,违约处置,0020000002,600001.SH,1000,8000.00,8030.00,0.0500,20220301,20220901
            R0020000001,20221101,违约处置,0020000002,600001.SH,0,8000.00,2500.00,0.0500,20220301,20220901
            R0020000001,20230301,购回,0020000002,600001.SH,0,8000.00,0.00,0.0500,20220301,20220901

            """);
        await own.Import();
        var snapshot = await SnapshotBuilder.BuildAsync(own.Store, await own.Store.GetVersionAsync(), Validity.CloseOf(new DateOnly(year, month, day)));
        var node = snapshot.Nodes.Find(new NodeId("RepoContract", "broker-B002:R0020000001"));
        Assert.That(
            (snapshot.Nodes.GetString(node, "status"), snapshot.Nodes.GetDecimal(node, "debt"), snapshot.Relationship("PLEDGED").Out.Neighbours(node).Length),
            Is.EqualTo((status, (decimal?)debt, pledged)));
    }

    [TestCase(2022, 5, 31, false)]
    [TestCase(2022, 6, 1, true)]
    public async Task AWithdrawalShowsFromItsDayOn(int year, int month, int day, bool withdrawn)
    {
        var snapshot = await At(new DateOnly(year, month, day));
        var node = snapshot.Nodes.Find(new NodeId("Authorisation", "broker-B002:A0020000001"));
        Assert.That(snapshot.Nodes.GetDate(node, "withdrawnOn") is not null, Is.EqualTo(withdrawn));
    }

    [Test]
    public async Task ADeliveryWithoutTheDayDoesNotTakeAWithdrawalBack()
    {
        using var later = new ImportBench();
        SmallMarket.WriteTo(later);
        await later.Import();
        later.Write("brokers/B002/authorisations.csv", SmallMarket.Files["brokers/B002/authorisations.csv"].Replace("20220601", "", StringComparison.Ordinal));
        await later.Import();
        var snapshot = await SnapshotBuilder.BuildAsync(later.Store, await later.Store.GetVersionAsync(), Validity.CloseOf(new DateOnly(2022, 12, 31)));
        var node = snapshot.Nodes.Find(new NodeId("Authorisation", "broker-B002:A0020000001"));
        Assert.That(snapshot.Nodes.GetDate(node, "withdrawnOn"), Is.EqualTo(new DateOnly(2022, 6, 1)));
    }

    [Test]
    public async Task APurposeThePlatformDoesNotKnowSendsTheRowToQuarantine()
    {
        using var own = new ImportBench();
        SmallMarket.WriteTo(own);
        own.Write("brokers/B002/authorisations.csv", SmallMarket.Files["brokers/B002/authorisations.csv"].Replace("违约处置", "营销", StringComparison.Ordinal));
        await own.Import();
        var entry = own.Quarantine.List().Single();
        Assert.That((entry.Field, entry.Reason), Is.EqualTo((
            "purposes", "is '营销', which is none of " + string.Join(", ", new[] { "kyc", "admission", "monitoring", "default-disposal", "complaint", "尽职调查", "准入", "存续期监控", "违约处置", "投诉处理" }.Order(StringComparer.Ordinal)))));
    }

    [TestCase("brokers/B001/events.csv", "50000.00", "-5")]
    [TestCase("brokers/B002/events.csv", "8000.00", "-8000.00")]
    public async Task AnAmountThatCannotBeNegativeSendsTheRowToQuarantine(string file, string sound, string negative)
    {
        using var own = new ImportBench();
        SmallMarket.WriteTo(own);
        var path = own.Write(file, SmallMarket.Files[file].Replace(sound, negative, StringComparison.Ordinal));
        await own.Import();
        var entry = own.Quarantine.List().Single();
        Assert.That((entry.File, entry.Line, entry.Field), Is.EqualTo((path, 2L, "amount")));
        Assert.That(entry.Reason, Does.Contain(negative.TrimEnd('0').TrimEnd('.')));
    }

    [Test]
    public async Task AClientThatLeftIsAClientNoMoreAndAFileWithoutTheColumnEndsNobody()
    {
        var left = new NodeId("Person", "broker-B002:0020000002");
        Assert.That(BrokersOf(await At(new DateOnly(2022, 11, 29)), left), Is.EqualTo(1));
        Assert.That(BrokersOf(await At(new DateOnly(2022, 11, 30)), left), Is.Zero);
        Assert.That(BrokersOf(await At(new DateOnly(2030, 1, 1)), new NodeId("Person", "broker-B001:0010000001")), Is.EqualTo(1));
    }

    [Test]
    public async Task TheMaintenanceRatioIsAbsentWithoutDebtAndTheTermsStayBesideTheStatements()
    {
        var snapshot = await At(new DateOnly(2022, 1, 5));
        var contract = snapshot.Nodes.Find(new NodeId("MarginContract", "broker-B001:M0010000001"));
        Assert.That(Math.Round(snapshot.Nodes.GetDecimal(contract, "maintenanceRatio")!.Value, 4), Is.EqualTo(2.2124m));
        Assert.That(snapshot.Nodes.GetDecimal(contract, "callLine"), Is.EqualTo(1.3m));
        var last = bench.Store.Nodes("MarginContract").Last();
        Assert.That(last.Properties.TryGet("maintenanceRatio", out _), Is.False);
    }

    [Test]
    public async Task APositionSoldOutIsGoneOnTheDayItIsStatedSo()
    {
        Assert.That((await At(new DateOnly(2022, 6, 29))).Relationship("POSITION").Count, Is.EqualTo(1));
        Assert.That((await At(new DateOnly(2022, 6, 30))).Relationship("POSITION").Count, Is.Zero);
    }

    [Test]
    public async Task AHoldingHasShareAndVotesAsFractionsForAsLongAsItsRowSays()
    {
        var held = bench.Store.Edges("HOLDS").Single(edge => edge.Key == "S1");
        Assert.That(held.Properties.ToString(), Does.Contain("share: 0.333333").And.Contain("votes: 0.4"));
        Assert.That((await At(new DateOnly(2019, 12, 31))).Relationship("HOLDS").Count, Is.EqualTo(2));
        Assert.That((await At(new DateOnly(2020, 1, 1))).Relationship("HOLDS").Count, Is.EqualTo(1));
    }

    [Test]
    public async Task AccountsAreASeriesFromTheDayTheyWerePublished()
    {
        var snapshot = await At(new DateOnly(2024, 6, 30));
        var company = snapshot.Nodes.Find(new NodeId("Company", "registry:91110000600037341L"));
        var assets = snapshot.Nodes.GetSeries(company, "totalAssets");
        Assert.That(assets.Values.ToArray(), Is.EqualTo(new[] { 100m, 120m }));
        Assert.That(DateOnly.FromDayNumber(assets.Days[0]), Is.EqualTo(new DateOnly(2022, 4, 30)));
        Assert.That(snapshot.Nodes.GetString(company, "name"), Is.EqualTo("华新贸易有限公司"));
        Assert.That(snapshot.Nodes.GetString(company, "status"), Is.EqualTo("SUSPENDED"));
    }

    [Test]
    public async Task ARemovedEntryNoLongerListsItsParty()
    {
        var listing = new NodeId("Listing", "list-dishonest:DX1");
        Assert.That(ListedAs(await At(new DateOnly(2022, 12, 31)), listing), Is.EqualTo(1));
        Assert.That(ListedAs(await At(new DateOnly(2023, 1, 1)), listing), Is.Zero);
    }

    [Test]
    public void AMaskedNameIsOfAnAnonymousPersonWhomNobodyMerges() => Assert.That(
        bench.Store.Node("Person/list-dishonest:DX1#representative").Properties.ToString(), Does.Contain("kind: ANONYMOUS"));

    [Test]
    public void AMaskedNumberIsNoIdentifier()
    {
        var masked = bench.Store.Node("Person/registry:P000001").Properties;
        Assert.That(masked.TryGet("residentId", out _), Is.False);
        Assert.That(masked.ToString(), Does.Contain("maskedId: 110105********002X"));
    }

    [Test]
    public void CaseNumbersInDifferentWritingsAreOneCase() => Assert.That(
        bench.Store.Nodes("CourtCase").Select(fact => fact.Node.Key).Distinct(),
        Is.EquivalentTo(new[] { "（2022）沪0115执1234号", "（2024）京0105执567号" }));

    [Test]
    public void EpochMillisecondsAndCompactDaysAreRead()
    {
        var restriction = bench.Store.Node("Listing/list-restrictions:RS1").Properties.ToString();
        Assert.That(restriction, Does.Contain("publishedOn: 2022-06-01").And.Not.Contain("amount"));
        Assert.That(bench.Store.Node("Listing/list-enforcement:EN1").Properties.ToString(), Does.Contain("publishedOn: 2024-07-09"));
    }

    [Test]
    public async Task ImportingAgainChangesNothing()
    {
        using var second = new ImportBench();
        SmallMarket.WriteTo(second);
        await second.Import();
        var (facts, version) = (second.Store.Facts, second.Store.Version);
        var again = await second.Import();
        Assert.That(second.Store.Version, Is.EqualTo(version));
        Assert.That(second.Store.Facts, Is.EqualTo(facts));
        Assert.That(again.Unchanged, Is.EqualTo(again.Files.Count(file => file.Mapping is not null)));
    }

    private static int BrokersOf(Snapshot snapshot, NodeId client) => snapshot.Relationship("CLIENT_OF").Out.Degree(snapshot.Nodes.Find(client));

    private static int ListedAs(Snapshot snapshot, NodeId listing)
    {
        var (start, end) = snapshot.Relationship("LISTED_AS").In.Range(snapshot.Nodes.Find(listing));
        return end - start;
    }

    private async Task<Snapshot> At(DateOnly day) => await SnapshotBuilder.BuildAsync(
        bench.Store, await bench.Store.GetVersionAsync(), Validity.CloseOf(day));
}
