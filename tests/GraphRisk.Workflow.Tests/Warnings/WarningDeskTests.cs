using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Market.Calendar;
using GraphRisk.TestKit;
using GraphRisk.TestKit.Faults;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Warnings;
using GraphRisk.Workflow.Warnings.Filing;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Workflow.Tests.Warnings;

/// <summary>Rounds as they are filed: gathered in one case a client, filed once however often the round is made, woken and passed on in time.</summary>
public sealed class WarningDeskTests
{
    private static readonly DateTimeOffset Now = new(2024, 7, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly NodeId Broker = new("Broker", "B001");
    private static readonly NodeId Li = new("Person", "broker-B001:C1");
    private static readonly WarningRule First = WarningRuleTests.Rule("LEVEL", "ratio", "BELOW", 1.5, null) with { Name = "first", Severity = WarningSeverity.Notice };
    private static readonly WarningRule Urgent = First with { Name = "urgent", Severity = WarningSeverity.Critical, Team = "CREDIT_RISK", EscalatesTo = "CHIEF_RISK_OFFICER", TakeWithinDays = 1 };
    private static readonly WarningRules Rules = new("0123456789ab", [First, Urgent]);
    private static readonly DateOnly Friday = new(2024, 6, 28);
    private static readonly DateOnly Monday = new(2024, 7, 1);

    private InMemoryGraphStore store = null!;

    [SetUp]
    public async Task Open()
    {
        store = new InMemoryGraphStore(GraphText.Catalog);
        var (validity, origin) = (Validity.Since(new DateOnly(2020, 1, 1)), new Provenance("broker-B001", "1", 1m));
        await store.AppendAsync(new ChangeSet("clients", Now.AddDays(-9), "test",
        [
            Change.Assert(new NodeFact(Broker, Properties.Of(("code", PropertyValue.Of("B001"))), validity, new Provenance("association", "1", 1m))),
            Change.Assert(new NodeFact(Li, Properties.Of(("name", PropertyValue.Of("李雷"))), validity, origin)),
            Change.Assert(new RelationshipFact("CLIENT_OF", Li, Broker, "", Properties.None, validity, origin)),
        ]));
    }

    [TearDown]
    public async Task Close() => await store.DisposeAsync();

    [Test]
    public async Task ARoundIsFiledOnceHoweverOftenItIsMade()
    {
        Assert.That(await FileAsync(Friday, First), Is.EqualTo(new FiledRound(1, 0, 0, 0, 0)));
        var version = (await store.GetVersionAsync()).Number;
        Assert.That(await FileAsync(Friday, First), Is.EqualTo(new FiledRound(0, 0, 0, 0, 1)));
        Assert.That((await store.GetVersionAsync()).Number, Is.EqualTo(version), "nothing was recorded");
        var one = (await FiledAsync()).All.Single();
        Assert.That((one.State, one.Severity, one.Team, one.DueOn), Is.EqualTo(("NEW", WarningSeverity.Notice, "MARGIN_DESK", new DateOnly(2024, 7, 2))), "two working days after Friday");
        Assert.That((one.Signs.Single().Rule, one.Signs.Single().FoundOn), Is.EqualTo(("first", Friday)));
    }

    [Test]
    public async Task ARoundThatWasCutOffBeforeItsEndAndIsMadeAgainLeavesTheSameHistory()
    {
        await FileAsync(Friday, First);
        var undisturbed = await ContentHash.ComputeAsync(store);
        await Close();
        await Open();
        Assert.That(async () => await FileAsync(Friday, [First], new UnsteadyStore(store) { LeftToTake = 1 }), Throws.InstanceOf<StoreUnavailableException>(), "the case is filed, the round is not");
        Assert.That((await SeenAsync(Entitlement.Whole)).Nodes.OfType("WarningRound").Length, Is.Zero);
        await FileAsync(Friday, First);
        Assert.That(await ContentHash.ComputeAsync(store), Is.EqualTo(undisturbed));
    }

    [Test]
    public async Task FurtherSignsAreGatheredInTheOpenWarningAndAMoreUrgentOneMovesIt()
    {
        await FileAsync(Friday, First);
        Assert.That(await FileAsync(Friday, First, Urgent), Is.EqualTo(new FiledRound(0, 1, 0, 0, 0)), "the day's round of another knowledge adds what is new");
        var one = (await FiledAsync()).All.Single();
        Assert.That((one.Severity, one.Team, one.DueOn, one.Signs.Length), Is.EqualTo((WarningSeverity.Critical, "CREDIT_RISK", (DateOnly?)Monday, 2)));
    }

    [Test]
    public async Task ASettledWarningStaysAndTheNextSignOpensAnother()
    {
        await FileAsync(Friday, First);
        var id = (await FiledAsync()).All.Single().Id;
        await MoveAsync(id, "dismiss", ("reason", PropertyValue.Of("a wrong price")));
        Assert.That(await FileAsync(Monday, First), Is.EqualTo(new FiledRound(1, 0, 0, 0, 0)));
        Assert.That((await FiledAsync()).All.Select(one => one.State), Is.EquivalentTo(new[] { "FALSE_ALARM", "NEW" }));
    }

    [Test]
    public async Task WhatNobodyTookInTimeGoesToTheNextTeamAndWhatWasTakenDoesNot()
    {
        await FileAsync(Friday, Urgent);
        Assert.That(await FileAsync(Monday), Is.EqualTo(default(FiledRound)), "it is due on Monday");
        Assert.That(await FileAsync(Monday.AddDays(1)), Is.EqualTo(new FiledRound(0, 0, 0, 1, 0)));
        Assert.That(await FileAsync(Monday.AddDays(1)), Is.EqualTo(default(FiledRound)));
        var one = (await FiledAsync()).All.Single();
        Assert.That((one.State, one.Team), Is.EqualTo(("ESCALATED", "CHIEF_RISK_OFFICER")));
        await MoveAsync(one.Id, "take");
        Assert.That(await FileAsync(Monday.AddDays(9)), Is.EqualTo(default(FiledRound)));
    }

    [Test]
    public async Task WhatIsPutOffWakesOnItsDay()
    {
        await FileAsync(Friday, First);
        var id = (await FiledAsync()).All.Single().Id;
        await MoveAsync(id, "take");
        await MoveAsync(id, "snooze", ("reason", PropertyValue.Of("pays on Tuesday")), ("snoozedUntil", PropertyValue.Of(Monday.AddDays(2))));
        Assert.That(await FileAsync(Monday.AddDays(1)), Is.EqualTo(default(FiledRound)));
        Assert.That(await FileAsync(Monday.AddDays(2)), Is.EqualTo(new FiledRound(0, 0, 1, 0, 0)));
        var one = (await FiledAsync()).All.Single();
        Assert.That((one.State, one.DueOn), Is.EqualTo(("NEW", (DateOnly?)Monday.AddDays(3))));
    }

    [Test]
    public async Task ASignOfABrokerIsItsOwnAndNeitherAnothersNorTheClients()
    {
        await FileAsync(Friday, First);
        Assert.That(Count(await SeenAsync(Entitlement.OfBroker("B001"))), Is.EqualTo((1, 1, 1, 1)));
        Assert.That(Count(await SeenAsync(Entitlement.OfBroker("B002"))), Is.EqualTo((0, 0, 0, 0)));
        Assert.That(Count(await SeenAsync(Entitlement.OfClient(Li))), Is.EqualTo((0, 0, 0, 0)), "what it is warned of is in no client's own record, nor is how it was worked");
        Assert.That(Count(await SeenAsync(Entitlement.Whole)), Is.EqualTo((1, 1, 1, 1)));

        static (int, int, int, int) Count(Snapshot seen) => (seen.Nodes.OfType("Warning").Length, seen.Nodes.OfType("WarningSign").Length, seen.Nodes.OfType("CaseMove").Length, seen.Nodes.OfType("WarningRound").Length);
    }

    [Test]
    public async Task TheLastSignBeforeADayIsKnownForTheCoolDown()
    {
        await FileAsync(Friday, First);
        var filed = await FiledAsync();
        Assert.That(filed.LastSign(Li, "first", Monday), Is.EqualTo(Friday));
        Assert.That(filed.LastSign(Li, "first", Friday), Is.Null, "those of the day itself do not hinder its round");
        Assert.That(filed.LastSign(Li, "urgent", Monday), Is.Null);
    }

    private Task<FiledRound> FileAsync(DateOnly day, params WarningRule[] met) => FileAsync(day, met, store);

    private async Task<FiledRound> FileAsync(DateOnly day, WarningRule[] met, IGraphStore into)
    {
        var named = met.Length == 0 ? [] : new[] { new ClientWarning(Li, [.. met.Select(rule => new MetRule(rule, new MetBy(1.4, null)))], 0.1, true, 1_000_000m, 0.25m) };
        return await new WarningDesk(into, Rules, WorkingCalendar.China, Now).FileAsync(new BrokerWarnings(Broker, day, Rules.Version, 20, [.. named], []), await FiledAsync());
    }

    private async Task MoveAsync(NodeId id, string move, params (string, PropertyValue)[] carried) =>
        Assert.That((await new CaseDesk(store).MoveAsync(
            CaseKind.Warning, id, new MoveAsked(move, new Mover(CasePart.Officer, Broker.ToString(), "wang"), $"{move} by hand", Properties.Of(carried)), null, new CaseFiling(Now, Friday, "test"))).Decision.Refusal, Is.Null);

    private async Task<FiledWarnings> FiledAsync() => FiledWarnings.Of(await SeenAsync(Entitlement.OfBroker("B001")));

    private async Task<Snapshot> SeenAsync(Entitlement entitlement) =>
        await new SnapshotProvider(store).GetAsync(Validity.CloseOf(new DateOnly(2025, 12, 31)), null, entitlement);
}
