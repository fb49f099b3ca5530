using System.Text.Json;
using GraphQL;
using GraphRisk.Graph.Facts;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Authorisations;

public sealed class AuthorisationPartTests
{
    private const string Filed = "Authorisation/broker-B001:A1";
    private const string Shown = "authorisation { id reference scope purposes givenOn expiresOn withdrawnOn document state grantors { nodes { id } } brokers { nodes { code } } } isNew";
    private const string Listed = "{ authorisations { totalCount nodes { reference scope state } } }";

    private static readonly Viewer Zhang = ServedGraph.Client(SmallMarket.Zhang);
    private static readonly Viewer B001 = ServedGraph.Broker("B001");
    private static readonly Viewer B002 = ServedGraph.Broker("B002");

    [Test]
    public async Task AClientAuthorisesABrokerOfItsOwnUnderTheRecordThatBrokerKnows()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var answer = await served.Ask(Zhang, Authorise("B001", "SCORE", """ "monitoring", "kyc" """, "expiresOn: \"2024-06-30\""));
        Assert.That(answer.At("authorise.isNew").GetBoolean());
        Assert.That(answer.TextAt("authorise.authorisation.state"), Is.EqualTo("IN_FORCE"));
        Assert.That(answer.At("authorise.authorisation.purposes").EnumerateArray().Select(one => one.GetString()), Is.EqualTo(new[] { "kyc", "monitoring" }));
        Assert.That(answer.TextAt("authorise.authorisation.givenOn"), Is.EqualTo("2024-06-30"));
        Assert.That(answer.TextsAt("authorise.authorisation.brokers.nodes", "code"), Is.EqualTo(new[] { "B001" }));
        var edge = served.Store.ReadChangesAsync(1).ToBlockingEnumerable().Select(recorded => recorded.Fact).OfType<RelationshipFact>()
            .Single(fact => fact.Relationship == "AUTHORISED_BY");
        Assert.That((edge.To.ToString(), edge.Provenance.Source, edge.Provenance.Reliability), Is.EqualTo((SmallMarket.ZhangAtB001, "broker-B001/platform", 1m)));
        var atBroker = await served.Ask(B001, Listed);
        Assert.That(atBroker.TextsAt("authorisations.nodes", "state"), Is.EqualTo(new[] { "IN_FORCE" }));
        Assert.That((await served.Ask(B002, Listed)).At("authorisations.totalCount").GetInt32(), Is.Zero, "what one broker may learn is not the other's affair");
    }

    [Test]
    public async Task GivingTheSameTwiceRecordsItOnce()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var command = Authorise("B001", "FACTS", """ "admission" """, "document: \" letter 7 \"");
        var first = await served.Ask(Zhang, command);
        var again = await served.Ask(Zhang, command);
        Assert.That(again.At("authorise.isNew").GetBoolean(), Is.False);
        Assert.That(again.TextAt("authorise.authorisation.id"), Is.EqualTo(first.TextAt("authorise.authorisation.id")));
        Assert.That((await served.Store.GetVersionAsync()).Number, Is.EqualTo(2));
    }

    [TestCase("""authorise(broker: "B009", scope: SCORE, purposes: ["kyc"])""", "BAD_USER_INPUT")]
    [TestCase("""authorise(broker: "Broker/B009", scope: SCORE, purposes: ["kyc"])""", "NOT_FOUND")]
    [TestCase("""authorise(broker: "B001", scope: SCORE, purposes: [])""", "BAD_USER_INPUT")]
    [TestCase("""authorise(broker: "B001", scope: SCORE, purposes: ["kyc", "supervision"])""", "BAD_USER_INPUT")]
    [TestCase("""authorise(broker: "B001", scope: SCORE, purposes: ["kyc"], expiresOn: "2024-06-29")""", "BAD_USER_INPUT")]
    [TestCase("""authorise(broker: "B001", scope: SCORE, purposes: ["kyc"], document: " ")""", "BAD_USER_INPUT")]
    [TestCase("""fileAuthorisation(client: "Person/broker-B001:C1", scope: SCORE, purposes: ["kyc"], givenOn: "2024-01-01", document: "x")""", "FORBIDDEN")]
    [TestCase("""withdrawAuthorisation(reference: "A7")""", "NOT_FOUND")]
    [TestCase("""withdrawAuthorisation(id: "Authorisation/broker-B001:A7")""", "NOT_FOUND")]
    [TestCase("withdrawAuthorisation", "BAD_USER_INPUT")]
    public async Task WhatAClientCannotDoIsRefusedAndRecordsNothing(string command, string code)
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        Assert.That(await served.Codes(Zhang, $"mutation {{ {command} {{ isNew }} }}"), Is.EqualTo(new[] { code }));
        Assert.That((await served.Store.GetVersionAsync()).Number, Is.EqualTo(1));
    }

    [Test]
    public async Task AStrangerToABrokerAuthorisesItOfNothing()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        Assert.That(await served.Codes(ServedGraph.Client(SmallMarket.Li), Authorise("B001", "SCORE", "\"kyc\"")), Is.EqualTo(new[] { "BAD_USER_INPUT" }));
    }

    [Test]
    public async Task ABrokerFilesWhatItsOwnClientOrAnApplicantSignedAndNobodyElse()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var filed = await served.Ask(B001, FileFor(SmallMarket.ZhangAtB001, "2024-01-15"));
        Assert.That(filed.TextAt("fileAuthorisation.authorisation.givenOn"), Is.EqualTo("2024-01-15"));
        Assert.That((await served.Ask(B001, FileFor(SmallMarket.Zhang, "2024-01-15"))).At("fileAuthorisation.isNew").GetBoolean(), Is.False);
        var mine = await served.Ask(Zhang, Listed);
        Assert.That(mine.TextsAt("authorisations.nodes", "state"), Is.EqualTo(new[] { "IN_FORCE" }), "a client sees what was filed in its name");
        var version = (await served.Store.GetVersionAsync()).Number;
        Assert.That(await served.Codes(B001, FileFor(SmallMarket.Li, "2024-01-15")), Is.EqualTo(new[] { "NOT_FOUND" }), "another broker's");
        Assert.That(await served.Codes(B001, FileFor("Person/broker-B009:X", "2024-01-15")), Is.EqualTo(new[] { "NOT_FOUND" }), "nobody's");
        Assert.That((await served.Store.GetVersionAsync()).Number, Is.EqualTo(version));
        Assert.That((await served.Ask(B001, FileFor(SmallMarket.Huaxin, "2024-01-15"))).At("fileAuthorisation.isNew").GetBoolean(), Is.True, "an applicant whom open sources tell of");
        Assert.That((await served.Ask(ServedGraph.Client(SmallMarket.Huaxin), Listed)).TextsAt("authorisations.nodes", "state"), Is.EqualTo(new[] { "IN_FORCE" }), "and who sees it");
    }

    [TestCase("2024-07-01", "is a day to come: today is 2024-06-30")]
    [TestCase("2023-06-29", "lies before 2023-06-30")]
    public async Task ADocumentIsOfADayThatItCanHaveBeenSignedOn(string day, string why)
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        Assert.That(await served.AskText(B001, FileFor(SmallMarket.ZhangAtB001, day)), Does.Contain("BAD_USER_INPUT").And.Contain("givenOn").And.Contain(why));
        Assert.That((await served.Store.GetVersionAsync()).Number, Is.EqualTo(1));
    }

    [Test]
    public async Task WhatIsDoneIsDoneOnTheClocksDayWhereSourcesReachLessFar()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch(), made => made with { Clock = new ServedGraph.FixedClock(ServedGraph.Now.AddDays(100)) });
        var given = (await served.Ask(Zhang, Authorise("B001", "SCORE", "\"kyc\""))).At("authorise.authorisation");
        Assert.That((given.TextAt("givenOn"), given.TextAt("state")), Is.EqualTo(("2024-10-08", "IN_FORCE")));
        Assert.That((await served.Ask(B001, Listed)).TextsAt("authorisations.nodes", "state"), Is.EqualTo(new[] { "IN_FORCE" }));
        var withdrawn = (await served.Ask(Zhang, $$"""mutation { withdrawAuthorisation(reference: "{{given.TextAt("reference")}}") { {{Shown}} } }""")).At("withdrawAuthorisation.authorisation");
        Assert.That((withdrawn.TextAt("withdrawnOn"), withdrawn.TextAt("state")), Is.EqualTo(("2024-10-08", "WITHDRAWN")));
    }

    [Test]
    public async Task AClientTakesBackWhatABrokersFileStatesAndALaterDeliveryDoesNotReviveIt()
    {
        await using var served = await ServedGraph.Of(WithFiled());
        Assert.That((await served.Ask(Zhang, Listed)).TextsAt("authorisations.nodes", "state"), Is.EqualTo(new[] { "IN_FORCE" }));
        var withdrawn = await served.Ask(Zhang, $$"""mutation { withdrawAuthorisation(reference: "A1") { {{Shown}} } }""");
        Assert.That(withdrawn.TextAt("withdrawAuthorisation.authorisation.state"), Is.EqualTo("WITHDRAWN"));
        Assert.That(withdrawn.TextAt("withdrawAuthorisation.authorisation.withdrawnOn"), Is.EqualTo("2024-06-30"));
        await served.Record(FiledFacts(("expiresOn", "2034-01-01")).Changes);
        Assert.That((await served.Ask(B001, Listed)).TextsAt("authorisations.nodes", "state"), Is.EqualTo(new[] { "WITHDRAWN" }));
        var again = await served.Ask(Zhang, $$"""mutation { withdrawAuthorisation(id: "{{Filed}}") { isNew } }""");
        Assert.That(again.At("withdrawAuthorisation.isNew").GetBoolean(), Is.False);
    }

    [Test]
    public async Task YesterdaysQuestionShowsTodaysState()
    {
        await using var served = await ServedGraph.Of(WithFiled());
        var before = ServedGraph.Now.AddDays(-1).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
        await served.Ask(Zhang, """mutation { withdrawAuthorisation(reference: "A1") { isNew } }""");
        var asked = await served.Ask(Zhang, $$"""{ node(id: "{{Filed}}", asOf: "2024-03-01", knownAt: "{{before}}") { ... on Authorisation { withdrawnOn state } } }""");
        Assert.That(asked.At("node.withdrawnOn").ValueKind, Is.EqualTo(JsonValueKind.Null), "it was not known then");
        Assert.That(asked.TextAt("node.state"), Is.EqualTo("WITHDRAWN"), "and counts for nothing now");
    }

    [Test]
    public async Task ABrokerGivesUpItsOwnAndBringsNothingBackWithAnOlderDocument()
    {
        var clock = new Days();
        await using var served = await ServedGraph.Of(WithFiled(), made => made with { Clock = clock });
        Assert.That(await served.Codes(B002, """mutation { withdrawAuthorisation(reference: "A1") { isNew } }"""), Is.EqualTo(new[] { "NOT_FOUND" }));
        Assert.That(await served.Codes(B002, $$"""mutation { withdrawAuthorisation(id: "{{Filed}}") { isNew } }"""), Is.EqualTo(new[] { "NOT_FOUND" }));
        Assert.That((await served.Ask(B001, """mutation { withdrawAuthorisation(reference: "A1") { isNew } }""")).At("withdrawAuthorisation.isNew").GetBoolean());
        Assert.That(await served.Codes(B001, FileFor(SmallMarket.ZhangAtB001, "2024-06-30")), Is.EqualTo(new[] { "CONFLICT" }));
        clock.Passed = 1;
        var signedAfter = await served.Ask(B001, FileFor(SmallMarket.ZhangAtB001, "2024-07-01"));
        Assert.That(signedAfter.At("fileAuthorisation.isNew").GetBoolean());
        var byTheClient = await served.Ask(Zhang, Authorise("B001", "SCORE", "\"kyc\""));
        Assert.That(byTheClient.At("authorise.isNew").GetBoolean(), "the client itself may think again the same day");
    }

    [Test]
    public async Task WhatWasGivenOnThePlatformIsWithdrawnByItsReference()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var given = await served.Ask(Zhang, Authorise("B001", "FACTS", "\"kyc\""));
        var reference = given.TextAt("authorise.authorisation.reference");
        var withdrawn = await served.Ask(B001, $$"""mutation { withdrawAuthorisation(reference: "{{reference}}") { {{Shown}} } }""");
        Assert.That(withdrawn.TextAt("withdrawAuthorisation.authorisation.state"), Is.EqualTo("WITHDRAWN"));
        Assert.That(withdrawn.TextAt("withdrawAuthorisation.authorisation.scope"), Is.EqualTo("FACTS"), "it keeps what it said");
    }

    [Test]
    public async Task ABrokerReadsThoseOfOneClientAndTheRegulatorThoseItNames()
    {
        await using var served = await ServedGraph.Of(WithFiled());
        static string Of(string client) => $$"""{ authorisations(client: "{{client}}") { totalCount nodes { reference } } }""";
        var ofOne = Of(SmallMarket.Zhang);
        Assert.That((await served.Ask(B001, ofOne)).At("authorisations.totalCount").GetInt32(), Is.EqualTo(1));
        Assert.That((await served.Ask(B002, Of(SmallMarket.ZhangAtB002))).At("authorisations.totalCount").GetInt32(), Is.Zero);
        Assert.That((await served.Ask(ServedGraph.Regulator, ofOne)).TextsAt("authorisations.nodes", "reference"), Is.EqualTo(new[] { "A1" }));
        Assert.That(await served.Codes(ServedGraph.Regulator, Listed), Is.EqualTo(new[] { "BAD_USER_INPUT" }));
        Assert.That(await served.Codes(ServedGraph.Client(SmallMarket.Li), ofOne), Is.EqualTo(new[] { "NOT_FOUND" }), "nor whether there is such a client");
    }

    [Test]
    public async Task CommandsAreFiledWithTheClientTheyAreAbout()
    {
        await using var served = await ServedGraph.Of(WithFiled());
        var request = new RequestContext(B001, "test");
        await new DocumentExecuter().ExecuteAsync(new ExecutionOptions
        {
            Schema = served.Schema, Query = """mutation { withdrawAuthorisation(reference: "A1") { isNew } }""", UserContext = request,
        });
        var page = request.Ledger.Close();
        Assert.That(page!.Read.SelectMany(part => part.What), Does.Contain("Mutation.withdrawAuthorisation"));
        Assert.That(page.Read.SelectMany(part => part.Whose).Any(id => id is SmallMarket.Zhang or SmallMarket.ZhangAtB001), string.Join(", ", page.Read.SelectMany(part => part.Whose)));
    }

    private static string Authorise(string broker, string scope, string purposes, string more = "") =>
        $$"""mutation { authorise(broker: "{{broker}}", scope: {{scope}}, purposes: [{{purposes}}] {{more}}) { {{Shown}} } }""";

    private static string FileFor(string client, string givenOn) => $$"""
        mutation { fileAuthorisation(client: "{{client}}", scope: SCORE, purposes: ["kyc"], givenOn: "{{givenOn}}", document: "letter 9") { {{Shown}} } }
        """;

    private static MarketSketch WithFiled() => Add(SmallMarket.Sketch());

    private static MarketSketch FiledFacts(params (string, string)[] more) => Add(new MarketSketch(), more);

    private static MarketSketch Add(MarketSketch sketch, params (string, string)[] more) => sketch
        .NodeFrom(new DateOnly(2024, 1, 2), Filed, [("reference", "A1"), ("scope", "SCORE"), ("purposes", "kyc|monitoring"), ("givenOn", "2024-01-02"), .. more])
        .Edge("AUTHORISED_BY", Filed, SmallMarket.ZhangAtB001).Edge("AUTHORISES", Filed, "Broker/B001");

    /// <summary>A clock that goes on by days.</summary>
    private sealed class Days : TimeProvider
    {
        public int Passed { get; set; }

        public override DateTimeOffset GetUtcNow() => ServedGraph.Now.AddDays(Passed);
    }
}
