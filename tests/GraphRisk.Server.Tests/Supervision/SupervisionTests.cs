using System.Text.Json;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Calendar;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;
using GraphRisk.Workflow.Warnings;
using GraphRisk.Workflow.Warnings.Filing;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Server.Tests.Supervision;

/// <summary>What a supervisor asks of all brokers together, over the sample market; figures are held against those of the questions that were there before.</summary>
public sealed class SupervisionTests
{
    private const string Quality = "{ clientQuality(by: GRADE, of: MARKET) { days { day rows { key clients exposure } } } }";
    private const string Movers = "{ marketMovers(since: \"2025-06-30\", subject: CLIENT, by: EXPOSURE) { count } }";
    private const string Concentration = "{ marketConcentration { debt groupCount securityCount } }";
    private const string Work = "{ warningWork(from: \"2025-01-01\") { rows { opened } } }";

    [Test]
    public async Task NobodyButTheSupervisorAsks()
    {
        var served = await SampleMarket.Served;
        foreach (var viewer in (Viewer[])[ServedGraph.Broker("B001"), ServedGraph.Client("Person/registry:P000123"), ServedGraph.Analyst])
            foreach (var question in (string[])[Quality, Movers, Concentration, Work])
                Assert.That(await served.Codes(viewer, question), Is.EqualTo(new[] { "FORBIDDEN" }), $"{viewer.Role} {question}");
    }

    [Test]
    public async Task ABrokersClientsAreTheSameAsInTheMarketsTable()
    {
        var served = await SampleMarket.Served;
        var answer = await served.Ask(ServedGraph.Regulator, "{ clientQuality(by: ALL) { modelVersion days { rows { of broker { code } clients exposure shareInDefault expectedLoss worstGrade weakExposure scoredExposure } } } market(by: BROKER) { modelVersion rows { key clientsWithDebt debt } } }");
        Assert.That(answer.TextAt("clientQuality.modelVersion"), Is.EqualTo(answer.TextAt("market.modelVersion")));
        var rows = answer.At("clientQuality.days.0.rows").EnumerateArray().ToList();
        foreach (var known in answer.At("market.rows").EnumerateArray().Where(row => row.At("clientsWithDebt").GetInt32() > 0))
        {
            var row = rows.Single(row => row.TextAt("of") == known.TextAt("key"));
            Assert.That((row.TextAt("broker.code"), row.At("clients").GetInt32(), row.At("exposure").GetDecimal()), Is.EqualTo((known.TextAt("key"), known.At("clientsWithDebt").GetInt32(), known.At("debt").GetDecimal())));
            Assert.That(row.At("scoredExposure").GetDecimal(), Is.EqualTo(row.At("exposure").GetDecimal()), "every client has a score");
            Assert.That(row.At("expectedLoss").GetDecimal(), Is.InRange(0m, row.At("exposure").GetDecimal() / 4), "a quarter is lost at most");
        }
    }

    [Test]
    public async Task GradesAreThoseOfTheScores()
    {
        var served = await SampleMarket.Served;
        var answer = await served.Ask(ServedGraph.Regulator, "{ clientQuality(by: GRADE, of: MARKET) { days { rows { key clients exposure } } } partiesAggregate(where: { debt: { gt: 0 } }) { groups(by: [grade]) { key { grade } count debt { sum } } } }");
        var grades = answer.At("partiesAggregate.groups").EnumerateArray().ToDictionary(group => group.TextAt("key.grade")!, group => (group.At("count").GetInt32(), group.At("debt.sum").GetDecimal()));
        Assert.That(answer.At("clientQuality.days.0.rows").EnumerateArray().ToDictionary(row => row.TextAt("key")!, row => (row.At("clients").GetInt32(), row.At("exposure").GetDecimal())), Is.EqualTo(grades));
    }

    [Test]
    public async Task EveryDayIsAnsweredAsItIsAlone()
    {
        var served = await SampleMarket.Served;
        static string Asked(string days) => $"{{ clientQuality(by: PRODUCT, of: JURISDICTION, days: [{days}]) {{ days {{ day rows {{ of key clients exposure clientsInDefault expectedLoss weakClients }} }} }} }}";
        var days = (await served.Ask(ServedGraph.Regulator, Asked("\"2025-09-30\", \"2025-03-31\", \"2025-06-30\""))).At("clientQuality.days");
        Assert.That(days.EnumerateArray().Select(day => day.TextAt("day")), Is.EqualTo(new[] { "2025-03-31", "2025-06-30", "2025-09-30" }));
        foreach (var day in days.EnumerateArray())
            Assert.That((await served.Ask(ServedGraph.Regulator, Asked($"\"{day.TextAt("day")}\""))).At("clientQuality.days.0").GetRawText(), Is.EqualTo(day.GetRawText()));
    }

    [Test]
    public async Task DaysAreBoundedAndNoneIsOfSilence()
    {
        var served = await SampleMarket.Served;
        static string Asked(IEnumerable<string> days) => $"{{ clientQuality(by: ALL, days: [{string.Join(',', days.Select(day => $"\"{day}\""))}]) {{ days {{ day }} }} }}";
        string[][] wrong = [[.. Enumerable.Range(1, 14).Select(day => $"2025-06-{day:00}")], ["2031-01-01"], ["1999-01-01"], []];
        foreach (var days in wrong) Assert.That(await served.Codes(ServedGraph.Regulator, Asked(days)), Is.EqualTo(new[] { "BAD_USER_INPUT" }), string.Join(' ', days));
    }

    [Test]
    public async Task AMoversFiguresAreThoseOfItsTwoDays()
    {
        var served = await SampleMarket.Served;
        var answer = await served.Ask(ServedGraph.Regulator, """
            { marketMovers(since: "2025-06-30", subject: CLIENT, by: EXPOSURE) { since count rows(first: 5) { movement client { ... on Person { id } ... on Company { id } } then { exposure grade } now { exposure grade } } } }
            """);
        var rows = answer.At("marketMovers.rows").EnumerateArray().ToList();
        Assert.That((answer.TextAt("marketMovers.since"), rows.Count), Is.EqualTo(("2025-06-30", 5)));
        Assert.That(rows.Select(row => Math.Abs(row.At("movement").GetDecimal())), Is.Ordered.Descending);
        foreach (var row in rows)
        {
            decimal Of(string day) => row.At(day).ValueKind == JsonValueKind.Null ? 0 : row.At($"{day}.exposure").GetDecimal();
            Assert.That(row.At("movement").GetDecimal(), Is.EqualTo(Of("now") - Of("then")));
            foreach (var (day, field) in new[] { (", asOf: \"2025-06-30\"", "then"), ("", "now") })
            {
                var client = (await served.Ask(ServedGraph.Regulator, $"{{ client(id: \"{row.TextAt("client.id")}\"{day}) {{ ... on Person {{ marketFacts {{ debt }} }} ... on Company {{ marketFacts {{ debt }} }} }} }}")).At("client.marketFacts.debt");
                Assert.That(client.GetDecimal(), Is.EqualTo(Of(field)), $"{row.TextAt("client.id")} {field}");
            }
        }
    }

    [Test]
    public async Task BrokersAndSecuritiesMoveToo()
    {
        var served = await SampleMarket.Served;
        var answer = await served.Ask(ServedGraph.Regulator, """
            { brokers: marketMovers(since: "2025-06-30", subject: BROKER, by: RATIO) { rows(first: 2) { movement broker { code } client { __typename } now { ratio concentration } } }
              securities: marketMovers(since: "2025-06-30", subject: SECURITY, by: CONCENTRATION) { rows(first: 2) { movement security { code } now { grade exposure concentration } } } }
            """);
        Assert.That(answer.TextsAt("brokers.rows", "broker.code"), Is.All.Match("^B[0-9]{3}$"));
        Assert.That(answer.At("brokers.rows.0.client").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(answer.At("securities.rows.0.now.grade").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(answer.At("securities.rows.0.now.concentration").GetDecimal(), Is.Positive);
    }

    [TestCase("since: \"2025-06-30\", subject: SECURITY, by: GRADE")]
    [TestCase("since: \"2031-06-30\", subject: CLIENT, by: EXPOSURE")]
    [TestCase("since: \"1999-06-30\", subject: CLIENT, by: EXPOSURE")]
    public async Task AMovementThatCannotBeIsRefused(string arguments) =>
        Assert.That(await (await SampleMarket.Served).Codes(ServedGraph.Regulator, $"{{ marketMovers({arguments}) {{ count }} }}"), Is.EqualTo(new[] { "BAD_USER_INPUT" }));

    [Test]
    public async Task ConcentrationAddsUpToTheMarket()
    {
        var served = await SampleMarket.Served;
        var answer = await served.Ask(ServedGraph.Regulator, """
            { marketConcentration { debt collateral amongBrokers amongGroups amongSecurities securityCount groupCount stamp { asOf }
                securities(first: 200) { security { code } value shareOfCollateral shareOfOutstanding shareOfFreeFloat brokers largestBroker { code } largestShare herfindahl }
                groups(first: 3) { leader { __typename } members debt shareOfMarket brokers largestBroker { code } largestShare herfindahl mostToNetCapital } }
              market(by: MARKET) { rows { debt } } }
            """);
        var found = answer.At("marketConcentration");
        Assert.That(found.At("debt").GetDecimal(), Is.EqualTo(answer.At("market.rows.0.debt").GetDecimal()));
        var securities = found.At("securities").EnumerateArray().ToList();
        Assert.That(securities.Count, Is.EqualTo(found.At("securityCount").GetInt32()), "all of them");
        Assert.That(securities.Sum(one => one.At("value").ValueKind == JsonValueKind.Null ? 0 : one.At("value").GetDecimal()), Is.EqualTo(found.At("collateral").GetDecimal()));
        Assert.That(securities.Where(one => one.At("shareOfFreeFloat").ValueKind != JsonValueKind.Null), Is.All.Matches<JsonElement>(one => one.At("shareOfFreeFloat").GetDecimal() >= one.At("shareOfOutstanding").GetDecimal()), "the float is no more than all shares");
        Assert.That(found.At("groups.0.debt").GetDecimal(), Is.GreaterThanOrEqualTo(found.At("groups.1.debt").GetDecimal()));
        Assert.That(await served.Codes(ServedGraph.Regulator, "{ marketConcentration { groups(first: 201) { debt } } }"), Is.EqualTo(new[] { "BAD_USER_INPUT" }));
    }

    [Test]
    public async Task TheSupervisorReadsHowADeskWorkedAndWhatItWasNotToldOf()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var (rules, day) = (WarningRuleBook.Shipped, new DateOnly(2024, 6, 28));
        ClientWarning Of(string client, string rule) => new(NodeId.Parse(client), [new MetRule(rules.Find(rule)!, new MetBy(-0.1, null))], 0.1, true, 452_000m, 0.25m);
        var filed = FiledWarnings.Of(await new SnapshotProvider(served.Store).GetAsync(Validity.CloseOf(day), null, Entitlement.OfBroker("B002")));
        await new WarningDesk(served.Store, rules, WorkingCalendar.China, ServedGraph.Now).FileAsync(
            new BrokerWarnings(new NodeId("Broker", "B002"), day, rules.Version, 1, [Of(SmallMarket.Li, "ratio-below-warning-line")], [Of(SmallMarket.ZhangAtB002, "ratio-below-warning-line")]), filed);
        var li = ServedGraph.As(Role.Broker, "Broker/B002", "monitoring", "a test needs to see") with { Subject = "li" };
        var id = (await served.Ask(li, "{ warnings { nodes { id } } }")).TextAt("warnings.nodes.0.id");
        await served.Ask(li, $"mutation {{ takeWarning(warning: \"{id}\", key: \"k1\") {{ isNew }} }}");
        await served.Ask(li, $"mutation {{ dismissWarning(warning: \"{id}\", key: \"k2\", reason: \"a wrong price\") {{ isNew }} }}");
        var all = (await served.Ask(ServedGraph.Regulator, "{ warningWork(from: \"2024-06-01\") { from to rows { broker { code } key opened taken medianDaysToTake resolved falseAlarms escalated open untaken rounds cut } } }")).At("warningWork");
        Assert.That(all.GetRawText(), Is.EqualTo("""{"from":"2024-06-01","to":"2024-06-30","rows":[{"broker":{"code":"B002"},"key":"ALL","opened":1,"taken":1,"medianDaysToTake":0,"resolved":0,"falseAlarms":1,"escalated":0,"open":0,"untaken":0,"rounds":1,"cut":1}]}"""));
        var byRule = (await served.Ask(ServedGraph.Regulator, "{ warningWork(from: \"2024-06-01\", by: RULE) { rows { key opened cut } } }")).At("warningWork.rows");
        Assert.That(byRule.GetRawText(), Is.EqualTo("""[{"key":"ratio-below-warning-line","opened":1,"cut":null}]"""));
    }

    [Test]
    public async Task DaysWithoutWarningsHaveNoRowAndTheirOrderIsHeld()
    {
        var served = await SampleMarket.Served;
        Assert.That((await served.Ask(ServedGraph.Regulator, Work)).At("warningWork.rows").GetArrayLength(), Is.Zero, "the sample has no round");
        Assert.That(await served.Codes(ServedGraph.Regulator, "{ warningWork(from: \"2025-02-01\", to: \"2025-01-01\") { rows { opened } } }"), Is.EqualTo(new[] { "BAD_USER_INPUT" }));
    }
}
