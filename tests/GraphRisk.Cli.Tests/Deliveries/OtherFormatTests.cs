using System.Text.Json;

namespace GraphRisk.Cli.Tests.Deliveries;

/// <summary>The kinds of the reported cases in other formats and other words than the cases have them: imported, resolved where that is the point, and asked.</summary>
internal sealed class OtherFormatTests
{
    private const string Clients = "client_no,name,former_name,kind,id_type,id_number,id_expires,birth_date,sex,phone,address,region,opened_on\n";
    private const string Companies = "uscc,name,legal_form,industry,region,address,registered_capital,established\n";
    private const string Holders = "record_no,company_uscc,holder_kind,holder_no,holder_name,share_pct,votes_pct,amount,valid_from,valid_to\n";
    private const string Day = "2025-06-30";

    private DeliveryBench bench = null!;

    [SetUp]
    public void Open() => bench = new DeliveryBench();

    [TearDown]
    public void Close() => bench.Dispose();

    /// <summary>Kind 03: the nominee of a spreadsheet and of FollowTheMoney, told by a column or by a role.</summary>
    [TestCase("csv")]
    [TestCase("ftm")]
    [TestCase("bods")]
    public async Task WhatANomineeHoldsIsItsNominators(string format)
    {
        var company = format switch
        {
            "csv" => await ImportNomineesOfASpreadsheet(),
            "ftm" => await ImportNomineesOfFollowTheMoney(),
            _ => await ImportNomineesOfBods(),
        };
        var stakes = (await bench.Ask($$"""{ ownershipLookThrough(company: "{{company.Company}}", ultimate: true, asOf: "{{Day}}") { stakes { nodes { share holder { id } } } } }"""))
            .GetProperty("stakes").GetProperty("nodes").EnumerateArray().Select(stake => (Id(stake.GetProperty("holder")), stake.GetProperty("share").GetDecimal()));
        Assert.That(stakes, Is.EqualTo(new[] { (await bench.NodeOf(company.Nominator), 1m) }));
    }

    /// <summary>Kind 07: brothers in a registry's table with a second broker's spreadsheet, and sisters in FollowTheMoney.</summary>
    [Test]
    public async Task BrothersAndSistersAreTwo()
    {
        bench.Write("in/brokers/B001/clients.csv", $"{Clients}1,欧阳子轩,,PERSON,,,,2001-07-08,M,13900000001,苏州市样田路1号,32,2020-01-01\n2,欧阳子墨,,PERSON,,,,2001-07-08,M,13900000001,苏州市样田路1号,32,2020-01-01\n");
        bench.Write("in/brokers/B002/clients.csv", $"{Clients}1,欧阳子轩,,PERSON,,,,2001-07-08,M,13900000001,苏州市样田路1号,32,2021-01-01\n");
        bench.Write("in/x.ftm.json", string.Join('\n',
            """{"id":"a","caption":"Emma Hart","schema":"Person","properties":{"name":["Emma Hart"],"birthDate":["1990-05-06"],"phone":["+441234567890"],"address":["1 Mill Lane"]}}""",
            """{"id":"b","caption":"Sarah Hart","schema":"Person","properties":{"name":["Sarah Hart"],"birthDate":["1990-05-06"],"phone":["+441234567890"],"address":["1 Mill Lane"]}}""",
            """{"id":"c","caption":"Hart, Emma","schema":"Person","properties":{"name":["Hart, Emma"],"birthDate":["1990-05-06"],"phone":["+441234567890"],"address":["1 Mill Lane"]}}"""));
        await bench.Import(bench.PathOf("in"));
        await bench.Resolve();
        Assert.That(await bench.AreOne("Person/broker-B001:1", "Person/broker-B002:1"), Is.True);
        Assert.That(await bench.RecordsOf("Person/broker-B001:2"), Is.EqualTo(1));
        Assert.That(await bench.RecordsOf("Person/ftm:b"), Is.EqualTo(1));
    }

    /// <summary>Kind 09: one number in the registers of two countries, in BODS and in a table of one's own.</summary>
    [Test]
    public async Task ANumberIsOneWithinItsRegisterOnly()
    {
        var mapping = bench.Write("own.yaml", """
            mapping: own-companies
            files: own.csv
            source: own
            reliability: 0.8
            columns: { no: 序号, name: 名称, register: 登记机关, number: 注册号 }
            key: "{no}"
            nodes:
              company: { type: Company, key: "own:{no}" }
            facts:
              - { node: company, set: { name: name, identifiers: { list: ["{register}:{number}"] } } }
            """);
        await bench.Import(bench.Write("own.csv", "序号,名称,登记机关,注册号\n1,Kestrel Holdings Ltd,GB-COH,00200777\n2,Kestrel Holding Ltd,MT-MFSA,00200777\n3,KESTREL HOLDINGS LIMITED,GB-COH,00200777\n"), "--mapping", mapping);
        bench.Write("in/x.jsonl", string.Join('\n', Registered("gb", "Alderney Trading Ltd", "GB-COH", "00100234"), Registered("dk", "Alderney Trading Ltd", "DK-CVR", "00100234"), Registered("gb2", "Alderney Trading Limited", "GB-COH", "00100234")));
        await bench.Import(bench.PathOf("in"));
        await bench.Resolve();
        Assert.That(await bench.AreOne("Company/own:1", "Company/own:2"), Is.False);
        Assert.That(await bench.AreOne("Company/own:1", "Company/own:3"), Is.True);
        Assert.That(await bench.AreOne("Company/bods:gb", "Company/bods:dk"), Is.False);
        Assert.That(await bench.AreOne("Company/bods:gb", "Company/bods:gb2"), Is.True);
    }

    /// <summary>Kind 10: a polyphone as a name in the registry's persons and in FollowTheMoney, in other words: 单 is Shàn, 乐 is Yuè, and 发 is neither 髮 nor 發.</summary>
    [Test]
    public async Task ReadingsAreCandidatesAndNoneIsCertain()
    {
        bench.Write("in/brokers/B001/clients.csv", $"{Clients}1,单雄信,,PERSON,,,,1985-03-02,M,13655530011,,22,2017-07-07\n2,仇小乐,,PERSON,,,,1972-10-19,M,13655530099,,22,2017-07-07\n");
        bench.Write("in/x.ftm.json", string.Join('\n',
            """{"id":"s","caption":"Shan Xiongxin","schema":"Person","properties":{"name":["Shan Xiongxin"],"birthDate":["1985-03-02"],"phone":["13655530011"]}}""",
            """{"id":"d","caption":"Dan Xiongxin","schema":"Person","properties":{"name":["Dan Xiongxin"],"birthDate":["1961-01-01"]}}"""));
        await bench.Import(bench.PathOf("in"));
        await bench.Resolve();
        Assert.That(await bench.AreOne("Person/broker-B001:1", "Person/ftm:s"), Is.True);
        Assert.That(await bench.AreOne("Person/broker-B001:1", "Person/ftm:d"), Is.False);
        Assert.That(await Found("shanxiongxin"), Does.Contain(await bench.NodeOf("Person/broker-B001:1")));
        Assert.That(await Found("qiuxiaole"), Does.Contain(await bench.NodeOf("Person/broker-B001:2")));
    }

    /// <summary>Kind 12: a relationship delivered again by BODS is about somebody else; its first party keeps nothing of it.</summary>
    [Test]
    public async Task ARelationshipDeliveredAgainIsAboutTheNewPartyAlone()
    {
        string Delivery(string party, string number) => string.Join('\n', Entity("c", "C Ltd"), Person("p"), Person("q"),
            Tie("h", "c", party, """{"type":"shareholding","directOrIndirect":"direct","share":{"exact":60}}""", number));
        await bench.Import(bench.Write("1/x.jsonl", Delivery("p", "1")), "--recorded-at", "2025-04-30T00:00:00Z");
        await bench.Import(bench.Write("2/x.jsonl", Delivery("q", "2")));
        Assert.That(await HoldersOf("Company/bods:c"), Is.EqualTo(new[] { await bench.NodeOf("Person/bods:q") }));
    }

    /// <summary>Kind 12: an entry of a court's list is given to somebody else; the number of the entry is all that stays.</summary>
    [Test]
    public async Task AnEntryOfAListDeliveredAgainIsAboutTheNewPartyAlone()
    {
        string Entry(string name, string card, int amount) => $$"""{"entry_no":"E1","name":"{{name}}","card_number":"{{card}}","party_kind":"PERSON","court":"杭州市西湖区人民法院","case_no":"（2024）浙0106执118号","filed_on":"2024-03-28","amount":"{{amount}}"}""";
        await bench.Import(bench.Write("1/lists/enforcement.ndjson", Entry("张样本", "33010619550203****", 120_000) + "\n"), "--recorded-at", "2025-04-30T00:00:00Z");
        await bench.Import(bench.Write("2/lists/enforcement.ndjson", Entry("李样本", "33010619701130****", 130_000) + "\n"));
        var person = await bench.Ask("""{ person(id: "Person/list-enforcement:E1") { name listings { nodes { amount } } } }""");
        Assert.That(person.GetProperty("name").GetString(), Does.StartWith("李"));
        Assert.That(person.GetProperty("listings").GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("amount").GetDecimal()), Is.EqualTo(new[] { 130_000m }));
    }

    /// <summary>Kind 14: months and days beside each other in any order, and a month alone in BODS, which is a whole month.</summary>
    [TestCase("2019-06, 2019-06-15, 2019")]
    [TestCase("2019, 2019-06-15T00:00:00, 2019-06")]
    [TestCase("2019-06-15, 2019, 2019-06")]
    public async Task ThePreciseDayWinsInAnyOrder(string dates)
    {
        bench.Write("in/x.ftm.json", string.Join('\n',
            $$$"""{"id":"c","caption":"C","schema":"Company","properties":{"name":["C C"],"incorporationDate":["{{{dates.Replace(", ", "\",\"", StringComparison.Ordinal)}}}"]}}"""));
        bench.Write("in/x.jsonl", string.Join('\n', Entity("c", "C Ltd"), Person("p"), Tie("h", "c", "p", """{"type":"shareholding","directOrIndirect":"direct","startDate":"2019-06","endDate":"2023","share":{"exact":40}}""")));
        await bench.Import(bench.PathOf("in"));
        Assert.That((await bench.Ask("""{ client(id: "Company/ftm:c") { ... on Company { establishedOn } } }""")).GetProperty("establishedOn").GetString(), Is.EqualTo("2019-06-15"));
        foreach (var (day, holders) in new[] { ("2019-05-31", 0), ("2019-06-01", 1), ("2023-12-31", 1), ("2024-01-01", 0) })
            Assert.That(await HoldersOf("Company/bods:c", day), Has.Length.EqualTo(holders), day);
    }

    /// <summary>Kind 22: accounts in a table of one's own, as lines of JSON or as a file in UTF-16, delivered newest first.</summary>
    [TestCase("ndjson")]
    [TestCase("utf-16")]
    public async Task AFigureSpeaksOfAPeriodFromTheDayItWasPublished(string format)
    {
        (string Period, string Published, int Assets)[] rows = [("2023-12-31", "2024-11-15", 140), ("2022-12-31", "2024-09-20", 90), ("2023-12-31", "2024-04-08", 150), ("2022-12-31", "2023-04-10", 100), ("2024-12-31", "2024-11-02", 77)];
        var arguments = new List<string>();
        if (format == "ndjson")
        {
            arguments.AddRange(["--mapping", bench.Write("own.yaml", """
                mapping: own-accounts
                files: accounts.ndjson
                format: ndjson
                source: own
                part: "accounts/{period}"
                reliability: 0.9
                observed: [published]
                follows: { published: period }
                columns: [code, name, period, published, assets]
                key: "{code}/{period}/{published}"
                nodes:
                  company: { type: Company, key: "own:{code}" }
                facts:
                  - { node: company, since: published, set: { name: name, uscc: code, accountsUntil: period, totalAssets: { column: assets, unit: 1000000 } } }
                """)]);
            foreach (var row in rows)
                await bench.Import([bench.Write($"{row.Published}/accounts.ndjson", $$"""{"code":"91330106MA2NEND03N","name":"样本有限公司","period":"{{row.Period}}","published":"{{row.Published}}","assets":{{row.Assets}}}""" + "\n"), .. arguments]);
        }
        else
        {
            await bench.Import(bench.Write("0/registry/companies.csv", $"{Companies}91330106MA2NEND03N,样本有限公司,,,33,,,2012-01-04\n"));
            foreach (var row in rows)
            {
                var path = bench.Write($"{row.Published}/registry/financials.csv", "");
                await File.WriteAllTextAsync(path, $"uscc,period_end,published_on,total_assets,total_liabilities,revenue,net_profit\n91330106MA2NEND03N,{row.Period},{row.Published},{row.Assets}000000,1,1,1\n", System.Text.Encoding.Unicode);
                await bench.Import(path);
            }
        }

        foreach (var (day, assets) in new[] { ("2023-06-30", 100m), ("2024-06-30", 150m), ("2024-10-01", 150m), ("2024-12-31", 140m) })
            Assert.That((await bench.Ask($$"""{ company(uscc: "91330106MA2NEND03N", asOf: "{{day}}") { totalAssets } }""")).GetProperty("totalAssets").GetDecimal(), Is.EqualTo(assets * 1_000_000), day);
        Assert.That((await bench.Quarantined()).Single().GetProperty("reason").GetString(), Does.Contain("2024-11-02").And.Contain("before"));
    }

    /// <summary>Kind 24: a listing and a price dated ahead of the day they were delivered do not move the day of everybody.</summary>
    [Test]
    public async Task ADayThatHasNotComeMovesNothing()
    {
        bench.Write("in/exchange/securities.csv", "security_code,name,kind,issuer_uscc,board,total_shares,float_shares,haircut,listed_on\n600519.SH,样本股份,A_SHARE,,SSE,100,100,0.7,2001-08-27\n");
        bench.Write("in/exchange/prices.csv", "security_code,trade_date,close,suspended\n600519.SH,2025-06-30,10,false\n600519.SH,2052-06-30,99,false\n");
        bench.Write("in/brokers/B001/clients.csv", $"{Clients}1,张伟,,PERSON,,,,1955-02-03,M,,,33,2020-01-01\n2,李四,,PERSON,,,,1955-02-03,M,,,33,2205-01-01\n");
        await bench.Import(bench.PathOf("in"));
        Assert.That((await bench.Quarantined()).Select(entry => entry.GetProperty("field").GetString()), Is.EquivalentTo(new[] { "trade_date", "opened_on" }));
        var stamp = (await bench.Ask("""{ store { stamp { asOf } } }""")).GetProperty("stamp").GetProperty("asOf").GetString()!;
        Assert.That(string.CompareOrdinal(stamp, "2030"), Is.Negative, stamp);
        Assert.That((await bench.Ask("""{ node(id: "Security/600519.SH") { ... on Security { close } } }""")).GetProperty("close").GetDecimal(), Is.EqualTo(10m));
    }

    /// <summary>An agreement binds through its last day, and not on the day after.</summary>
    [Test]
    public async Task AnAgreementBindsThroughItsLastDay()
    {
        const string Company = "91110000600037341L";
        bench.Write("in/registry/companies.csv", $"{Companies}{Company},样本有限公司,,,33,,,2012-01-04\n");
        bench.Write("in/registry/persons.csv", "person_no,name,id_number,birth_date,region\nP1,张伟,,,33\nP2,李四,,,33\nP3,王五,,,33\n");
        bench.Write("in/registry/shareholders.csv", $"{Holders}1,{Company},PERSON,P1,张伟,30,30,,2012-01-04,\n2,{Company},PERSON,P2,李四,30,30,,2012-01-04,\n3,{Company},PERSON,P3,王五,40,40,,2012-01-04,\n");
        bench.Write("in/registry/agreements.csv", $"agreement_no,party_kind,party_no,company_uscc,signed_on,ended_on\nA1,PERSON,P1,{Company},2020-01-01,2024-06-30\nA1,PERSON,P2,{Company},2020-01-01,2024-06-30\n");
        await bench.Import(bench.PathOf("in"));
        foreach (var (day, controllers) in new[] { ("2024-06-29", 2), ("2024-06-30", 2), ("2024-07-01", 0) })
        {
            var control = (await bench.Ask($$"""{ controllers(company: "Company/registry:{{Company}}", asOf: "{{day}}") { control { controllers { id } } } }"""))
                .GetProperty("control").EnumerateArray().SelectMany(each => each.GetProperty("controllers").EnumerateArray());
            Assert.That(control.Select(Id).Distinct().Count(), Is.EqualTo(controllers), day);
        }
    }

    private async Task<(string Company, string Nominator)> ImportNomineesOfASpreadsheet()
    {
        var mapping = bench.Write("own.yaml", """
            mapping: own-holders
            files: holders.csv
            source: own
            reliability: 0.9
            columns: { no: 序号, company: 公司名称, holder: 股东, principal: 被代持人, pct: "持股比例(%)" }
            key: "{no}"
            nodes:
              company: { type: Company, key: "own:{company}" }
              holder: { type: Person, key: "own:{holder}" }
              principal: { type: Person, key: "own:{principal}" }
            facts:
              - { node: company, set: { name: company } }
              - { node: holder, set: { name: holder } }
              - { node: principal, optional: true, set: { name: principal } }
              - { edge: HOLDS, from: holder, to: company, key: "{no}", set: { share: { column: pct, percent: true }, nominee: { value: true, when: { principal: "*" } } } }
              - { edge: RELATED_TO, from: principal, to: holder, optional: true, set: { kind: { value: nominator } } }
            """);
        Assert.That(Quarantined(await bench.Import(bench.Write("holders.csv", "序号,公司名称,股东,被代持人,持股比例(%)\n1,样本有限公司,张伟,李四,60\n2,样本有限公司,李四,,40\n"), "--mapping", mapping)), Is.Zero);
        return ("Company/own:样本有限公司", "Person/own:李四");
    }

    private async Task<(string Company, string Nominator)> ImportNomineesOfFollowTheMoney()
    {
        await bench.Import(bench.Write("x.ftm.json", string.Join('\n',
            """{"id":"n","caption":"N N","schema":"Person","properties":{"name":["N N"]}}""", """{"id":"p","caption":"P P","schema":"Person","properties":{"name":["P P"]}}""",
            """{"id":"c","caption":"C C","schema":"Company","properties":{"name":["C C"]}}""",
            """{"id":"o","schema":"Ownership","properties":{"owner":["n"],"asset":["c"],"percentage":["100"],"role":["Nominee shareholder"]}}""",
            """{"id":"r","schema":"Representation","properties":{"agent":["n"],"client":["p"],"role":["nominee"]}}""")));
        return ("Company/ftm:c", "Person/ftm:p");
    }

    private async Task<(string Company, string Nominator)> ImportNomineesOfBods()
    {
        await bench.Import(bench.Write("x.jsonl", string.Join('\n', Entity("c", "C Ltd"), Entity("a", "A for P", """{"type":"arrangement","subtype":"nomination"}"""), Person("n"), Person("p"),
            Tie("r1", "a", "n", """{"type":"nominee"}"""), Tie("r2", "a", "p", """{"type":"nominator"}"""),
            Tie("h", "c", "a", """{"type":"shareholding","directOrIndirect":"direct","share":{"exact":100}}"""))));
        return ("Company/bods:c", "Person/bods:p");
    }

    private static string Entity(string id, string name, string type = """{"type":"registeredEntity"}""") =>
        $$$"""{"statementId":"s-{{{id}}}","recordId":"{{{id}}}","recordType":"entity","recordStatus":"new","recordDetails":{"entityType":{{{type}}},"name":"{{{name}}}"}}""";

    private static string Registered(string id, string name, string scheme, string number) =>
        $$$"""{"statementId":"s-{{{id}}}","recordId":"{{{id}}}","recordType":"entity","recordStatus":"new","recordDetails":{"entityType":{"type":"registeredEntity"},"name":"{{{name}}}","identifiers":[{"id":"{{{number}}}","scheme":"{{{scheme}}}"}]}}""";

    private static string Person(string id) =>
        $$$"""{"statementId":"s-{{{id}}}","recordId":"{{{id}}}","recordType":"person","recordStatus":"new","recordDetails":{"personType":"knownPerson","names":[{"type":"legal","fullName":"Person {{{id}}}"}]}}""";

    private static string Tie(string id, string subject, string party, string interest, string number = "1") =>
        $$$"""{"statementId":"s-{{{id}}}-{{{number}}}","recordId":"{{{id}}}","recordType":"relationship","recordStatus":"new","recordDetails":{"subject":"{{{subject}}}","interestedParty":"{{{party}}}","interests":[{{{interest}}}]}}""";

    private static string Id(JsonElement node) => node.GetProperty("id").GetString()!;

    private static long Quarantined(JsonElement report) => report.GetProperty("quarantined").GetInt64();

    private async Task<string[]> HoldersOf(string company, string day = Day) =>
        [.. (await bench.Ask($$"""{ client(id: "{{company}}", asOf: "{{day}}") { ... on Company { holders { edges { node { id } } } } } }"""))
            .GetProperty("holders").GetProperty("edges").EnumerateArray().Select(edge => Id(edge.GetProperty("node")))];

    private async Task<string[]> Found(string text) =>
        [.. (await bench.Ask($$"""{ search(text: "{{text}}", types: [PERSON]) { edges { node { id } } } }""")).GetProperty("edges").EnumerateArray().Select(edge => Id(edge.GetProperty("node")))];
}
