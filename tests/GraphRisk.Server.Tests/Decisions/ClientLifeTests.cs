using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Market;
using GraphRisk.Scoring.Labels;
using GraphRisk.Server.Sessions;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Decisions;

/// <summary>A client from its application to the label of its default, over GraphQL alone, each step by whom it is for and refused to everybody else.</summary>
public sealed class ClientLifeTests
{
    private const string Contract = "M0010000001";
    private static readonly DateOnly Crash = new(2025, 9, 5);

    [Test]
    public async Task FromApplicationToLabel()
    {
        await using var life = await ClientLife.BeginAsync((await SampleMarket.Served).Dependencies.Model);
        await GrantAsync(life);
        await DeteriorateAsync(life);
        await WarnAsync(life);

        var desk = ClientLife.For(ClientLife.Li, "monitoring");
        const string File = "mutation { fileMarginCalls(day: \"2025-09-05\") { called { amount dueOn } passed { state } } }";
        var called = await life.Served.Ask(desk, File);
        Assert.That((called.At("fileMarginCalls.called.0.amount").GetDecimal(), called.TextAt("fileMarginCalls.called.0.dueOn")), Is.EqualTo((80_000.01m, "2025-09-09")), "of 400,000 more than 140% is asked for, and 480,000 are there");
        await NextAsync(life, new(2025, 9, 10), 12m, 470_000m);
        Assert.That((await life.Served.Ask(desk, File.Replace("09-05", "09-10", StringComparison.Ordinal))).TextAt("fileMarginCalls.passed.0.state"), Is.EqualTo("PASSED"));

        var recovery = ClientLife.For(ClientLife.Li, "default-disposal");
        var second = ClientLife.For(ClientLife.Wang, "default-disposal");
        var call = (await life.Served.Ask(desk, "{ marginCalls { nodes { id } } }")).TextAt("marginCalls.nodes.0.id");
        await life.DoAsync(desk, $"disposeMarginCall(marginCall: \"{call}\", reason: \"unmet\")", "marginCall { state }");
        var declared = (await life.DoAsync(recovery, $"declareDefault(contract: \"MarginContract/broker-B001:{Contract}\", on: \"2025-09-10\", cause: LIQUIDITY)", "default { id state amount }")).At("default");
        Assert.That((declared.TextAt("state"), declared.At("amount").GetDecimal()), Is.EqualTo(("DECLARED", 400_000m)));
        var id = declared.TextAt("id")!;
        var notified = await life.DoAsync(recovery, $"notifyDefault(default: \"{id}\", document: \"N1\")", "default { dueOn }");
        Assert.That(notified.TextAt("default.dueOn"), Is.EqualTo("2025-09-24"), "ten working days");
        await FreezeAsync(life, id);
        var sold = await life.DoAsync(recovery, $"sellDefault(default: \"{id}\", amount: 300000, costs: 1000, security: \"000001.SZ\", quantity: 25000)", "default { owed }");
        Assert.That(sold.At("default.owed").GetDecimal(), Is.EqualTo(101_000m));
        await life.DoAsync(recovery, $"labelDefault(default: \"{id}\", defaultCause: COLLATERAL)", "default { cause }");
        life.Turn(new(2025, 9, 25));
        await life.DoAsync(second, $"reportDefault(default: \"{id}\", document: \"R1\")", "default { state }");
        var closed = await life.DoAsync(second, $"closeDefault(default: \"{id}\", reason: \"nothing more to be had\")", "default { state lossGivenDefault cause moves { nodes { move } } }");
        Assert.That((closed.TextAt("default.state"), closed.At("default.lossGivenDefault").GetDecimal(), closed.TextAt("default.cause")), Is.EqualTo(("CLOSED", 0.2525m, "COLLATERAL")));
        Assert.That(closed.TextsAt("default.moves.nodes", "move"), Is.EqualTo(new[] { "declare", "notify", "sell", "label", "report", "close" }));
        Assert.That((await life.Served.Ask(ClientLife.Own, "{ defaults { nodes { state } } freezeRequests { totalCount } }")).GetRawText(), Does.Contain("CLOSED").And.Contain("\"totalCount\":0"));

        // What the next model learns from, read as a later day knows it.
        var latest = await life.Served.Session.WholeAsync(new BitemporalPoint(Validity.CloseOf(new DateOnly(2025, 9, 30)), null));
        var labels = new DefaultHistory(new MarketReading(latest.Snapshot));
        Assert.That(labels.DefaultsWithin(NodeId.Parse(ClientLife.Client), new DateOnly(2025, 8, 29), new DateOnly(2025, 11, 29)), Is.True);
        Assert.That(labels.DefaultsWithin(NodeId.Parse("Person/broker-B001:0010000002"), new DateOnly(2025, 8, 29), new DateOnly(2025, 11, 29)), Is.False);
    }

    [Test]
    public async Task AComplaintUpheldInTheMiddleMakesEveryLaterFigureAsIfTheWrongRecordHadNeverBeen()
    {
        // What was stated as 400,000 was 200,000; a second market states it right from the first.
        var model = (await SampleMarket.Served).Dependencies.Model;
        await using var life = await ClientLife.BeginAsync(model);
        await using var right = await ClientLife.BeginAsync(model);
        foreach (var one in (ClientLife[])[life, right]) await GrantAsync(one);
        await DeteriorateAsync(life);
        await DeteriorateAsync(right, financed: 200_000m);
        Assert.That(await FiguresAsync(life), Is.Not.EqualTo(await FiguresAsync(right)));
        await WarnAsync(life);
        var (before, then) = (await FiguresAsync(life), life.Now);

        var handler = ClientLife.For(ClientLife.Wang, "complaint");
        var filed = await life.DoAsync(
            ClientLife.Own, $"complain(about: RECORD, text: \"half of it is repaid\", record: \"MarginContract/broker-B001:{Contract}\", field: \"debt\")", "complaint { id }", ClientLife.Li);
        var id = filed.TextAt("complaint.id")!;
        foreach (var (move, more) in (IEnumerable<(string, string)>)[("acknowledge", ""), ("classify", ", cause: SOURCE"), ("assign", ", assignee: \"wang\"")])
            await life.DoAsync(handler, $"{move}Complaint(complaint: \"{id}\"{more})", "complaint { state }", ClientLife.Supervisor);
        var upheld = await life.DoAsync(handler, $"upholdComplaint(complaint: \"{id}\", reason: \"so it is\", rightValue: \"200000\", wrongSince: \"2025-09-05\")", "complaint { state }", ClientLife.Supervisor);
        Assert.That(upheld.TextAt("complaint.state"), Is.EqualTo("UPHELD"));

        Assert.That(await FiguresAsync(life), Is.EqualTo(await FiguresAsync(right)));
        Assert.That(await FiguresAsync(life, $"knownAt: \"{then:O}\""), Is.EqualTo(before), "and what was answered before is answered again as known then");
        foreach (var one in (ClientLife[])[life, right])
        {
            await NextAsync(one, new(2025, 9, 10), 12m, 470_000m, financed: 200_000m);
            var calls = await one.Served.Ask(ClientLife.For(ClientLife.Li, "monitoring"), "mutation { fileMarginCalls(day: \"2025-09-10\") { called { id } } }");
            Assert.That(calls.At("fileMarginCalls.called").GetArrayLength(), Is.Zero, "nobody is called for a debt that was not");
        }

        Assert.That(await FiguresAsync(life), Is.EqualTo(await FiguresAsync(right)));
    }

    /// <summary>Applied for by the client, asked about, answered, approved by a person of the broker; then the contract begins.</summary>
    private static async Task GrantAsync(ClientLife life)
    {
        const string Asked = "apply(broker: \"B001\", application: { product: MARGIN, amount: 500000, termInDays: 180, shareOfBroker: 0, isAffiliateOfBroker: false })";
        var id = (await life.DoAsync(ClientLife.Own, Asked, "application { id state }", ClientLife.Li, ClientLife.For(ClientLife.Own, "own-record"), ServedGraph.Client("Person/broker-B001:0010000002"))).TextAt("application.id")!;
        await life.DoAsync(ClientLife.Li, $"askApplication(application: \"{id}\", reason: \"what for?\")", "application { state }");
        await life.DoAsync(ClientLife.Own, $"answerApplication(application: \"{id}\", reason: \"to buy shares\")", "application { state }", ClientLife.Li);
        const string Approve = "approveApplication(application: \"{0}\", amount: 500000, annualRate: 0.065)";
        Assert.That(await life.Served.Codes(ClientLife.Wang, $"mutation {{ {Approve.Replace("{0}", id, StringComparison.Ordinal).TrimEnd(')')}, key: \"early\") {{ isNew }} }}"), Is.EqualTo(new[] { "AUTHORISATION_REQUIRED" }), "nobody looks at a score unasked");
        Assert.That(await ObstacleAsync(), Is.EqualTo("ACCESS"), "nor is led to try");
        await life.Served.Ask(ClientLife.Own, "mutation { authorise(broker: \"B001\", scope: SCORE, purposes: [\"admission\", \"monitoring\"]) { authorisation { id } } }");
        Assert.That(await ObstacleAsync(), Is.Null);
        var approved = await life.DoAsync(ClientLife.Wang, Approve.Replace("{0}", id, StringComparison.Ordinal), "application { state creditLine } move { briefings { nodes { advice hash } } }");
        Assert.That((approved.TextAt("application.state"), approved.At("application.creditLine").GetDecimal()), Is.EqualTo(("APPROVED", 500_000m)));
        Assert.That(approved.TextAt("move.briefings.nodes.0.hash"), Has.Length.EqualTo(64), "what was recommended is kept");
        await life.TradeAsync(new(2025, 9, 1), 20m);
        await life.DeliverAsync("brokers/B001/margin.csv", $"contract_no,account_no,opened_on,due_on,credit_line,annual_rate,call_line,liquidation_line\n{Contract},80010000001,2025-09-01,2026-02-28,500000.00,0.0650,1.4000,1.1500\n");
        await life.StateAsync(Contract, new(2025, 9, 1), 400_000m, 800_000m);
        await life.StateAsync("M0010000002", new(2025, 9, 1), 100_000m, 500_000m);

        async Task<string?> ObstacleAsync() => (await life.Served.Ask(ClientLife.Wang, $$"""{ node(id: "{{id}}") { ... on Application { nextMoves { name obstacle } } } }"""))
            .At("node.nextMoves").EnumerateArray().Single(one => one.TextAt("name") == "approve").GetProperty("obstacle").GetString();
    }

    /// <summary>Prices fall for four days; what secures the contract falls to 120% of what is owed.</summary>
    private static async Task DeteriorateAsync(ClientLife life, decimal financed = 400_000m)
    {
        var price = 20m;
        for (var day = new DateOnly(2025, 9, 2); day < Crash; day = day.AddDays(1)) await life.TradeAsync(day, price -= 2m);
        await NextAsync(life, Crash, 12m, 480_000m, financed);
    }

    private static async Task WarnAsync(ClientLife life)
    {
        var desk = ClientLife.For(ClientLife.Li, "monitoring");
        const string File = "mutation { fileWarnings(day: \"2025-09-05\") { day rounds { broker { code } named opened } } }";
        Assert.That(await life.Served.Codes(ClientLife.Own, File), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That(await life.Served.Codes(ServedGraph.Analyst, File), Is.EqualTo(new[] { "FORBIDDEN" }));
        var filed = (await life.Served.Ask(desk, File)).At("fileWarnings.rounds.0");
        Assert.That((filed.TextAt("broker.code"), filed.At("named").GetInt32(), filed.At("opened").GetInt32()), Is.EqualTo(("B001", 1, 1)));
        var version = (await life.Served.Store.GetVersionAsync()).Number;
        Assert.That((await life.Served.Ask(ClientLife.Supervisor, File)).At("fileWarnings.rounds.0.opened").GetInt32(), Is.Zero, "the supervisor's round finds it done");
        Assert.That((await life.Served.Store.GetVersionAsync()).Number, Is.EqualTo(version));
        var warning = (await life.Served.Ask(desk, "{ warnings { nodes { id signs { nodes { rule } } } } }")).At("warnings.nodes.0");
        Assert.That(warning.TextsAt("signs.nodes", "rule"), Does.Contain("ratio-below-warning-line"));
        await life.DoAsync(desk, $"takeWarning(warning: \"{warning.TextAt("id")}\")", "warning { state }");
        await life.DoAsync(desk, $"resolveWarning(warning: \"{warning.TextAt("id")}\", reason: \"the client is called\")", "warning { state }");
    }

    private static async Task FreezeAsync(ClientLife life, string defaultId)
    {
        var (li, wang) = (ClientLife.For(ClientLife.Li, "default-disposal"), ClientLife.For(ClientLife.Wang, "default-disposal"));
        var request = (await life.DoAsync(li, $"draftFreezeRequest(default: \"{defaultId}\")", "freezeRequest { id state }")).TextAt("freezeRequest.id")!;
        Assert.That(await life.Served.Codes(li, $"mutation {{ approveFreezeRequest(freezeRequest: \"{request}\", key: \"alone\") {{ isNew }} }}"), Is.EqualTo(new[] { "FORBIDDEN" }), "not by who drafted");
        await life.DoAsync(wang, $"approveFreezeRequest(freezeRequest: \"{request}\")", "freezeRequest { state }");
        await life.DoAsync(li, $"sendFreezeRequest(freezeRequest: \"{request}\", document: \"letter 7\")", "freezeRequest { state }");
        var granted = await life.DoAsync(li, $"grantFreezeRequest(freezeRequest: \"{request}\", document: \"（2025）沪01财保1号\", dueOn: \"2026-09-10\")", "freezeRequest { state }");
        Assert.That(granted.TextAt("freezeRequest.state"), Is.EqualTo("GRANTED"));
        var paper = (await life.Served.Ask(li, $"{{ node(id: \"{request}\") {{ ... on FreezeRequest {{ paper(format: JSON) }} }} }}")).TextAt("node.paper")!;
        Assert.That(JsonDocument.Parse(paper).RootElement.TextsAt("document.assets", "kind"), Does.Contain("Position"));
    }

    private static async Task NextAsync(ClientLife life, DateOnly day, decimal price, decimal collateral, decimal financed = 400_000m)
    {
        await life.TradeAsync(day, price);
        await life.StateAsync(Contract, day, financed, collateral);
        await life.StateAsync("M0010000002", day, 100_000m, 500_000m);
    }

    /// <summary>What the client, its broker and the supervisor are told of it: debts, score with its reasons, stress, exposure.</summary>
    private static async Task<string> FiguresAsync(ClientLife life, string when = "")
    {
        var all = when.Length > 0 ? $"({when})" : "";
        var own = await life.Served.Ask(ClientLife.Own, $"{{ creditScore{all} {{ score grade probabilityOfDefault contagion reasons {{ feature points value }} }} marginContracts{all} {{ nodes {{ debt owed coverage status }} }} }}");
        var broker = await life.Served.Ask(ClientLife.For(ClientLife.Li, "monitoring"), $"{{ marginContracts{all} {{ totalCount nodes {{ contractNumber debt owed coverage inDefault }} }} }}");
        var market = await life.Served.Ask(ClientLife.Supervisor, $"{{ marginContractsAggregate{all} {{ count debt {{ sum min max }} coverage {{ min max }} }} }}");
        return $"{own.GetRawText()}\n{broker.GetRawText()}\n{market.GetRawText()}";
    }
}
