using System.Text.Json;
using GraphQL.Types;
using GraphRisk.Graph.Facts;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tables;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Flows;

/// <summary>
/// The small market with money that moves. 张三 is B001's client; shop and depot are nobody's client, the depot is blocked; 李四's account is known to B002 alone.
/// <code>
///      张三 -5000-> shop -4000-> depot -3000-> 张三        李四 -700-> 张三 at B002
///      张三 -12345.67-> depot, later
/// </code>
/// </summary>
public sealed class FlowsPartTests
{
    private const string Zhang = "Account/broker-B001:62000000001";
    private const string Li = "Account/broker-B002:62000000008";
    private const string Shop = "Account/broker-B001:shop";
    private const string Depot = "Account/broker-B001:depot";

    private static readonly MarketSketch Market = SmallMarket.Sketch()
        .Node(Shop, ("number", "62000000090")).Node(Depot, ("number", "62000000091"), ("blocked", "true")).Node(Li, ("number", "62000000008"))
        .Edge("OWNS_ACCOUNT", SmallMarket.Li, Li)
        .Edge("TRANSFERRED", Zhang, Shop, ("amount", "5000"), ("at", "2024-03-01T09:00:00Z"))
        .Edge("TRANSFERRED", Shop, Depot, ("amount", "4000"), ("at", "2024-03-02T09:00:00Z"))
        .Edge("TRANSFERRED", Depot, Zhang, ("amount", "3000"), ("at", "2024-03-03T09:00:00Z"))
        .Edge("TRANSFERRED", Zhang, Depot, ("amount", "12345.67"), ("at", "2024-03-04T09:00:00Z"))
        .Edge("TRANSFERRED", Li, "Account/broker-B002:62000000007", ("amount", "700"), ("at", "2024-02-01T09:00:00Z"));

    private ServedGraph served = null!;

    [OneTimeSetUp]
    public async Task Serve() => served = await ServedGraph.Of(Market);

    [OneTimeTearDown]
    public async Task Close() => await served.DisposeAsync();

    [Test]
    public async Task ACircleIsToldAsItIsDrawn()
    {
        var answer = await served.Ask(ServedGraph.Regulator, $$"""
            { transferCircles(account: "{{Zhang}}", other: "{{Shop}}") { totalCount stamp { asOf } nodes { account { number } transfersBack sumBack largestOn } }
              shortestTransferPath(account: "{{Zhang}}", other: "{{Depot}}", earlierThan: "2024-03-04T09:00:00Z") { length stamp { asOf } }
              accountTurnover(account: "{{Zhang}}") { sumSent transfersSent largestReceived } }
            """);
        var circle = answer.At("transferCircles.nodes.0");
        Assert.That((circle.TextAt("account.number"), circle.At("transfersBack").GetInt32(), circle.At("sumBack").GetDecimal(), circle.At("largestOn").GetDecimal()), Is.EqualTo(("62000000091", 1, 3000m, 4000m)));
        Assert.That(answer.At("shortestTransferPath.length").GetInt32(), Is.EqualTo(2), "The direct transfer is not before the end of the window.");
        Assert.That(answer.At("accountTurnover.sumSent").GetDecimal(), Is.EqualTo(17345.67m));
        Assert.That(answer.At("accountTurnover.largestReceived").GetDecimal(), Is.EqualTo(3000m));
    }

    [Test]
    public async Task WhatABrokerMayNotReadIsNoInput()
    {
        var question = $$"""
            { shortestTransferPath(account: "{{Zhang}}", other: "{{Depot}}", earlierThan: "2024-03-04T09:00:00Z") { length }
              transfersSent(account: "{{Zhang}}") { nodes { sum } }
              blockedTransfers(account: "{{Zhang}}") { part } }
            """;
        var (all, own) = (await served.Ask(ServedGraph.Regulator, question), await served.Ask(ServedGraph.Broker("B001"), question));
        Assert.That(all.At("blockedTransfers.part").GetDecimal(), Is.EqualTo(1m));
        Assert.That(own.At("shortestTransferPath.length").ValueKind, Is.EqualTo(JsonValueKind.Null), "From the shop to the depot is none of its clients' transfers.");
        Assert.That(own.At("transfersSent").GetRawText(), Is.EqualTo(all.At("transfersSent").GetRawText()), "What its client sent is.");
        Assert.That(own.At("blockedTransfers.part").GetDecimal(), Is.Zero, "Whether the depot is blocked it does not read.");
    }

    [Test]
    public async Task AClientAsksAboutItsOwnAccountsAndNobodyElsesIsThere()
    {
        string Question(string account) => $$"""{ transfersSent(account: "{{account}}") { nodes { sum } } }""";
        Assert.That((await served.Ask(ServedGraph.Client(SmallMarket.ZhangAtB001), $$"""{ accountState(account: "{{Zhang}}") { kind isBlocked } }""")).TextAt("accountState.kind"), Is.EqualTo("CREDIT"));
        Assert.That(await served.Codes(ServedGraph.Client(SmallMarket.ZhangAtB001), Question(Li)), Is.EqualTo(new[] { "NOT_FOUND" }));
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), Question(Li)), Is.EqualTo(new[] { "NOT_FOUND" }));
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), Question(Shop)), Is.EqualTo(new[] { "FORBIDDEN" }), "Known by its client's transfer, and no client's.");
        Assert.That(await served.Codes(ServedGraph.As(Role.Regulator, null, null), Question(Zhang)), Is.EqualTo(new[] { "PURPOSE_REQUIRED" }));
    }

    [Test]
    public async Task AnAnalystAsksByAmountsAsItReadsThem()
    {
        async Task<decimal[]> Sums(Viewer viewer, string exceeding)
        {
            var answer = await served.Ask(viewer, $$"""{ transfersSent(account: "{{served.IdOf(viewer, NodeId.Parse(Zhang))}}", exceeding: {{exceeding}}) { nodes { sum } } }""");
            return [.. answer.At("transfersSent.nodes").EnumerateArray().Select(row => row.At("sum").GetDecimal())];
        }

        var rounded = ServedGraph.As(Role.Analyst, null, "data-quality");
        Assert.That(await Sums(rounded, "0"), Is.EqualTo(new[] { 12000m, 5000m }));
        Assert.That(await Sums(rounded, "12000"), Is.Empty, "A search by halves finds no more than the two digits.");
        Assert.That(await Sums(ServedGraph.Analyst, "12345.66"), Is.EqualTo(new[] { 12345.67m }), "Validation of models reads amounts as they are.");
    }

    [Test]
    public void ATableSaysOfFiguresThatTheyRestOnRoundedAmounts()
    {
        CellForm FormOf(Viewer viewer, string field) => ColumnAccess.Of(viewer, [[((IObjectGraphType)served.Schema.AllTypes["TransferCounterpart"]!).GetField(field)!]]).Form;
        Assert.That((FormOf(ServedGraph.As(Role.Analyst, null, "data-quality"), "sum"), FormOf(ServedGraph.Analyst, "sum")), Is.EqualTo((CellForm.Rounded, CellForm.Clear)));
        Assert.That(FormOf(ServedGraph.As(Role.Analyst, null, "data-quality"), "transfers"), Is.EqualTo(CellForm.Clear));
    }

    [Test]
    public async Task RowsComeInPages()
    {
        string Question(string page) => $$"""{ transfersSent(account: "{{Zhang}}", {{page}}) { totalCount pageInfo { hasNextPage endCursor } nodes { account { number } sum transfers } } }""";
        var first = await served.Ask(ServedGraph.Regulator, Question("first: 1"));
        var rest = await served.Ask(ServedGraph.Regulator, Question($"first: 5, after: \"{first.TextAt("transfersSent.pageInfo.endCursor")}\""));
        Assert.That(first.At("transfersSent.totalCount").GetInt32(), Is.EqualTo(2));
        Assert.That((first.TextAt("transfersSent.nodes.0.account.number"), rest.TextAt("transfersSent.nodes.0.account.number")), Is.EqualTo(("62000000091", "62000000090")));
        Assert.That(rest.At("transfersSent.pageInfo.hasNextPage").GetBoolean(), Is.False);
    }

    [Test]
    public async Task WhatItLooksAtIsChargedAndEndsWithTheBudget()
    {
        using var budget = new QuestionBudget(Role.Regulator, QuestionLimits.ByRole[Role.Regulator]);
        var question = $$"""{ moneyTraces(person: "{{SmallMarket.Zhang}}") { nodes { accounts { number } } } }""";
        Assert.That(await served.AskText(ServedGraph.Regulator, question, budget: budget), Does.Contain("62000000090").And.Not.Contain("errors"));
        Assert.That(budget.Spent(CostUnit.Edges), Is.GreaterThanOrEqualTo(4));
        using var spent = new QuestionBudget(Role.Regulator, QuestionLimits.ByRole[Role.Regulator] with { Edges = 3 });
        Assert.That(await served.AskText(ServedGraph.Regulator, question, budget: spent), Does.Contain("BUDGET_EXCEEDED"));
    }

    [Test]
    public async Task WhatWasNotKnownYetIsNotThere() => Assert.That(
        await served.Codes(ServedGraph.Regulator, $$"""{ accountState(account: "{{Zhang}}", knownAt: "2024-01-01T00:00:00Z") { kind } }"""), Is.EqualTo(new[] { "NOT_FOUND" }));

    [TestCase("transfersSent(account: \"Account/broker-B001:shop\", exceeding: -1) { totalCount }")]
    [TestCase("transfersSent(account: \"Account/broker-B001:shop\", laterThan: \"2024-03-01T00:00:00Z\", earlierThan: \"2024-03-01T00:00:00Z\") { totalCount }")]
    [TestCase("passThrough(account: \"Account/broker-B001:shop\", truncateAt: 0) { sources }")]
    [TestCase("transfersSent(account: \"no id\") { totalCount }")]
    public async Task WhatCannotBeMeantIsBadInput(string question) => Assert.That(
        await served.Codes(ServedGraph.Regulator, $"{{ {question} }}"), Is.EqualTo(new[] { "BAD_USER_INPUT" }));

    [Test]
    public async Task ANodeOfAnotherTypeIsNone() => Assert.That(
        await served.Codes(ServedGraph.Regulator, $$"""{ moneyTraces(person: "{{Shop}}") { totalCount } }"""), Is.EqualTo(new[] { "NOT_FOUND" }));
}
