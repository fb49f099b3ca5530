using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Market;
using GraphRisk.Scoring.Features;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Server.Tests.Served;
using GraphRisk.Stores;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Server.Tests.Decisions;

/// <summary>Decisions over a copy of the sample market, with the model it taught: what was recommended is kept and shown again.</summary>
public sealed class KeptRecommendationTests
{
    private const string Applied = "product: MARGIN, amount: 500000, termInDays: 180, shareOfBroker: 0, isAffiliateOfBroker: false";
    private const string Recommended = "advice creditLine annualRate needsSecondPerson checks { name title(language: ZH) passed text evidence { id } } limits { name amount text } conditions { name text } changes { lever amount quantity security grade day creditLine text } stamp { asOf knownAt dataUntil }";
    private const string Kept = "move { againstAdvice briefings { nodes { advice modelVersion rulesVersion asOf knownAt storeVersion hash document recommendation { " + Recommended + " } } } }";

    private readonly TemporaryFolder folder = new();
    private ServedGraph served = null!;
    private string client = null!;
    private int keys;

    /// <summary>A copy of the sample, asked after everything in it was recorded, and a client of B001 that is offered a line.</summary>
    [OneTimeSetUp]
    public async Task Serve()
    {
        await using var copy = await SampleMarket.ServeAsync(Repository.PathOf("samples", "market"), folder.PathOf("store.db"));
        served = ServedGraph.Over(
            GraphStores.OpenSqlite(folder.PathOf("store.db"), copy.Store.Catalog),
            made => made with { Clock = new ServedGraph.FixedClock(ServedGraph.Now.AddYears(2)), Today = copy.Dependencies.Today, Model = copy.Dependencies.Model });
        var snapshot = (await served.Session.WholeAsync(default(BitemporalPoint))).Snapshot;
        foreach (var node in snapshot.Relationship("CLIENT_OF").In.Neighbours(snapshot.Nodes.Find(new NodeId("Broker", "B001"))).ToArray().Distinct())
        {
            client = snapshot.Nodes.IdOf(node).ToString();
            var answer = await served.AskText(Officer("li"), $"{{ recommend(client: \"{client}\", application: {{ {Applied} }}) {{ creditLine }} }}");
            if (!answer.Contains("errors", StringComparison.Ordinal) && !answer.Contains("\"creditLine\":0}", StringComparison.Ordinal)) return;
        }

        Assert.Fail("nobody is offered a line");
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        await served.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>The first of all: lines that others approve leave no room for this one.</summary>
    [Test, Order(1)]
    public async Task AnApprovalKeepsTheRecommendationByteByByte()
    {
        var before = await served.AskText(Officer("li"), $"{{ recommend(client: \"{client}\", application: {{ {Applied} }}) {{ {Recommended} }} }}");
        var recommended = JsonDocument.Parse(before).RootElement.At("data.recommend");
        var id = await FileAsync(Applied);
        var (line, rate) = (recommended.GetProperty("creditLine").GetRawText(), recommended.GetProperty("annualRate").GetRawText());
        var approved = (await served.Ask(Officer("li"), Approve(id, line, rate, $"application {{ state creditLine annualRate }} {Kept}"))).At("approveApplication");
        Assert.That((approved.TextAt("application.state"), approved.At("application.creditLine").GetRawText()), Is.EqualTo(("APPROVED", line)));
        var kept = approved.At("move.briefings.nodes.0");
        Assert.That(kept.GetProperty("recommendation").GetRawText(), Is.EqualTo(recommended.GetRawText()), "as it was asked for");
        Assert.That(Briefing.HashOf(kept.TextAt("document")!), Is.EqualTo(kept.TextAt("hash")));
        var document = CanonicalJson.Read<AdmissionDocument>(kept.TextAt("document")!);
        Assert.That(CanonicalJson.Write(document), Is.EqualTo(kept.TextAt("document")), "and read back it is the same bytes");
        Assert.That((document.Rules.Version(), document.Score.ModelVersion), Is.EqualTo((kept.TextAt("rulesVersion"), kept.TextAt("modelVersion"))));
        Assert.That(kept.GetProperty("storeVersion").ValueKind, Is.EqualTo(JsonValueKind.Null), "how often others write is not told to a broker");

        // Others write, the client's price falls: what was decided on stays.
        await Disturb();
        const string Again = "{ briefings { nodes { hash document recommendation { " + Recommended + " } } } }";
        var later = (await served.Ask(Officer("wang"), Again)).At("briefings.nodes").EnumerateArray().Single(node => node.TextAt("hash") == kept.TextAt("hash"));
        Assert.That((later.TextAt("document"), later.GetProperty("recommendation").GetRawText()), Is.EqualTo((kept.TextAt("document"), recommended.GetRawText())));
        var whole = await served.Ask(ServedGraph.Regulator, "{ briefings { nodes { storeVersion recommendation { creditLine } } } }");
        Assert.That(whole.At("briefings.nodes.0.storeVersion").GetInt64(), Is.Positive);
    }

    [Test]
    public async Task AnInspectionShowsADecisionWithAllThatWasKnown()
    {
        var id = await FileAsync(Applied);
        var kept = (await served.Ask(Officer("li"), Approve(id, "10000", "0.07", "application { reference } move { briefings { nodes { hash recommendation { creditLine } } } }"))).At("approveApplication");
        var seen = (await served.Ask(ServedGraph.Regulator, $"{{ applications(where: {{ reference: {{ eq: \"{kept.TextAt("application.reference")}\" }} }}) {{ nodes {{ id }} }} }}")).TextAt("applications.nodes.0.id");
        const string Shown = "{ state isSound fault client { ... on Person { id } ... on Company { id } } broker { code } decidedOn defaultedOn owedToBroker laterCases { __typename } moves { move { move person } means briefing { hash storeVersion modelVersion recommendation { creditLine } } isIntact clientThen { ... on Person { debt } ... on Company { debt } } onAllRecords { creditLine checks { name } } } page(language: ZH) }";
        var question = $"{{ inspection(case: \"{seen}\") {Shown} }}";
        var found = (await served.Ask(ServedGraph.Regulator, question)).At("inspection");
        Assert.That((found.TextAt("state"), found.At("isSound").GetBoolean(), found.TextAt("broker.code")), Is.EqualTo(("APPROVED", true, "B001")));
        var decided = found.At("moves.1");
        Assert.That((decided.TextAt("move.move"), decided.TextAt("move.person"), decided.TextAt("means")), Is.EqualTo(("approve", "li", "Approves a line and a rate.")));
        Assert.That((decided.TextAt("briefing.hash"), decided.At("isIntact").GetBoolean(), decided.At("briefing.storeVersion").GetInt64() > 0), Is.EqualTo((kept.TextAt("move.briefings.nodes.0.hash"), true, true)));
        Assert.That(decided.At("briefing.recommendation").GetRawText(), Is.EqualTo(kept.At("move.briefings.nodes.0.recommendation").GetRawText()), "as it was");
        Assert.That(decided.At("onAllRecords.checks").GetArrayLength(), Is.Positive, "and what it is on the records of all");
        Assert.That(decided.At("clientThen.debt").GetDecimal(), Is.GreaterThanOrEqualTo(0));
        Assert.That((found.At("moves.0.briefing").ValueKind, found.At("moves.0.clientThen").ValueKind), Is.EqualTo((JsonValueKind.Null, JsonValueKind.Null)), "nothing lay before who applied");
        Assert.That(found.TextAt("page"), Does.Contain(kept.TextAt("application.reference")).And.Contain("当时的建议").And.Contain("各项检查").And.Contain("批准额度 (creditLine)").And.Contain("已批准 (APPROVED)").And.Contain("金额 10,000; 年利率").And.Contain(kept.TextAt("move.briefings.nodes.0.hash")));
        Assert.That((await served.Ask(ServedGraph.RegulatorMasked, $"{{ inspection(case: \"{seen}\") {{ page }} }}")).TextAt("inspection.page"), Does.Not.Contain("<table"), "names are open for a reason");
        foreach (var viewer in (Viewer[])[Officer("li"), ServedGraph.Client(client), ServedGraph.Analyst]) Assert.That(await served.Codes(viewer, $"{{ inspection(case: \"{id}\") {{ state }} }}"), Is.EqualTo(new[] { "FORBIDDEN" }), $"{viewer.Role}");
        Assert.That(await served.Codes(ServedGraph.Regulator, "{ inspection(case: \"Broker/B001\") { state } }"), Is.EqualTo(new[] { "NOT_FOUND" }));
    }

    [Test]
    public async Task WhatABrokerIsAdvisedIsNotTheClientsNorAnAnalysts()
    {
        var id = await FileAsync(Applied);
        await served.Ask(Officer("li"), Approve(id, "10000", "0.07", "isNew"));
        var own = ServedGraph.Client(client);
        Assert.That((await served.Ask(own, "{ briefings { totalCount } }")).At("briefings.totalCount").GetInt32(), Is.Zero);
        Assert.That((await served.Ask(own, "{ applications { nodes { state moves { nodes { move briefings { totalCount } } } } } }")).At("applications.nodes.0.moves.nodes.0.briefings.totalCount").GetInt32(), Is.Zero);
        Assert.That(await served.Codes(ServedGraph.Analyst, "{ briefings(first: 1) { nodes { recommendation { creditLine } } } }"), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That(await served.AskText(ServedGraph.Analyst, "{ briefings { nodes { document } } }"), Does.Not.Contain(client));
    }

    [Test]
    public async Task ALargeLineIsApprovedByTwoPersonsAndByNoneAlone()
    {
        var id = await FileAsync(Applied.Replace("500000", "9000000", StringComparison.Ordinal));
        Assert.That(await served.Codes(Officer(null), Approve(id, "5000000", "0.07", "isNew")), Is.EqualTo(new[] { "FORBIDDEN" }), "nobody who is not named");
        var first = (await served.Ask(Officer("li"), Approve(id, "5000000", "0.07", "application { state creditLine } move { againstAdvice }"))).At("approveApplication");
        Assert.That((first.TextAt("application.state"), first.At("application.creditLine").ValueKind), Is.EqualTo(("AGREED_BY_ONE", JsonValueKind.Null)));
        Assert.That(first.At("move.againstAdvice").GetBoolean(), "above what was recommended");
        Assert.That(await served.Codes(Officer("li"), Approve(id, "5000000", "0.07", "isNew")), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That(await served.Codes(Officer("wang"), Approve(id, "4999999", "0.07", "isNew")), Is.EqualTo(new[] { "BAD_USER_INPUT" }), "less than takes two is not what the first agreed to");
        Assert.That(await served.Codes(Officer("wang"), Approve(id, "6000000", "0.07", "isNew")), Is.EqualTo(new[] { "BAD_USER_INPUT" }));
        var second = (await served.Ask(Officer("wang"), Approve(id, "5000000", "0.07", "application { state creditLine moves { nodes { person briefings { totalCount } } } }"))).At("approveApplication.application");
        Assert.That((second.TextAt("state"), second.At("creditLine").GetDecimal()), Is.EqualTo(("APPROVED", 5_000_000m)));
        Assert.That(second.At("moves.nodes").EnumerateArray().Select(move => move.At("briefings.totalCount").GetInt32()), Is.EqualTo(new[] { 0, 1, 1 }));
        const string Overrides = "{ caseMoves(where: { againstAdvice: { eq: true } }) { nodes { move person } } }";
        Assert.That((await served.Ask(ServedGraph.Regulator, Overrides)).TextsAt("caseMoves.nodes", "person"), Does.Contain("li").And.Contain("wang"), "who overrode what");
    }

    [Test]
    public async Task OfAClientWhoseGradeAsksForTwoTwoDecideOnAnyAmount()
    {
        var snapshot = (await served.Session.WholeAsync(default(BitemporalPoint))).Snapshot;
        foreach (var node in snapshot.Relationship("CLIENT_OF").In.Neighbours(snapshot.Nodes.Find(new NodeId("Broker", "B001"))).ToArray().Distinct())
        {
            var weak = snapshot.Nodes.IdOf(node);
            var advised = await served.AskText(Officer("li"), $"{{ recommend(client: \"{weak}\", application: {{ {Applied} }}) {{ creditLine needsSecondPerson }} }}");
            if (!advised.Contains("\"creditLine\":0,\"needsSecondPerson\":true", StringComparison.Ordinal)) continue;
            var id = await FileAsync(Applied, weak.ToString());
            Assert.That((await served.Ask(Officer("li"), Approve(id, "1000", "0.09", "application { state }"))).TextAt("approveApplication.application.state"), Is.EqualTo("AGREED_BY_ONE"));
            Assert.That(await served.Codes(Officer("li"), Approve(id, "1000", "0.09", "isNew")), Is.EqualTo(new[] { "FORBIDDEN" }));
            Assert.That((await served.Ask(Officer("wang"), Approve(id, "1000", "0.09", "application { state }"))).TextAt("approveApplication.application.state"), Is.EqualTo("APPROVED"));
            return;
        }

        Assert.Fail("of no client two persons decide");
    }

    [Test]
    public async Task WhoDecidesOtherwiseThanIsRecommendedSaysWhy()
    {
        var id = await FileAsync(Applied);
        var version = (await served.Store.GetVersionAsync()).Number;
        foreach (var why in (string[])["", "reason: \" \""])
            Assert.That(await served.AskText(Officer("li"), Approve(id, "500000", "0.055", "isNew", why)), Does.Contain("BAD_USER_INPUT"), "at less than the rate that is recommended");
        Assert.That(await served.AskText(Officer("li"), Approve(id, "500000", "0.05", "isNew", "")), Does.Contain("decides otherwise than was recommended").And.Contain("\"argument\":\"reason\""));
        Assert.That((await served.Store.GetVersionAsync()).Number, Is.EqualTo(version), "nothing is filed");
        Assert.That((await served.Ask(Officer("li"), Approve(id, "500000", "0.05", "move { againstAdvice reason }"))).At("approveApplication.move.againstAdvice").GetBoolean(), Is.True);
    }

    [Test]
    public async Task AnApplicantWhoIsNobodysClientIsDecidedOnByWhatIsOpenAndWhatItAuthorised()
    {
        var snapshot = (await served.Session.WholeAsync(default(BitemporalPoint))).Snapshot;
        var applicant = snapshot.Nodes.OfType("Company").ToArray().Where(node => snapshot.Relationship("CLIENT_OF").Out.Degree(node) == 0 && snapshot.Relationship("CONTRACTED").Out.Degree(node) == 0)
            .Select(node => snapshot.Nodes.MembersOf(node).ToArray()).First(records => records.Length == 1 && records[0].Key.StartsWith("registry:", StringComparison.Ordinal))[0];
        var name = snapshot.Nodes.GetString(snapshot.Nodes.Find(applicant), "name")!;
        var (li, other) = (Officer("li"), ServedGraph.As(Role.Broker, "Broker/B002", "admission", "a test needs to see") with { Subject = "sun" });
        var found = (await served.Ask(li, $"{{ dossier(name: \"{name}\") {{ isClient party {{ ... on Company {{ id }} }} }} }}")).At("dossier");
        Assert.That(found.At("isClient").GetBoolean(), Is.False);
        var party = found.TextAt("party.id");
        string Recommend() => $"{{ recommend(client: \"{party}\", application: {{ {Applied} }}) {{ advice creditLine checks {{ name passed }} }} }}";
        string File(string day = "2025-12-01") => $$"""mutation { fileAuthorisation(client: "{{party}}", scope: SCORE, purposes: ["admission"], givenOn: "{{day}}", document: "letter 9") { authorisation { id state } } }""";
        Assert.That(await served.Codes(li, Recommend()), Is.EqualTo(new[] { "FORBIDDEN" }), "nothing is open by itself");
        Assert.That(await served.AskText(li, $$"""mutation { apply(client: "{{party}}", application: { {{Applied}} }, key: "{{++keys}}") { isNew } }"""), Does.Contain("BAD_USER_INPUT").And.Contain("has not turned to you"), "an officer alone makes nobody an applicant");
        var authorisation = (await served.Ask(li, File())).At("fileAuthorisation.authorisation");
        Assert.That(authorisation.TextAt("state"), Is.EqualTo("IN_FORCE"));
        Assert.That(await served.Codes(li, Recommend()), Is.EqualTo(new[] { "NOT_FOUND" }), "nobody decides on it yet");
        var id = (await served.Ask(li, $$"""mutation { apply(client: "{{party}}", application: { {{Applied}} }, key: "{{++keys}}") { application { id concerned { nodes { ... on Company { name } } } } } }""")).At("apply.application");
        Assert.That(id.TextAt("concerned.nodes.0.name"), Is.EqualTo(name));
        var advice = (await served.Ask(li, Recommend())).At("recommend");
        Assert.That((advice.TextAt("advice"), advice.At("creditLine").GetDecimal()), Is.EqualTo(("REFER", 0m)), "no assets are known");
        Assert.That(await served.Codes(other, Recommend()), Is.EqualTo(new[] { "FORBIDDEN" }), "another broker learns nothing by it");
        Assert.That(await served.Codes(li, $"{{ linkedExposure(client: \"{party}\") {{ __typename }} }}"), Is.EqualTo(new[] { "NOT_FOUND" }), "nothing is at stake yet");
        var own = ServedGraph.Client(applicant.ToString());
        Assert.That((await served.Ask(own, "{ applications { totalCount } authorisations { totalCount } }")).At("authorisations.totalCount").GetInt32(), Is.EqualTo(1), "it reads what was filed in its name");
        await served.Ask(own, "mutation { withdrawAuthorisation(id: \"" + (await served.Ask(own, "{ authorisations { nodes { id } } }")).TextAt("authorisations.nodes.0.id") + "\") { isNew } }");
        Assert.That(await served.Codes(li, Recommend()), Is.EqualTo(new[] { "AUTHORISATION_REQUIRED" }), "and takes it back");
        await served.Ask(own, "mutation { authorise(broker: \"B001\", scope: FACTS, purposes: [\"admission\"]) { isNew } }");
        var declined = await served.Ask(li, $$"""mutation { declineApplication(application: "{{id.TextAt("id")}}", reason: "no assets here", key: "{{++keys}}") { move { briefings { nodes { advice } } } } }""");
        Assert.That(declined.TextAt("declineApplication.move.briefings.nodes.0.advice"), Is.EqualTo("REFER"), "with the recommendation before who declines");
        Assert.That(await served.Codes(li, Recommend()), Is.EqualTo(new[] { "NOT_FOUND" }), "whom nobody decides on is no applicant");
    }

    [Test]
    public async Task AFieldInDisputeIsNoInputOfTheScoreUntilThatIsDecided()
    {
        var model = served.Dependencies.Model!;
        var snapshot = (await served.Session.WholeAsync(default(BitemporalPoint))).Snapshot;
        var (contract, borrower) = Enumerable.Range(0, snapshot.Nodes.OfType("MarginContract").Length).Select(at => snapshot.Nodes.OfType("MarginContract")[at])
            .Where(one => snapshot.Nodes.IdOf(one).Key.StartsWith("broker-B001:", StringComparison.Ordinal) && snapshot.Relationship("CONTRACTED").In.Degree(one) > 0)
            .Select(one => (snapshot.Nodes.IdOf(one), snapshot.Nodes.IdOf(snapshot.Relationship("CONTRACTED").In.Neighbours(one)[0]))).First();
        var before = await InputsAsync();
        var handler = ServedGraph.As(Role.Client, borrower.ToString(), "complaint");
        var id = (await served.Ask(handler, $$"""mutation { complain(about: RECORD, text: "repaid", record: "{{contract}}", field: "debt", key: "d") { complaint { id } } }""")).TextAt("complain.complaint.id")!;
        var during = await InputsAsync();
        for (var column = 0; column < model.Definition.Features.Count; column++)
            if (FeatureSet.Features.Single(feature => feature.Name == model.Definition.Features[column]).Inputs.Contains("MarginContract.debt")) Assert.That(during[column], Is.NaN);
            else Assert.That(during[column], Is.EqualTo(before[column]));
        Assert.That(during, Is.Not.EqualTo(before));
        await served.Ask(handler, $$"""mutation { withdrawComplaint(complaint: "{{id}}", key: "w") { isNew } }""");
        Assert.That(await InputsAsync(), Is.EqualTo(before));

        async Task<float[]> InputsAsync()
        {
            var now = (await served.Session.WholeAsync(default(BitemporalPoint))).Snapshot;
            return model.Open(new MarketReading(now)).InputsOf([now.Nodes.Find(borrower)]).Row(0).ToArray();
        }
    }

    private async Task<string> FileAsync(string application, string? of = null) =>
        (await served.Ask(Officer("li"), $$"""mutation { apply(client: "{{of ?? client}}", application: { {{application}} }, key: "{{++keys}}") { application { id } } }""")).TextAt("apply.application.id")!;

    private string Approve(string id, string amount, string rate, string shown, string why = "reason: \"known to us for years\"") =>
        $$"""mutation { approveApplication(application: "{{id}}", amount: {{amount}}, annualRate: {{rate}}, key: "{{++keys}}", {{why}}) { {{shown}} } }""";

    private async Task Disturb()
    {
        var today = served.Dependencies.Today!.Value;
        await served.Store.AppendAsync(new ChangeSet("a disturbance", ServedGraph.Now.AddYears(5), "test",
        [
            Change.Assert(new NodeFact(NodeId.Parse(client), Properties.Of(("name", PropertyValue.Of("另一个名字"))), Validity.Since(today), new Provenance("broker-B001", "renamed", 1m))),
            Change.Assert(new NodeFact(NodeId.Parse("Security/600519.SH"), Properties.Of(("close", PropertyValue.Of(1m))), Validity.Since(today), new Provenance("exchange", "600519.SH", 1m))),
        ]));
    }

    private static Viewer Officer(string? person) => ServedGraph.As(Role.Broker, "Broker/B001", "admission", "a test needs to see") with { Subject = person };
}
