using System.Text.Json;
using BenchmarkDotNet.Attributes;
using GraphQL.Types;
using GraphRisk.Server.Http;
using GraphRisk.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GraphRisk.Benchmarks.Guard;

/// <summary>
/// Time and bytes of the whole endpoint, from the first header to the last byte of the answer, to refuse each hostile
/// query; the bounds are 5 ms and 1 MB. Reading the socket is left out.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(ShortInProcess))]
public class HostileRequestBenchmarks
{
    private readonly string data = Directory.CreateTempSubdirectory("graphrisk-benchmark-").FullName;
    private WebApplication server = null!;
    private GraphQLEndpoint endpoint = null!;
    private byte[] body = [];

    public static IEnumerable<string> Names => HostileQueries.ByName.Keys;

    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        server = GraphRiskServer.Build(
            new ServerOptions { DataDirectory = data, Port = 0 }, TimeProvider.System, services => services.AddSingleton<ISchema>(_ => new Schema { Query = Query() }));
        endpoint = server.Services.GetRequiredService<GraphQLEndpoint>();
        body = JsonSerializer.SerializeToUtf8Bytes(new { query = HostileQueries.ByName[Name] });
    }

    [GlobalCleanup]
    public async Task Cleanup()
    {
        await server.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    [Benchmark]
    public async Task<int> Refuse()
    {
        var context = new DefaultHttpContext();
        context.Request.Method = HttpMethods.Post;
        context.Request.ContentType = "application/json";
        context.Request.Headers.Accept = "application/graphql-response+json";
        context.Request.Body = new MemoryStream(body);
        await endpoint.Handle(context);
        return context.Response.StatusCode;
    }

    private static ObjectGraphType Query()
    {
        var query = new ObjectGraphType { Name = "Query" };
        query.AddField(new FieldType { Name = "nothing", Type = typeof(StringGraphType) });
        Server.Security.FieldAccessExtensions.Access(query.Fields.Find("nothing")!, Server.Security.FieldAccess.Structure);
        return query;
    }
}
