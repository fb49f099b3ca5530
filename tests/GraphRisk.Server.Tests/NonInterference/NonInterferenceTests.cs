using System.Text.Json;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Market.Flows;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Server.Tests.Queries;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.NonInterference;

/// <summary>
/// Two worlds that differ in what B002 keeps secret answer B001 and those who are its clients alone alike, byte by byte: data,
/// errors, order, counts, cursors and extensions (Goguen and Meseguer 1982). What may differ is on the list of channels, which is
/// disclosure.md's; a difference anywhere else names its field.
/// </summary>
[TestFixtureSource(nameof(Seeds))]
public sealed class NonInterferenceTests(int seed)
{
    /// <summary>How many other worlds are compared with the sample's, one a seed from 1; GRAPHRISK_WORLDS for more.</summary>
    private static IEnumerable<int> Seeds => Enumerable.Range(1, int.TryParse(Environment.GetEnvironmentVariable("GRAPHRISK_WORLDS"), out var worlds) ? worlds : 1);

    private const string Secretive = "B002";
    private const string Asker = "B001";

    /// <summary>The declared channels, by the fields whose values travel through them.</summary>
    private static readonly Dictionary<string, string> Channels = new(StringComparer.Ordinal)
    {
        ["creditScore"] = "the score and its parts, for a client who authorised it or about oneself",
        ["correlatedDefaults"] = "scores of clients who authorised them, in the losses they are drawn for",
        ["namedLastWeek"] = "scores of clients who authorised them for monitoring, in the expected loss they are ranked by",
        ["marketFacts"] = "a client's own market-wide facts, for a broker it authorised or about oneself",
        ["market"] = "the published table",
        ["marketStatistics"] = "the published table",
        ["marketStatisticsAggregate"] = "the published table",
        ["marketStatisticsChanged"] = "the published table",
        ["marketStatisticsCourse"] = "the published table",
    };

    /// <summary>How the fields of a row of the published table are named where it is read as a node.</summary>
    private const string PublishedRow = "/MarketStatistic_";

    private readonly TemporaryFolder folder = new();
    private ServedGraph one = null!;
    private ServedGraph other = null!;

    [OneTimeSetUp]
    public async Task Serve()
    {
        one = await SampleMarket.Served;
        OtherWorld.Write(Repository.PathOf("samples", "market"), Secretive, Asker, seed, folder.PathOf("sources"));
        other = await SampleMarket.ServeAsync(folder.PathOf("sources"), folder.PathOf("store.db"));
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        await other.DisposeAsync();
        folder.Dispose();
    }

    [Test]
    public async Task TheWorldsDifferWhereTheySay()
    {
        var (here, there) = (await WholeAsync(one), await WholeAsync(other));
        Assert.That(there.Relationship("POSITION").Count, Is.Not.EqualTo(here.Relationship("POSITION").Count));
        Assert.That(there.Nodes.Find(new NodeId("Person", $"broker-{Secretive}:{Secretive[1..]}9000001")), Is.GreaterThanOrEqualTo(0));
    }

    [Test]
    public async Task EveryFieldAnswersABrokerAlike()
    {
        var viewer = ServedGraph.Broker(Asker);
        var fields = new EveryField(one.Schema);
        var nodes = (await NodesOfAsync(viewer, 2)).Concat(await SharedClientsAsync(4));
        await CompareAsync(viewer, [.. nodes.Select(fields.Node), .. await RootsAsync(fields, viewer)]);
        Assert.That(fields.All().Except(fields.Asked), Is.Empty, "Every field of the schema is asked for.");
    }

    [Test]
    public async Task EveryFieldAnswersTheBrokersClientsAlike()
    {
        foreach (var client in await ClientsOfTheAskerAloneAsync(2))
        {
            var viewer = ServedGraph.Client(client);
            var fields = new EveryField(one.Schema);
            await CompareAsync(viewer, [.. (await NodesOfAsync(viewer, 2)).Select(fields.Node), .. await RootsAsync(fields, viewer)]);
        }
    }

    [Test]
    public async Task SampleQuestionsAnswerTheBrokerAndItsClientsAlike()
    {
        var client = (await ClientsOfTheAskerAloneAsync(1))[0];
        foreach (var sample in SampleQuery.Names.Select(SampleQuery.Read))
            foreach (var viewer in (Viewer[])[ServedGraph.Broker(Asker), ServedGraph.Client(client)])
                await CompareAsync(viewer, [sample.Text], sample.Variables);
    }

    [Test]
    public async Task TheBrokersOwnRowOfTheMarketRestsOnItsOwnRecords()
    {
        const string Question = "{ market(by: BROKER) { rows { key clients clientsWithDebt contracts debt marginDebt pledgeDebt repoDebt collateral maintenanceRatio debtBelowCallLine } } }";
        var viewer = ServedGraph.Broker(Asker);
        var here = await one.AskText(viewer, Question);
        Assert.That(here, Does.Contain($"\"{Asker}\"").And.Not.Contain("errors"));
        Assert.That(await other.AskText(viewer, Question), Is.EqualTo(here), "Only what scores give to the row travels by a channel.");
    }

    [Test]
    public async Task RulesTriedOverPastDaysRestOnTheBrokersOwnRecords() => await CompareAsync(
        ServedGraph.As(Role.Broker, $"Broker/{Asker}", "monitoring", "rules are tried"),
        [.. RootArguments("warningDryRun", "", "", "", "").Select(arguments => $"{{ warningDryRun{arguments} {{ score {{ named known true foretold defaults warned }} cut byRule {{ rule named true }} ratio {{ line }} mostPreciseRatio {{ line score {{ named }} }} }} }}")]);

    [Test]
    public async Task WhatOnlyOneWorldHoldsIsNowhereInEither()
    {
        string[] secrets =
        [
            $"Person/broker-{Secretive}:{Secretive[1..]}9000001", $"Account/broker-{Secretive}:10020000001", $"Person/broker-{Secretive}:nobody",
            $"MarginContract/broker-{Secretive}:M0020000001",
        ];
        foreach (var viewer in (Viewer[])[ServedGraph.Broker(Asker), ServedGraph.Client((await ClientsOfTheAskerAloneAsync(1))[0])])
            await CompareAsync(viewer, [.. secrets.SelectMany(id => (string[])
            [
                $"{{ node(id: \"{id}\") {{ id }} }}", $"{{ client(id: \"{id}\") {{ id }} }}", $"{{ creditScore(client: \"{id}\") {{ score }} }}",
                $"{{ linkedParties(client: \"{id}\") {{ isComplete }} }}", $"{{ linkedExposure(client: \"{id}\") {{ totalDebt }} }}",
                $"{{ ownershipLookThrough(holder: \"{id}\") {{ semantics }} }}",
            ])]);
    }

    /// <summary>Asks both worlds and holds the answers together.</summary>
    private async Task CompareAsync(Viewer viewer, IReadOnlyList<string> questions, string variables = "{}")
    {
        var leaks = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var question in questions)
        {
            string[] answers = await Task.WhenAll(new[] { one, other }.Select(world => Task.Run(() => world.AskText(viewer, question, variables))));
            var (here, there) = (answers[0], answers[1]);
            Assert.That(here, Does.Not.Contain("VALIDATION_FAILED").And.Not.Contain("SYNTAX_ERROR"), question);
            if (here == there) continue;
            Compare(JsonDocument.Parse(here).RootElement, JsonDocument.Parse(there).RootElement, "", leaks, question);
        }

        Assert.That(leaks, Is.Empty, $"{viewer.Of}: these answers differ with what {Secretive} keeps secret.");
    }

    private static void Compare(JsonElement here, JsonElement there, string path, SortedSet<string> leaks, string question)
    {
        if (Channels.Keys.Any(channel => FieldsOf(path).Contains(channel)) || path.Contains(PublishedRow, StringComparison.Ordinal)
            || IsAliasOfChannel(path, question)) return;
        if (here.ValueKind == JsonValueKind.Object && there.ValueKind == JsonValueKind.Object)
        {
            var names = here.EnumerateObject().Select(member => member.Name).Union(there.EnumerateObject().Select(member => member.Name)).ToList();
            foreach (var name in names)
                if (here.TryGetProperty(name, out var left) && there.TryGetProperty(name, out var right)) Compare(left, right, $"{path}/{name}", leaks, question);
                else leaks.Add($"{path}/{name}: in one world only; {Short(question)}");
            return;
        }

        if (here.ValueKind == JsonValueKind.Array && there.ValueKind == JsonValueKind.Array && here.GetArrayLength() == there.GetArrayLength())
        {
            for (var i = 0; i < here.GetArrayLength(); i++) Compare(here[i], there[i], path, leaks, question);
            return;
        }

        if (here.GetRawText() != there.GetRawText()) leaks.Add($"{path}: {Short(here.GetRawText())} and {Short(there.GetRawText())}; {Short(question)}");
    }

    /// <summary>Whether a root field is a channel under another name, as in <c>now: market(by: MARKET)</c>.</summary>
    private static bool IsAliasOfChannel(string path, string question) =>
        path.Split('/') is [_, "data", var name]
        && Channels.Keys.Any(channel => question.Contains($"{name}: {channel}(", StringComparison.Ordinal));

    /// <summary>Names of the fields of a path; an alias of the generated questions is Type_field.</summary>
    private static IEnumerable<string> FieldsOf(string path) => path.Split('/').Select(step => step[(step.IndexOf('_', StringComparison.Ordinal) + 1)..]);

    private static string Short(string text) => text.Length <= 120 ? text : text[..120];

    /// <summary>Some nodes of each type the viewer knows of, evenly chosen; of a type without any, one that is not there.</summary>
    private async Task<List<NodeId>> NodesOfAsync(Viewer viewer, int each)
    {
        var nodes = (await one.Session.ViewAsync(viewer, default)).Snapshot.Nodes;
        var found = new List<NodeId>();
        foreach (var type in one.Store.Catalog.NodeTypes)
        {
            var all = nodes.OfType(type.Name).ToArray();
            if (all.Length == 0) found.Add(new NodeId(type.Name, "none"));
            found.AddRange(Enumerable.Range(0, Math.Min(each, all.Length)).Select(i => nodes.IdOf(all[i * (all.Length / Math.Min(each, all.Length))])));
        }

        return found;
    }

    private async Task<List<string>> RootsAsync(EveryField fields, Viewer viewer)
    {
        var view = (await one.Session.ViewAsync(viewer, default)).Snapshot;
        string First(string type) => view.Nodes.OfType(type) is { Length: > 0 } all ? view.Nodes.IdOf(all[all.Length / 2]).ToString() : $"{type}/none";
        var (company, person) = (First("Company"), viewer.Role == Role.Client ? viewer.Of! : First("Person"));
        var (account, loan) = (First("Account"), First("Loan"));
        var questions = new List<string>();
        foreach (var field in one.Schema.Query.Fields)
            questions.AddRange(RootArguments(field.Name, company, person, account, loan).Select(arguments => fields.Root($"{field.Name}{arguments}")));
        return questions;
    }

    /// <summary>Arguments to ask a root field with; a field without a row here is asked with none.</summary>
    private static IEnumerable<string> RootArguments(string field, string company, string person, string account, string loan) => field switch
    {
        "client" or "node" or "person" => [$"(id: \"{person}\")", $"(id: \"{company}\")"],
        "company" => [$"(id: \"{company}\")", "(name: \"不存在的公司\")"],
        "clients" => ["(first: 20)", "(last: 20)", $"(broker: \"{Secretive}\")", "(asOf: \"2024-03-31\")"],
        "search" => ["(text: \"王\", first: 50)", "(text: \"wangwei\", first: 50)", "(text: \"陌生\")", "(text: \"有限公司\", first: 50)", "(text: \"17456905377\")"],
        "screen" => ["(name: \"王伟\")", "(name: \"Wang Wei\", kind: PERSON)", "(name: \"上海华信贸易有限公司\")"],
        "screeningNews" => ["(since: \"2024-03-31T00:00:00Z\")", "(since: \"2024-03-31T00:00:00Z\", allParties: true)"],
        "identityChanges" => ["(since: \"2024-03-31T00:00:00Z\")", "(since: \"2026-01-05T00:30:00Z\")"],
        "ownershipLookThrough" => [$"(company: \"{company}\")", $"(holder: \"{person}\")"],
        "controllers" => [$"(company: \"{company}\")", $"(company: \"{company}\", rule: \"cn-listed-control\")"],
        "ownershipHistory" => [$"(company: \"{company}\", from: \"2025-06-30\")"],
        "beneficialOwners" => [$"(company: \"{company}\")", $"(company: \"{company}\", rule: \"eu-beneficial-owner\")"],
        "concertParties" or "aggregateOwnership" => [$"(company: \"{company}\")"],
        "ownershipVerdicts" => ["(first: 50)", "(rule: \"cn-listed-control\", holds: POSSIBLE)", "(rule: \"cn-concert\")", "(rule: \"ecb-close-links\", holder: { name: { contains: \"公司\" } })"],
        "closeLinks" => [$"(party: \"{company}\")", $"(party: \"{person}\", rule: \"mifid-close-links\")"],
        "group" => [$"(party: \"{company}\")", $"(party: \"{company}\", definition: \"cn-connected-clients\", possible: true)"],
        "recommend" => [$"(client: \"{person}\", application: {{ product: MARGIN, amount: 1000000, termInDays: 90, shareOfBroker: 0, isAffiliateOfBroker: false }})"],
        "linkedParties" or "linkedExposure" or "creditScore" or "assets" or "scoreHistory" => [$"(client: \"{person}\")"],
        "dossier" => [$"(client: \"{person}\")", "(name: \"王伟\")", "(identifier: \"17456905377\")"],
        "whyChanged" => [$"(client: \"{person}\", from: \"2025-06-30\", to: \"2025-09-30\")"],
        "neighbourhood" => [$"(of: \"{person}\", maxHops: 3, limit: 200)", $"(of: \"{company}\")", $"(of: \"Broker/{Secretive}\")", $"(of: \"{person}\", types: [\"Party\"], kinds: [HOLDS, GUARANTEES])"],
        "shortestPaths" or "simplePaths" or "bestChains" or "temporalPaths" => [$"(from: \"{person}\", to: \"{company}\")", $"(from: \"{company}\", to: \"Broker/{Asker}\", direction: BOTH, maxHops: 3, limit: 50)"],
        "cycles" => ["(kinds: [GUARANTEES])", "(kinds: [HOLDS], direction: IN)", $"(through: \"{company}\", direction: BOTH, maxHops: 3)"],
        "commonNeighbours" => [$"(of: \"{person}\", and: \"{company}\")", $"(of: \"Broker/{Asker}\", and: \"Broker/{Secretive}\")"],
        "market" => ["(by: BROKER)", "(by: JURISDICTION)", "(by: MARKET)"],
        "clientQuality" => ["(by: GRADE)", "(by: ALL, of: MARKET)"],
        "marketMovers" => ["(since: \"2025-06-30\", subject: BROKER, by: EXPOSURE)"],
        "inspection" => [$"(case: \"{person}\")"],
        "warningDryRun" => ["""(from: "2025-09-30", to: "2025-09-30", capacity: 10000, rules: "{\"version\":\"1\",\"rows\":[{\"name\":\"low\",\"kind\":\"LEVEL\",\"figure\":\"ratio\",\"operator\":\"BELOW\",\"limit\":9,\"severity\":\"NOTICE\",\"coolDownDays\":1,\"team\":\"A\",\"escalatesTo\":\"B\",\"takeWithinDays\":1,\"title\":{\"en\":\"Low\",\"zh\":\"低\"}}]}")"""],
        "warningWork" => ["(from: \"2025-06-30\")"],
        "stressTest" => [.. new[] { "BROKER", "JURISDICTION", "INDUSTRY", "CLIENT", "MARKET" }.Select(by =>
            $"(by: {by}, scenario: {{ name: \"fall\", prices: [{{ on: MARKET, move: -0.3 }}], depth: {{ marketValueShare: 0.02 }}, defaultedBrokers: [\"{Secretive}\"] }})")],
        "job" => ["(id: \"none\")"],
        _ when FlowQuestions.All.FirstOrDefault(question => question.Name == field) is { } question => FlowArguments(question, account, person, loan),
        _ when field.EndsWith("Changed", StringComparison.Ordinal) => ["(from: \"2024-03-31\", asOf: \"2025-09-30\", first: 20)"],
        "companiesCourse" => ["(from: \"2025-06-30\", asOf: \"2025-09-30\", every: QUARTER)"],
        // The day that is on the shelf: to make another takes most of the time of all these questions.
        _ when field.EndsWith("Course", StringComparison.Ordinal) => ["(from: \"2025-09-30\", asOf: \"2025-09-30\")"],
        _ => [""],
    };

    /// <summary>The same node twice where a question takes two, so that it is asked whatever is there.</summary>
    private static IEnumerable<string> FlowArguments(FlowQuestion question, string account, string person, string loan)
    {
        var subject = question.Subject switch { "Account" => account, "Loan" => loan, _ => person };
        return [$"({question.Subject.ToLowerInvariant()}: \"{subject}\"{(question.Parameters.Contains(FlowParameter.Other) ? $", other: \"{subject}\"" : "")})"];
    }

    /// <summary>Clients of the asking broker of whom the other broker knows nothing in either world.</summary>
    private async Task<List<string>> ClientsOfTheAskerAloneAsync(int count)
    {
        var (here, there) = (await WholeAsync(one), await WholeAsync(other));
        var broker = here.Nodes.Find(new NodeId("Broker", Asker));
        return
        [
            .. here.Relationship("CLIENT_OF").In.Neighbours(broker).ToArray().Distinct()
                .Where(client => IsAlone(here.Nodes.MembersOf(client)) && IsAlone(there.Nodes.MembersOf(there.Nodes.Find(here.Nodes.IdOf(client)))))
                .Select(client => here.Nodes.IdOf(client).ToString()).Take(count),
        ];
    }

    /// <summary>Clients of the asking broker of whom the other knows too, under a record the asker may name.</summary>
    private async Task<IEnumerable<NodeId>> SharedClientsAsync(int count)
    {
        var whole = await WholeAsync(one);
        var clients = whole.Relationship("CLIENT_OF").In.Neighbours(whole.Nodes.Find(new NodeId("Broker", Asker))).ToArray().Distinct();
        return clients.Select(client => whole.Nodes.MembersOf(client)).Where(records => !IsAlone(records))
            .Select(records => records.First(record => SourceOwner.Of(record) == Asker)).Take(count).ToList();
    }

    private static bool IsAlone(IEnumerable<NodeId> records) => records.All(record => SourceOwner.Of(record) != Secretive);

    private static async Task<Graph.Snapshots.Snapshot> WholeAsync(ServedGraph served) => (await served.Session.WholeAsync(default(BitemporalPoint))).Snapshot;
}
