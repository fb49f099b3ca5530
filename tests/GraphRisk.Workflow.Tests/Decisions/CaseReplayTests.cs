using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Market;
using GraphRisk.Market.Calendar;
using GraphRisk.Market.Credit;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Decisions.Replay;

namespace GraphRisk.Workflow.Tests.Decisions;

/// <summary>A history of another system goes through the tables that moves made here go through.</summary>
public sealed class CaseReplayTests
{
    private static readonly DateTimeOffset Now = new(2025, 7, 1, 9, 0, 0, TimeSpan.Zero);
    private const string Columns = "kind,case,no,move,at,role,broker,person,client,subject,offers,product,amount,annualRate,reason,document,about,text,disputedField,rightValue,cause,assignee,origin,defaultedOn,calledOn,ratio,callLine,restoreTo,dueOn,consequence,happenedOn,owed";

    private InMemoryGraphStore store = null!;

    [SetUp]
    public async Task Open()
    {
        store = new InMemoryGraphStore(GraphText.Catalog);
        var (broker, li, contract) = (new NodeId("Broker", "B001"), new NodeId("Person", "broker-B001:C1"), new NodeId("MarginContract", "broker-B001:M1"));
        var (validity, origin) = (Validity.Since(new DateOnly(2024, 1, 2)), new Provenance("broker-B001", "1", 1m));
        await store.AppendAsync(new ChangeSet("records", Now.AddDays(-9), "test",
        [
            Change.Assert(new NodeFact(broker, Properties.Of(("code", PropertyValue.Of("B001"))), validity, new Provenance("association", "1", 1m))),
            Change.Assert(new NodeFact(new NodeId("Security", "600519.SH"), Properties.Of(("code", PropertyValue.Of("600519.SH")), ("kind", PropertyValue.OfEnum("SHARE"))), validity, new Provenance("exchange", "1", 1m))),
            Change.Assert(new NodeFact(li, Properties.Of(("name", PropertyValue.Of("李雷")), ("phone", PropertyValue.Of("1"))), validity, origin)),
            Change.Assert(new RelationshipFact("CLIENT_OF", li, broker, "", Properties.None, validity, origin)),
            Change.Assert(new NodeFact(contract, Properties.Of(("contractNumber", PropertyValue.Of("M1")), ("openedOn", PropertyValue.Of(new DateOnly(2024, 1, 2)))), validity, origin)),
            Change.Assert(new RelationshipFact("CONTRACTED", li, contract, "", Properties.None, validity, origin)),
            Change.Assert(new RelationshipFact("GRANTED_BY", contract, broker, "", Properties.None, validity, origin)),
        ]));
    }

    [TearDown]
    public async Task Close() => await store.DisposeAsync();

    private static readonly string[] Approved =
    [
        "kind=Application case=AP1 no=1 move=apply at=2024-03-04T09:00:00+08:00 role=OFFICER broker=B001 person=li client=C1 product=MARGIN amount=6000000 offers=600519.SH=1000",
        "kind=Application case=AP1 no=2 move=approve at=2024-03-05T09:00:00+08:00 role=OFFICER broker=B001 person=wang amount=6000000 annualRate=0.06",
        "kind=Application case=AP1 no=3 move=approve at=2024-03-05T10:00:00+08:00 role=OFFICER broker=B001 person=zhao amount=6000000 annualRate=0.06",
    ];

    [Test]
    public async Task AHistoryStandsAsOfItsOwnInstantsAndIsKnownFromItsRecordingOn()
    {
        Assert.That(Told(await ReplayAsync(Approved)), Is.EqualTo((3, 1, 0, 0)));
        var filed = await OneAsync("Application");
        Assert.That(filed.History.State, Is.EqualTo("APPROVED"));
        Assert.That(filed.History.Moves.Select(move => move.At), Is.EqualTo(new[] { At("2024-03-04T01:00:00Z"), At("2024-03-05T01:00:00Z"), At("2024-03-05T02:00:00Z") }));
        Assert.That((Text(filed, "creditLine"), Text(filed, "filedOn"), filed.History.Replay(CaseKind.Application.Table).Fault), Is.EqualTo(("6000000", "2024-03-04", (string?)null)));
        Assert.That((await SeenAsync(new DateOnly(2024, 3, 4))).Nodes.GetString((await SeenAsync(new DateOnly(2024, 3, 4))).Nodes.Find(filed.Id), "state"), Is.EqualTo("FILED"), "what it was on the day it was filed");
        Assert.That((await new SnapshotProvider(store).GetAsync(Validity.CloseOf(new DateOnly(2024, 3, 6)), Now.AddDays(-1))).Nodes.Find(filed.Id), Is.EqualTo(-1), "nothing was known of it before");
        var facts = await store.FindAsync(filed.Id, (await store.GetVersionAsync()).Number);
        Assert.That(facts.Select(one => (one.Fact.Provenance.Source, one.Fact.Provenance.RecordKey)).Distinct(), Is.EquivalentTo(new[] { ("broker-B001/platform", "AP1/1"), ("broker-B001/platform", "AP1/3") }), "the row that says so last on a day");
    }

    [Test]
    public async Task GivenAgainItDoublesNothingAndALaterDeliveryGoesOnByTheNumber()
    {
        Assert.That(Told(await ReplayAsync(Approved[..1])), Is.EqualTo((1, 1, 0, 0)));
        Assert.That(Told(await ReplayAsync(Approved)), Is.EqualTo((2, 0, 1, 0)));
        var version = (await store.GetVersionAsync()).Number;
        Assert.That(Told(await ReplayAsync(Approved)), Is.EqualTo((0, 0, 3, 0)));
        Assert.That((await store.GetVersionAsync()).Number, Is.EqualTo(version), "nothing was recorded");
        var other = await ReplayAsync(Approved[2].Replace("10:00", "11:00"), Approved[1].Replace("0.06", "0.07"));
        Assert.That(other.Refused.Select(one => one.Field), Is.EqualTo(new[] { "at", null }), "another move under the number of one that was made");
    }

    [TestCase("kind=Loan", "kind", "is none of Application")]
    [TestCase("client=C2", "client", "no party that is known")]
    [TestCase("client=", "client", "is needed")]
    [TestCase("broker=B009", "broker", "no broker that is known")]
    [TestCase("broker=", "broker", "is needed")]
    [TestCase("product=", "product", "is needed")]
    [TestCase("product=HOUSE", "product", "none of MARGIN")]
    [TestCase("amount=many", "amount", "is no Decimal")]
    [TestCase("offers=000001.SZ=1", "offers", "no security that is known")]
    [TestCase("at=2024-03-04", "at", "is no instant")]
    [TestCase("at=2026-03-04T09:00:00+08:00", "at", "to come")]
    [TestCase("role=NOBODY", "role", "is none of CLIENT")]
    [TestCase("role=SUPERVISOR", null, "is not yours to make here")]
    [TestCase("annualRate=0.06", "annualRate", "nothing that 'apply' carries")]
    public async Task AnOpeningThatCannotStandIsRefusedWithItsField(string change, string? field, string reason)
    {
        var report = await ReplayAsync(Changed(Approved[0], change), Approved[1]);
        Assert.That((report.Made, report.Refused.Length), Is.EqualTo((0, 2)));
        Assert.That(report.Refused[0].Field, Is.EqualTo(field));
        Assert.That(report.Refused[0].Reason, Does.Contain(reason));
        Assert.That(report.Refused[1].Reason, Does.Contain("is the number of no Application"), "what leads on from it does not stand either");
    }

    [TestCase("person=wang", null, "takes another person")]
    [TestCase("person=", "person", "is needed: who made a move as OFFICER is named")]
    [TestCase("at=1960-03-04T12:00:00+08:00", "at", "1960-03-04 lies before 1990-12-19, when the first exchange opened")]
    [TestCase("amount=-1", "amount", "-1 is below 0")]
    [TestCase("at=2024-03-04T12:00:00+08:00", "at", "lies before")]
    [TestCase("amount=5000000", "amount", "the same is agreed to")]
    [TestCase("annualRate=", "annualRate", "must carry")]
    [TestCase("no=", "no", "is needed")]
    [TestCase("move=nod", "move", "is none of apply")]
    [TestCase("role=CLIENT", null, "is not yours to make here")]
    public async Task AMoveThatCannotStandIsRefusedAndTheOthersStand(string change, string? field, string reason)
    {
        var report = await ReplayAsync(Approved[0], Approved[1], Changed(Approved[2], change), "kind=Application case=AP1 no=9 move=decline at=2024-03-06T10:00:00+08:00 role=OFFICER broker=B001 person=li reason=late");
        Assert.That((report.Made, report.Refused.Single().Field), Is.EqualTo((3, field)));
        Assert.That(report.Refused.Single().Reason, Does.Contain(reason));
        Assert.That((await OneAsync("Application")).History.State, Is.EqualTo("DECLINED"));
    }

    [Test]
    public async Task ADefaultIsWorkedOffWithWhatTheProgramComputes()
    {
        string[] rows =
        [
            "kind=MarginCall case=MC1 move=call at=2024-05-06T16:00:00+08:00 role=PLATFORM broker=B001 subject=M1 calledOn=2024-05-06 ratio=1.29 callLine=1.3 restoreTo=1.4 amount=1000 dueOn=2024-05-08 consequence=DISPOSAL",
            "kind=MarginCall case=MC1 no=2 move=pass at=2024-05-09T16:00:00+08:00 role=PLATFORM broker=B001 happenedOn=2024-05-09",
            "kind=Default case=DF1 move=declare at=2024-05-10T16:00:00+08:00 role=OFFICER broker=B001 person=li subject=M1 origin=DECLARED cause=COLLATERAL defaultedOn=2024-05-09 amount=1000",
            "kind=Default case=DF1 no=2 move=notify at=2024-05-10T17:00:00+08:00 role=OFFICER broker=B001 person=li document=N1",
            "kind=Default case=DF1 no=3 move=report at=2024-05-13T17:00:00+08:00 role=OFFICER broker=B001 person=li document=R1",
            "kind=FreezeRequest case=FR1 move=draft at=2024-05-13T18:00:00+08:00 role=OFFICER broker=B001 person=li subject=DF1",
            "kind=FreezeRequest case=FR1 no=2 move=approve at=2024-05-14T09:00:00+08:00 role=OFFICER broker=B001 person=li",
            "kind=FreezeRequest case=FR1 no=2 move=approve at=2024-05-14T09:00:00+08:00 role=OFFICER broker=B001 person=wang",
            "kind=Default case=DF1 no=4 move=receive at=2024-05-30T17:00:00+08:00 role=OFFICER broker=B001 person=li amount=750",
            "kind=Default case=DF1 no=5 move=receive at=2024-05-30T17:00:00+08:00 role=OFFICER broker=B001 person=li amount=1 owed=3",
            "kind=Default case=DF1 no=7 move=receive at=2024-05-30T17:00:00+08:00 role=OFFICER broker=B001 person=li amount=250.01",
            "kind=Default case=DF1 no=6 move=close at=2024-06-03T17:00:00+08:00 role=OFFICER broker=B001 person=li reason=over",
            "kind=FreezeRequest case=FR2 move=draft at=2024-06-13T18:00:00+08:00 role=OFFICER broker=B001 person=li subject=DF1",
        ];
        var report = await ReplayAsync(rows);
        Assert.That(report.Refused.Select(one => (one.Record.Line - 2, one.Field)), Is.EqualTo(new[] { (4, (string?)null), (6, null), (9, "owed"), (10, "amount"), (12, "subject") }),
            "reported within the term to object; approved by who drafted it; a figure that is computed; more than is owed; drafted for a default that has ended");
        var filed = await OneAsync("Default");
        Assert.That((filed.History.State, Text(filed, "lossGivenDefault"), Text(filed, "dueOn")), Is.EqualTo(("CLOSED", "0.25", "2024-05-23")), "ten working days after Friday the 10th, Saturday the 11th being worked");
        Assert.That((Text(await OneAsync("FreezeRequest"), "state"), Text(await OneAsync("FreezeRequest"), "amount"), Text(await OneAsync("MarginCall"), "state")), Is.EqualTo(("APPROVED", "1000", "PASSED")));
        var market = new MarketReading(await SeenAsync(new DateOnly(2024, 5, 20)));
        Assert.That(market.Defaults.OfContract(market.Snapshot.Nodes.Find(new NodeId("MarginContract", "broker-B001:M1"))), Is.EqualTo(new DefaultState(market.Snapshot.Nodes.Find(new NodeId("MarginContract", "broker-B001:M1")), new DateOnly(2024, 5, 9), null)), "who asks the market knows of it");
    }

    [Test]
    public async Task AnUpheldComplaintCorrectsItsRecordAndIsNotDecidedByWhoDecided()
    {
        string Row(string move, int no, string more, string person = "li") => $"kind=Complaint case=CO1 no={no} move={move} at=2024-07-0{no}T09:00:00+08:00 role=OFFICER broker=B001 person={person} {more}";
        var report = await ReplayAsync(
            Row("complain", 1, "client=C1 subject=Person/broker-B001:C1 about=RECORD text=wrong disputedField=Person.phone"), Row("acknowledge", 2, ""), Row("classify", 3, "cause=SOURCE"),
            Row("assign", 4, "assignee=wang"), Row("uphold", 5, "reason=so rightValue=2", "zhao"), Row("uphold", 6, "reason=so", "wang"), Row("uphold", 7, "reason=so rightValue=2", "wang"));
        Assert.That(report.Refused.Select(one => (one.Record["no"], one.Field)), Is.EqualTo(new[] { ("5", (string?)null), ("6", "rightValue") }));
        Assert.That((Text(await OneAsync("Complaint"), "dueOn"), (await OneAsync("Complaint")).History.State), Is.EqualTo(("2024-07-29", "UPHELD")));
        Assert.That((await SeenAsync(new DateOnly(2024, 2, 1))).Nodes.GetString((await SeenAsync(new DateOnly(2024, 2, 1))).Nodes.Find(new NodeId("Person", "broker-B001:C1")), "phone"), Is.EqualTo("2"));
        var decided = await ReplayAsync([.. Approved, .. new[] { "complain 1 client=C1 subject=AP1 about=DECISION text=unfair", "acknowledge 2", "classify 3 cause=PROCEDURE", "assign 4 assignee=zhao" }.Select(text => text.Split(' ', 3) is [var move, var no, .. var more]
            ? $"kind=Complaint case=CO2 no={no} move={move} at=2024-08-0{no}T09:00:00+08:00 role=OFFICER broker=B001 person=li {string.Join(' ', more)}" : "")]);
        Assert.That(decided.Refused.Select(one => (one.Record["no"], one.Field)), Is.EqualTo(new[] { ("4", "assignee") }), "who approved it does not judge it");
    }

    private async Task<ReplayReport> ReplayAsync(params string[] rows) =>
        await new CaseReplay(store, new MarketReading(await SeenAsync(new DateOnly(9999, 12, 30))), WorkingCalendar.China, Now).RunAsync("test.csv", [.. rows.Select((row, at) => RowOf(row, at + 2))]);

    private static MoveRecord RowOf(string text, int line)
    {
        var cells = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(cell => cell.Split('=', 2)).Where(cell => cell[1].Length > 0).ToImmutableDictionary(cell => cell[0], cell => cell[1]);
        Assert.That(Columns.Split(','), Is.SupersetOf(cells.Keys));
        return new MoveRecord(line, cells);
    }

    private static string Changed(string row, string cell) =>
        string.Join(' ', row.Split(' ').Where(one => !one.StartsWith(cell[..(cell.IndexOf('=') + 1)], StringComparison.Ordinal)).Append(cell));

    private static (int, int, int, int) Told(ReplayReport report) => (report.Made, report.Opened, report.Known, report.Refused.Length);

    private async Task<FiledCase> OneAsync(string type)
    {
        var nodes = (await SeenAsync(new DateOnly(9999, 12, 30))).Nodes;
        return (await CaseFacts.ReadAsync(store, nodes.IdOf(nodes.OfType(type).ToArray().Single()), (await store.GetVersionAsync()).Number))!;
    }

    private static string? Text(FiledCase filed, string field) => filed.Content.TryGet(field, out var value) ? PropertyText.Of(value) : null;

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private async Task<Snapshot> SeenAsync(DateOnly day) => await new SnapshotProvider(store).GetAsync(Validity.CloseOf(day));
}
