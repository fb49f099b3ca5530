using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Market.Calendar;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Warnings;
using GraphRisk.Workflow.Warnings.Filing;
using GraphRisk.Workflow.Warnings.Rules;
using GraphRisk.Workflow.Warnings.Work;

namespace GraphRisk.Workflow.Tests.Warnings;

/// <summary>
/// Five clients of one desk that can be told of four. Of Friday's four warnings one is taken after a day and resolved, one after three and put down as nothing, one is passed on by the program
/// and stays there, one is taken after a day and stays; Monday's round names nobody and cuts nobody.
/// </summary>
public sealed class WarningWorkTests
{
    private static readonly DateTimeOffset Now = new(2024, 6, 28, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Friday = new(2024, 6, 28);
    private static readonly NodeId Broker = new("Broker", "B001");
    private static readonly WarningRule Quiet = WarningRuleTests.Rule("LEVEL", "ratio", "BELOW", 1.5, null) with { Name = "quiet", Severity = WarningSeverity.Notice, TakeWithinDays = 9 };
    private static readonly WarningRule Loud = Quiet with { Name = "loud", Severity = WarningSeverity.Critical, TakeWithinDays = 1 };
    private static readonly WarningRules Rules = new("0123456789ab", [Quiet, Loud]);

    private InMemoryGraphStore store = null!;

    [SetUp]
    public async Task Work()
    {
        store = new InMemoryGraphStore(GraphText.Catalog);
        var (validity, origin) = (Validity.Since(new DateOnly(2020, 1, 1)), new Provenance("broker-B001", "1", 1m));
        await store.AppendAsync(new ChangeSet("clients", Now.AddDays(-9), "test",
        [
            Change.Assert(new NodeFact(Broker, Properties.Of(("code", PropertyValue.Of("B001"))), validity, new Provenance("association", "1", 1m))),
            .. Enumerable.Range(1, 5).SelectMany(client => new[]
            {
                Change.Assert(new NodeFact(Client(client), Properties.Of(("name", PropertyValue.Of($"客户{client}"))), validity, origin)),
                Change.Assert(new RelationshipFact("CLIENT_OF", Client(client), Broker, "", Properties.None, validity, origin)),
            }),
        ]));
        await FileAsync(Friday, Now, 5, (1, [Quiet]), (2, [Quiet]), (3, [Loud]), (4, [Quiet, Loud]));
        await MoveAsync(1, "take", 1);
        await MoveAsync(1, "resolve", 1, "called");
        await MoveAsync(4, "take", 1);
        await MoveAsync(2, "take", 3);
        await MoveAsync(2, "dismiss", 3, "a wrong price");
        await FileAsync(Friday.AddDays(4), Now.AddDays(4), null);
    }

    [TearDown]
    public async Task Close() => await store.DisposeAsync();

    [Test]
    public async Task EveryWarningOfTheDaysIsCountedWhereItEnded()
    {
        var row = (await RowsAsync(WarningDivision.All)).Single();
        Assert.Multiple(() =>
        {
            Assert.That((row.Broker, row.Key, row.Opened, row.Taken), Is.EqualTo(("B001", "ALL", 4, 3)));
            Assert.That((row.Resolved, row.FalseAlarms, row.Open, row.Untaken, row.Escalated), Is.EqualTo((1, 1, 2, 1, 1)));
            Assert.That(row.MedianDaysToTake, Is.EqualTo(1m), "1, 1 and 3 days");
            Assert.That((row.Rounds, row.Cut), Is.EqualTo(((int?)2, (long?)1)), "one of five was cut on Friday");
        });
    }

    [Test]
    public async Task ByRuleAWarningCountsUnderEachOfItsSigns()
    {
        var rows = await RowsAsync(WarningDivision.Rule);
        Assert.That(rows.Select(row => (row.Key, row.Opened, row.MedianDaysToTake)), Is.EqualTo(new (string, int, decimal?)[] { ("loud", 2, 1m), ("quiet", 3, 1m) }));
        Assert.That(rows.Select(row => row.Cut), Is.All.Null, "what was cut is told of no rule");
    }

    [Test]
    public async Task BySeverityTheMostUrgentComesFirst()
    {
        var rows = await RowsAsync(WarningDivision.Severity);
        Assert.That(rows.Select(row => (row.Key, row.Opened, row.Untaken, row.MedianDaysToTake)), Is.EqualTo(new (string, int, int, decimal?)[] { ("CRITICAL", 2, 1, 1m), ("NOTICE", 2, 0, 2m) }), "of 1 and 3 days the mean");
    }

    [Test]
    public async Task DaysWithoutAWarningHaveNoRow() =>
        Assert.That(WarningWork.Of(await SeenAsync(), Friday.AddDays(-9), Friday.AddDays(-1), WarningDivision.All, WorkMeter.Unlimited), Is.Empty);

    [Test]
    public async Task ARoundMadeAgainTakesThePlaceOfTheOneBeforeAndTheSameIsFiledOnce()
    {
        var version = (await store.GetVersionAsync()).Number;
        await FileAsync(Friday.AddDays(4), Now.AddDays(5), null);
        Assert.That((await store.GetVersionAsync()).Number, Is.EqualTo(version), "it says the same");
        await FileAsync(Friday.AddDays(4), Now.AddDays(5), 5);
        Assert.That((await RowsAsync(WarningDivision.All)).Single(), Has.Property("Rounds").EqualTo(2).And.Property("Cut").EqualTo(2L));
        await FileAsync(Friday.AddDays(4), Now.AddDays(6), null);
        Assert.That((await RowsAsync(WarningDivision.All)).Single().Cut, Is.EqualTo(1L), "what was said before may be said again");
    }

    private static NodeId Client(int client) => new("Person", $"broker-B001:C{client}");

    private async Task FileAsync(DateOnly day, DateTimeOffset at, int? cut, params (int Client, WarningRule[] Met)[] named)
    {
        ClientWarning Of(int client, params WarningRule[] met) => new(Client(client), [.. met.Select(rule => new MetRule(rule, new MetBy(1.4, null)))], 0.1, true, 1_000_000m, 0.25m);
        var found = new BrokerWarnings(Broker, day, Rules.Version, 4, [.. named.Select(one => Of(one.Client, one.Met))], cut is { } last ? [Of(last, Quiet)] : []);
        await new WarningDesk(store, Rules, WorkingCalendar.China, at).FileAsync(found, FiledWarnings.Of(await SeenAsync()));
    }

    private async Task MoveAsync(int client, string move, int days, string? reason = null)
    {
        var id = FiledWarnings.Of(await SeenAsync()).OpenOf(Client(client))!.Id;
        var asked = new MoveAsked(move, new Mover(CasePart.Officer, Broker.ToString(), "wang"), $"{move} by hand", reason is null ? Properties.None : Properties.Of(("reason", PropertyValue.Of(reason))));
        Assert.That((await new CaseDesk(store).MoveAsync(CaseKind.Warning, id, asked, null, new CaseFiling(Now.AddDays(days), Friday, "test"))).Decision.Refusal, Is.Null);
    }

    private async Task<List<WarningWorkRow>> RowsAsync(WarningDivision by) => [.. WarningWork.Of(await SeenAsync(), Friday, Friday.AddDays(7), by, WorkMeter.Unlimited)];

    private async Task<Snapshot> SeenAsync() => await new SnapshotProvider(store).GetAsync(Validity.CloseOf(new DateOnly(2025, 12, 31)));
}
