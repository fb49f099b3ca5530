using System.Globalization;
using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Server.Tests.Security.Audit;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Decisions;

/// <summary>An upheld complaint corrects the record with the same move, for all days it was wrong, and tells brokers that received what was wrong.</summary>
public sealed class CorrectionTests
{
    private const string Contract = "MarginContract/broker-B001:M1";
    private const string Entry = "Listing/court:L1";

    private static readonly Viewer Zhang = ServedGraph.Client(SmallMarket.Zhang);
    private static readonly Viewer Supervisor = ServedGraph.As(Role.Regulator, null, "complaint", "a test needs to see") with { Subject = "zhao" };
    private static readonly DateTimeOffset Later = ServedGraph.Now.AddDays(1);

    private TrailFolder? folder;
    private AuditIndex? index;

    [TearDown]
    public void Close()
    {
        index?.Dispose();
        folder?.Dispose();
        (index, folder) = (null, null);
    }

    [Test]
    public async Task EveryLaterAnswerIsAsIfTheWrongValueHadNeverBeenAndTheEarlierOnesComeBack()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch(), made => made with { Clock = new ServedGraph.FixedClock(Later) });
        Assert.That(await DebtAsync(served, ""), Is.EqualTo(452_000m));
        var upheld = await UpholdAsync(served, Officer, Contract, "debt", "rightValue: \"1000.50\"");
        Assert.That(upheld, Is.EqualTo("UPHELD"));
        Assert.That(await DebtAsync(served, ""), Is.EqualTo(1000.50m));
        Assert.That(await DebtAsync(served, "asOf: \"2024-05-01\""), Is.EqualTo(1000.50m), "and was so on every day");
        Assert.That(await DebtAsync(served, $"knownAt: \"{ServedGraph.Now:O}\""), Is.EqualTo(452_000m), "as it was known before");
    }

    [Test]
    public async Task AValueIsStruckOutFromTheDayItWasWrong()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        await UpholdAsync(served, Officer, Contract, "debt", "struckOut: true, wrongSince: \"2024-06-01\"");
        Assert.That(await DebtAsync(served, ""), Is.Null);
        Assert.That(await DebtAsync(served, "asOf: \"2024-05-31\""), Is.EqualTo(452_000m), "it was right before");
    }

    [TestCase(Contract, "debt", "", "or struckOut is needed")]
    [TestCase(Contract, "debt", "rightValue: \"1\", struckOut: true", "and not both")]
    [TestCase(Contract, "debt", "rightValue: \"452000\"", "the one that is disputed")]
    [TestCase(Contract, "debt", "rightValue: \"much\"", "is no value of 'debt'")]
    [TestCase(Contract, "debt", "rightValue: \"-1\"", "below 0")]
    [TestCase(Contract, "status", "rightValue: \"LOST\"", "is none of OPEN")]
    [TestCase(Contract, "maturesOn", "struckOut: true", "the record states none")]
    [TestCase(Contract, "debt", "rightValue: \"1\", wrongSince: \"2030-01-01\"", "is a day to come")]
    public async Task WhatWouldNotCorrectItIsRefusedAndRecordsNothing(string record, string field, string how, string why)
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var id = await AssignedAsync(served, Officer, $"about: RECORD, text: \"wrong\", record: \"{record}\", field: \"{field}\"");
        var version = (await served.Store.GetVersionAsync()).Number;
        Assert.That(await served.AskText(Officer, Uphold(id, how)), Does.Contain("BAD_USER_INPUT").And.Contain(why));
        Assert.That((await served.Store.GetVersionAsync()).Number, Is.EqualTo(version));
    }

    [Test]
    public async Task WhatTheSourceComputedFromItIsStruckOutWithIt()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        const string Ratio = "{ marginContracts { nodes { maintenanceRatio } } }";
        Assert.That((await served.Ask(Officer, Ratio)).At("marginContracts.nodes.0.maintenanceRatio").GetDecimal(), Is.EqualTo(2.2124m));
        await UpholdAsync(served, Officer, Contract, "debt", "rightValue: \"1000\"");
        Assert.That((await served.Ask(Officer, Ratio)).At("marginContracts.nodes.0.maintenanceRatio").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task StatementsAreCorrectedFromTheDayOnAndThoseOfOtherValuesStay()
    {
        // 452,000 from January on and again from June on; 300,000 since June 20.
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        await served.Record([.. new[] { ("2024-06-01", "452000", "CNY"), ("2024-06-20", "300000", "CNY") }.Select(row => Change.Assert(new NodeFact(
            NodeId.Parse(Contract), Properties.Of(("status", PropertyValue.OfEnum("OPEN")), ("debt", PropertyValue.Of(decimal.Parse(row.Item2, CultureInfo.InvariantCulture))), ("currency", PropertyValue.Of(row.Item3))),
            Validity.Since(DateOnly.Parse(row.Item1, CultureInfo.InvariantCulture)), new Provenance("broker-B001", "M1", 1m))))]);
        await UpholdAsync(served, Officer, Contract, "debt", "rightValue: \"300001\"");
        Assert.That(await DebtAsync(served, ""), Is.EqualTo(300_001m), "the value that was shown was 300,000");
        Assert.That(await DebtAsync(served, "asOf: \"2024-06-10\""), Is.EqualTo(452_000m), "another value is another matter");
    }

    [Test]
    public async Task AStatementOfTheVeryDayKeepsWhatElseItSays()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        await served.Record([Change.Assert(new NodeFact(
            NodeId.Parse(Contract), Properties.Of(("status", PropertyValue.OfEnum("OVERDUE"))), Validity.Since(new DateOnly(2024, 6, 1)), new Provenance("broker-B001", "M1", 1m)))]);
        await UpholdAsync(served, Officer, Contract, "debt", "rightValue: \"5\", wrongSince: \"2024-06-01\"");
        Assert.That((await served.Ask(Officer, "{ marginContracts { nodes { status } } }")).TextAt("marginContracts.nodes.0.status"), Is.EqualTo("OVERDUE"));
        Assert.That((await DebtAsync(served, ""), await DebtAsync(served, "asOf: \"2024-05-31\"")), Is.EqualTo((5m, 452_000m)));
    }

    [Test]
    public async Task AValueThatWasMissingIsAdded()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        await UpholdAsync(served, Officer, Contract, "maturesOn", "rightValue: \"2024-12-31\"");
        Assert.That((await served.Ask(Officer, "{ marginContracts { nodes { maturesOn } } }")).TextAt("marginContracts.nodes.0.maturesOn"), Is.EqualTo("2024-12-31"));
    }

    [Test]
    public async Task AScoreIsUpheldWithoutACorrectionAndTakesNone()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var id = await AssignedAsync(served, Supervisor, "about: SCORE, text: \"too low\"");
        Assert.That(await served.AskText(Supervisor, Uphold(id, "rightValue: \"850\"")), Does.Contain("nothing is corrected with it"));
        Assert.That((await served.Ask(Supervisor, Uphold(id, ""))).TextAt("upholdComplaint.complaint.state"), Is.EqualTo("UPHELD"));
    }

    [Test]
    public async Task BrokersThatReadAScoreRestingOnItAreToldOfTheScoreAlone()
    {
        await using var served = await ServedAsync(SmallMarket.Sketch(), (ServedGraph.Broker("B002"), ["CreditScore.score"], SmallMarket.ZhangAtB002), (ServedGraph.Broker("B001"), ["CreditScore.score"], SmallMarket.ZhangAtB001));
        await UpholdAsync(served, Officer, Contract, "debt", "rightValue: \"0\"");
        const string Notices = "{ correctionNotices { nodes { fields correctedOn concerned { nodes { name } } brokers { nodes { code } } } } }";
        var told = (await served.Ask(ServedGraph.Broker("B002"), Notices)).At("correctionNotices.nodes");
        Assert.That(told.EnumerateArray().Select(one => $"{one.At("fields")} {one.TextAt("brokers.nodes.0.code")} {one.TextAt("concerned.nodes.0.name")}"), Is.EqualTo(new[] { "[\"CreditScore.score\"] B002 ZHANG SAN" }), "that it was a debt at another broker is not its to know");
        Assert.That((await served.Ask(Officer, Notices)).At("correctionNotices.nodes").GetArrayLength(), Is.Zero, "who decided is not told");
        Assert.That((await served.Ask(Zhang, Notices)).At("correctionNotices.nodes").GetArrayLength(), Is.EqualTo(1), "the client knows who was told");
    }

    [Test]
    public async Task AnEntryOfAnOpenListIsTheSupervisorsToCorrectAndItsReadersAreTold()
    {
        var sketch = SmallMarket.Sketch()
            .Node(Entry, ("list", "失信被执行人"), ("kind", "DISHONEST_DEBTOR"), ("reference", "(2024)沪执1号"), ("publishedOn", "2024-01-05"))
            .Edge("LISTED_AS", SmallMarket.Zhang, Entry);
        await using var served = await ServedAsync(sketch, (ServedGraph.Broker("B001"), ["Listing.publishedOn"], SmallMarket.ZhangAtB001));
        Assert.That(await served.Codes(ServedGraph.Client(SmallMarket.Li), Complain($"about: RECORD, text: \"x\", record: \"{Entry}\", field: \"publishedOn\"")), Is.EqualTo(new[] { "NOT_FOUND" }), "it is none of hers");
        await UpholdAsync(served, Supervisor, Entry, "publishedOn", "rightValue: \"2023-01-05\"");
        Assert.That((await served.Ask(Officer, "{ listings { nodes { publishedOn } } }")).TextAt("listings.nodes.0.publishedOn"), Is.EqualTo("2023-01-05"));
        Assert.That((await served.Ask(Officer, "{ correctionNotices { nodes { fields } } }")).At("correctionNotices.nodes.0.fields").ToString(), Is.EqualTo("[\"Listing.publishedOn\"]"));
    }

    private static Viewer Officer => ServedGraph.As(Role.Broker, "Broker/B001", "complaint", "a test needs to see") with { Subject = "wang" };

    /// <summary>A market whose trail has some reads on it.</summary>
    private async Task<ServedGraph> ServedAsync(MarketSketch sketch, params (Viewer Reader, string[] What, string Whose)[] reads)
    {
        folder = new TrailFolder();
        using (var trail = folder.Open())
            foreach (var (reader, what, whose) in reads)
                await trail.Append(new AuditEntry(ServedGraph.Now, AuditAct.Read, AuditActor.For(reader, false), [new AuditPart([.. what], [whose])]), CancellationToken.None);
        index = AuditIndex.Open(folder.Files);
        return await ServedGraph.Of(sketch, made => made with { AccessLog = index });
    }

    private static async Task<decimal?> DebtAsync(ServedGraph served, string when) =>
        (await served.Ask(Officer, $$"""{ marginContracts{{(when.Length > 0 ? $"({when})" : "")}} { nodes { debt } } }""")).At("marginContracts.nodes.0.debt") is { ValueKind: JsonValueKind.Number } debt ? debt.GetDecimal() : null;

    private static async Task<string?> UpholdAsync(ServedGraph served, Viewer decider, string record, string field, string how)
    {
        var id = await AssignedAsync(served, decider, $"about: RECORD, text: \"wrong\", record: \"{record}\", field: \"{field}\"");
        return (await served.Ask(decider, Uphold(id, how))).TextAt("upholdComplaint.complaint.state");
    }

    private static async Task<string> AssignedAsync(ServedGraph served, Viewer decider, string about)
    {
        var id = (await served.Ask(Zhang, Complain(about))).TextAt("complain.complaint.id")!;
        foreach (var (move, more) in (IEnumerable<(string, string)>)[("acknowledge", ""), ("classify", "cause: SOURCE"), ("assign", $"assignee: \"{decider.Subject}\"")])
            await served.Ask(decider, $$"""mutation { {{move}}Complaint(complaint: "{{id}}", key: "{{move}}" {{more}}) { isNew } }""");
        return id;
    }

    private static string Complain(string about) => $$"""mutation { complain({{about}}, key: "file") { complaint { id } } }""";

    private static string Uphold(string id, string how) => $$"""mutation { upholdComplaint(complaint: "{{id}}", key: "uphold", reason: "so it is" {{how}}) { complaint { state } } }""";
}
