using System.Text.Json;
using System.Text.RegularExpressions;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Queries;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Budget;

/// <summary>On the sample market: what is hopeless is refused, what is asked in earnest is not, and nothing spends more than it may.</summary>
public sealed partial class HostileQuestionTests
{
    private static readonly Lazy<Task<(string Client, string Company)>> Somebody = new(FindAsync);

    /// <summary>As the explorer sends it to a server of the specification of October 2021.</summary>
    private static string Introspection => InputDeprecation().Replace(Guard.IntrospectionQuery.Text, "defaultValue")
        .Replace("__schema {\n    description", "__schema {", StringComparison.Ordinal)
        .Replace("specifiedByURL", "", StringComparison.Ordinal).Replace("isOneOf", "", StringComparison.Ordinal)
        .Replace("isRepeatable", "", StringComparison.Ordinal).Replace("args(includeDeprecated: true)", "args", StringComparison.Ordinal)
        .Replace("inputFields(includeDeprecated: true)", "inputFields", StringComparison.Ordinal);

    [GeneratedRegex(@"defaultValue\s+isDeprecated\s+deprecationReason")]
    private static partial Regex InputDeprecation();

    private static IEnumerable<string> Names => HostileQuestions.Found("").Keys;

    private static IEnumerable<string> Samples => SampleQuery.Names;

    [TestCaseSource(nameof(Names))]
    public async Task AQuestionThatStoppedTheServiceIsRefusedBeforeItBegins(string name)
    {
        var served = await SampleMarket.Served;
        foreach (var viewer in new[] { ServedGraph.Regulator, ServedGraph.Broker("B001"), ServedGraph.Analyst })
        {
            var question = HostileQuestions.Found((await Somebody.Value).Client)[name];
            var (codes, budget) = await AskAsync(served, viewer, question);
            Assert.That(codes, Is.EqualTo(new[] { "BUDGET_EXCEEDED" }), $"{viewer.Role}");
            Assert.That(budget.Spent(CostUnit.Work), Is.Zero);
        }
    }

    [Test]
    public async Task TheRefusalNamesTheFieldAndThePageSizeThatWouldPass()
    {
        var served = await SampleMarket.Served;
        const string Question = "{{ clients(first: {0}) {{ nodes {{ linkedParties {{ linked(first: 200) {{ nodes {{ ... on Party {{ contracts(first: 200) {{ nodes {{ id }} }} }} }} }} }} }} }} }}";
        var refused = await served.AskText(ServedGraph.Regulator, string.Format(null, Question, 200));
        var message = JsonDocument.Parse(refused).RootElement.TextAt("errors.0.message")!;
        Assert.That(message, Does.Contain("it passes with first: "));
        var size = int.Parse(message.Split("it passes with first: ")[1].Split(' ')[0], null);
        Assert.That(size, Is.InRange(1, 199));
        var (codes, _) = await AskAsync(served, ServedGraph.Regulator, string.Format(null, Question, size));
        Assert.That(codes, Is.Empty.Or.EqualTo(new[] { "BUDGET_EXCEEDED" }), "it is begun");
    }

    [TestCaseSource(nameof(Samples))]
    public async Task ASampleQueryStaysFarBelowItsLimits(string name)
    {
        var query = SampleQuery.Read(name);
        var (codes, budget) = await AskAsync(await SampleMarket.Served, query.Viewer, query.Text, query.Variables);
        Assert.That(codes, Does.Not.Contain("BUDGET_EXCEEDED"));
        foreach (var unit in Enum.GetValues<CostUnit>().Where(unit => unit != CostUnit.Instants))
            Assert.That(budget.Spent(unit), Is.LessThan(budget.Limits[unit] / 4), $"{unit}");
    }

    [Test]
    public async Task GraphiQLsIntrospectionPassesForEverybody()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var (codes, budget) = await AskAsync(await SampleMarket.Served, ServedGraph.As(role, null, null), Introspection);
            Assert.That(codes, Is.Empty, $"{role}");
            Assert.That(budget.Spent(CostUnit.Work), Is.GreaterThan(0), "introspection is charged");
        }
    }

    [Test]
    public async Task IntrospectionNestedInItselfIsRefused()
    {
        var question = "{ __schema { types { " + string.Concat(Enumerable.Repeat("fields { type { ", 8)) + "name" + string.Concat(Enumerable.Repeat(" } }", 8)) + " } } }";
        var (codes, _) = await AskAsync(await SampleMarket.Served, Viewer.Anonymous, question);
        Assert.That(codes, Is.Not.Empty.And.All.EqualTo("BUDGET_EXCEEDED"));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public async Task NoneOfAThousandDrawnQuestionsSpendsMoreThanItMay(int quarter)
    {
        var served = await SampleMarket.Served;
        var (client, company) = await Somebody.Value;
        var (refused, answered) = (0, 0);
        foreach (var question in HostileQuestions.Draw(1000, client, company).Skip((quarter - 1) * 250).Take(250))
        {
            // A tenth of the regulator's limits, so that a test ends soon; what is bounded is the same.
            var limits = QuestionLimits.ByRole[Role.Regulator] with { Work = 8_000_000, Rows = 5_000, Fields = 30_000, Bytes = 1_000_000, Instants = 2 };
            using var budget = new QuestionBudget(Role.Regulator, limits);
            var (codes, _) = await AskAsync(served, ServedGraph.Regulator, question, "{}", budget);
            Assert.That(codes, Does.Not.Contain("VALIDATION_FAILED"), question);
            Assert.That(codes, Does.Not.Contain("SYNTAX_ERROR"), question);
            if (codes.Contains("BUDGET_EXCEEDED")) refused++;
            else answered++;
            if (budget.Exhausted is null) continue;
            // The last charge is of a page, a list or a piece of an algorithm.
            foreach (var unit in Enum.GetValues<CostUnit>())
                Assert.That(budget.Spent(unit), Is.LessThan(limits[unit] + 1_000_000), $"{unit}: {question}");
        }

        Assert.That(refused, Is.GreaterThan(50));
        Assert.That(answered, Is.GreaterThan(10));
    }

    [Test]
    public async Task EveryFieldOfTheTableIsAFieldOfTheSchema()
    {
        var schema = (await SampleMarket.Served).Schema;
        foreach (var name in FieldCosts.Items.Keys.Where(name => !name.StartsWith("__", StringComparison.Ordinal)))
        {
            var parts = name.Split('.');
            Assert.That((schema.AllTypes[parts[0]] as GraphQL.Types.IComplexGraphType)?.GetField(parts[1]), Is.Not.Null, name);
        }

        foreach (var type in FieldCosts.Work.Keys) Assert.That(schema.AllTypes[type], Is.Not.Null, type);
    }

    private static async Task<(string[] Codes, QuestionBudget Budget)> AskAsync(
        ServedGraph served, Viewer viewer, string question, string variables = "{}", QuestionBudget? own = null)
    {
        var budget = own ?? new QuestionBudget(viewer.Role, QuestionLimits.ByRole[viewer.Role]);
        JsonElement answer;
        try
        {
            answer = JsonDocument.Parse(await served.AskText(viewer, question, variables, budget)).RootElement;
        }
        catch (OperationCanceledException) when (budget.Exhausted is not null)
        {
            return (["BUDGET_EXCEEDED"], budget);
        }

        return (answer.TryGetProperty("errors", out var errors) ? [.. errors.EnumerateArray().Select(error => error.TextAt("extensions.code")!).Distinct()] : [], budget);
    }

    private static async Task<(string Client, string Company)> FindAsync()
    {
        var served = await SampleMarket.Served;
        var found = await served.Ask(ServedGraph.Regulator, "{ clients(first: 200) { nodes { id } } search(text: \"有限公司\", types: [COMPANY], first: 1) { nodes { id } } }");
        return (found.TextAt("clients.nodes.100.id")!, found.TextAt("search.nodes.0.id")!);
    }
}
