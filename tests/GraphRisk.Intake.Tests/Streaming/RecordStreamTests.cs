using System.Globalization;
using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Intake.Resolution;
using GraphRisk.Intake.Streaming;
using GraphRisk.Intake.Tests.Resolution;
using GraphRisk.Stores;
using GraphRisk.TestKit;

namespace GraphRisk.Intake.Tests.Streaming;

/// <summary>Records taken in one by one end where a delivery of all of them does, and what is told of parties on the way adds up to them.</summary>
public sealed class RecordStreamTests
{
    private const string Name = "brokers/B001/clients.csv";
    private const string Header = "client_no,name,former_name,kind,id_type,id_number,id_expires,birth_date,sex,phone,address,region,opened_on,closed_on";

    [Test]
    public async Task StreamedWithRecordsToldOfAgainItEndsInTheLedgerOfABatchAndTheEventsAddUp()
    {
        for (var seed = 1; seed <= 12; seed++)
        {
            using var folder = new TemporaryFolder();
            var rows = Drawn(new Random(seed), 60, again: 20);
            await using var store = new InMemoryGraphStore(ResolutionBench.Schema);
            var parties = new Dictionary<NodeId, NodeId>();
            await foreach (var pass in PassesAsync(store, folder.PathOf("data"), rows, "one")) Fold(parties, pass.Events);

            var batch = await BatchAsync(folder, rows.GroupBy(row => row.Split(',')[0]).Select(told => told.Last()));
            var streamed = new ResolutionBench(store: store);
            Assert.That(await IncrementalTests.LedgerAsync(streamed), Is.Not.Empty.And.EqualTo(await IncrementalTests.LedgerAsync(batch)), $"seed {seed}");
            Assert.That(parties, Is.EquivalentTo(await PartiesAsync(store)), $"seed {seed}");
        }
    }

    [Test]
    public async Task ReadAgainUnderItsNameItCountsNothingTwice()
    {
        using var folder = new TemporaryFolder();
        var rows = Drawn(new Random(4), 60, again: 20);
        await using var store = new InMemoryGraphStore(ResolutionBench.Schema);
        await foreach (var pass in PassesAsync(store, folder.PathOf("data"), rows, "one")) Assert.That(pass.Records.Any(record => record.IsRepeated), Is.False);
        var version = await store.GetVersionAsync();
        await foreach (var pass in PassesAsync(store, folder.PathOf("data"), rows, "one"))
        {
            Assert.That(pass.Records.All(record => record.IsRepeated), Is.True);
            Assert.That(pass.Events, Is.Empty);
        }

        Assert.That(await store.GetVersionAsync(), Is.EqualTo(version));
    }

    [Test]
    public async Task WhatChangesIsTold()
    {
        using var folder = new TemporaryFolder();
        await using var store = new InMemoryGraphStore(ResolutionBench.Schema);
        const string Li = "李晓明,,PERSON,RESIDENT_ID,110101198001010037,,1980-01-01,M,13900000001,,11,2020-01-01,";
        async Task<string> ToldAsync(string row) =>
            string.Join(" ", (await PassesAsync(store, folder.PathOf("data"), [row], row).ToListAsync()).SelectMany(pass => pass.Events).Select(one => $"{one.Kind} {one.Record.Key[^1]}>{one.Party.Key[^1]}"));
        Assert.That(await ToldAsync($"1,{Li}"), Is.EqualTo("Minted 1>1"));
        Assert.That(await ToldAsync($"2,{Li}"), Is.EqualTo("Joined 2>1"));
        Assert.That(await ToldAsync("3,赵国强,,PERSON,,,,1971-03-04,M,13900000003,,11,2020-01-01,"), Is.EqualTo("Minted 3>3"));
        Assert.That(await ToldAsync($"3,{Li}"), Is.EqualTo("Updated 3>1 Merged 1>1 Redirected 3>1").Or.EqualTo("Updated 3>1 Redirected 3>1 Merged 1>1"));
        Assert.That(await ToldAsync("1,赵国强,,PERSON,,,,1971-03-04,M,13900000003,,11,2020-01-01,"), Is.EqualTo("Updated 1>1 Parted 2>2 Updated 3>2"));
    }

    [Test]
    public async Task WhatCannotBeReadGoesToQuarantineAndTheRestLands()
    {
        using var folder = new TemporaryFolder();
        await using var store = new InMemoryGraphStore(ResolutionBench.Schema);
        var passes = await PassesAsync(store, folder.PathOf("data"), [Row("1", "李晓明"), Row("2", "王芳").Replace("1980-01-01", "yesterday", StringComparison.Ordinal).Replace("PERSON", "GHOST", StringComparison.Ordinal), Row("3", "张伟")], "one").ToListAsync();
        var broken = passes.SelectMany(pass => pass.Records).Where(record => record.Batch.Broken.Any(entry => !entry.Landed)).ToList();
        Assert.That(broken.ConvertAll(record => (record.Line, record.Batch.Broken[0].Field)), Is.EqualTo(new[] { (3L, "kind") }));
        Assert.That(passes.SelectMany(pass => pass.Events).Count(one => one.Kind == IdentityEventKind.Minted), Is.EqualTo(2));
        Assert.ThrowsAsync<InvalidDataException>(() => PassesAsync(store, folder.PathOf("data"), ["1"], "two", "nobody/nothing.csv").ToListAsync().AsTask());
        var headless = Assert.ThrowsAsync<InvalidDataException>(() => PassesAsync(store, folder.PathOf("data"), [], "three", header: "who,what").ToListAsync().AsTask());
        Assert.That(headless!.Message, Does.StartWith(Name));
    }

    [Test]
    public async Task ARecordThatWaitsLandsWhenWhatItNamesHasCome()
    {
        using var folder = new TemporaryFolder();
        await using var store = new InMemoryGraphStore(ResolutionBench.Schema);
        Directory.CreateDirectory(folder.PathOf("brokers", "B001"));
        const string Consent = "A1,1,SCORE,kyc,2024-12-31,,,P1";
        var waiting = await PassesAsync(store, folder.PathOf("data"), [Consent], "consents", folder.PathOf("brokers", "B001", "authorisations.csv"), "authorisation_no,client_no,scope,purposes,given_on,expires_on,withdrawn_on,document").ToListAsync();
        Assert.That(waiting.SelectMany(pass => pass.Records).Single().Batch.Broken.Single().Awaits, Is.Not.Empty);
        var come = await PassesAsync(store, folder.PathOf("data"), [Row("1", "李晓明")], "clients", folder.PathOf("brokers", "B001", "clients.csv")).ToListAsync();
        Assert.That(come.Sum(pass => pass.Arrived), Is.EqualTo(1));
    }

    [Test]
    public async Task KilledOnItsWayAndGivenAgainItEndsInTheLedgerOfABatch()
    {
        using var folder = new TemporaryFolder();
        var (random, rows) = (new Random(8), Drawn(new Random(9), 400, again: 0));
        Directory.CreateDirectory(folder.PathOf("brokers", "B001"));
        await File.WriteAllLinesAsync(folder.PathOf("brokers", "B001", "clients.csv"), [Header, .. rows]);
        var told = -1;
        for (var kill = 1; kill <= 4; kill++) told = Math.Max(told, KilledProcess.RunUntil(typeof(RecordStreamTests), ["stream", folder.PathOf()], kill * 80, random.Next(6000)));
        Assert.That(told, Is.InRange(80, rows.Count - 1), "it was killed on its way");
        await StreamAsync(folder.PathOf(), _ => { });

        await using var store = GraphStores.OpenSqlite(folder.PathOf("store.db"), ResolutionBench.Schema);
        var batch = await BatchAsync(folder, rows);
        Assert.That(await IncrementalTests.LedgerAsync(new ResolutionBench(store: store)), Is.Not.Empty.And.EqualTo(await IncrementalTests.LedgerAsync(batch)));
        var sets = await store.ReadSetsAsync(0).CountAsync(set => set.Author == "import broker-B001");
        Assert.That(sets, Is.EqualTo(rows.Count), "each record once");
    }

    /// <summary>Streams the delivery in a folder into the store beside it; tells how many records are taken in and resolved.</summary>
    internal static async Task StreamAsync(string folder, Action<int> tell)
    {
        await using var store = GraphStores.OpenSqlite(Path.Combine(folder, "store.db"), ResolutionBench.Schema);
        using var quarantine = QuarantineLog.Open(Path.Combine(folder, "quarantine"));
        var stream = await OpenAsync(store, quarantine);
        var done = 0;
        await foreach (var pass in stream.ReadAsync([Path.Combine(folder, "brokers")], new ImportOptions(TimeProvider.System.GetUtcNow()))) tell(done += pass.Records.Count);
    }

    private static async Task<RecordStream> OpenAsync(IGraphStore store, QuarantineLog quarantine)
    {
        var stream = new RecordStream(store, new ResolutionOptions(), MappingSet.Load(ResolutionBench.Schema), quarantine, TimeProvider.System);
        await stream.OpenAsync();
        return stream;
    }

    private static async IAsyncEnumerable<StreamPass> PassesAsync(IGraphStore store, string data, IReadOnlyList<string> rows, string identity, string name = Name, string header = Header)
    {
        using var quarantine = QuarantineLog.Open(data);
        var stream = await OpenAsync(store, quarantine);
        var bytes = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', [header, .. rows])));
        await foreach (var pass in stream.ReadAsync(bytes, name, identity, new ImportOptions(TimeProvider.System.GetUtcNow()))) yield return pass;
    }

    /// <summary>All of them imported at once and resolved.</summary>
    private static async Task<ResolutionBench> BatchAsync(TemporaryFolder folder, IEnumerable<string> rows)
    {
        var file = folder.PathOf("batch", "brokers", "B001", "clients.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllLinesAsync(file, [Header, .. rows]);
        using var quarantine = QuarantineLog.Open(folder.PathOf("batch-data"));
        var bench = new ResolutionBench();
        await new Importer(ResolutionBench.Schema, MappingSet.Load(ResolutionBench.Schema), quarantine).ImportAsync(bench.Store, [file], new ImportOptions(TimeProvider.System.GetUtcNow().AddYears(-1)));
        await new Resolver(bench.Store, new ResolutionOptions()).ResolveAsync(TimeProvider.System.GetUtcNow());
        return bench;
    }

    private static void Fold(Dictionary<NodeId, NodeId> parties, IReadOnlyList<IdentityEvent> events)
    {
        foreach (var one in events)
        {
            if (one.Kind is IdentityEventKind.Redirected or IdentityEventKind.Merged)
            {
                foreach (var id in one.Kind == IdentityEventKind.Merged ? one.Others : [one.Record])
                    foreach (var record in parties.Where(pair => pair.Value == id).Select(pair => pair.Key).ToList()) parties[record] = one.Party;
            }
            else
            {
                parties[one.Record] = one.Party;
            }
        }
    }

    /// <summary>The party of each record by the judgements that stand, whatever was told on the way.</summary>
    private static async Task<Dictionary<NodeId, NodeId>> PartiesAsync(InMemoryGraphStore store)
    {
        var version = (await store.GetVersionAsync()).Number;
        var clusters = await Clusters.ReadAsync(store, version);
        var firsts = new Dictionary<NodeId, long>();
        await foreach (var recorded in store.ReadAsync(ReadScope.All(version) with { Types = ["Person", "Company"] }))
        {
            var node = ((NodeFact)recorded.Fact).Node;
            firsts[node] = Math.Min(firsts.GetValueOrDefault(node, long.MaxValue), recorded.FirstSequence);
        }

        return firsts.Keys.ToDictionary(node => node, node => clusters.ClusterOf(node) is >= 0 and var cluster
            ? firsts.Where(other => clusters.ClusterOf(other.Key) == cluster).MinBy(other => other.Value).Key : node);
    }

    /// <summary>Rows of clients who often share names, days and telephones; some are told of again, otherwise.</summary>
    private static List<string> Drawn(Random random, int clients, int again)
    {
        string[] names = ["张伟", "張偉", "李晓明", "李小明", "王芳", "曾国强", "赵敏"];
        string Row(int client) => string.Create(CultureInfo.InvariantCulture,
            $"{client},{names[random.Next(names.Length)]},,PERSON,,,,19{70 + random.Next(6)}-0{1 + random.Next(2)}-01,M,139000000{random.Next(10, 30)},,11,20{10 + random.Next(3)}-01-01,");
        return [.. Enumerable.Range(0, clients).Select(Row), .. Enumerable.Range(0, again).Select(_ => Row(random.Next(clients)))];
    }

    private static string Row(string client, string name) => $"{client},{name},,PERSON,,,,1980-01-01,M,,,11,2020-01-01,";
}
