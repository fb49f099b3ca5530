using System.Text;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;

namespace GraphRisk.Intake.Tests.Import;

public sealed class QuarantineTests
{
    private const string Header = "client_no,name,former_name,kind,id_type,id_number,id_expires,birth_date,sex,phone,address,region,opened_on\n";
    private const string Good = "1,张伟,,PERSON,,,,1949-12-31,M,,,31,2021-03-01\n";
    private const string Bad = "2,李四,,PERSON,,,,1949-12-32,M,,,31,2021-03-01\n";

    [Test]
    public async Task ABrokenRowIsKeptWithPlaceReasonAndBytesAndTheOthersLand()
    {
        using var bench = new ImportBench();
        const string Bad = "2,李四,,PERSON,,,,1949-12-31,M,,,31,2021-03-32\n";
        var path = bench.Write("brokers/B001/clients.csv", Header + Good + Bad + Good.Replace("1,张", "3,张", StringComparison.Ordinal));
        await bench.Import();
        var entry = bench.Quarantine.List().Single();
        Assert.That((entry.File, entry.Line, entry.Field, entry.Mapping), Is.EqualTo((path, 3, "opened_on", "broker-clients")));
        Assert.That(entry.Reason, Is.EqualTo("is '2021-03-32', which is not a time as yyyy-MM-dd or yyyyMMdd"));
        Assert.That(entry.RawText, Is.EqualTo(Bad.TrimEnd()));
        Assert.That(bench.Store.Nodes("Person").Select(fact => fact.Node.Key), Is.EqualTo(new[] { "broker-B001:1", "broker-B001:3" }));
    }

    [Test]
    public async Task TheSameFaultFoundAgainIsTheSameEntry()
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", Header + Bad);
        await bench.Import();
        bench.Reopen();
        await bench.Import();
        Assert.That(bench.Quarantine.List(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task TheSameRowBrokenAtTwoBrokersIsTwoEntries()
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", Header + Bad);
        bench.Write("brokers/B002/clients.csv", Header + Bad);
        await bench.Import();
        Assert.That(bench.Quarantine.List().Select(entry => Path.GetFileName(Path.GetDirectoryName(entry.File))), Is.EqualTo(new[] { "B001", "B002" }));
    }

    [Test]
    public async Task ItCanBeLookedAtWhileItIsWrittenTo()
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", Header + Bad);
        await bench.Import();
        using var seen = QuarantineLog.OpenToRead(bench.Data);
        Assert.That(seen.List().Select(entry => entry.Id), Is.EqualTo(bench.Quarantine.List().Select(entry => entry.Id)));
        bench.Write("brokers/B002/clients.csv", Header + Bad);
        await bench.Import();
        Assert.That((seen.List().Count, bench.Quarantine.List().Count), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task AMendedRowLandsAndStaysMendedWhenItsFileIsImportedAgain()
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", Header + Bad);
        await bench.Import();
        var entry = bench.Quarantine.List().Single();
        var mended = Encoding.UTF8.GetBytes(entry.RawText.Replace("12-32", "12-31", StringComparison.Ordinal));
        var report = await Replay(bench, new() { [entry.Id] = mended });
        Assert.That((report.Replayed.Count, report.Failed.Count), Is.EqualTo((1, 0)));
        Assert.That(bench.Store.Node("Person/broker-B001:2").Properties.ToString(), Does.Contain("birthDate: 1949-12-31"));
        bench.Reopen();
        await bench.Import();
        Assert.That(bench.Quarantine.List(QuarantineState.Open), Is.Empty);
        Assert.That(bench.Quarantine.List().Single().Correction, Is.EqualTo(mended));
    }

    [Test]
    public async Task ARowThatIsStillBrokenKeepsItsReasonBesideThatOfTheTry()
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", Header + Bad);
        await bench.Import();
        var entry = bench.Quarantine.List().Single();
        var report = await Replay(bench, new() { [entry.Id] = "2,李四"u8.ToArray() });
        Assert.That(report.Failed.Single().Reason, Is.EqualTo(entry.Reason));
        Assert.That(report.Failed.Single().Tried!.Reason, Is.EqualTo("has 2 fields, the header names 13"));
        Assert.That(bench.Quarantine.List(QuarantineState.Open), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task WhatWaitedForAMendedRowLandsInTheSameReplay()
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", Header + "2,李四\n");
        bench.Write("brokers/B001/accounts.csv", "account_no,client_no,kind,opened_on,closed_on\n82,2,CREDIT,2021-03-02,\n");
        await bench.Import();
        var entries = bench.Quarantine.List();
        Assert.That(entries.Select(entry => entry.Reason), Is.EqualTo(new[] { "is '2', which is no record of clients.csv", "has 2 fields, the header names 13" }));
        var client = entries.Single(entry => entry.Mapping == "broker-clients");
        var report = await Replay(bench, new() { [client.Id] = Encoding.UTF8.GetBytes(Bad.TrimEnd().Replace("12-32", "12-31", StringComparison.Ordinal)) });
        Assert.That(report.Failed.Select(entry => entry.Reason), Is.Empty);
        Assert.That(bench.Store.Edges("OWNS_ACCOUNT").Single().From.ToString(), Is.EqualTo("Person/broker-B001:2"));
    }

    [Test]
    public async Task AMendedMappingLetsTheRowLandAsItWas()
    {
        using var bench = new ImportBench();
        bench.Write("own/people.csv", "no,name,born\n1,Ann,31.12.1949\n");
        bench.Mappings = Own("yyyy-MM-dd");
        await bench.Import();
        Assert.That(bench.Quarantine.List(QuarantineState.Open), Has.Count.EqualTo(1));
        bench.Mappings = Own("dd.MM.yyyy");
        Assert.That((await Replay(bench, [])).Failed, Is.Empty);
        Assert.That(bench.Store.Node("Person/own:1").Properties.ToString(), Is.EqualTo("birthDate: 1949-12-31, name: Ann"));
    }

    [Test]
    public async Task AFileWhoseHeaderLacksAColumnIsOneEntryAndLandsOnceTheFileIsMended()
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", Header.Replace("kind", "knd", StringComparison.Ordinal) + Good);
        var report = await bench.Import();
        var entry = bench.Quarantine.List().Single();
        Assert.That((entry.WholeFile, entry.Field), Is.EqualTo((true, "kind")));
        Assert.That(report.Files.Single().Reason, Does.StartWith("kind: is missing in the header"));
        bench.Write("brokers/B001/clients.csv", Header + Good);
        Assert.That((await Replay(bench, [])).Failed, Is.Empty);
        Assert.That(bench.Store.Nodes("Person").Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task AnEmptyFileIsOneEntryThatIsReadAgain()
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", "");
        Assert.That((await bench.Import()).Files.Single().Reason, Does.Contain("empty"));
        bench.Reopen();
        Assert.That((bench.Quarantine.List().Single().WholeFile, bench.Quarantine.List().Single().Length), Is.EqualTo((true, 0)));
        bench.Write("brokers/B001/clients.csv", Header + Good);
        await bench.Import();
        Assert.That(bench.Store.Nodes("Person").Count(), Is.EqualTo(1));
    }

    [Test]
    public void AnEntryOfWhichNothingIsKnownIsReadAgain()
    {
        using var bench = new ImportBench();
        bench.Quarantine.Add([new QuarantineEntry { Id = "", File = "", FileHash = "", Reason = "", Mapping = "" }]);
        bench.Reopen();
        Assert.That(bench.Quarantine.Count, Is.EqualTo(1));
    }

    [TestCase("")]
    [TestCase(" \r\n\r\n")]
    [TestCase(",,,,,,,,,,,,")]
    public async Task AMendedRowInWhichNothingStandsDropsNothing(string mended)
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", Header + Bad);
        await bench.Import();
        var report = await Replay(bench, new() { [bench.Quarantine.List().Single().Id] = Encoding.UTF8.GetBytes(mended) });
        Assert.That(report.Failed.Single().Tried!.Reason, Does.Contain("mended record"));
        Assert.That(bench.Quarantine.List(QuarantineState.Open), Has.Count.EqualTo(1));
    }

    [TestCase("utf-8")]
    [TestCase("utf-16")]
    [TestCase("GB18030")]
    public async Task ARowOfAnyEncodingMendsOneOfGb18030(string saved)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        using var bench = new ImportBench();
        var bad = Bad.Replace("2021-03-01", "soon", StringComparison.Ordinal);
        bench.Write("brokers/B001/clients.csv", encoding.GetBytes(Header + Good + bad));
        await bench.Import();
        var entry = bench.Quarantine.List().Single();
        var other = saved == "GB18030" ? encoding : Encoding.GetEncoding(saved);
        byte[] mended = [.. other.GetPreamble(), .. other.GetBytes(bad.Replace("soon", "2021-03-01", StringComparison.Ordinal).Replace("12-32", "12-31", StringComparison.Ordinal))];
        Assert.That((await Replay(bench, new() { [entry.Id] = mended })).Failed, Is.Empty);
        Assert.That(bench.Store.Node("Person/broker-B001:2").Properties.ToString(), Does.Contain("name: 李四"));
        Assert.That(bench.Quarantine.List().Single().Reason, Is.EqualTo(entry.Reason));
    }

    [Test]
    public async Task ARowThatSaysOtherwiseThanAnEarlierOneIsTakenInByItsIdAlone()
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", Header + Good + Good.Replace("张伟", "张三", StringComparison.Ordinal));
        await bench.Import();
        var entry = bench.Quarantine.List().Single();
        var report = await Replay(bench, []);
        Assert.That((report.Replayed.Count, report.Failed.Count, report.Held.Single().Id), Is.EqualTo((0, 0, entry.Id)));
        Assert.That(bench.Store.Node("Person/broker-B001:1").Properties.ToString(), Does.Contain("张伟"));
        report = await new QuarantineReplay(SchemaCatalog.LoadEmbedded(), bench.Mappings, bench.Quarantine).ReplayAsync(bench.Store, ImportBench.Options, [entry.Id]);
        Assert.That(report.Replayed.Single().Id, Is.EqualTo(entry.Id));
        Assert.That(bench.Store.Node("Person/broker-B001:1").Properties.ToString(), Does.Contain("张三"));
    }

    [Test]
    public async Task ARowTakenInIsNoLongerBrokenWhenItsFileComesAgain()
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", Header + Good + Bad.Replace("2021-03-01", "soon", StringComparison.Ordinal));
        Assert.That((await bench.Import()).Quarantined, Is.EqualTo(1));
        await Replay(bench, new() { [bench.Quarantine.List().Single().Id] = Encoding.UTF8.GetBytes(Bad.Replace("12-32", "12-31", StringComparison.Ordinal)) });
        var again = await bench.Import();
        Assert.That((again.Quarantined, again.Flagged, again.Mended), Is.EqualTo((0, 0, 1)));
        Assert.That(bench.Store.Node("Person/broker-B001:2").Properties.ToString(), Does.Contain("李四"));
    }

    /// <summary>A number that its register issued though it fails its own check: a person says so once.</summary>
    [Test]
    public async Task AFlagThatAPersonAcceptsIsOpenNoMoreInLaterDeliveriesEitherUntilItIsTakenBack()
    {
        using var bench = new ImportBench();
        string Row(string number, string phone) => $"7,王五,,PERSON,RESIDENT_ID,{number},,,,{phone},,31,2021-03-01\n";
        var first = bench.Write("1/brokers/B001/clients.csv", Header + Row("330106195502031119", "1"));
        Assert.That((await bench.Import(null, first)).Flagged, Is.EqualTo(1));
        var flag = bench.Quarantine.List().Single();
        var accepted = bench.Quarantine.Decide(flag.Id[..6], new FlagDecision(true, "li", "seen in the original", ImportBench.Options.RecordedAt));
        Assert.That((accepted.State, bench.Quarantine.OpenCount), Is.EqualTo((QuarantineState.Accepted, 0)));
        bench.Reopen();
        Assert.That((await bench.Import(null, bench.Write("2/brokers/B001/clients.csv", Header + Row("330106195502031119", "2")))).Flagged, Is.Zero, "the same number in a later delivery");
        Assert.That((await bench.Import(null, bench.Write("3/brokers/B001/clients.csv", Header + Row("330106195502031129", "2")))).Flagged, Is.EqualTo(1), "another number is another flag");
        Assert.That(bench.Quarantine.List(QuarantineState.Accepted).Select(entry => entry.Decisions.Single().Reason), Is.EqualTo(new[] { "seen in the original", "seen in the original" }));
        bench.Reopen();
        bench.Quarantine.Decide(flag.Id, new FlagDecision(false, "wang", "it was a copy", ImportBench.Options.RecordedAt));
        bench.Reopen();
        Assert.That(bench.Quarantine.OpenCount, Is.EqualTo(3));
        Assert.That(bench.Quarantine.Find(flag.Id)!.Decisions.Select(decision => (decision.Accepts, decision.By)), Is.EqualTo(new[] { (true, "li"), (false, "wang") }), "the history stays");
        Assert.That((await bench.Import(null, bench.Write("4/brokers/B001/clients.csv", Header + Row("330106195502031119", "3")))).Flagged, Is.EqualTo(1));
    }

    [Test]
    public async Task OnlyAnOpenFlagIsAcceptedAndOnlyAnAcceptedOneReopened()
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", Header + Bad.Replace("2021-03-01", "soon", StringComparison.Ordinal) + "7,王五,,PERSON,RESIDENT_ID,330106195502031119,,,,1,,31,2021-03-01\n");
        await bench.Import();
        var (held, flag) = (bench.Quarantine.List().Single(entry => !entry.Landed), bench.Quarantine.List().Single(entry => entry.Landed));
        FlagDecision Decision(bool accepts) => new(accepts, "li", "seen", ImportBench.Options.RecordedAt);
        Assert.That(() => bench.Quarantine.Decide(held.Id, Decision(true)), Throws.TypeOf<FlagRefusedException>().With.Message.Contain("held back"));
        Assert.That(() => bench.Quarantine.Decide("ffff", Decision(true)), Throws.TypeOf<FlagRefusedException>());
        Assert.That(() => bench.Quarantine.Decide(flag.Id, Decision(false)), Throws.TypeOf<FlagRefusedException>().With.Message.Contain("not accepted"));
        bench.Quarantine.Decide(flag.Id, Decision(true));
        Assert.That(() => bench.Quarantine.Decide(flag.Id, Decision(true)), Throws.TypeOf<FlagRefusedException>().With.Message.Contain("already"));
    }

    [Test]
    public async Task ALineTornByACrashIsDroppedAndFoundAgain()
    {
        using var bench = new ImportBench();
        bench.Write("brokers/B001/clients.csv", Header + Bad + Bad.Replace("2,李", "4,李", StringComparison.Ordinal));
        await bench.Import();
        bench.Quarantine.Dispose();
        var log = Path.Combine(bench.Data, "quarantine.ndjson");
        var bytes = await File.ReadAllBytesAsync(log);
        await File.WriteAllBytesAsync(log, bytes[..^20]);
        bench.Reopen();
        Assert.That(bench.Quarantine.List(), Has.Count.EqualTo(1));
        await bench.Import();
        Assert.That(await File.ReadAllBytesAsync(log), Is.EqualTo(bytes));
    }

    [Test]
    public async Task AnImportKilledAnywhereEndsRunAgainAsOneUndisturbed()
    {
        using var whole = new ImportBench();
        SmallMarket.WriteTo(whole);
        whole.Write("brokers/B001/clients.csv", Header + Good + Bad + Good.Replace("1,张", "0010000001,张", StringComparison.Ordinal));
        var options = ImportBench.Options with { BatchRecords = 1 };
        await whole.Import(options);
        for (var kill = 1; kill <= whole.Store.Appends; kill += 3)
        {
            whole.Reopen();
            using var killed = new ImportBench();
            killed.Store.BeforeAppend = append => { if (append == kill) throw new IOException("killed"); };
            Assert.ThrowsAsync<IOException>(() => killed.Import(options, whole.Files));
            killed.Store.BeforeAppend = null;
            killed.Reopen();
            await killed.Import(options, whole.Files);
            Assert.That(killed.Store.Facts, Is.EqualTo(whole.Store.Facts), $"killed at append {kill}");
            Assert.That(killed.Quarantine.List().Select(entry => entry.Id), Is.EqualTo(whole.Quarantine.List().Select(entry => entry.Id)));
        }
    }

    private static MappingSet Own(string format) => new(new MappingLoader(SchemaCatalog.LoadEmbedded()).Load("own.yaml", $$"""
        mapping: own-people
        files: own/people.csv
        source: own
        reliability: 0.5
        times: {{format}}
        columns: [no, name, born]
        key: "{no}"
        nodes:
          person: { type: Person, key: "{source}:{no}" }
        facts:
          - node: person
            set: { name: name, birthDate: born }
        """));

    private static Task<ReplayReport> Replay(ImportBench bench, Dictionary<string, byte[]> corrections) =>
        new QuarantineReplay(SchemaCatalog.LoadEmbedded(), bench.Mappings, bench.Quarantine)
            .ReplayAsync(bench.Store, ImportBench.Options, null, corrections);
}
