using GraphQL;
using GraphQL.Types;
using GraphRisk.Server.Http;

namespace GraphRisk.Server.Tests.Http;

public sealed class OrderedExecuterTests
{
    [Test]
    public async Task ErrorsStandInTheOrderOfTheQueryWhicheverEndsFirst()
    {
        var query = new ObjectGraphType { Name = "Query" };
        query.Field<StringGraphType>("late").ResolveAsync(async _ =>
        {
            await Task.Delay(50);
            throw new TypedError("LATE", "late");
        });
        query.Field<StringGraphType>("soon").Resolve(_ => throw new TypedError("SOON", "soon"));
        var result = await new OrderedExecuter().ExecuteAsync(new ExecutionOptions { Schema = new Schema { Query = query }, Query = "{ late soon again: late }" });
        Assert.That(result.Errors!.Select(error => $"{error.Code} {error.Path!.Single()}"), Is.EqualTo(new[] { "LATE late", "SOON soon", "LATE again" }));
    }
}
