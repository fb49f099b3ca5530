using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Calendar;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;
using GraphRisk.Workflow.Warnings;
using GraphRisk.Workflow.Warnings.Filing;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Server.Tests.Warnings;

/// <summary>Early warnings over GraphQL: whose they are to know, who works them, how.</summary>
public sealed class WarningCasesTests
{
    private const string Listed = """{ warnings(where: { team: { eq: "MARGIN_DESK" } }) { totalCount nodes { id state severity team dueOn expectedLoss signs { nodes { rule value limit exposure } } handledBy { nodes { code } } concerned { nodes { id } } } } }""";

    [Test]
    public async Task ABrokerKnowsOfItsOwnAndNeitherAnotherNorTheClientDoes()
    {
        await using var served = await WarnedAsync();
        var one = (await served.Ask(Officer("B001", "li"), Listed)).At("warnings.nodes.0");
        Assert.That((one.TextAt("state"), one.TextAt("severity"), one.TextAt("team"), one.TextAt("handledBy.nodes.0.code")), Is.EqualTo(("NEW", "NOTICE", "MARGIN_DESK", "B001")));
        Assert.That((one.TextAt("signs.nodes.0.rule"), one.At("signs.nodes.0.value").GetRawText(), one.At("expectedLoss").GetRawText()), Is.EqualTo(("ratio-below-warning-line", "-0.1", "11300")));
        Assert.That((await served.Ask(Officer("B002", "sun"), Listed)).At("warnings.totalCount").GetInt32(), Is.Zero);
        var own = ServedGraph.Client(SmallMarket.Zhang);
        Assert.That((await served.Ask(own, "{ warnings { totalCount } caseMoves { totalCount } warningSigns { totalCount } }")).GetRawText(), Does.Not.Match("[1-9]"));
        Assert.That(await served.AskText(own, "{ person(id: \"Person/registry:P1\") { cases { totalCount } } }"), Does.Contain("\"totalCount\":0"));
        Assert.That((await served.Ask(ServedGraph.Regulator, Listed)).At("warnings.totalCount").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task APersonOfTheDeskTakesPutsOffAndSettlesItAndTheSupervisorReadsHow()
    {
        await using var served = await WarnedAsync();
        var (li, id) = (Officer("B001", "li"), await IdAsync(served));
        Assert.That(await served.Codes(li, Move("resolveWarning", id, "k0", "reason: \"done\"")), Is.EqualTo(new[] { "CONFLICT" }), "it is taken first");
        var take = Move("takeWarning", id, "k1", "");
        Assert.That((await served.Ask(li, take)).TextAt("takeWarning.warning.state"), Is.EqualTo("TAKEN"));
        Assert.That((await served.Ask(li, take)).At("takeWarning.isNew").GetBoolean(), Is.False);
        await served.Ask(li, Move("waitWarning", id, "k2", "reason: \"asked for shares\""));
        Assert.That(await served.Codes(li, Move("snoozeWarning", id, "k3", "reason: \"x\" snoozedUntil: \"2024-06-30\"")), Is.EqualTo(new[] { "BAD_USER_INPUT" }), "today is no day to come");
        Assert.That((await served.Ask(li, Move("snoozeWarning", id, "k4", "reason: \"pays on Friday\" snoozedUntil: \"2024-07-05\""))).TextAt("snoozeWarning.warning.snoozedUntil"), Is.EqualTo("2024-07-05"));
        await served.Ask(Officer("B001", "wang"), Move("takeWarning", id, "k5", "reason: \"paid\""));
        await served.Ask(Officer("B001", "wang"), Move("resolveWarning", id, "k6", "reason: \"topped up\" document: \"slip 7\""));
        var worked = await served.Ask(ServedGraph.Regulator, "{ warnings { nodes { state moves { nodes { move person } } } } }");
        Assert.That(worked.TextsAt("warnings.nodes.0.moves.nodes", "move"), Is.EqualTo(new[] { "warn", "take", "wait", "snooze", "take", "resolve" }));
        Assert.That(worked.TextsAt("warnings.nodes.0.moves.nodes", "person"), Is.EqualTo(new[] { null, "li", "li", "li", "wang", "wang" }));
    }

    [Test]
    public async Task PassedOnItIsTheNextTeamsByTheRules()
    {
        await using var served = await WarnedAsync();
        var id = await IdAsync(served);
        Assert.That((await served.Ask(Officer("B001", "li"), Move("escalateWarning", id, "k1", "reason: \"too large for the desk\""))).TextAt("escalateWarning.warning.team"), Is.EqualTo("CREDIT_RISK"));
        Assert.That((await served.Ask(Officer("B001", "li"), Listed)).At("warnings.totalCount").GetInt32(), Is.Zero, "it has left the desk's inbox");
    }

    [Test]
    public async Task NobodyElseWorksItAndNobodyUnnamed()
    {
        await using var served = await WarnedAsync();
        var id = await IdAsync(served);
        Assert.That(await served.Codes(ServedGraph.Regulator, Move("takeWarning", served.IdOf(ServedGraph.Regulator, await NodeAsync(served)), "k1", "")), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That(await served.Codes(Officer("B002", "sun"), Move("takeWarning", id, "k2", "")), Is.EqualTo(new[] { "NOT_FOUND" }));
        Assert.That(await served.Codes(Officer("B001", null), Move("takeWarning", id, "k3", "")), Is.EqualTo(new[] { "FORBIDDEN" }));
    }

    [Test]
    public async Task TheRulesAreDataInTwoLanguages()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var rules = await served.Ask(Officer("B001", "li"), "{ warningRules { version rows { name title(language: ZH) kind figure operator limit days team means } stamp { asOf } } }");
        Assert.That(rules.TextAt("warningRules.version"), Is.EqualTo(WarningRuleBook.Shipped.Version));
        var held = rules.At("warningRules.rows").EnumerateArray().Single(rule => rule.TextAt("name") == "line-use-high");
        Assert.That((held.TextAt("title"), held.TextAt("kind"), held.TextAt("operator"), held.At("limit").GetRawText(), held.At("days").GetInt32()), Is.EqualTo(("授信使用率连续十日超过95%", "HELD", "ABOVE", "0.95", 10)));
        Assert.That(await served.Codes(ServedGraph.Client(SmallMarket.Zhang), "{ warningRules { version } }"), Is.EqualTo(new[] { "FORBIDDEN" }));
    }

    [Test]
    public async Task ABrokersOwnRulesTakeThePlaceOfTheCommonOnesForItAlone()
    {
        var own = WarningRuleShelf.Shipped.With("B001.json", """
            { "version": "ours", "rows": [ { "name": "ratio-below-warning-line", "kind": "LEVEL", "figure": "ratio", "operator": "BELOW", "limit": 1.6, "severity": "SERIOUS", "coolDownDays": 5, "team": "DESK_7", "escalatesTo": "HEAD_OF_7", "takeWithinDays": 1, "title": { "en": "Ratio low", "zh": "比率偏低" } } ] }
            """);
        await using var served = await WarnedAsync(made => made with { WarningRules = own });
        const string Asked = "{ warningRules { version rows { name limit team } } }";
        var (ours, others) = ((await served.Ask(Officer("B001", "li"), Asked)).At("warningRules"), (await served.Ask(Officer("B002", "sun"), Asked)).At("warningRules"));
        Assert.That((ours.TextAt("version"), ours.At("rows").GetRawText()), Is.EqualTo((own.For("B001").Version, """[{"name":"ratio-below-warning-line","limit":1.6,"team":"DESK_7"}]""")));
        Assert.That(others.TextAt("version"), Is.EqualTo(WarningRuleBook.Shipped.Version));
        Assert.That(await served.Codes(Officer("B002", "sun"), "{ warningRules(broker: \"B001\") { version } }"), Is.EqualTo(new[] { "NOT_FOUND" }), "another broker's are its own");
        var (common, asked) = (await served.Ask(ServedGraph.Regulator, Asked), await served.Ask(ServedGraph.Regulator, "{ warningRules(broker: \"B001\") { version } }"));
        Assert.That((common.TextAt("warningRules.version"), asked.TextAt("warningRules.version")), Is.EqualTo((WarningRuleBook.Shipped.Version, own.For("B001").Version)));
        Assert.That((await served.Ask(Officer("B001", "li"), Move("escalateWarning", await IdAsync(served), "k1", "reason: \"too large\""))).TextAt("escalateWarning.warning.team"), Is.EqualTo("HEAD_OF_7"));
    }

    private static Viewer Officer(string broker, string? person) => ServedGraph.As(Role.Broker, $"Broker/{broker}", "monitoring", "a test needs to see") with { Subject = person };

    private static string Move(string command, string id, string key, string more) => $$"""mutation { {{command}}(warning: "{{id}}", key: "{{key}}" {{more}}) { warning { state team snoozedUntil } move { move } isNew } }""";

    private static async Task<string> IdAsync(ServedGraph served) => (await served.Ask(Officer("B001", "li"), "{ warnings { nodes { id } } }")).TextAt("warnings.nodes.0.id")!;

    private static async Task<NodeId> NodeAsync(ServedGraph served) => (await FiledAsync(served)).All.Single().Id;

    /// <summary>The small market after a round in which Zhang stood a tenth below the warning line at B001.</summary>
    private static async Task<ServedGraph> WarnedAsync(Func<GraphRisk.Server.ServerDependencies, GraphRisk.Server.ServerDependencies>? change = null)
    {
        var served = await ServedGraph.Of(SmallMarket.Sketch(), change);
        var (rules, broker) = (WarningRuleBook.Shipped, new NodeId("Broker", "B001"));
        var warning = new ClientWarning(NodeId.Parse(SmallMarket.ZhangAtB001), [new MetRule(rules.Find("ratio-below-warning-line")!, new MetBy(-0.1, null))], 0.1, true, 452_000m, 0.25m);
        await new WarningDesk(served.Store, rules, WorkingCalendar.China, ServedGraph.Now).FileAsync(new BrokerWarnings(broker, new DateOnly(2024, 6, 28), rules.Version, 20, [warning], []), await FiledAsync(served));
        return served;
    }

    private static async Task<FiledWarnings> FiledAsync(ServedGraph served) =>
        FiledWarnings.Of(await new SnapshotProvider(served.Store).GetAsync(Validity.CloseOf(new DateOnly(2025, 12, 31)), null, Entitlement.OfBroker("B001")));
}
