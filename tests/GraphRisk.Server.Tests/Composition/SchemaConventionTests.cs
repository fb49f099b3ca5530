using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Composition;

public sealed class SchemaConventionTests
{
    private ServedGraph served = null!;

    /// <summary>All types but those of the GraphQL specification itself.</summary>
    private IEnumerable<IGraphType> Types => served.Schema.AllTypes.Where(type =>
        !type.Name.StartsWith("__", StringComparison.Ordinal) && type.Name is not ("String" or "Boolean" or "Int" or "Float" or "ID"));

    [OneTimeSetUp]
    public async Task Serve() => served = await ServedGraph.Of(new MarketSketch());

    [OneTimeTearDown]
    public async Task Close() => await served.DisposeAsync();

    [Test]
    public void TheSchemaIsTheGoldenOne() => Golden.Check(
        served.Schema.Print(new PrintOptions { StringComparison = StringComparison.Ordinal }).Trim() + "\n",
        "tests", "GraphRisk.Server.Tests", "schema.graphql");

    [Test]
    public void EveryTypeFieldArgumentAndValueIsDescribed()
    {
        var silent = new List<string>();
        foreach (var type in Types)
        {
            if (string.IsNullOrWhiteSpace(type.Description)) silent.Add(type.Name);
            if (type is EnumerationGraphType values)
                silent.AddRange(values.Values.Where(value => string.IsNullOrWhiteSpace(value.Description)).Select(value => $"{type.Name}.{value.Name}"));
            foreach (var field in (type as IComplexGraphType)?.Fields ?? [])
            {
                if (string.IsNullOrWhiteSpace(field.Description)) silent.Add($"{type.Name}.{field.Name}");
                foreach (var argument in field.Arguments ?? [])
                    if (string.IsNullOrWhiteSpace(argument.Description)) silent.Add($"{type.Name}.{field.Name}({argument.Name}:)");
            }
        }

        Assert.That(silent, Is.Empty);
    }

    [Test]
    public void EveryFieldStatesWhatItReads()
    {
        var silent = from type in Types.OfType<IObjectGraphType>()
                     from field in type.Fields
                     where FieldAccess.Of(field) is null
                     select $"{type.Name}.{field.Name}";
        Assert.That(silent, Is.Empty);
    }

    [Test]
    public void EveryQuestionTakesItsMomentAndEveryAnswerNamesItBack()
    {
        var offences = new List<string>();
        // A job is a command under way and a flag stands beside a delivery: neither is of the graph.
        foreach (var field in served.Schema.Query!.Fields.Where(field => field.Name is not ("job" or "flaggedRecords")))
        {
            foreach (var argument in (string[])["asOf", "knownAt"])
                if (field.Arguments?.Find(argument) is null) offences.Add($"{field.Name} takes no {argument}");
            var answer = field.ResolvedType!.GetNamedType();
            if (answer is not IComplexGraphType type || type.GetField("stamp") is null) offences.Add($"{answer.Name}, the answer to {field.Name}, has no stamp");
        }

        Assert.That(offences, Is.Empty);
    }

    [Test]
    public void EveryFieldOfGraphSchemaIsServed()
    {
        var missing = from node in MarketSketch.Catalog.NodeTypes
                      let type = (IObjectGraphType?)served.Schema.AllTypes[node.Name]
                      from field in node.Fields
                      where type?.GetField(field.Name) is null
                      select $"{node.Name}.{field.Name}";
        Assert.That(missing, Is.Empty);
    }
}
