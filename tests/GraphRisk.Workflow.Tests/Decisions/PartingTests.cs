using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Market.Calendar;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Workflow.Tests.Decisions;

/// <summary>A record that is somebody else's is parted from the client by the complaint that finds it so.</summary>
public sealed class PartingTests
{
    private static readonly DateTimeOffset Joined = new(2024, 6, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = new(2024, 7, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly NodeId Own = new("Person", "broker-B001:C1"), Other = new("Person", "broker-B001:C2"), Third = new("Person", "broker-B002:C3"), Broker = new("Broker", "B001");

    private InMemoryGraphStore store = null!;

    [SetUp]
    public async Task Open()
    {
        store = new InMemoryGraphStore(GraphText.Catalog);
        var validity = Validity.Since(new DateOnly(2020, 1, 1));
        await store.AppendAsync(new ChangeSet("records", Joined, "test",
        [
            Change.Assert(new NodeFact(Broker, Properties.Of(("code", PropertyValue.Of("B001"))), validity, new Provenance("association", "1", 1m))),
            .. new[] { Own, Other, Third }.SelectMany((record, at) => (Change[])
            [
                Change.Assert(new NodeFact(record, Properties.Of(("name", PropertyValue.Of("李雷"))), validity, new Provenance(record.Key[..11], $"{at}", 1m))),
            ]),
            Change.Assert(JudgementFacts.ToFact(new Judgement(Own, Other, Verdict.Match, 0.99m, "rules", ["one name"], ByPerson: false) { Bits = 12m })),
            Change.Assert(JudgementFacts.ToFact(new Judgement(Other, Third, Verdict.Match, 0.99m, "wang", ["one voice"], ByPerson: true))),
            Change.Assert(JudgementFacts.ToFact(new Judgement(Own, Third, Verdict.Match, 0.99m, "rules", ["one name"], ByPerson: false) { Bits = 12m })),
        ]));
    }

    [TearDown]
    public async Task Close() => await store.DisposeAsync();

    [Test]
    public async Task LaterAnswersAreAsIfItHadNeverBeenJoinedAndEarlierOnesStay()
    {
        Assert.That(await ClustersAsync(null), Is.EqualTo((true, true)));
        var outcome = await UpholdAsync(await FileAsync(Own, Other));
        Assert.That(outcome.Decision.Refusal, Is.Null);
        Assert.That(await ClustersAsync(null), Is.EqualTo((false, true)), "the record is apart, and the others are still one, whatever a person had said of it");
        Assert.That(await ClustersAsync(null, new DateOnly(2021, 1, 1)), Is.EqualTo((false, true)), "of every day");
        Assert.That(await ClustersAsync(Joined.AddDays(1)), Is.EqualTo((true, true)), "as it was known then");
        var snapshot = await SeenAsync(null, new DateOnly(2024, 8, 1));
        Assert.That(snapshot.Nodes.GetString(snapshot.Nodes.Find(Other), "name"), Is.EqualTo("李雷"), "what it says is its own party's");
    }

    [Test]
    public async Task AComplaintThatWasFiledUnderTheRecordStaysWithTheClient()
    {
        var id = await FileAsync(Other, Other);
        Assert.That((await UpholdAsync(id)).Decision.Refusal, Is.Null);
        var filed = (await CaseFacts.ReadAsync(store, id, (await store.GetVersionAsync()).Number))!;
        Assert.That((filed.History.State, filed.History.Parties.Client), Is.EqualTo(("UPHELD", Own.ToString())), "the other party's it is not to be");
    }

    [Test]
    public async Task ABrokerThatMayKnowOfNoOtherRecordLeavesItToTheSupervisor()
    {
        await store.AppendAsync(new ChangeSet("apart", Joined.AddDays(2), "test",
        [
            Change.Assert(JudgementFacts.ToFact(new Judgement(Own, Other, Verdict.NoMatch, null, "wang", ["two"], ByPerson: true))),
            Change.Retract(JudgementFacts.ToFact(new Judgement(Own, Other, Verdict.Match, 0.99m, "rules", ["one name"], ByPerson: false))),
            Change.Retract(JudgementFacts.ToFact(new Judgement(Own, Third, Verdict.Match, 0.99m, "rules", ["one name"], ByPerson: false))),
        ]));
        var refusal = (await UpholdAsync(await FileAsync(Other, Other))).Decision.Refusal;
        Assert.That(refusal!.Reason, Does.Contain("no other record that this broker may know of").And.Not.Contain("B002"));
    }

    [Test]
    public async Task NoValueIsCorrectedWithIt() =>
        Assert.That((await UpholdAsync(await FileAsync(Own, Other), ("rightValue", PropertyValue.Of("韩梅梅")))).Decision.Refusal!.Field, Is.EqualTo("rightValue"));

    private async Task<NodeId> FileAsync(NodeId client, NodeId record)
    {
        var desk = new CaseDesk(store);
        var parties = new CaseParties(client.ToString(), Broker.ToString());
        var opening = ComplaintFacts.Opening(parties, new ComplaintTerms("RECORD", "I am not at this address", record, "name") { Value = "李雷" }, new DateOnly(2024, 7, 1), WorkingCalendar.China);
        var id = (await desk.OpenAsync(CaseKind.Complaint, opening, new MoveAsked("complain", new Mover(CasePart.Officer, Broker.ToString(), "li"), "key", Properties.None), new CaseFiling(Now, new DateOnly(2024, 7, 1), "test"))).Id;
        foreach (var (move, carried) in new[] { ("acknowledge", Properties.None), ("classify", Properties.Of(("cause", PropertyValue.OfEnum("IDENTITY")))), ("assign", Properties.Of(("assignee", PropertyValue.Of("zhao")))) })
            Assert.That((await desk.MoveAsync(CaseKind.Complaint, id, new MoveAsked(move, new Mover(CasePart.Officer, Broker.ToString(), "li"), move, carried), null, new CaseFiling(Now, new DateOnly(2024, 7, 1), "test"))).Decision.Refusal, Is.Null);
        return id;
    }

    private Task<CaseOutcome> UpholdAsync(NodeId id, params (string, PropertyValue)[] more) => new CaseDesk(store).MoveAsync(
        CaseKind.Complaint, id, new MoveAsked("uphold", new Mover(CasePart.Officer, Broker.ToString(), "zhao"), "uphold", Properties.Of([.. more.Append(("reason", PropertyValue.Of("another's"))).Select(one => new Property(one.Item1, one.Item2))])),
        null, new CaseFiling(Now, new DateOnly(2024, 7, 1), "test"), (filed, made, version) => Correction.OfAsync(store, filed, made, version));

    private async Task<(bool OtherIsOwn, bool ThirdIsOwn)> ClustersAsync(DateTimeOffset? knownAt, DateOnly? day = null)
    {
        var nodes = (await SeenAsync(knownAt, day ?? new DateOnly(2024, 8, 1))).Nodes;
        return (nodes.Find(Other) == nodes.Find(Own), nodes.Find(Third) == nodes.Find(Own));
    }

    private async Task<Snapshot> SeenAsync(DateTimeOffset? knownAt, DateOnly day) => await new SnapshotProvider(store).GetAsync(Validity.CloseOf(day), knownAt);
}
