using System.Text;
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
public sealed class AppQuestionsTests
{
    private static readonly string Sources = Repository.PathOf("src", "GraphRisk.Server", "Ui", "app", "src");

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
        var document = Parser.Parse(text);
        var operations = document.Definitions.OfType<GraphQLOperationDefinition>().ToList();
        Assert.That(operations, Is.Not.Empty);
        foreach (var operation in operations)
        {
            var verdict = await new DocumentValidator().ValidateAsync(new ValidationOptions
            {
                Schema = served.Schema, Document = document, Operation = operation, Rules = DocumentValidator.CoreRules, Variables = SomeValues(operation), Extensions = Inputs.Empty, UserContext = new Dictionary<string, object?>(),
            });
            Assert.That(verdict.Errors.Select(error => error.Message), Is.Empty, operation.Name!.StringValue);
            Assert.That(QueryGuard.Inspect(Encoding.UTF8.GetBytes(text[operation.Location.Start..operation.Location.End]), QueryLimits.Default).Refusal, Is.Null, operation.Name.StringValue);
        }
    }

    /// <summary>A value for each variable that has to have one.</summary>
    private Inputs SomeValues(GraphQLOperationDefinition operation) => new((operation.Variables?.Items ?? [])
        .Where(variable => variable.Type is GraphQLNonNullType)
        .ToDictionary(variable => variable.Variable.Name.StringValue, variable => SomeValue(((GraphQLNonNullType)variable.Type).Type)));

    private object? SomeValue(GraphQLType type) => type is not GraphQLNamedType named ? Array.Empty<object>() : named.Name.StringValue switch
    {
        "Int" or "Float" or "Decimal" or "Long" => 1,
        "Boolean" => true,
        "Date" => "2025-06-30",
        "DateTime" => "2025-06-30T00:00:00Z",
        var name => served.Schema.AllTypes[name] is EnumerationGraphType list ? list.Values.First().Name : "some",
    };
}
