using System.Text.Json;
using GraphQL.Types;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Security;

/// <summary>A refusal says what would allow it and never whether a thing exists.</summary>
public sealed class RefusalTests
{
    /// <summary>What only B002 knows, and beside each what nobody knows.</summary>
    private static readonly (string Elsewhere, string Nowhere)[] Pairs =
    [
        (SmallMarket.Li, "Person/broker-B002:C88888"),
        (SmallMarket.ZhangAtB002, "Person/broker-B002:C77777"),
        ("Account/62000000007", "Account/62000099999"),
        ("MarginContract/B002-M7", "MarginContract/B002-M9"),
        ("Person/broker-B002:C8", "Company/broker-B002:C8"),
    ];

    private static readonly Viewer[] Viewers =
    [
        ServedGraph.Broker("B001"), ServedGraph.As(Role.Broker, "Broker/B001", null), ServedGraph.As(Role.Broker, "Broker/B001", "supervision"),
        ServedGraph.Client(SmallMarket.Wang), ServedGraph.As(Role.Client, SmallMarket.Wang, null),
    ];

    private ServedGraph served = null!;

    [OneTimeSetUp]
    public async Task Serve() => served = await ServedGraph.Of(SmallMarket.Sketch());

    [OneTimeTearDown]
    public async Task Close() => await served.DisposeAsync();

    [Test]
    public async Task WhatExistsElsewhereAndWhatExistsNowhereAnswerByteForByteAlike()
    {
        var differing = new List<string>();
        var asked = 0;
        foreach (var root in (IObjectGraphType[])[served.Schema.Query!, served.Schema.Mutation!])
            foreach (var field in root.Fields)
                foreach (var argument in field.Arguments?.Where(argument => Named(argument.ResolvedType!) is IdGraphType or StringGraphType) ?? [])
                    foreach (var viewer in Viewers)
                        foreach (var (elsewhere, nowhere) in Pairs)
                        {
                            var query = Question(root, field, argument);
                            var (one, other) = (await Ask(viewer, query, elsewhere), await Ask(viewer, query, nowhere));
                            asked++;
                            if (one.Replace(elsewhere, nowhere, StringComparison.Ordinal) != other) differing.Add($"{viewer.Role} {viewer.Purpose?.Id}: {query}: {one} but {other}");
                        }

        Assert.That(differing, Is.Empty);
        Assert.That(asked, Is.GreaterThan(200));
    }

    [TestCase("{ creditScore(client: $id) { __typename } }")]
    [TestCase("{ linkedParties(client: $id) { __typename } }")]
    [TestCase("{ linkedExposure(client: $id) { __typename } }")]
    [TestCase("{ client(id: $id) { id } }")]
    [TestCase("{ node(id: $id) { id } }")]
    public async Task ToABrokerSomebodyOnlyAnotherKnowsIsNotThere(string question) =>
        Assert.That(
            await served.Codes(ServedGraph.Broker("B001"), "query($id: ID!) " + question, $$"""{ "id": "{{SmallMarket.Li}}" }"""),
            Is.EqualTo(new[] { "NOT_FOUND" }));

    [TestCase("{ creditScore(client: $id) { __typename } }")]
    [TestCase("{ linkedParties(client: $id) { __typename } }")]
    [TestCase("{ person(id: $id) { residentId } }")]
    public async Task SomebodyKnownFromOpenSourcesIsForbiddenWithWhatWouldOpenIt(string question)
    {
        var answer = await Ask(ServedGraph.Broker("B001"), "query($id: ID!) " + question, SmallMarket.Wang);
        var error = JsonDocument.Parse(answer).RootElement.At("errors.0.extensions");
        Assert.That(error.TextAt("code"), Is.EqualTo("FORBIDDEN"));
        Assert.That(error.TextAt("opens"), Does.Contain("one's own clients"));
    }

    [Test]
    public async Task AMissingPurposeIsToldWithThosePurposesThatWouldDo()
    {
        var answer = await served.AskText(ServedGraph.As(Role.Client, SmallMarket.Zhang, null), "{ client { ... on Person { residentId } } }");
        var error = JsonDocument.Parse(answer).RootElement.At("errors.0.extensions");
        Assert.That(error.TextAt("code"), Is.EqualTo("PURPOSE_REQUIRED"));
        Assert.That(error.At("purposes").EnumerateArray().Select(id => id.GetString()), Is.EqualTo(new[] { "complaint", "own-record" }));
    }

    private async Task<string> Ask(Viewer viewer, string query, string id) =>
        await served.AskText(viewer, query, JsonSerializer.Serialize(new { id }));

    /// <summary>A question with one argument open and every other that is required filled.</summary>
    private static string Question(IObjectGraphType root, FieldType field, QueryArgument open)
    {
        var filled = field.Arguments!.Where(argument => argument != open && argument.ResolvedType is NonNullGraphType && argument.DefaultValue is null)
            .Select(argument => $"{argument.Name}: {Literal(argument)}");
        var selection = Named(field.ResolvedType!) is IComplexGraphType ? " { __typename }" : "";
        return $"{(root.Name == "Mutation" ? "mutation" : "query")}($id: {open.ResolvedType}) {{ {field.Name}({string.Join(", ", filled.Prepend($"{open.Name}: $id"))}){selection} }}";
    }

    private static string Literal(QueryArgument argument) => Named(argument.ResolvedType!) switch
    {
        EnumerationGraphType words => words.Values.First().Name,
        IdGraphType => $"\"{SmallMarket.ZhangAtB001}\"",
        IntGraphType => "1",
        BooleanGraphType => "true",
        { Name: "Date" or "AsOf" } => "\"2024-06-30\"",
        ListGraphType or { Name: "Decimal" } => "1",
        _ => "\"a text\"",
    };

    private static IGraphType Named(IGraphType type) => type is IProvideResolvedType wrapper ? Named(wrapper.ResolvedType!) : type;
}
