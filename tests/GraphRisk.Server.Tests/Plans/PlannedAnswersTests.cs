using System.Globalization;
using System.Text;
using System.Text.Json;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphRisk.Graph.Facts;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Guard;
using GraphRisk.Server.Http;
using GraphRisk.Server.Plans;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Fuzz;
using GraphRisk.Server.Tests.Queries;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace GraphRisk.Server.Tests.Plans;

/// <summary>
/// Questions are answered by plans as the library's executor answers them: the same bytes, errors and their order among them, the same costs, the same
/// entry for the audit trail; also where the budget ends them. The library's executor is the oracle.
/// </summary>
public sealed class PlannedAnswersTests
{
    /// <summary>Documents with arguments of every kind: <c>GRAPHRISK_DOCUMENTS</c> for more than in every run.</summary>
    private static readonly int Documents = int.TryParse(Environment.GetEnvironmentVariable("GRAPHRISK_DOCUMENTS"), CultureInfo.InvariantCulture, out var documents) ? documents : 400;

    private static readonly Viewer Anonymous = new(Role.Anonymous, null, null, null);

    private static IEnumerable<string> Samples => SampleQuery.Names;

    [TestCaseSource(nameof(Samples))]
    public async Task ASampleQueryIsAnsweredAlike(string name)
    {
        var query = SampleQuery.Read(name);
        var both = await BothExecuters.OpenAsync();
        foreach (var viewer in (Viewer[])[query.Viewer, ServedGraph.Analyst, Anonymous]) await both.CompareAsync(viewer, query.Text, query.Variables);
        Assert.That(both.Planned, Is.EqualTo(3), "plans cover it");
    }

    [Test]
    public async Task DrawnDocumentsAreAnsweredAlikeToEveryRole()
    {
        var both = await BothExecuters.OpenAsync();
        var (client, company) = await both.IdsAsync();
        var drawn = new DrawnDocuments(both.Schema,
        [
            $"node(id: \"{client}\")", $"company(id: \"{company}\")", "clients(first: 7)", "companies(first: 12)", "persons(first: 9, asOf: $day)", "marginContracts(first: 9)",
            "contracts(first: $few)", "brokers", "securities(last: 4)", "parties(first: 6)", "store",
        ]);
        Viewer[] viewers = [ServedGraph.Regulator, ServedGraph.RegulatorMasked, ServedGraph.Analyst, ServedGraph.Broker("B001"), ServedGraph.Client(client), Anonymous];
        for (var seed = 1; seed <= 90; seed++)
            await both.CompareAsync(viewers[seed % viewers.Length], drawn.Draw(seed), DrawnDocuments.Given[seed % 3], Small);
        Assert.That(both.Planned, Is.GreaterThan(25), "the others are not valid, since fields drawn on several types cannot be merged");
        Assert.That(both.WithErrors, Is.GreaterThan(15), "refusals are among them");
        Assert.That(both.Filed, Is.GreaterThan(2), "filed reads are among them");
    }

    [Test]
    public async Task DocumentsWithArgumentsOfEveryKindAreAnsweredAlike()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var both = BothExecuters.Over(served);
        var drawn = new RandomDocuments(served.Schema, [SmallMarket.Zhang, SmallMarket.ZhangAtB001, SmallMarket.Huaxin, "Broker/B001", "张三", "B001"], seed: 11);
        Viewer[] viewers = [ServedGraph.Regulator, ServedGraph.RegulatorMasked, ServedGraph.Analyst, ServedGraph.Broker("B001"), ServedGraph.Client(SmallMarket.ZhangAtB001), Anonymous];
        for (var round = 0; round < Documents; round++)
        {
            var document = drawn.Next();

            // What writes is answered otherwise the second time.
            if (document.Text.StartsWith("mutation", StringComparison.Ordinal) || QueryGuard.Inspect(Encoding.UTF8.GetBytes(document.Text), QueryLimits.Default).Refusal is not null) continue;
            await both.CompareAsync(viewers[round % viewers.Length], document.Text, document.Variables, Small);
        }

        Assert.That(both.Planned, Is.GreaterThan(Documents / 4));
    }

    [Test]
    public async Task WhatABudgetEndsIsEndedAlike()
    {
        var both = await BothExecuters.OpenAsync();
        var random = new Random(5);
        const string text = "{ marginContracts(first: 60) { nodes { contractNumber openedOn debt status } edges { cursor node { debt currency } } } companies(first: 40) { nodes { name aliases industry registeredCapital } } }";
        for (var at = 0; at < 32; at++)
        {
            var (fields, rows, bytes, work) = (random.Next(1, 700), random.Next(1, 400), random.Next(1, 20_000), random.Next(1, 600_000));
            await both.CompareAsync(at % 2 == 0 ? ServedGraph.Regulator : ServedGraph.Broker("B001"), text, "{}", limits => (at % 4) switch
            {
                0 => limits with { Fields = fields },
                1 => limits with { Rows = rows },
                2 => limits with { Bytes = bytes },
                _ => limits with { Work = work },
            }, leeway: 1_000_000);
        }

        Assert.That(both.Ended, Is.GreaterThan(15));
    }

    [TestCase("{ a: company(id: \"x\") { name } company(uscc: \"1\") { name } company(uscc: \"1\") { industry } }", "{}")]
    [TestCase("query ($id: ID!) { node(id: $id) { id } }", "{}")]
    [TestCase("query ($id: ID!) { node(id: $id) { id } }", """{"id": [1]}""")]
    [TestCase("query A { store { stamp { asOf } } } query B { store { stamp { version } } }", "{}")]
    [TestCase("{ nothing }", "{}")]
    [TestCase("{ __schema { queryType { name } } }", "{}")]
    [TestCase("{ companies(first: 100000) { totalCount } }", "{}")]
    [TestCase("{ companies(where: {name: {eq: 3}}) { totalCount } }", "{}")]
    [TestCase("query ($w: CompanyWhere) { companies(where: $w, first: 3) { nodes { name } } }", """{"w": {"name": {"contains": "公司"}}}""")]
    [TestCase("{ companies(first: 2) { nodes { name } } companies(first: 2) { nodes { name industry holders(first: 1) { totalCount } } nodes { holders(first: 1) { edges { share } } } } }", "{}")]
    [TestCase("{ companies(first: 1) { nodes { name @skip(if: true) } } }", "{}")]
    [TestCase("{ marginContracts(first: 30) { nodes { contractNumber openedOn status debt maintenanceRatio } } clients(first: 9) { nodes { ... on Company { name revenue } } } }", "{}")]
    [TestCase("{ persons(first: 30) { nodes { name birthDate residentId phone address } edges { node { name } } } }", "{}")]
    [TestCase("{ companies(first: 30) { nodes { uscc phone accountsUntil totalAssets blocked kind status dissolvedOn } } }", "{}")]
    public async Task CornersAreAnsweredAlike(string text, string variables)
    {
        var both = await BothExecuters.OpenAsync();
        foreach (var viewer in (Viewer[])[ServedGraph.Regulator, ServedGraph.RegulatorMasked, ServedGraph.Analyst, ServedGraph.Broker("B001"), ServedGraph.Client("Person/broker-B001:0010000074"), Anonymous]) await both.CompareAsync(viewer, text, variables);
    }

    [TestCase("query ($id: ID!) { node(id: $id) { id ... on Company { name industry } ... on Person { name } } }", 1)]
    [TestCase("query ($id: ID!, $few: Int = 2) { node(id: $id) { id } companies(first: $few) { nodes { name } } }", 1)]
    [TestCase("query ($id: ID!, $on: Boolean!) { node(id: $id) { id ... on Company @include(if: $on) { name holders(first: 2) { totalCount } } } }", 1)]
    [TestCase("query ($text: String!, $on: Boolean) { companies(where: {name: {contains: $text}, dissolvedOn: {isNull: $on}}, first: 3) { nodes { name } } }", 1)]
    [TestCase("query ($few: Int) { companies(first: $few) { nodes { name holders(first: 200) { edges { share } } } } }", 0)]
    public async Task AKeptDocumentIsAnsweredAlikeToOthersWithOtherVariables(string text, int leastRefused)
    {
        var both = await BothExecuters.OpenAsync();
        var (client, company) = await both.IdsAsync();
        string[] given =
        [
            $$"""{"id": "{{company}}", "few": 3, "on": true, "text": "公司"}""", $$"""{"id": "{{client}}", "few": 1, "on": false, "text": "x"}""", $$"""{"id": "{{company}}", "on": null}""",
            """{"id": "none", "few": 200, "on": true, "text": "\u0007\"<\ud83d\ude42"}""", """{"id": 7, "few": "3", "on": 1, "text": 4}""", """{"id": null, "few": null, "text": null}""", """{"id": [1], "few": 2.0}""", "{}",
        ];
        Viewer[] viewers = [ServedGraph.Regulator, ServedGraph.Broker("B001"), ServedGraph.Analyst];
        await both.CompareKeptAsync(text, [.. given.SelectMany(variables => viewers.Select(viewer => (viewer, variables)))]);
        Assert.That(both.Planned, Is.EqualTo(1), "plans cover it");
        Assert.That(both.WithErrors, Is.GreaterThanOrEqualTo(leastRefused));
    }

    // Each document ends in time, and some are ended.
    private static QuestionLimits Small(QuestionLimits limits) => limits with { Work = 2_000_000, Bytes = 200_000 };

    /// <summary>The sample market behind both executors.</summary>
    private sealed class BothExecuters(ServedGraph served, AccessGrounds grounds)
    {
        private static readonly AnswerSerializer Serializer = new();
        private readonly OrderedExecuter library = new();
        private PlannedExecuter plans = Plans(served, grounds, new BudgetOptions());

        public ISchema Schema => served.Schema;

        public int Planned { get; private set; }

        public int WithErrors { get; private set; }

        public int Filed { get; private set; }

        public int Ended { get; private set; }

        public static async Task<BothExecuters> OpenAsync() => Over(await SampleMarket.Served);

        public static BothExecuters Over(ServedGraph served) => new(served, GraphServer.GroundsOf(served.Session, served.Dependencies));

        public async Task<(string Client, string Company)> IdsAsync()
        {
            var data = await served.Ask(ServedGraph.Regulator, "{ clients(first: 20) { nodes { id } } companies(first: 20) { nodes { id } } }");
            return (data.TextAt("clients.nodes.17.id")!, data.TextAt("companies.nodes.11.id")!);
        }

        public async Task CompareAsync(Viewer viewer, string text, string variables, Func<QuestionLimits, QuestionLimits>? limit = null, int leeway = 10)
        {
            var options = new BudgetOptions { Leeway = leeway };
            plans = Plans(served, grounds, options);
            var limits = (limit ?? (one => one))(QuestionLimits.ByRole[viewer.Role]);
            await AskAsync(viewer, text, variables, limits, options, byPlan: false); // What is prepared once for a view costs the first who asks.
            var expected = await AskAsync(viewer, text, variables, limits, options, byPlan: false);
            Assert.That(await AskAsync(viewer, text, variables, limits, options, byPlan: true), Is.EqualTo(expected), $"{viewer.Role}: {text} {variables}");
            Assert.That(await AskAsync(viewer, text, variables, limits, options, byPlan: true), Is.EqualTo(expected), $"prepared, {viewer.Role}: {text} {variables}");
            if (plans.Find(Encoding.UTF8.GetBytes(text), null) is not null) Planned++;
            if (expected.Contains("\"errors\"", StringComparison.Ordinal)) WithErrors++;
            if (expected.Contains("BUDGET_EXCEEDED", StringComparison.Ordinal)) Ended++;
            if (expected.Contains("\nfiled {", StringComparison.Ordinal)) Filed++;
        }

        /// <summary>Asks one kept document by several viewers with several variables in turn.</summary>
        public async Task CompareKeptAsync(string text, IReadOnlyList<(Viewer Viewer, string Variables)> asked)
        {
            var options = new BudgetOptions { Leeway = 1 };
            plans = Plans(served, grounds, options);
            foreach (var (viewer, variables) in asked)
            {
                var limits = Small(QuestionLimits.ByRole[viewer.Role]);
                await AskAsync(viewer, text, variables, limits, options, byPlan: false);
                var expected = await AskAsync(viewer, text, variables, limits, options, byPlan: false);
                Assert.That(await AskAsync(viewer, text, variables, limits, options, byPlan: true), Is.EqualTo(expected), $"{viewer.Role}: {text} {variables}");
                if (expected.Contains("\"errors\"", StringComparison.Ordinal)) WithErrors++;
            }

            if (plans.Find(Encoding.UTF8.GetBytes(text), null) is not null) Planned++;
        }

        private async Task<string> AskAsync(Viewer viewer, string text, string variables, QuestionLimits limits, BudgetOptions options, bool byPlan)
        {
            using var budget = new QuestionBudget(viewer.Role, limits);
            var request = new RequestContext(viewer, "test", budget);
            var execution = new QueryExecution(plans, library, Schema, [new EstimateListener(options)], options, NullLogger<QueryExecution>.Instance);
            var question = new QueryRequest(Encoding.UTF8.GetBytes(text), null, Encoding.UTF8.GetBytes(variables), default);
            var services = new ServiceCollection().BuildServiceProvider();
            var result = byPlan
                ? await execution.Answer(QueryGuard.Inspect(question.Query.Span, QueryLimits.Default), question, request, services, default)
                : await execution.Execute(question, request, services, default);
            using var answer = new AnswerBytes();
            Serializer.Write(answer, result);
            var spent = string.Join(' ', Enum.GetValues<CostUnit>().Select(budget.Spent));
            var filed = request.Ledger.Close() is { } page ? $"filed {JsonSerializer.Serialize(page)}" : "not filed";
            return $"{Encoding.UTF8.GetString(answer.Written.Span)}\n{spent}\n{filed}\n{result.Executed}";
        }

        private static PlannedExecuter Plans(ServedGraph served, AccessGrounds grounds, BudgetOptions options) =>
            new(served.Schema, new GraphQLDocumentBuilder(), new DocumentValidator(), grounds, options);
    }
}
