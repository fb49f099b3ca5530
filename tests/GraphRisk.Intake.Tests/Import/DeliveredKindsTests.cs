using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Explaining;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;

namespace GraphRisk.Intake.Tests.Import;

/// <summary>The kinds of the reported cases in other formats: what is delivered lands rightly or is named.</summary>
internal sealed class DeliveredKindsTests
{
    private const string Holders = "record_no,company_uscc,holder_kind,holder_no,holder_name,share_pct,votes_pct,amount,valid_from,valid_to\n";
    private const string Clients = "client_no,name,former_name,kind,id_type,id_number,id_expires,birth_date,sex,phone,address,region,opened_on\n";
    private const string Accounts = "account_no,client_no,kind,opened_on,closed_on\n";

    [TestCase(">50", "shareMin: 0.5, shareMinOpen: true")]
    [TestCase("more than 50% but not more than 75%", "shareMax: 0.75, shareMin: 0.5, shareMinOpen: true")]
    [TestCase("at least 50", "shareMin: 0.5")]
    [TestCase("超过50%", "shareMin: 0.5, shareMinOpen: true")]
    [TestCase("25-50\",\"49", "share: 0.49")]
    [TestCase("49\",\"25-50", "share: 0.49")]
    [TestCase("25-75\",\">50", "shareMax: 0.75, shareMin: 0.5, shareMinOpen: true")]
    public async Task RangesKeepTheirEndsAndNeverWidenANumber(string stated, string expected)
    {
        using var bench = new ImportBench();
        bench.Write("x.ftm.json", string.Join('\n', Party("p", "Person"), Party("c", "Company"),
            $$$"""{"id":"o","schema":"Ownership","properties":{"owner":["p"],"asset":["c"],"percentage":["{{{stated}}}"]}}"""));
        await bench.Import();
        Assert.That(bench.Store.Edges("HOLDS").Single().Properties.ToString(), Is.EqualTo(expected));
    }

    [Test]
    public async Task BoundsThatExcludeEachOtherAreFlaggedAndTheHoldingLands()
    {
        using var bench = new ImportBench();
        bench.Write("x.json", Bods("""{"type":"shareholding","directOrIndirect":"direct","share":{"minimum":75,"maximum":50}}"""));
        var report = await bench.Import();
        Assert.That((report.Quarantined, report.Flagged), Is.EqualTo((0, 1)));
        Assert.That(bench.Store.Edges("HOLDS").Single().Properties.ToString(), Is.EqualTo("directness: DIRECT"));
        Assert.That(bench.Quarantine.List().Single().Reason, Does.Contain("no number lies between"));
    }

    [Test]
    public async Task ANomineeInFollowTheMoneyIsMarkedAndNamesItsPrincipal()
    {
        using var bench = new ImportBench();
        bench.Write("x.ftm.json", string.Join('\n', Party("n", "Person"), Party("p", "Person"), Party("c", "Company"),
            """{"id":"o","schema":"Ownership","properties":{"owner":["n"],"asset":["c"],"percentage":["100"],"role":["nominee shareholder"]}}""",
            """{"id":"r","schema":"Representation","properties":{"agent":["n"],"client":["p"],"role":["nominee"]}}"""));
        await bench.Import();
        Assert.That(bench.Store.Edges("HOLDS").Single().Properties.ToString(), Is.EqualTo("nominee: true, share: 1"));
        Assert.That(bench.Store.Edges("RELATED_TO").Single().Properties.ToString(), Is.EqualTo("kind: nominee"));
    }

    [TestCase("3.30106E+17")]
    [TestCase("330106195502031000")]
    public async Task ANumberASpreadsheetDamagedIsNoIdentifier(string number)
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", $"{Clients}1,张伟,,PERSON,RESIDENT_ID,{number},,1955-02-03,M,,,33,2020-01-01\n");
        bench.Write("brokers/B002/clients.csv", $"{Clients}1,张伟,,PERSON,RESIDENT_ID,'330106195502031118,,1955-02-03,M,,,33,2020-01-01\n");
        var report = await bench.Import();
        Assert.That((report.Quarantined, report.Flagged), Is.EqualTo((0, 1)));
        Assert.That(bench.Store.Node("Person/broker-B001:1").Properties.ToString(), Does.Not.Contain("residentId"));
        Assert.That(bench.Store.Node("Person/broker-B002:1").Properties.ToString(), Does.Contain("residentId: 330106195502031118"));
    }

    [TestCase("PERSON", "RESIDENT_ID", "330106195502301112", "residentId", "the day in it does not exist")]
    [TestCase("PERSON", "RESIDENT_ID", "330106195502031119", "residentId", "its check character does not fit")]
    [TestCase("PERSON", "RESIDENT_ID", "990106195502031118", "residentId", "the region in it was never assigned")]
    [TestCase("PERSON", "RESIDENT_ID", "91110000600037341L", "residentId", "it is a sound unified social credit code")]
    [TestCase("COMPANY", "USCC", "330106195502031118", "uscc", "it is a sound resident identity number")]
    [TestCase("COMPANY", "USCC", "91110000600037341K", "uscc", "its check character does not fit")]
    public async Task ANumberThatFailsItsOwnCheckLandsAndIsFlagged(string kind, string scheme, string number, string field, string why)
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", $"{Clients}1,某某,,{kind},{scheme},{number},,,,,,33,2020-01-01\n");
        var report = await bench.Import();
        Assert.That((report.Quarantined, report.Flagged), Is.EqualTo((0, 1)));
        Assert.That(bench.Store.Nodes(kind == "PERSON" ? "Person" : "Company").Single().Properties.ToString(), Does.Contain($"{field}: {number}"));
        Assert.That(bench.Quarantine.List().Single().Field, Is.EqualTo(field));
        Assert.That(bench.Quarantine.List().Single().Reason, Does.EndWith(why));
    }

    [Test]
    public async Task APassportAmongResidentNumbersIsToldAsWhatItIs()
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", $"{Clients}1,某某,,PERSON,RESIDENT_ID,E12345678,,,,,,33,2020-01-01\n");
        Assert.That((await bench.Import()).Flagged, Is.EqualTo(1));
        var entry = bench.Quarantine.List().Single();
        Assert.That((entry.Record, entry.Field, entry.Reason), Is.EqualTo(("1", "residentId", "is 'E12345678', which is no resident identity number: it has the form of a passport number")));
    }

    [TestCase("brokers/B001/clients.csv", Clients + "1,,,PERSON,RESIDENT_ID,330106195502031118,,,,,,33,2020-01-01\n2,  ,,COMPANY,USCC,91110000600037341L,,,,,,33,2020-01-01\n", 2)]
    [TestCase("registry/persons.csv", "person_no,name,id_number,birth_date,region\n1,,330106195502031118,1955-02-03,33\n2,张伟,,,33\n", 1)]
    [TestCase("x.jsonl", """{"statementId":"s1","recordId":"p","recordType":"person","recordStatus":"new","recordDetails":{"personType":"knownPerson","birthDate":"1955-02-03"}}""", 1)]
    [TestCase("x.jsonl", """{"statementId":"s1","recordId":"p","recordType":"person","recordStatus":"new","recordDetails":{"personType":"anonymousPerson","birthDate":"1955-02-03"}}""", 0)]
    public async Task APartyWithoutANameLandsAndIsFlagged(string path, string text, int flagged)
    {
        using var bench = new ImportBench();
        bench.Write(path, text);
        var report = await bench.Import();
        Assert.That((report.Quarantined, report.Flagged), Is.EqualTo((0, flagged)), string.Join('\n', bench.Quarantine.List().Select(entry => entry.Reason)));
        Assert.That(bench.Quarantine.List().Select(entry => (entry.Field, Named: entry.Reason.Contains("without a name", StringComparison.Ordinal))), Is.All.EqualTo((path.StartsWith('x') ? "names" : "name", true)));
    }

    [TestCase("330106********1118")]
    [TestCase("330106550203111")]
    public async Task ANumberThatHidesOrHasNoCheckFailsNone(string number)
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", $"{Clients}1,某某,,PERSON,RESIDENT_ID,{number},,,,,,33,2020-01-01\n");
        Assert.That((await bench.Import()).Flagged, Is.Zero);
    }

    [Test]
    public async Task AKeyASpreadsheetDamagedIsHeldBack()
    {
        using var bench = new ImportBench();
        bench.Write("registry/companies.csv", "uscc,name,legal_form,industry,region,address,registered_capital,established\n9.13301E+17,一,,,33,,,2012-01-04\n9.13301E+17,二,,,33,,,2012-01-04\n");
        Assert.That((await bench.Import()).Quarantined, Is.EqualTo(2));
    }

    [TestCase("长期")]
    [TestCase("9999.12.31")]
    [TestCase("9999年12月31日")]
    [TestCase("Permanent")]
    public async Task NoEndIsNoFaultInAnyColumn(string word)
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", $"{Clients}1,张伟,,PERSON,,,{word},1955-02-03,M,,,33,2020-01-01\n");
        bench.Write("registry/shareholders.csv", $"{Holders}1,91110000600037341L,PERSON,P1,张伟,100,100,,2012-01-04,{word}\n");
        var report = await bench.Import();
        Assert.That((report.Quarantined, report.Flagged), Is.EqualTo((0, 0)));
        Assert.That(bench.Store.Node("Person/broker-B001:1").Properties.ToString(), Does.Not.Contain("idExpiresOn"));
        Assert.That(bench.Store.Edges("HOLDS").Single().Validity.To, Is.EqualTo(DateTimeOffset.MaxValue));
    }

    [TestCase("0001-01-01", "2020-01-01", "birth_date")]
    [TestCase("9999-12-31", "2020-01-01", "birth_date")]
    [TestCase("长期", "2020-01-01", "birth_date")]
    [TestCase("1955-02-03", "0001-01-01", "opened_on")]
    [TestCase("1955-02-03", "9999-12-31", "opened_on")]
    [TestCase("1955-02-03", "99991231", "opened_on")]
    public async Task ADayThatStandsForNoneIsNoneAndIsFlagged(string born, string opened, string field)
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", $"{Clients}1,张伟,,PERSON,,,9999-12-31,{born},M,,,33,{opened}\n");
        var report = await bench.Import();
        Assert.That((report.Quarantined, report.Flagged, bench.Quarantine.List().Single().Field), Is.EqualTo((0, 1, field)));
        var person = bench.Store.Node("Person/broker-B001:1");
        Assert.That(person.Properties.TryGet("birthDate", out _), Is.EqualTo(field != "birth_date"));
        Assert.That(person.Validity.From, Is.EqualTo(field == "opened_on" ? DateTimeOffset.MinValue : new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [TestCase("0001-01-01")]
    [TestCase("9999")]
    public async Task ADayThatStandsForNoneIsFlaggedInTheFormatsOfTheField(string day)
    {
        using var bench = new ImportBench();
        bench.Write("x.ftm.json", $$$"""{"id":"p","caption":"P","schema":"Person","properties":{"name":["P P"],"birthDate":["{{{day}}}"]}}""");
        bench.Write("x.jsonl", Bods($$$"""{"type":"shareholding","directOrIndirect":"direct","startDate":"{{{day}}}","endDate":"9999-12-31","share":{"exact":30}}"""));
        var report = await bench.Import();
        Assert.That((report.Quarantined, report.Flagged), Is.EqualTo((0, 2)));
        Assert.That(bench.Store.Node("Person/ftm:p").Properties.TryGet("birthDate", out _), Is.False);
        Assert.That(bench.Store.Edges("HOLDS").Single().Validity, Is.EqualTo(Validity.Always));
    }

    [TestCase("荣富证券股份有限公司", 1)]
    [TestCase("榮富證券股份有限公司", 1)]
    [TestCase("杭州荣富贸易有限公司", 1)]
    [TestCase("荣富信托有限责任公司", 1)]
    [TestCase("荣富贸易有限公司", 18)]
    [TestCase("王小明", 18)]
    public async Task ThePlaintiffOfEighteenTextsIsOneWhereItsNameIsNobodyElses(string name, int nodes)
    {
        using var bench = new ImportBench();
        bench.Write("court/announcements.ndjson", string.Concat(Enumerable.Range(0, 18).Select(i =>
            $$"""{"doc_no":"D{{i}}","court":"杭州市西湖区人民法院","kind":"起诉状副本及开庭传票","case_no":"（2024）浙0106民初{{100 + i}}号","published_on":"2024-05-{{i + 1:00}}","text":"杭州被样{{i}}科技有限公司：本院受理原告{{name}}诉你公司证券回购合同纠纷一案（（2024）浙0106民初{{100 + i}}号），现依法向你公告送达起诉状副本及开庭传票。"}""" + "\n")));
        Assert.That((await bench.Import()).Quarantined, Is.Zero);
        var said = bench.Store.Facts.OfType<NodeFact>().Where(fact => fact.Properties.TryGet("name", out var value) && value.AsString() == name).ToList();
        Assert.That(said.Select(fact => fact.Node).Distinct().Count(), Is.EqualTo(nodes));
        Assert.That(bench.Store.Edges("PARTY_TO").Count(edge => said.Exists(fact => fact.Node == edge.From)), Is.EqualTo(18), "each case has its plaintiff");
    }

    [Test]
    public async Task AValueTheRowCanDoWithoutCostsItselfAlone()
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", $"{Clients}1,张伟,,PERSON,,,soon,1955-02-31,X,139,,33,2020-01-01\n");
        var report = await bench.Import();
        Assert.That((report.Quarantined, report.Flagged), Is.EqualTo((0, 1)));
        Assert.That(bench.Store.Node("Person/broker-B001:1").Properties.ToString(), Is.EqualTo("name: 张伟, phone: 139"));
        var entry = bench.Quarantine.List().Single();
        Assert.That(entry.Landed, Is.True);
        Assert.That(entry.Reason, Does.Contain("soon").And.Contain("1955-02-31").And.Contain("'X'"));
    }

    [Test]
    public async Task ASerialDayASpreadsheetWroteIsRead()
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", $"{Clients}1,张伟,,PERSON,,,,20123,M,,,33,43831\n");
        await bench.Import();
        var person = bench.Store.Node("Person/broker-B001:1");
        Assert.That(person.Properties.ToString(), Does.Contain("birthDate: 1955-02-03"));
        Assert.That(person.Validity.From, Is.EqualTo(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [TestCase(true, true)]
    [TestCase(false, true)]
    [TestCase(true, false)]
    [TestCase(false, false)]
    public async Task Utf16IsReadAsWhatItStandsFor(bool little, bool mark)
    {
        var text = $"{Clients}1,张伟,,PERSON,,,,1955-02-03,M,139,,33,2020-01-01\n";
        var encoding = new UnicodeEncoding(bigEndian: !little, byteOrderMark: mark);
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);
        bench.Write("x.ftm.json", [.. encoding.GetPreamble(), .. encoding.GetBytes(Party("p", "Person"))]);
        Assert.That((await bench.Import()).Quarantined, Is.Zero);
        Assert.That(bench.Store.Node("Person/broker-B001:1").Properties.ToString(), Does.Contain("name: 张伟"));
        Assert.That(bench.Store.Nodes("Person").Count(), Is.EqualTo(2));
    }

    [TestCase("\r", "utf-8")]
    [TestCase("\r", "utf-16")]
    [TestCase("\r", "GB18030")]
    [TestCase("\r\n", "utf-8")]
    [TestCase("\r\r\n", "utf-8")]
    public async Task LinesEndAsTheyEnd(string end, string name)
    {
        var encoding = name == "GB18030" ? CodePagesEncodingProvider.Instance.GetEncoding(name)! : Encoding.GetEncoding(name);
        using var bench = new ImportBench();
        var text = $"{Clients}1,张伟,,PERSON,,,,1955-02-03,M,139,\"一\u2028号\",33,2020-01-01\n2,李四,,PERSON,,,,1955-02-31,M,139,,33,2020-01-01\n".Replace("\n", end, StringComparison.Ordinal);
        bench.Write("brokers/B001/clients.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);
        var report = await bench.Import();
        Assert.That((report.Rows, report.Quarantined, report.Flagged), Is.EqualTo((2, 0, 1)));
        Assert.That(bench.Store.Nodes("Person").Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task BlankRowsAndColumnsAreNoFaults()
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/accounts.csv", ",,,,,,\naccount_no,client_no,kind,opened_on,closed_on,,\n,,,,,,\n1,1,CREDIT,2020-01-01,,,\n  \n2,1,CREDIT,2020-01-01,\n3,1,CREDIT,2020-01-01,,,,,,\n,,,,\n");
        bench.Write("brokers/B001/clients.csv", $"{Clients}1,张伟,,PERSON,,,,1955-02-03,M,139,,33,2020-01-01\n\n   \n");
        Assert.That((await bench.Import()).Quarantined, Is.Zero);
        Assert.That(bench.Store.Nodes("Account").Count(), Is.EqualTo(3));
    }

    [Test]
    public async Task AnAccountWhoseClientCameInAnEarlierDeliveryFindsItInTheStore()
    {
        using var bench = new ImportBench();
        var accounts = bench.Write("b/brokers/B001/accounts.csv", Accounts + "1,1,CREDIT,2020-01-01,\n2,2,CREDIT,2020-01-01,\n");
        var first = bench.Write("a/brokers/B001/clients.csv", $"{Clients}1,张伟,,PERSON,,,,1955-02-03,M,139,,33,2020-01-01\n");
        await bench.Import(null, first);
        Assert.That((await bench.Import(null, accounts)).Quarantined, Is.EqualTo(1));
        Assert.That(bench.Store.Edges("OWNS_ACCOUNT").Single().From.ToString(), Is.EqualTo("Person/broker-B001:1"));
        var late = bench.Write("c/brokers/B001/clients.csv", $"{Clients}2,样本有限公司,,COMPANY,,,,,,139,,33,2020-01-01\n");
        Assert.That((await bench.Import(null, late)).Arrived, Is.EqualTo(1), "what waited lands by itself");
        Assert.That(bench.Quarantine.List(QuarantineState.Open), Is.Empty);
    }

    [Test]
    public async Task ADeliveryOfStatementsFindsItsPartiesInTheStore()
    {
        using var bench = new ImportBench();
        var all = Bods("""{"type":"shareholding","directOrIndirect":"direct","share":{"exact":30}}""").Split('\n');
        var tie = bench.Write("1.jsonl", all[2]);
        Assert.That((await bench.Import(null, tie)).Quarantined, Is.EqualTo(1));
        Assert.That((await bench.Import(null, bench.Write("2.jsonl", all[0]))).Arrived, Is.Zero);
        Assert.That((await bench.Import(null, bench.Write("3.jsonl", all[1]))).Arrived, Is.EqualTo(1));
        Assert.That(bench.Store.Edges("HOLDS").Single().Properties.ToString(), Does.Contain("share: 0.3"));
    }

    [Test]
    public async Task ARowDeliveredAgainTakesItsOldTiesBackAndAFullDeliveryEndsWhatIsGone()
    {
        using var bench = new ImportBench();
        var first = bench.Write("1/registry/shareholders.csv", Holders + "1,91110000600037341L,PERSON,P1,张伟,60,60,,2012-01-04,\n2,91110000600037341L,PERSON,P2,李四,40,40,,2012-01-04,\n");
        await bench.Import(null, first);
        var second = bench.Write("2/registry/shareholders.csv", Holders + "1,91110000600037341L,PERSON,P3,王五,60,60,,2012-01-04,\n");
        var later = ImportBench.Options with { RecordedAt = ImportBench.Options.RecordedAt.AddDays(30) };
        Assert.That((await bench.Import(later, second)).Files.Single().TakenBack, Is.EqualTo(1));
        Assert.That(bench.Store.Edges("HOLDS").Select(edge => edge.From.Key), Is.EquivalentTo(new[] { "registry:P2", "registry:P3" }), "an incremental delivery ends nothing");
        await bench.Import(later with { Full = true }, second);
        Assert.That(bench.Store.Edges("HOLDS").Single(edge => edge.From.Key == "registry:P2").Validity.To, Is.EqualTo(later.RecordedAt));
        Assert.That(bench.Store.Edges("HOLDS").Single(edge => edge.From.Key == "registry:P3").Validity.To, Is.EqualTo(DateTimeOffset.MaxValue));
    }

    [Test]
    public async Task ASanctionWhoseStatusSaysItIsOverIsNotInForce()
    {
        using var bench = new ImportBench();
        bench.Write("x.ftm.json", string.Join('\n', Party("p", "Person"),
            """{"id":"s1","schema":"Sanction","properties":{"entity":["p"],"program":["A"],"startDate":["2020-01-01"],"status":["Lifted"]}}""",
            """{"id":"s2","schema":"Sanction","properties":{"entity":["p"],"program":["B"],"startDate":["2020-01-01"],"status":["active"]}}"""));
        await bench.Import();
        Assert.That(bench.Store.Edges("LISTED_AS").Where(edge => edge.Validity.To == DateTimeOffset.MaxValue).Select(edge => edge.To.Key), Is.EqualTo(new[] { "ftm:s2" }));
    }

    [Test]
    public async Task AClosedContractThatOwesIsFlagged()
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/margin_statements.csv",
            "contract_no,as_of,status,cash,collateral_value,financed,short_value,interest\nM1,2024-06-30,CLOSED,1,2,3,0,0\nM2,2024-06-30,OPEN,1,2,3,0,0\n");
        var report = await bench.Import();
        Assert.That((report.Quarantined, report.Flagged), Is.EqualTo((0, 1)));
        Assert.That(bench.Quarantine.List().Single().Reason, Does.Contain("a closed contract owes nothing"));
    }

    [TestCase("identifiers", 600)]
    [TestCase("name", 2000)]
    public async Task AValueTooLongForAnIndexIsNamedAndTheOthersLand(string field, int length)
    {
        using var bench = new ImportBench();
        var immense = new string('大', length);
        bench.Write("x.ftm.json", Party("p", "Person") + "\n" + $$$"""{"id":"c","schema":"Company","properties":{"name":["{{{(field == "name" ? immense : "C")}}}"],"registrationNumber":["{{{immense}}}"]}}""");
        bench.Write("registry/persons.csv", $"person_no,name,id_number,birth_date,region\n1,{new string('大', 2000)},,,33\n2,张伟,,,33\n");
        await bench.Import();
        Assert.That(bench.Quarantine.List().Select(entry => entry.Reason), Is.All.Contains("longer than"));
        Assert.That(bench.Quarantine.List(), Has.Count.EqualTo(2));
        Assert.That(bench.Store.Nodes("Person").Count(), Is.EqualTo(2));
        Assert.That(bench.Store.Nodes("Company").Count(), Is.EqualTo(field == "name" ? 0 : 1));
    }

    [TestCase(50)]
    [TestCase(70)]
    [TestCase(10_000)]
    public async Task TheImportStopsWhereTooManyRecordsAreBroken(int batch)
    {
        using var bench = new ImportBench();
        bench.Write("registry/persons.csv", "person_no,name,id_number,birth_date,region\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"{i},,,,33\n")));
        var report = (await bench.Import(ImportBench.Options with { MostBroken = 100, BatchRecords = batch })).Files.Single();
        Assert.That(report.Reason, Is.EqualTo($"stopped: more than 100 records are broken; of the records after the first {100 / batch * batch} none is taken in"));
        Assert.That((report.Rows, report.Quarantined, bench.Quarantine.Count), Is.EqualTo((101, 101, 101)));
    }

    [Test]
    public async Task AFileThatWasStoppedLandsWholeOnceMoreIsAllowed()
    {
        using var bench = new ImportBench();
        bench.Write("registry/persons.csv", "person_no,name,id_number,birth_date,region\n" + string.Concat(Enumerable.Range(0, 500).Select(i => i % 2 == 0 ? $"{i},,,,33\n" : $"{i},张伟,,,33\n")));
        Assert.That((await bench.Import(ImportBench.Options with { MostBroken = 0 })).Files.Single().Landed, Is.Zero);
        Assert.That((await bench.Import()).Files.Single().Landed, Is.EqualTo(250));
        Assert.That(bench.Store.Nodes("Person").Count(), Is.EqualTo(250));
    }

    [Test]
    public async Task AFullDeliveryWithoutARecordEndsNothingAndSaysSo()
    {
        using var bench = new ImportBench();
        await bench.Import(null, bench.Write("1/registry/shareholders.csv", Holders + "1,91110000600037341L,PERSON,P1,张伟,60,60,,2012-01-04,\n"));
        var report = await bench.Import(ImportBench.Options with { Full = true }, bench.Write("2/registry/shareholders.csv", Holders));
        Assert.That(report.Files.Single().Reason, Is.EqualTo("ended nothing: the full delivery holds no record"));
        Assert.That(bench.Store.Edges("HOLDS").Single().Validity.To, Is.EqualTo(DateTimeOffset.MaxValue));
    }

    [TestCase("csv", "no,name,born,remark,other,name\n1,Ann,1949-12-31,x,y,Anna\n", "other, name#2, remark")]
    [TestCase("ndjson", """{"no":"1","name":"Ann","born":"1949-12-31","remark":"x","other":{"a":1},"Name":"Anna"}""", "Name, other, remark")]
    public async Task WhatNothingIsMadeOfIsToldAsNotRead(string format, string text, string unread)
    {
        using var bench = new ImportBench();
        bench.Write("own/people.txt", text);
        bench.Mappings = new MappingSet(new MappingLoader(SchemaCatalog.LoadEmbedded()).Load("own.yaml", $$"""
            mapping: own-people
            files: own/people.txt
            format: {{format}}
            source: own
            reliability: 0.5
            columns: [no, name, born, remark]
            key: "{no}"
            nodes:
              person: { type: Person, key: "{source}:{no}" }
            facts:
              - { node: person, set: { name: name, birthDate: born } }
            """));
        var file = (await bench.Import()).Files.Single();
        Assert.That((file.Landed, string.Join(", ", file.Unread)), Is.EqualTo((1, unread)));
        if (format != "csv") return;
        var told = new ImportExplainer(SchemaCatalog.LoadEmbedded(), bench.Mappings).Explain([bench.Files], ImportBench.Options, 1).Single().Columns;
        Assert.That(told.Select(column => (column.Header, column.Becomes.Count)), Is.EqualTo(new[] { ("no", 2), ("name", 1), ("born", 1), ("remark", 1), ("other", 0), ("name#2", 0) }));
    }

    private static string Party(string id, string schema) => $$$"""{"id":"{{{id}}}","caption":"{{{id}}} name","schema":"{{{schema}}}","properties":{"name":["{{{id}}} name"]}}""";

    private static string Bods(string interest) => string.Join('\n',
        """{"statementId":"s1","recordId":"p","recordType":"person","recordStatus":"new","recordDetails":{"personType":"knownPerson","names":[{"type":"legal","fullName":"P"}]}}""",
        """{"statementId":"s2","recordId":"c","recordType":"entity","recordStatus":"new","recordDetails":{"entityType":{"type":"registeredEntity"},"name":"C"}}""",
        $$$"""{"statementId":"s3","recordId":"r","recordType":"relationship","recordStatus":"new","recordDetails":{"subject":"c","interestedParty":"p","interests":[{{{interest}}}]}}""");
}
