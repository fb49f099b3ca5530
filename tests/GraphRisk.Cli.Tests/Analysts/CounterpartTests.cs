using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using GraphRisk.TestKit;
using static GraphRisk.Cli.Tests.Analysts.Comparison;

namespace GraphRisk.Cli.Tests.Analysts;

/// <summary>
/// Every text of <c>cypher/analysts</c> that names a counterpart, against what that answers over the same market. Numbers agree
/// to 1e-9, of themselves or, below 1, absolutely: GraphQL rounds shares to 12 digits and scores to 10.
/// </summary>
[NonParallelizable]
public sealed partial class CounterpartTests
{
    private const string Page = "pageInfo { hasNextPage endCursor }";
    private const string Control = "control { controllers { id } agreement { id reference concludedOn } votes isUltimate }";
    private const string MostHeld = "MATCH (p:Party)<-[:OWNS*1..2]-(o:Party) WITH p.id AS id, count(DISTINCT o) AS n ORDER BY n DESC, id LIMIT 12 RETURN id";
    private const string MostHolding = "MATCH (p:Party)-[:OWNS*1..2]->(o:Party) WITH p.id AS id, count(DISTINCT o) AS n ORDER BY n DESC, id LIMIT 8 RETURN id";
    private const string MostLinked =
        "MATCH (p:Client)-[tie]-(:Party) WHERE tie.strength > 0 AND EXISTS { MATCH (p)-[r:CLIENT_AT]->() WHERE r.debt > 0 } "
        + "WITH p.id AS id, count(tie) AS n ORDER BY n DESC, id LIMIT 6 RETURN id";

    private PublishedMarket market = null!;
    private ServedMarket served = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        market = await SharedMarket.OpenAsync();
        served = await ServedMarket.StartAsync(market);
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        if (served is not null) await served.DisposeAsync();
    }

    [Test]
    public async Task LookThroughIsWhatOwnershipLookThroughAnswersOfACompany()
    {
        foreach (var company in await PickAsync(MostHeld))
        {
            var stakes = await StakesAsync("company", company, "0", "holder { id name } share direct isUltimate chains(first: 20) { chains { shares } }");
            var rows = await market.AskAsync("look-through", ("company", company), ("depth", 12), ("threshold", 0));
            AssertSame(
                rows, Text("owner"), stakes, stake => served.IdAt(stake, "holder.id"),
                ("name", "holder.name"), ("share", "share"), ("direct", "direct"), ("ultimate", "isUltimate"));
            foreach (var row in rows) AssertChains(row, stakes.Single(stake => served.IdAt(stake, "holder.id") == (string)row["owner"]!).At("chains.chains"));
        }
    }

    [Test]
    public async Task HoldingsAreWhatOwnershipLookThroughAnswersOfAHolder()
    {
        foreach (var holder in await PickAsync(MostHolding))
        {
            var stakes = await StakesAsync("holder", holder, "0.05", "company { id name } share direct chains(first: 20) { chains { shares } }");
            var rows = await market.AskAsync("holdings", ("holder", holder), ("depth", 12), ("threshold", 0.05));
            AssertSame(rows, Text("company"), stakes, stake => served.IdAt(stake, "company.id"), ("name", "company.name"), ("share", "share"), ("direct", "direct"));
            foreach (var row in rows) AssertChains(row, stakes.Single(stake => served.IdAt(stake, "company.id") == (string)row["company"]!).At("chains.chains"));
        }
    }

    [Test]
    public async Task ControllersAreThoseThatControllersAnswers()
    {
        var concert = 0;
        foreach (var company in (await PickAsync(MostHeld)).Union(await PickAsync("MATCH ()-[:JOINTLY_CONTROLS]->(p:Party) RETURN DISTINCT p.id AS id")))
        {
            var control = await ControlAsync(company);
            concert += control.Count(one => AgreementOf(one) is not null);
            AssertSame(
                await market.AskAsync("controllers", ("company", company)), row => $"{row["agreement"]} {Joined(row["controllers"])}",
                control, one => $"{AgreementOf(one)} {string.Join(' ', served.IdsAt(one, "controllers"))}", ("votes", "votes"), ("ultimate", "isUltimate"));
        }

        Assert.That(concert, Is.Positive, "the sample has a company controlled in concert");
    }

    /// <summary>GraphQL is asked company by company, so every company is asked.</summary>
    [Test]
    public async Task WhoActsInConcertIsWhatControllersAnswersOfAllCompanies()
    {
        var together = new List<(string? Agreement, string Company, JsonElement Control)>();
        await foreach (var (_, answer) in served.AskOfEachAsync(
            await PickAsync("MATCH (p:Party {type: 'Company'}) RETURN p.id AS id ORDER BY id"), $"controllers(company: $id) {{ asked {{ name }} {Control} }}"))
            together.AddRange(answer.At("control").EnumerateArray().Select(one => (AgreementOf(one), answer.TextAt("asked.name"), one)));
        var rows = await market.AskAsync("acting-in-concert");
        Assert.That(together.Select(one => one.Agreement).OfType<string>().Distinct(), Is.SubsetOf(rows.Select(row => row["agreement"])).And.Not.Empty);
        foreach (var row in rows)
        {
            var found = together.Where(one => one.Agreement == (string)row["agreement"]!).ToList();
            Assert.That(found.Select(one => one.Company), Is.EquivalentTo((object?[])row["companies"]!), (string)row["agreement"]!);
            foreach (var (_, _, one) in found)
            {
                Assert.That(served.IdsAt(one, "controllers"), Is.EqualTo(row["ids"]));
                AssertSame(row["reference"], one.At("agreement.reference"), "reference");
                AssertSame(row["concludedOn"], one.At("agreement.concludedOn"), "concludedOn");
            }
        }
    }

    /// <summary>
    /// GraphQL answers of a party with all its records, the text of one record, whose content it shows besides; GraphQL leaves
    /// out what begins only after the day.
    /// </summary>
    [TestCase("2999-01-01T00:00:00Z")]
    [TestCase("2026-01-01T00:00:00Z")]
    public async Task AFactsHistoryIsTheRecordsOfTheNode(string knownAt)
    {
        const string query = """
            query($id: ID!, $at: DateTime) { node(id: $id, knownAt: $at) {
              stamp { asOf } records { source reliability recordedAt validFrom validTo } } }
            """;
        foreach (var party in (await PickAsync(MostHeld)).Concat(await PickAsync(MostLinked)))
        {
            var node = (await served.AskAsync(query, ("id", party), ("at", knownAt))).At("node");
            var asOf = node.At("stamp.asOf").GetDateTimeOffset();
            var members = await market.RunAsync("MATCH (:Party {id: $id})-[:RECORDED_AS]->(n) RETURN labels(n)[0] AS type, n.key AS key", ("id", party));
            var rows = new List<Dictionary<string, object?>>();
            foreach (var member in members)
                rows.AddRange(await market.AskAsync("fact-history", ("type", member["type"]), ("key", member["key"]), ("knownAt", knownAt)));
            var stated = rows.Where(row => row["from"] is not DateTimeOffset from || from <= asOf)
                .Select(row => Statement((string)row["source"]!, (double)row["reliability"]!, row["recordedAt"], row["from"], row["to"]));
            var answered = node.At("records").EnumerateArray().Select(record => Statement(
                record.TextAt("source"), record.At("reliability").GetDouble(),
                InstantAt(record, "recordedAt"), InstantAt(record, "validFrom"), InstantAt(record, "validTo")));
            Assert.That(stated, Is.EquivalentTo(answered).And.Not.Empty, party);
        }
    }

    [Test]
    public async Task OfWhatWasNotKnownYetThereIsNoHistory()
    {
        var party = (await PickAsync(MostHeld))[0].Split('/');
        Assert.That(await market.AskAsync("fact-history", ("type", party[0]), ("key", party[1]), ("knownAt", "1999-01-01T00:00:00Z")), Is.Empty);
        Assert.That(
            await served.RefusalAsync("query($id: ID!) { node(id: $id, knownAt: \"1999-01-01T00:00:00Z\") { id } }", ("id", string.Join('/', party))), Is.EqualTo("NOT_FOUND"));
    }

    /// <summary>The two rank by different rules and both find more than the name; who bears exactly the name, they agree on.</summary>
    [Test]
    public async Task WhoIsFoundByAWholeNameIsFoundBySearch()
    {
        const string query = $$"""
            query($text: String!, $after: String) { search(text: $text, types: [PERSON, COMPANY], first: 200, after: $after) {
              edges { match text node { id } } {{Page}} } }
            """;
        foreach (var party in (await PickAsync(MostHeld)).Concat(await PickAsync(MostLinked)))
        {
            var name = (string)(await market.RunAsync("MATCH (p:Party {id: $id}) RETURN p.name AS name", ("id", party))).Single()["name"]!;
            var exact = (await served.EdgesAsync(query, "search", ("text", name))).Where(edge => edge.TextAt("match") == "EXACT").ToList();
            var rows = await market.AskAsync("find", ("text", $"\"{name}\""), ("limit", 1000));
            Assert.That(exact.Where(edge => edge.TextAt("text") == name).Select(edge => served.IdAt(edge, "node.id")), Is.SubsetOf(rows.Select(row => row["party"])));
            Assert.That(
                rows.Where(row => ((object?[])row["records"]!).Contains(name)).Select(row => row["party"]),
                Is.SubsetOf(exact.Select(edge => served.IdAt(edge, "node.id"))).And.Contains(party));
        }
    }

    [TestCase(0.02)]
    [TestCase(0.11)]
    public async Task LinkedPartiesAreThoseThatLinkedPartiesAnswers(double least)
    {
        const string query = $$"""
            query($client: ID!, $least: Float, $after: String) { linkedParties(client: $client, maxSteps: 3, minStrength: $least) {
              linked(first: 200, after: $after) { edges { strength node { id name } } {{Page}} } } }
            """;
        foreach (var client in await PickAsync(MostLinked))
        {
            // Of several paths of one strength each shows one; they need not show the same.
            var linked = await served.EdgesAsync(query, "linkedParties.linked", ("client", client), ("least", least));
            var rows = await market.AskAsync("linked-parties", ("party", client), ("steps", 3), ("strength", least));
            AssertSame(rows, Text("linked"), linked, edge => served.IdAt(edge, "node.id"), ("name", "node.name"), ("strength", "strength"));
            Assert.That(rows, Is.Not.Empty);
        }
    }

    [Test]
    public async Task AClientsExposureIsItsOwnInLinkedExposureOfEachBroker()
    {
        const string query = """
            query($client: ID!, $broker: ID!) { linkedExposure(client: $client, broker: $broker) {
              broker { code name } own { contracts { __typename } debt marginDebt pledgeDebt repoDebt collateral uncovered } } }
            """;
        var brokers = await PickAsync("MATCH (b:Broker) RETURN b.key AS id ORDER BY id");
        foreach (var client in await PickAsync(MostLinked))
        {
            var rows = await market.AskAsync("client-exposure", ("client", client));
            var answers = new List<JsonElement>();
            foreach (var broker in brokers)
                if (rows.Any(row => (string)row["broker"]! == broker)) answers.Add((await served.AskAsync(query, ("client", client), ("broker", broker))).At("linkedExposure"));
                else Assert.That(await served.RefusalAsync(query, ("client", client), ("broker", broker)), Is.EqualTo("NOT_FOUND"), $"{client} is none of {broker}");
            AssertSame(
                rows, Text("broker"), answers, answer => answer.TextAt("broker.code"), ("name", "broker.name"), ("debt", "own.debt"), ("marginDebt", "own.marginDebt"),
                ("pledgeDebt", "own.pledgeDebt"), ("repoDebt", "own.repoDebt"), ("collateral", "own.collateral"), ("uncovered", "own.uncovered"), ("contracts", "own.contracts"));
        }
    }

    [Test]
    public async Task LinkedExposureIsThatOfTheBrokerToTheClientAndThoseLinked()
    {
        const string exposure = "party { id name } contracts { __typename } debt collateral uncovered";
        const string query = $$"""
            query($client: ID!, $broker: ID!) { linkedExposure(client: $client, broker: $broker) {
              totalDebt totalCollateral totalUncovered own { {{exposure}} } linked(first: 200) { strength exposure { {{exposure}} } } } }
            """;
        var linked = 0;
        foreach (var client in await PickAsync(MostLinked))
            foreach (var broker in (await market.AskAsync("client-exposure", ("client", client))).Select(row => row["broker"]))
            {
                var answer = (await served.AskAsync(query, ("client", client), ("broker", broker))).At("linkedExposure");
                var rows = await market.AskAsync("linked-exposure", ("client", client), ("broker", broker));
                var others = answer.At("linked").EnumerateArray().ToList();
                AssertSame(
                    rows, Text("party"), [answer.At("own"), .. others.Select(one => one.At("exposure"))], one => served.IdAt(one, "party.id"),
                    ("name", "party.name"), ("contracts", "contracts"), ("debt", "debt"), ("collateral", "collateral"), ("uncovered", "uncovered"));
                AssertSame(
                    rows.Where(row => (string)row["party"]! != client), Text("party"), others, one => served.IdAt(one, "exposure.party.id"), ("strength", "strength"));
                foreach (var (column, total) in ((string, string)[])[("debt", "totalDebt"), ("collateral", "totalCollateral"), ("uncovered", "totalUncovered")])
                    AssertSame(rows.Sum(row => (double)row[column]!), answer.At(total), total);
                linked += others.Count;
            }

        Assert.That(linked, Is.Positive);
    }

    [Test]
    public async Task TheMarketIsThatByBroker()
    {
        var answer = (await served.AskAsync(
            "{ market(by: BROKER) { rows { key name clients clientsWithDebt contracts debt collateral highRiskClients meanProbabilityOfDefault } } }")).At("market.rows");
        AssertSame(
            await market.AskAsync("market", ("highRisk", 0.05)), Text("broker"), answer.EnumerateArray(), row => row.TextAt("key"),
            [.. ((string[])["name", "clients", "clientsWithDebt", "contracts", "debt", "collateral", "highRiskClients", "meanProbabilityOfDefault"]).Select(name => (name, name))]);
    }

    [Test]
    public async Task AScoreIsThatOfCreditScore()
    {
        const string query = """
            query($client: ID!) { creditScore(client: $client) {
              client { name } score grade probabilityOfDefault baseline ownRisk contagion modelVersion stamp { asOf } } }
            """;
        foreach (var client in (await PickAsync("MATCH (p:Client)-[:SCORED]->() RETURN p.id AS id ORDER BY id")).Where((_, at) => at % 100 == 0))
        {
            var answer = (await served.AskAsync(query, ("client", client))).At("creditScore");
            var rows = await market.AskAsync("credit-score", ("client", client));
            AssertSame(
                rows, _ => client, [answer], _ => client, ("name", "client.name"), ("score", "score"), ("grade", "grade"), ("probabilityOfDefault", "probabilityOfDefault"),
                ("baselinePoints", "baseline"), ("ownPoints", "ownRisk"), ("contagionPoints", "contagion"), ("model", "modelVersion"));
            Assert.That(DateOnly.FromDateTime(answer.At("stamp.asOf").GetDateTimeOffset().UtcDateTime), Is.EqualTo(rows.Single()["asOf"]));
        }
    }

    [Test]
    public async Task GradesAreThoseOfTheCommandScore()
    {
        var file = served.PathOf("scores.csv");
        Assert.That(await CommandLine.RunAsync(["score", "--data", served.PathOf("scoring"), "--out", file, "--purpose", "model-validation"], served.Host), Is.Zero);
        var lines = File.ReadLines(file).Skip(1).Select(line => line.Split(',')).GroupBy(line => line[5]).ToDictionary(grade => grade.Key);
        var rows = await market.AskAsync("grades");
        Assert.That(rows.Select(row => row["grade"]), Is.EquivalentTo(lines.Keys));
        foreach (var row in rows)
        {
            var grade = lines[(string)row["grade"]!];
            Assert.That(row["clients"], Is.EqualTo((long)grade.Count()));
            Assert.That(row["meanProbabilityOfDefault"], Is.EqualTo(grade.Average(line => double.Parse(line[3], CultureInfo.InvariantCulture))).Within(Exact));
            Assert.That((double)row["meanScore"]!, Is.EqualTo(grade.Average(line => double.Parse(line[4], CultureInfo.InvariantCulture))).Within(Exact * 1000));
            Assert.That(grade.Select(line => $"{line[1]} {line[2]}"), Has.All.EqualTo($"{row["asOf"]:yyyy-MM-dd} {row["model"]}"));
        }
    }

    /// <summary>GraphQL does not call circles findings. Of the other kinds the sample has none: both are to say so of the same companies.</summary>
    [Test]
    public async Task FindingsOnSharesAreThoseBesideOwnershipLookThrough()
    {
        const string query = "query($id: ID!) { ownershipLookThrough(company: $id, semantics: SIMPLE_PATH) { findings { kind detail amount companies { id } } } }";
        var rows = await market.AskAsync("findings", ("kinds", (string[])["SHARES_ABOVE_ONE", "SHARE_UNKNOWN"]));
        var answers = new List<JsonElement>();
        foreach (var company in rows.SelectMany(row => (object?[])row["ids"]!).Cast<string>().Union(await PickAsync(MostHeld)))
            answers.AddRange((await served.AskAsync(query, ("id", company))).At("ownershipLookThrough.findings").EnumerateArray());
        string KeyOf(JsonElement finding) => $"{finding.TextAt("kind")} {string.Join(' ', served.IdsAt(finding, "companies"))}";
        AssertSame(rows, row => $"{row["kind"]} {Joined(row["ids"])}", answers.DistinctBy(KeyOf), KeyOf, ("detail", "detail"), ("amount", "amount"));
    }

    /// <summary>What a circle owes is asked party by party, of the circles that owe most.</summary>
    [Test]
    public async Task GuaranteeCirclesAreThoseThatGuaranteesClose()
    {
        const string query = "query($id: ID!) { client(id: $id) { guarantees(first: 200) { edges { node { id } } } } }";
        var next = new Dictionary<string, Dictionary<string, double>>();
        foreach (var party in await InCirclesAsync("GUARANTEE_CIRCLE"))
            next[party] = (await served.AskAsync(query, ("id", party))).At("client.guarantees.edges").EnumerateArray()
                .Select(edge => served.IdAt(edge, "node.id")).Distinct().ToDictionary(id => id, _ => 1.0);
        var rows = await market.AskAsync("guarantee-circles", ("least", 0));
        Assert.That(rows.Select(row => Joined(row["ids"])), Is.EquivalentTo(next.Keys.Select(party => string.Join(' ', InOneCircle(next, party).Order(StringComparer.Ordinal))).Distinct()).And.Not.Empty);
        foreach (var row in rows)
        {
            var around = ((object?[])row["around"]!).Cast<string>().ToList();
            Assert.That(around.Zip([.. around.Skip(1), around[0]]).All(step => next[step.First].ContainsKey(step.Second)), Is.True, Joined(row["around"]));
            Assert.That(around, Is.Unique.And.SubsetOf((object?[])row["ids"]!).And.Count.EqualTo(Circles(next, 8).Where(circle => circle.Members.Contains(around[0])).Min(circle => circle.Members.Count)));
        }

        foreach (var row in rows.Take(3))
        {
            var owed = 0.0;
            foreach (var party in ((object?[])row["ids"]!).Cast<string>()) owed += await DebtAsync(party);
            Assert.That(owed, Is.EqualTo(row["debt"]).Within(Exact * owed).And.Positive, Joined(row["ids"]));
        }
    }

    [Test]
    public async Task CrossHoldingsAreThoseThatDirectStakesClose()
    {
        var next = new Dictionary<string, Dictionary<string, double>>();
        foreach (var party in await InCirclesAsync("CROSS_HOLDING"))
            next[party] = (await StakesAsync("holder", party, "0", "company { id } direct"))
                .Where(stake => stake.At("direct").GetDouble() > 0).ToDictionary(stake => served.IdAt(stake, "company.id"), stake => stake.At("direct").GetDouble());
        var rows = await market.AskAsync("cross-holdings", ("longest", 8), ("least", 0));
        var circles = Circles(next, 8).ToDictionary(circle => string.Join(' ', circle.Members), circle => circle.Steps);
        Assert.That(rows.Select(row => Joined(row["ids"])), Is.EquivalentTo(circles.Keys).And.Not.Empty);
        foreach (var row in rows)
        {
            var shares = circles[Joined(row["ids"])];
            Assert.That(row["shares"], Is.EqualTo(shares).Within(Exact));
            Assert.That(row["product"], Is.EqualTo(shares.Aggregate(1.0, (product, share) => product * share)).Within(Exact));
        }
    }

    [Test]
    public void EveryTextWithACounterpartIsComparedHere()
    {
        var source = File.ReadAllText(Repository.PathOf("tests", "GraphRisk.Cli.Tests", "Analysts", "CounterpartTests.cs"));
        Assert.That(Counterparts(), Has.Count.GreaterThanOrEqualTo(15));
        Assert.That(Counterparts().Keys.Where(name => !source.Contains($"AskAsync(\"{name}\"", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void EveryCounterpartIsAFieldOfGraphQLWithTheArgumentsItNamesOrACommand()
    {
        var schema = File.ReadAllText(Repository.PathOf("tests", "GraphRisk.Server.Tests", "schema.graphql"));
        var query = schema[schema.IndexOf("type Query {", StringComparison.Ordinal)..];
        query = query[..query.IndexOf("\n}", StringComparison.Ordinal)];
        foreach (var (name, counterpart) in Counterparts().Where(pair => !pair.Value.StartsWith("graphrisk ", StringComparison.Ordinal)))
        {
            var named = FieldPattern().Match(counterpart);
            var field = Regex.Match(query, $@"\n  {named.Groups["field"].Value}\((?<arguments>.*?)\): ", RegexOptions.Singleline);
            Assert.That(named.Success && field.Success, Is.True, $"{name}: {counterpart}");
            foreach (Match argument in ArgumentPattern().Matches(named.Groups["arguments"].Value))
                Assert.That(field.Groups["arguments"].Value, Does.Match($@"\n    {argument.Groups[1].Value}: "), $"{name}: {counterpart}");
            foreach (Match word in InnerPattern().Matches(counterpart[named.Length..]))
                Assert.That(schema, Does.Match($@"\n  {word.Value}[(:]"), $"{name}: {counterpart}");
        }
    }

    private static Dictionary<string, string> Counterparts() => Directory
        .GetFiles(Repository.PathOf("cypher", "analysts"), "*.cypher")
        .Select(path => (Name: Path.GetFileNameWithoutExtension(path), Header: CounterpartPattern().Match(File.ReadAllText(path))))
        .Where(pair => pair.Header.Success)
        .ToDictionary(pair => pair.Name, pair => pair.Header.Groups[1].Value.Trim());

    private async Task<List<string>> PickAsync(string statement) => [.. (await market.RunAsync(statement)).Select(row => (string)row["id"]!)];

    private async Task<IEnumerable<string>> InCirclesAsync(string kind) =>
        (await market.AskAsync("findings", ("kinds", (string[])[kind]))).SelectMany(row => (object?[])row["ids"]!).Cast<string>();

    private async Task<List<JsonElement>> StakesAsync(string argument, string party, string threshold, string fields)
    {
        var edges = await served.EdgesAsync(
            $"query($id: ID!, $after: String) {{ ownershipLookThrough({argument}: $id, semantics: SIMPLE_PATH, threshold: {threshold}) {{ "
            + $"stakes(first: 100, after: $after) {{ edges {{ node {{ {fields} }} }} {Page} }} }} }}",
            "ownershipLookThrough.stakes", ("id", party));
        return [.. edges.Select(edge => edge.At("node"))];
    }

    private async Task<List<JsonElement>> ControlAsync(string company) =>
        [.. (await served.AskAsync(
            $"query($id: ID!) {{ controllers(company: $id) {{ {Control} }} }}", ("id", company))).At("controllers.control").EnumerateArray()];

    private async Task<double> DebtAsync(string client)
    {
        const string query = "query($client: ID!, $broker: ID!) { linkedExposure(client: $client, broker: $broker) { own { debt } } }";
        var debt = 0.0;
        foreach (var broker in await market.AskAsync("client-exposure", ("client", client)))
            debt += (await served.AskAsync(query, ("client", client), ("broker", broker["broker"]))).At("linkedExposure.own.debt").GetDouble();
        return debt;
    }

    private string? AgreementOf(JsonElement control) =>
        control.At("agreement").ValueKind == JsonValueKind.Null ? null : served.IdAt(control, "agreement.id");

    private static Func<Dictionary<string, object?>, string> Text(string column) => row => (string)row[column]!;

    private static string Joined(object? list) => string.Join(' ', (object?[])list!);

    private static string Statement(string source, double reliability, object? recordedAt, object? from, object? to) =>
        FormattableString.Invariant($"{source} {reliability} {recordedAt:O} {from:O} {to:O}");

    private static DateTimeOffset? InstantAt(JsonElement record, string name) =>
        record.At(name).ValueKind == JsonValueKind.Null ? null : record.At(name).GetDateTimeOffset();

    [GeneratedRegex("^// counterpart:(.*)$", RegexOptions.Multiline)]
    private static partial Regex CounterpartPattern();

    [GeneratedRegex(@"^(?<field>\w+)(\((?<arguments>[^)]*)\))?")]
    private static partial Regex FieldPattern();

    [GeneratedRegex(@"(\w+):")]
    private static partial Regex ArgumentPattern();

    /// <summary>Names within braces.</summary>
    [GeneratedRegex(@"(?<=[{ ])\w+(?= [{}])")]
    private static partial Regex InnerPattern();
}
