using System.Text;
using GraphRisk.Server.Observability;
using Microsoft.AspNetCore.Http;

namespace GraphRisk.Server.Http;

/// <summary>
/// Sends the endpoint one request of each kind before the first client does, all in memory, so that the first refusal and the
/// first answer don't wait for code to be compiled. Neither request reads data.
/// </summary>
internal static class WarmUp
{
    private const string Refused = """{"query":"query Q($v:[Int!]=[1]) @a {...F ...G} fragment F on Query {a:b(c:\"d\") {...G ... on T {e}}} fragment G on Query {...F}"}""";
    private const string Answered = """{"query":"query Q($v:Boolean=false){...F} fragment F on Query {__typename @skip(if:$v)}","variables":{"v":false}}""";

    public static async Task Run(GraphQLEndpoint endpoint, IServiceProvider services)
    {
        foreach (var body in new[] { Refused, Answered })
        {
            var context = new DefaultHttpContext { RequestServices = services };
            context.Features.Set(new ObservedRequest(context.TraceIdentifier) { IsSilent = true });
            context.Request.Method = HttpMethods.Post;
            context.Request.ContentType = MediaTypes.Json;
            context.Request.Headers.Accept = MediaTypes.GraphQLResponse;
            context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
            await endpoint.Handle(context).ConfigureAwait(false);
        }
    }
}
