using System.Globalization;

namespace GraphRisk.Simulation.Tests.Casework;

/// <summary>What people decide follows from the world the other files tell of.</summary>
public class CaseworkTests
{
    private GeneratedMarket market = null!;
    private Dictionary<string, int> columns = [];
    private List<(string Broker, string[] Row)> rows = [];

    [OneTimeSetUp]
    public void Generate()
    {
        market = new GeneratedMarket(new MarketParameters(2000, 7));
        columns = market.Header("cases/B001.csv").Select((name, at) => (name, at)).ToDictionary(one => one.name, one => one.at);
        rows = [.. market.Brokers.Append("supervisor").SelectMany(broker => market.Rows($"cases/{broker}.csv").Select(row => (broker, row)))];
    }

    [OneTimeTearDown]
    public void Remove() => market.Dispose();

    [Test]
    public void AContractThatExistsWasAppliedForAndApprovedAtItsRateByTwoWhereItIsLarge()
    {
        var contracts = market.BrokerRows("margin").Select(one => (one.Broker, Number: one.Cells[0], OpenedOn: GeneratedMarket.Date(one.Cells[2]), Line: one.Cells[4], Rate: one.Cells[5]))
            .Concat(market.BrokerRows("pledge").Select(one => (one.Broker, Number: one.Cells[0], OpenedOn: GeneratedMarket.Date(one.Cells[6]), Line: one.Cells[4], Rate: one.Cells[5]))).ToList();
        var moves = Of("Application").ToLookup(one => (one.Broker, Cell(one.Row, "case")));
        Assert.That(contracts, Has.Count.GreaterThan(500));
        foreach (var contract in contracts)
        {
            var made = moves[(contract.Broker, $"AP{contract.Number}")].Select(one => one.Row).ToList();
            var approved = made.FindAll(row => Cell(row, "move") == "approve");
            Assert.That((Cell(made[0], "move"), approved.Count), Is.EqualTo(("apply", GeneratedMarket.Number(contract.Line) >= 5_000_000 ? 2 : 1)), contract.Number);
            Assert.That(approved.Select(row => Cell(row, "person")).Distinct().Count(), Is.EqualTo(approved.Count), "four eyes");
            Assert.That((Cell(approved[0], "amount"), Cell(approved[0], "annualRate")), Is.EqualTo((contract.Line, contract.Rate)), contract.Number);
            Assert.That(DayOf(approved[^1]), Is.LessThanOrEqualTo(contract.OpenedOn), contract.Number);
        }
    }

    [Test]
    public void WhoWasDeclinedHasNoContractAfterIt()
    {
        var accounts = market.BrokerRows("accounts").ToDictionary(one => (one.Broker, one.Cells[0]), one => one.Cells[1]);
        var begun = market.BrokerRows("margin").Select(one => (one.Broker, Client: accounts[(one.Broker, one.Cells[1])], On: GeneratedMarket.Date(one.Cells[2])))
            .Concat(market.BrokerRows("pledge").Select(one => (one.Broker, Client: one.Cells[1], On: GeneratedMarket.Date(one.Cells[6])))).ToLookup(one => (one.Broker, one.Client), one => one.On);
        var declined = Of("Application", "decline").ToList();
        Assert.That(declined, Has.Count.GreaterThan(20));
        foreach (var (broker, row) in declined)
            Assert.That(begun[(broker, Cell(row, "case")["AP".Length..])].Where(on => on >= DayOf(row)), Is.Empty, Cell(row, "case"));
        var truth = Truth("Application");
        Assert.That(declined.Select(one => truth[(one.Broker, Cell(one.Row, "case"))]).Distinct(), Is.SubsetOf(new[] { "WOULD_DEFAULT", "WOULD_PAY" }));
    }

    [Test]
    public void CallsAndDefaultsAreThoseOfTheBrokersEvents()
    {
        var events = market.BrokerRows("events").Select(one => (one.Broker, Contract: one.Cells[2], Kind: one.Cells[3], On: GeneratedMarket.Date(one.Cells[4]))).ToList();
        Assert.That(
            Of("MarginCall", "call").Select(one => (one.Broker, Cell(one.Row, "subject"), GeneratedMarket.Date(Cell(one.Row, "calledOn")))),
            Is.EquivalentTo(events.Where(one => one.Kind is "MARGIN_CALL" or "追保通知").Select(one => (one.Broker, one.Contract, one.On))));
        Assert.That(
            Of("MarginCall", "meet").Select(one => (one.Broker, Cell(one.Row, "case").Split('-')[0]["MC".Length..], GeneratedMarket.Date(Cell(one.Row, "happenedOn")))),
            Is.EquivalentTo(events.Where(one => one.Kind is "CALL_MET" or "追保完成").Select(one => (one.Broker, one.Contract, one.On))));
        Assert.That(
            Of("Default").Where(one => Cell(one.Row, "move") is "declare" or "derive").Select(one => (one.Broker, Cell(one.Row, "subject"), GeneratedMarket.Date(Cell(one.Row, "defaultedOn")))),
            Is.EquivalentTo(events.Where(one => one.Kind is "FORCED_LIQUIDATION" or "DEFAULT" or "强制平仓" or "违约").Select(one => (one.Broker, one.Contract, one.On))));
    }

    [Test]
    public void WhatASaleAndAPaymentLeaveOwedIsWhatTheBrokerStates()
    {
        var stated = market.BrokerRows("pledge_statements").ToLookup(one => (one.Broker, one.Cells[0]), one => (On: GeneratedMarket.Date(one.Cells[1]), Owed: GeneratedMarket.Number(one.Cells[4]), IsClosed: one.Cells[2] is "CLOSED" or "REPURCHASED" or "购回"));
        var seen = 0;
        foreach (var moves in Of("Default").GroupBy(one => (one.Broker, Case: Cell(one.Row, "case"))))
        {
            var received = moves.Where(one => Cell(one.Row, "move") is "sell" or "receive").ToList();
            if (stated[(moves.Key.Broker, moves.Key.Case["DF".Length..])].LastOrDefault() is not { IsClosed: false, Owed: > 0 and var owed } || received.Count == 0) continue;
            seen++;
            var claim = GeneratedMarket.Number(Cell(moves.First().Row, "amount")) - received.Sum(one => GeneratedMarket.Number(Cell(one.Row, "amount")));
            Assert.That(claim, Is.EqualTo(owed).Within(0.5), moves.Key.Case);
        }

        Assert.That(seen, Is.GreaterThan(3));
    }

    [Test]
    public void AComplaintThatWasRightIsAboutAValueThatIsWrongAndItsRightValueIsTheTruth()
    {
        var cards = market.BrokerRows("clients").ToDictionary(one => (one.Broker, one.Cells[0]), one => one.Cells);
        var truth = Truth("Complaint");
        var upheld = Of("Complaint", "uphold").Where(one => Cell(one.Row, "rightValue") != "").ToList();
        Assert.That(upheld, Has.Count.GreaterThan(5));
        foreach (var (broker, row) in upheld)
        {
            var filed = Of("Complaint", "complain").Single(one => one.Broker == broker && Cell(one.Row, "case") == Cell(row, "case")).Row;
            var card = cards[(broker, Cell(filed, "client"))];
            Assert.That(truth[(broker, Cell(row, "case"))], Is.EqualTo("RIGHT"));
            Assert.That(Cell(filed, "disputedField") == "Person.phone" ? card[9] : card[1], Is.Not.EqualTo(Cell(row, "rightValue")));
        }

        Assert.That(truth.Values.Distinct(), Is.EquivalentTo(new[] { "RIGHT", "WRONG" }));
        Assert.That(Of("Complaint", "reject"), Is.Not.Empty);
        Assert.That(Of("Complaint", "complain").Select(one => Cell(one.Row, "about")).Distinct(), Is.EquivalentTo(new[] { "RECORD", "SCORE", "DECISION" }));
    }

    [Test]
    public void MovesOfACaseFollowOneAnotherAndEveryCaseIsInTheTruth()
    {
        foreach (var moves in rows.GroupBy(one => (one.Broker, Kind: Cell(one.Row, "kind"), Case: Cell(one.Row, "case"))))
        {
            Assert.That(moves.Select(one => int.Parse(Cell(one.Row, "no"), CultureInfo.InvariantCulture)), Is.EqualTo(Enumerable.Range(1, moves.Count())), moves.Key.Case);
            Assert.That(moves.Select(one => Cell(one.Row, "at")), Is.Ordered, moves.Key.Case);
        }

        var told = market.Rows("truth/cases.csv").Select(row => (row[1], row[2])).ToHashSet();
        Assert.That(rows.Where(one => Cell(one.Row, "kind") != "FreezeRequest").Select(one => (Cell(one.Row, "kind"), Cell(one.Row, "case"))).Distinct().Where(one => !told.Contains(one)), Is.Empty);
        Assert.That(rows.Max(one => DayOf(one.Row)), Is.LessThanOrEqualTo(new DateOnly(2025, 12, 31)));
        Assert.That(Of("FreezeRequest").Select(one => Cell(one.Row, "move")).Distinct(), Is.SupersetOf(new[] { "draft", "approve", "send", "grant", "refuse", "lift" }));
    }

    [Test]
    public void TheCalendarTradesOnTheDaysThatHaveClosesAndWorksOnSomeWeekends()
    {
        var days = market.Rows("exchange/prices.csv").Select(row => GeneratedMarket.Date(row[1])).ToHashSet();
        var told = market.Rows("exchange/calendar.csv").Select(row => (Kind: row[1], From: GeneratedMarket.Date(row[2]), To: GeneratedMarket.Date(row[3]))).ToList();
        for (var day = days.Min(); day <= days.Max(); day = day.AddDays(1))
            Assert.That(day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !told.Exists(row => row.Kind is "holiday" or "closed" && row.From <= day && day <= row.To), Is.EqualTo(days.Contains(day)), $"{day:yyyy-MM-dd}");
        Assert.That(told.Where(row => row.Kind == "working").Select(row => row.From.DayOfWeek).Distinct(), Is.EquivalentTo(new[] { DayOfWeek.Saturday, DayOfWeek.Sunday }));
    }

    private IEnumerable<(string Broker, string[] Row)> Of(string kind, string? move = null) => rows.Where(one => Cell(one.Row, "kind") == kind && (move is null || Cell(one.Row, "move") == move));

    private Dictionary<(string Broker, string Case), string> Truth(string kind) =>
        market.Rows("truth/cases.csv").Where(row => row[1] == kind).ToDictionary(row => (row[0].Replace("broker-", "", StringComparison.Ordinal), row[2]), row => row[4]);

    private string Cell(string[] row, string column) => row[columns[column]];

    private DateOnly DayOf(string[] row) => GeneratedMarket.Date(Cell(row, "at")[..10]);
}
