using System.Text;
using System.Text.RegularExpressions;
using GraphQL;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;
using GraphRisk.Server.Guard;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Ui;

/// <summary>The questions of the application's pages against the schema as it is served, so that a change of it is not first met by whoever opens a page.</summary>
public sealed partial class AppQuestionsTests
{
    private static readonly string Sources = Repository.PathOf("src", "GraphRisk.Server", "Ui", "app", "src");

    private static readonly Dictionary<string, string> Fragments = Files.Select(file => File.ReadAllText(Path.Combine(Sources, file)))
        .SelectMany(text => Parser.Parse(text).Definitions.OfType<GraphQLFragmentDefinition>().Select(one => (Name: one.FragmentName.Name.StringValue, Text: text[one.Location.Start..one.Location.End])))
        .ToDictionary(one => one.Name, one => one.Text, StringComparer.Ordinal);

    private ServedGraph served = null!;

    private static IEnumerable<string> Files => Directory.GetFiles(Sources, "*.graphql", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Sources, path)).Order(StringComparer.Ordinal);

    [OneTimeSetUp]
    public async Task Serve() => served = await ServedGraph.Of(new MarketSketch());

    [OneTimeTearDown]
    public async Task Close() => await served.DisposeAsync();

    [TestCaseSource(nameof(Files))]
    public async Task EveryQuestionFitsTheSchemaAndPassesTheGuard(string file)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Sources, file));
        var operations = Parser.Parse(text).Definitions.OfType<GraphQLOperationDefinition>().ToList();
        Assert.That(operations, Is.Not.Empty);
        foreach (var one in operations)
        {
            var sent = WithFragments(text[one.Location.Start..one.Location.End]);
            var document = Parser.Parse(sent);
            var operation = document.Definitions.OfType<GraphQLOperationDefinition>().Single();
            var verdict = await new DocumentValidator().ValidateAsync(new ValidationOptions
            {
                Schema = served.Schema, Document = document, Operation = operation, Rules = DocumentValidator.CoreRules, Variables = SomeValues(operation), Extensions = Inputs.Empty, UserContext = new Dictionary<string, object?>(),
            });
            Assert.That(verdict.Errors.Select(error => error.Message), Is.Empty, operation.Name!.StringValue);
            Assert.That(QueryGuard.Inspect(Encoding.UTF8.GetBytes(sent), QueryLimits.Default).Refusal, Is.Null, operation.Name.StringValue);
        }
    }

    /// <summary>An operation with the fragments that it spreads, which pages share, as it is sent.</summary>
    private static string WithFragments(string operation)
    {
        var sent = operation;
        for (var known = new HashSet<string>(StringComparer.Ordinal); Spreads(sent).FirstOrDefault(name => !known.Contains(name)) is { } name; known.Add(name))
            sent += "\n" + Fragments[name];
        return sent;
    }

    private static IEnumerable<string> Spreads(string text) => Spread().Matches(text).Select(match => match.Groups[1].Value).Where(name => name != "on");

    [GeneratedRegex(@"\.\.\.\s*([A-Za-z_]\w*)")]
    private static partial Regex Spread();

    /// <summary>A value for each variable that has to have one.</summary>
    private Inputs SomeValues(GraphQLOperationDefinition operation) => new((operation.Variables?.Items ?? [])
        .Where(variable => variable.Type is GraphQLNonNullType)
        .ToDictionary(variable => variable.Variable.Name.StringValue, variable => SomeValue(((GraphQLNonNullType)variable.Type).Type)));

    private object? SomeValue(GraphQLType type) => type is not GraphQLNamedType named ? Array.Empty<object>() : SomeValue(named.Name.StringValue);

    private object? SomeValue(string type) => type switch
    {
        "Int" or "Float" or "Decimal" or "Long" => 1,
        "Boolean" => true,
        "Date" => "2025-06-30",
        "DateTime" => "2025-06-30T00:00:00Z",
        _ => served.Schema.AllTypes[type] switch
        {
            EnumerationGraphType list => list.Values.First().Name,
            IInputObjectGraphType input => input.Fields.Where(field => field.ResolvedType is NonNullGraphType).ToDictionary(
                field => field.Name, field => ((NonNullGraphType)field.ResolvedType!).ResolvedType is ListGraphType ? Array.Empty<object>() : SomeValue(field.ResolvedType!.GetNamedType().Name)),
            _ => "some",
        },
    };
}
