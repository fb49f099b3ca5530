using System.Text;
using System.Text.Json;
using GraphRisk.Server.Http;
using GraphRisk.TestKit;
using Microsoft.AspNetCore.Http;

namespace GraphRisk.Server.Tests.Http;

public class RefusalCostTests
{
    [Test]
    public async Task TheWholeEndpointRefusesAHostileQueryWithinAMegabyte()
    {
        await using var server = await TinyServer.Start();
        var endpoint = server.Service<GraphQLEndpoint>();
        foreach (var (name, query) in HostileQueries.ByName)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(new { query });
            Handle(endpoint, body, out _);
            var status = Handle(endpoint, body, out var allocated);
            Assert.That(status, Is.EqualTo(400), name);
            Assert.That(allocated, Is.LessThan(1 << 20), name);
        }
    }

    // A body in memory is read without waiting, so the whole request runs on this thread.
    private static int Handle(GraphQLEndpoint endpoint, byte[] body, out long allocated)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = HttpMethods.Post;
        context.Request.ContentType = "application/json";
        context.Request.Headers.Accept = "application/graphql-response+json";
        context.Request.Body = new MemoryStream(body);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var handled = endpoint.Handle(context);
        Assert.That(handled.IsCompletedSuccessfully, "the request should not have waited");
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return context.Response.StatusCode;
    }
}
