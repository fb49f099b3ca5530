using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Deliveries;

/// <summary>
/// The cases of <c>../shared/cases/reports</c>: inputs made after public reports of people who do this work, each with its right
/// answer. Skipped, with the reason, where the folder is absent.
/// </summary>
internal sealed class ReportedCaseTests
{
    private const string Day = "2025-06-30";

    private DeliveryBench bench = null!;

    [SetUp]
    public void Open() => bench = new DeliveryBench();

    [TearDown]
    public void Close() => bench.Dispose();

    [Test]
    public async Task MoreThanHalfIsAMajorityAndAnExactFigureBeatsItsBand()
    {
        var report = await bench.Import(Case("01-more-than-half/in"));
        Assert.That(Landed(report), Is.EqualTo(9));
        async Task<string[]> Controllers(string company, string bound) =>
            Ids((await bench.Ask($$"""{ controllers(company: "Company/bods:{{company}}", bound: {{bound}}, asOf: "{{Day}}") { control { controllers { id } } } }"""))
                .GetProperty("control").EnumerateArray().SelectMany(control => control.GetProperty("controllers").EnumerateArray()));
        Assert.That(await Controllers("co-band", "CERTAIN"), Is.EqualTo(new[] { await bench.NodeOf("Person/bods:pe-band") }));
        Assert.That(await Controllers("co-band", "POSSIBLE"), Is.EqualTo(new[] { await bench.NodeOf("Person/bods:pe-band") }));
        Assert.That(await Controllers("co-exact", "CERTAIN"), Is.EqualTo(new[] { await bench.NodeOf("Person/bods:pe-exact") }));
        Assert.That(await Controllers("co-half", "CERTAIN"), Is.Empty);
        Assert.That(await Controllers("co-half", "POSSIBLE"), Is.EqualTo(new[] { await bench.NodeOf("Person/bods:pe-half") }));
        var stake = (await bench.Ask($$"""{ ownershipLookThrough(company: "Company/bods:co-exact", asOf: "{{Day}}") { stakes { nodes { share lower upper } } } }"""))
            .GetProperty("stakes").GetProperty("nodes").EnumerateArray().Single();
        Assert.That(Numbers(stake, "share", "lower", "upper"), Is.EqualTo(new[] { 0.51m, 0.51m, 0.51m }));
    }

    [Test]
    public async Task WhatANomineeHoldsIsItsNominators()
    {
        var report = await bench.Import(Case("03-nominee/in"));
        Assert.That(Landed(report), Is.EqualTo(8));
        var stakes = (await bench.Ask($$"""{ ownershipLookThrough(company: "Company/bods:co-f", ultimate: true, asOf: "{{Day}}") { stakes { nodes { share holder { id } } } } }"""))
            .GetProperty("stakes").GetProperty("nodes").EnumerateArray().ToList();
        Assert.That(stakes.Select(stake => (Id(stake.GetProperty("holder")), stake.GetProperty("share").GetDecimal())), Is.EqualTo(new[] { (await bench.NodeOf("Person/bods:pe-nominator"), 1m) }));
        var control = (await bench.Ask($$"""{ controllers(company: "Company/bods:co-f", asOf: "{{Day}}") { control { controllers { id } } } }"""))
            .GetProperty("control").EnumerateArray().SelectMany(each => each.GetProperty("controllers").EnumerateArray());
        Assert.That(Ids(control), Is.EqualTo(new[] { await bench.NodeOf("Person/bods:pe-nominator") }));
        var holders = (await bench.Ask($$"""{ client(id: "Company/bods:co-f", asOf: "{{Day}}") { ... on Company { holders { edges { share nominee directness node { id } } } } } }"""))
            .GetProperty("holders").GetProperty("edges").EnumerateArray().ToList();
        Assert.That(
            holders.Select(edge => (Id(edge.GetProperty("node")), edge.GetProperty("directness").GetString(), edge.GetProperty("nominee").ValueKind == JsonValueKind.True)),
            Is.EquivalentTo(new[] { (await bench.NodeOf("Company/bods:ar-n"), "DIRECT", true), (await bench.NodeOf("Person/bods:pe-nominator"), "INDIRECT", false) }));
    }

    [Test]
    public async Task TwinsAreTwo()
    {
        await bench.Import(Case("07-twins/in"));
        await bench.Resolve();
        Assert.That(await bench.AreOne("Person/broker-B001:0017000001", "Person/broker-B003:0037000002"), Is.True);
        foreach (var (id, records) in new[] { ("broker-B001:0017000001", 2), ("broker-B003:0037000001", 1), ("broker-B001:0017000002", 1), ("broker-B003:0037000003", 1) })
            Assert.That(await bench.RecordsOf($"Person/{id}"), Is.EqualTo(records), id);
    }

    [Test]
    public async Task ANumberIsOneWithinItsRegisterOnly()
    {
        await bench.Import(Case("09-same-number-other-register/in"));
        await bench.Resolve();
        foreach (var (id, records) in new[] { ("ch-1", 1), ("de-1", 1), ("us-1", 1), ("us-2", 1), ("de-2", 2) })
            Assert.That(await bench.RecordsOf($"Company/ftm:{id}"), Is.EqualTo(records), id);
        Assert.That(await bench.AreOne("Company/ftm:de-2", "Company/ftm:de-3"), Is.True);
    }

    [Test]
    public async Task ANameKeepsItsCharacters()
    {
        await bench.Import(Case("10-qian-stays-qian/in"));
        await bench.Resolve();
        Assert.That(await bench.RecordsOf("Person/broker-B001:0019000001"), Is.EqualTo(3));
        Assert.That(await bench.AreOne("Person/broker-B001:0019000001", "Person/broker-B003:0039000003"), Is.True);
        Assert.That(await bench.RecordsOf("Person/broker-B001:0019000009"), Is.EqualTo(1));
        var company = await bench.Ask("""{ company(uscc: "91220723MA8QANX10C") { listings { nodes { reference } } } }""");
        Assert.That(company.GetProperty("listings").GetProperty("nodes").GetArrayLength(), Is.EqualTo(1));
        Assert.That(await Found("xuqianxue", "PERSON"), Does.Contain(await bench.NodeOf("Person/broker-B001:0019000001")));
        Assert.That(await Found("xuganxue", "PERSON"), Is.EqualTo(new[] { await bench.NodeOf("Person/broker-B001:0019000009") }));
        Assert.That(await Found("songyuanshiqiananxian", "COMPANY"), Does.Contain(await bench.NodeOf("Company/registry:91220723MA8QANX10C")));
    }

    [Test]
    public async Task ARecordDeliveredAgainReplacesAllItSaid()
    {
        await bench.Import(Case("12-source-id-reused/1-april"), "--recorded-at", "2025-04-30T00:00:00Z");
        await bench.Resolve();
        Assert.That(await bench.AreOne("Person/ftm:au-0001", "Person/ftm:gb-0001"), Is.True);
        Assert.That(await ListsOf("au-0001"), Is.EqualTo(new[] { "Counter-terrorism" }));
        var april = DateTimeOffset.UtcNow.ToString("O");
        await bench.Import(Case("12-source-id-reused/2-may"));
        await bench.Resolve();
        Assert.That(await bench.AreOne("Person/ftm:au-0002", "Person/ftm:gb-0001"), Is.True);
        Assert.That(await bench.RecordsOf("Person/ftm:au-0001"), Is.EqualTo(1));
        Assert.That(await ListsOf("au-0001"), Is.EqualTo(new[] { "Autonomous" }));
        Assert.That(await ListsOf("au-0002"), Is.EqualTo(new[] { "Counter-terrorism" }));
        Assert.That(await bench.RecordsOf("Person/ftm:au-0001", april), Is.EqualTo(2), "what was known in April is known as it was");
    }

    [Test]
    public async Task TheMorePreciseDateWinsWhereverItStands()
    {
        await bench.Import(Case("14-mixed-precision-dates/in"));
        foreach (var number in new[] { 1, 2 })
        {
            foreach (var (day, holders) in new[] { ("2019-03-01", 0), ("2019-07-01", 1), ("2023-08-31", 1), ("2023-12-15", 0) })
            {
                var company = await bench.Ask($$"""{ client(id: "Company/ftm:c-{{number}}", asOf: "{{day}}") { ... on Company { establishedOn holders { edges { share } } } } }""");
                Assert.That(company.GetProperty("establishedOn").GetString(), Is.EqualTo("2001-04-17"));
                Assert.That(company.GetProperty("holders").GetProperty("edges").GetArrayLength(), Is.EqualTo(holders), $"{number} on {day}");
            }

            var before = await bench.Ask($$"""{ person(id: "Person/ftm:p-{{number}}", asOf: "2022-02-01") { listings { nodes { publishedOn } } } }""");
            Assert.That(before.GetProperty("listings").GetProperty("nodes").GetArrayLength(), Is.Zero);
            var after = await bench.Ask($$"""{ person(id: "Person/ftm:p-{{number}}", asOf: "2022-04-01") { listings { nodes { publishedOn } } } }""");
            Assert.That(after.GetProperty("listings").GetProperty("nodes")[0].GetProperty("publishedOn").GetString(), Is.EqualTo("2022-03-15"));
        }
    }

    [TestCase("1 2 3", false)]
    [TestCase("1 2 3", true)]
    [TestCase("3 2 1", true)]
    [TestCase("2 1 3", true)]
    [TestCase("2 3 1", false)]
    public async Task ReferencesAreResolvedInTheStoreInAnyOrder(string order, bool apart)
    {
        var parts = order.Split(' ').Select(part => Case($"15-split-file-and-dangling-id/part-{part}.ftm.json")).ToArray();
        if (apart)
            foreach (var part in parts) await bench.Import(part);
        else
            await bench.Import(parts);
        Assert.That((await bench.Replay()).ExitCode, Is.Zero);
        await AssertWhole();
        foreach (var part in parts)
            Assert.That((await bench.Import(part)).GetProperty("asserted").GetInt64(), Is.Zero, "imported again it changes nothing");
        await AssertWhole();
    }

    [Test]
    public async Task WhatDanglesWaitsAlone()
    {
        await bench.Import(Case("15-split-file-and-dangling-id/part-1.ftm.json"));
        var report = await bench.Import(Case("15-split-file-and-dangling-id/part-2.ftm.json"));
        Assert.That(Landed(report), Is.EqualTo(3));
        Assert.That((await bench.Quarantined()).Single().GetProperty("reason").GetString(), Does.Contain("p-404"));
        Assert.That(report.GetProperty("files")[0].GetProperty("ignored").EnumerateObject().Sum(reason => reason.Value.GetInt64()), Is.EqualTo(2));
    }

    [Test]
    public async Task NoEndIsNoDayAndNoFault()
    {
        foreach (var format in new[] { "csv", "ftm", "bods" })
            Assert.That((await bench.Import(Case($"20-until-the-end-of-time/{format}"))).GetProperty("quarantined").GetInt64(), Is.Zero, format);
        var clients = await bench.Ask($$"""{ clients(broker: "B001", asOf: "{{Day}}") { totalCount } }""");
        Assert.That(clients.GetProperty("totalCount").GetInt64(), Is.EqualTo(5));
        foreach (var company in new[] { "ftm:c-1", "ftm:c-2", "ftm:c-3", "bods:co-end1", "bods:co-end2", "bods:co-end3" })
        {
            var answer = await bench.Ask($$"""{ client(id: "Company/{{company}}", asOf: "{{Day}}") { ... on Company { holders { edges { share } } } } }""");
            Assert.That(answer.GetProperty("holders").GetProperty("edges").GetArrayLength(), Is.EqualTo(1), company);
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task TheNewestAccountsAreThoseOfTheNewestPeriod(bool atOnce)
    {
        foreach (var folder in atOnce ? new[] { "one" } : ["first", "second"]) await bench.Import(Case($"22-restated-accounts/{folder}"));
        foreach (var (day, assets, revenue, profit) in new[]
        {
            ("2023-06-30", 100m, 80m, 5m), ("2024-06-30", 150m, 90m, 7m), ("2024-10-01", 150m, 90m, 7m), ("2024-12-31", 140m, 85m, 4m),
        })
        {
            var company = await bench.Ask($$"""{ company(uscc: "91330106MA2RETA128", asOf: "{{day}}") { totalAssets revenue netProfit } }""");
            Assert.That(Numbers(company, "totalAssets", "revenue", "netProfit"), Is.EqualTo(new[] { assets * 1_000_000, revenue * 1_000_000, profit * 1_000_000 }), day);
        }

        var entry = (await bench.Quarantined()).Single();
        Assert.That(entry.GetProperty("field").GetString(), Is.EqualTo("published_on"));
        Assert.That(entry.GetProperty("reason").GetString(), Does.Contain("before period_end"));
        var early = await bench.Ask("""{ company(uscc: "91330106MA2NANE16P", asOf: "2024-11-30") { totalAssets } }""");
        Assert.That(early.GetProperty("totalAssets").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task ADayThatHasNotComeMovesNothing()
    {
        await bench.Import(Case("24-future-dated-row/in"));
        var entry = (await bench.Quarantined()).Single();
        Assert.That(entry.GetProperty("field").GetString(), Is.EqualTo("as_of"));
        Assert.That(entry.GetProperty("reason").GetString(), Does.Contain("2052-06-30"));
        await AssertMarket("2025-03-31", 2m);
        await bench.Import(Case("24-future-dated-row/mended"));
        await AssertMarket(Day, 2.444444444444m);
    }

    [TestCase("identifier")]
    [TestCase("name")]
    [TestCase("reason")]
    [TestCase("key")]
    public async Task OneImmenseValueHarmsNobodyElse(string folder)
    {
        await bench.Import(Case($"30-immense-value/{folder}"));
        await bench.Import(bench.Write("later.ftm.json", """{"id":"c-later","caption":"Later Company","schema":"Company","properties":{"name":["Later Company"]}}"""));
        Assert.That((await bench.Ask("""{ search(text: "Sound Company Beside") { totalCount } }""")).GetProperty("totalCount").GetInt64(), Is.GreaterThanOrEqualTo(1));
        Assert.That((await bench.Ask("""{ search(text: "SB-12345") { totalCount } }""")).GetProperty("totalCount").GetInt64(), Is.EqualTo(1));
        Assert.That(await Found("Later Company", "COMPANY"), Does.Contain(await bench.NodeOf("Company/ftm:c-later")));
        var company = await bench.Ask("""{ company(name: "Sound Company Beside") { listings { totalCount } } }""");
        Assert.That(company.GetProperty("listings").GetProperty("totalCount").GetInt64(), Is.EqualTo(folder == "reason" ? 1 : 0));
    }

    private static string Case(string path) => SharedData.Require($"cases/reports/{path}");

    private static string Id(JsonElement node) => node.GetProperty("id").GetString()!;

    private static string[] Ids(IEnumerable<JsonElement> nodes) => [.. nodes.Select(Id)];

    private static decimal[] Numbers(JsonElement node, params string[] fields) => [.. fields.Select(field => node.GetProperty(field).GetDecimal())];

    private static long Landed(JsonElement report) => report.GetProperty("files").EnumerateArray().Sum(file => file.GetProperty("landed").GetInt64());

    private async Task<string[]> Found(string text, string type) =>
        Ids((await bench.Ask($$"""{ search(text: "{{text}}", types: [{{type}}]) { edges { node { id } } } }""")).GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node")));

    private async Task<string?[]> ListsOf(string id) =>
        [.. (await bench.Ask($$"""{ client(id: "Person/ftm:{{id}}", asOf: "{{Day}}") { ... on Person { listings { nodes { list } } } } }"""))
            .GetProperty("listings").GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("list").GetString())];

    private async Task AssertWhole()
    {
        var company = await bench.Ask("""{ client(id: "Company/ftm:c-1") { ... on Company { holders { edges { share node { id } } } officers { edges { role } } } } }""");
        Assert.That(
            company.GetProperty("holders").GetProperty("edges").EnumerateArray().Select(edge => (Id(edge.GetProperty("node")), edge.GetProperty("share").GetDecimal())),
            Is.EquivalentTo(new[] { (await bench.NodeOf("Person/ftm:p-1"), 0.55m), (await bench.NodeOf("Person/ftm:p-404"), 0.45m) }));
        Assert.That(company.GetProperty("officers").GetProperty("edges").GetArrayLength(), Is.EqualTo(1));
        Assert.That(await ListsOf("p-1"), Has.Length.EqualTo(1));
        Assert.That(await bench.Quarantined(), Is.Empty);
    }

    private async Task AssertMarket(string day, decimal ratio)
    {
        var market = await bench.Ask("""{ market(by: BROKER) { stamp { asOf } rows { clients contracts debt maintenanceRatio } } }""");
        Assert.That(market.GetProperty("stamp").GetProperty("asOf").GetString(), Does.StartWith(day).Or.StartsWith(Day));
        var row = (await bench.Ask($$"""{ market(by: BROKER, asOf: "{{Day}}") { rows { clients contracts debt maintenanceRatio } } }""")).GetProperty("rows").EnumerateArray().Single();
        Assert.That(Numbers(row, "clients", "contracts", "debt"), Is.EqualTo(new[] { 2m, 2m, 450_000m }));
        Assert.That(row.GetProperty("maintenanceRatio").GetDecimal(), Is.EqualTo(ratio).Within(1e-9m));
    }
}
