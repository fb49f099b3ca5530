using System.Net;
using System.Text.Json;
using GraphRisk.Server.Guard;
using GraphRisk.Server.Http;
using GraphRisk.Server.Security;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Http;

public class EndpointTests
{
    private const string Json = "application/json";
    private const string GraphQLResponse = "application/graphql-response+json";
    private static readonly Viewer Regulator = new(Role.Regulator, "csrc");
    private TinyServer server = null!;

    [OneTimeSetUp]
    public async Task Start() => server = await TinyServer.Start();

    [OneTimeTearDown]
    public async Task Stop() => await server.DisposeAsync();

    [TestCase(null, Json)]
    [TestCase("*/*", Json)]
    [TestCase("application/*", Json)]
    [TestCase(Json, Json)]
    [TestCase(GraphQLResponse, GraphQLResponse)]
    [TestCase("application/graphql-response+json, application/json;q=0.9", GraphQLResponse)]
    [TestCase("application/graphql-response+json;q=0.5, application/json;q=0.9", Json)]
    [TestCase("application/graphql-response+json, application/json", GraphQLResponse)]
    [TestCase("application/json;q=0, */*", GraphQLResponse)]
    [TestCase("text/html, application/json;q=0.1", Json)]
    public async Task TheAnswerIsInTheMediaTypeTheClientWantsMore(string? accept, string expected)
    {
        var reply = await server.Ask("{__typename}", accept: accept);
        Assert.That((reply.Status, reply.ContentType), Is.EqualTo((200, expected + "; charset=utf-8")));
    }

    [TestCase("text/plain")]
    [TestCase("application/json;q=0, application/graphql-response+json;q=0")]
    [TestCase("application/json; charset=utf-16")]
    public async Task AClientThatTakesNeitherMediaTypeIsTold406(string accept)
    {
        var reply = await server.Ask("{__typename}", accept: accept);
        Assert.That((reply.Status, reply.Code), Is.EqualTo((406, ErrorCodes.NotAcceptable)));
    }

    [TestCase("text/plain")]
    [TestCase("application/json; charset=gb18030")]
    [TestCase("application/graphql")]
    public async Task ABodyThatIsNotJsonInUtf8IsTold415(string contentType)
    {
        var reply = await server.Post("{\"query\":\"{__typename}\"}", contentType: contentType);
        Assert.That((reply.Status, reply.Code), Is.EqualTo((415, ErrorCodes.UnsupportedMediaType)));
    }

    [TestCase("application/json;charset=UTF-8")]
    [TestCase("application/json; charset=\"utf-8\"")]
    public async Task AStatedUtf8CharsetIsTaken(string contentType) =>
        Assert.That((await server.Post("{\"query\":\"{__typename}\"}", contentType: contentType)).Status, Is.EqualTo(200));

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("[{\"query\":\"{__typename}\"}]")]
    [TestCase("{\"query\":\"{__typename}\"} x")]
    [TestCase("{\"query\":\"{__typename}\",\"query\":\"{__typename}\"}")]
    [TestCase("{\"query\":\"\\ud800\"}")]
    [TestCase("{\"query\":null}")]
    [TestCase("{\"query\":{}}")]
    [TestCase("{\"query\":\"{__typename}\",\"variables\":\"{}\"}")]
    [TestCase("{\"query\":\"{__typename}\",\"operationName\":1}")]
    [TestCase("{\"query\":\"{__typename}\",\"extensions\":[]}")]
    public async Task ABodyThatIsNoRequestIsTold400InEitherMediaType(string body)
    {
        foreach (var accept in new[] { Json, GraphQLResponse })
        {
            var reply = await server.Post(body, accept: accept);
            Assert.That((reply.Status, reply.Code), Is.EqualTo((400, ErrorCodes.BadRequest)), accept);
        }
    }

    [Test]
    public async Task JsonNestedThousandsDeepIsTold400() =>
        Assert.That((await server.Post("{\"query\":\"{__typename}\",\"variables\":{\"v\":" + new string('[', 5_000) + new string(']', 5_000) + "}}")).Status, Is.EqualTo(400));

    [Test]
    public async Task APersistedQueryOfAnotherVersionIsRefused()
    {
        var reply = await server.Post("{\"extensions\":{\"persistedQuery\":{\"version\":2,\"sha256Hash\":\"ab\"}}}", accept: GraphQLResponse);
        Assert.That((reply.Status, reply.Code), Is.EqualTo((400, ErrorCodes.PersistedQueryNotSupported)));
    }

    [Test]
    public async Task ABodyPastTheLimitIsTold413()
    {
        var reply = await server.Post("{\"query\":\"" + new string(' ', QueryLimits.Default.MaxBodyBytes) + "\"}");
        Assert.That((reply.Status, reply.Code), Is.EqualTo((413, ErrorCodes.BodyTooLarge)));
    }

    [TestCase("{", GuardCodes.SyntaxError)]
    [TestCase("{nowhere}", ErrorCodes.ValidationFailed)]
    [TestCase("query Q($t:String!){echo(text:$t)}", ErrorCodes.ValidationFailed)]
    [TestCase("query A{__typename} query B{__typename}", ErrorCodes.ValidationFailed)]
    public async Task ARequestErrorIs200InJsonAnd400InTheNewerMediaType(string query, string code)
    {
        var old = await server.Ask(query, Regulator, Json);
        var now = await server.Ask(query, Regulator, GraphQLResponse);
        Assert.Multiple(() =>
        {
            Assert.That((old.Status, old.Code), Is.EqualTo((200, code)));
            Assert.That((now.Status, now.Code), Is.EqualTo((400, code)));
            Assert.That(now.Body, Does.Not.Contain("\"data\""));
        });
    }

    [Test]
    public async Task AGetRunsAQueryWithItsVariables()
    {
        var variables = Uri.EscapeDataString("{\"t\":\"上海\"}");
        var reply = await server.Get($"?query={Uri.EscapeDataString("query Q($t:String){echo(text:$t)}")}&operationName=Q&variables={variables}", Regulator);
        Assert.That(reply.Body, Does.StartWith("{\"data\":{\"echo\":\"上海\"}"));
    }

    [TestCase("?query=mutation{judge}")]
    [TestCase("?query=query%20A{__typename}%20mutation%20B{judge}&operationName=B")]
    public async Task AMutationByGetIsTold405AndToPost(string parameters)
    {
        var reply = await server.Get(parameters, Regulator);
        Assert.That((reply.Status, reply.Code), Is.EqualTo((405, ErrorCodes.MethodNotAllowed)));
        Assert.That(reply.ContentHeaders.Allow, Is.EqualTo(new[] { "POST" }));
    }

    [TestCase("?query={__typename}&query={__typename}")]
    [TestCase("?query={__typename}&variables=[]")]
    [TestCase("?query={__typename}&variables={")]
    [TestCase("?query={__typename}&extensions=1")]
    [TestCase("?operationName=A")]
    public async Task AGetThatIsNoRequestIsTold400(string parameters) =>
        Assert.That((await server.Get(parameters)).Status, Is.EqualTo(400));

    [TestCase("PUT")]
    [TestCase("DELETE")]
    [TestCase("OPTIONS")]
    public async Task AnotherMethodIsTold405(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), server.Url);
        var reply = await server.Send(request);
        Assert.That((reply.Status, string.Join(",", reply.ContentHeaders.Allow)), Is.EqualTo((405, "GET,POST")));
    }

    [Test]
    public async Task AFaultLeavesNoTraceButItsCorrelationId()
    {
        var reply = await server.Ask("{secretFault}", Regulator);
        Assert.Multiple(() =>
        {
            Assert.That(reply.Code, Is.EqualTo(ErrorCodes.Internal));
            Assert.That(reply.Body, Does.Contain("correlationId").And.Contain("\"data\":{\"secretFault\":null}"));
            Assert.That(reply.Body, Does.Not.Contain("swordfish").And.Not.Contain("InvalidOperation").And.Not.Contain(" at "));
        });
    }

    [Test]
    public async Task AnExpectedFailureKeepsItsCodeAndDetails()
    {
        var reply = await server.Ask("{expectedFailure}", Regulator);
        Assert.That(reply.Body, Does.Contain("\"code\":\"NO_SUCH_CLIENT\",\"id\":\"x\""));
    }

    [TestCase("{\"v\":{\"a\":1,\"a\":2}}")]
    [TestCase("{\"v\":1e999}")]
    public async Task VariablesThatAreAmbiguousOrOutOfRangeAreRefused(string variables)
    {
        var reply = await server.Post($"{{\"query\":\"{{__typename}}\",\"variables\":{variables}}}");
        Assert.That(reply.Code, Is.EqualTo(ErrorCodes.ValidationFailed));
    }

    [Test]
    public async Task VariablesPastTheLimitAreRefused()
    {
        var reply = await server.Post("{\"query\":\"{__typename}\",\"variables\":{\"v\":\"" + new string('x', QueryLimits.Default.MaxVariablesBytes) + "\"}}");
        Assert.That(reply.Code, Is.EqualTo(GuardCodes.VariablesTooLarge));
    }

    [Test]
    public async Task HostileQueriesNeverReachTheExecutor()
    {
        foreach (var (name, query) in HostileQueries.ByName)
        {
            var reply = await server.Ask(query, Regulator, GraphQLResponse);
            Assert.That((reply.Status, reply.Code), Is.Not.EqualTo((400, ErrorCodes.ValidationFailed)), name);
            Assert.That(reply.Status, Is.EqualTo(400), name);
        }
    }

    [Test]
    public async Task ABrowserThatOpensTheEndpointIsSentToTheExplorer()
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url);
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        using var response = await browser.SendAsync(request);
        Assert.That((response.StatusCode, response.Headers.Location?.ToString()), Is.EqualTo((HttpStatusCode.Redirect, "/graphql/ui/")));
    }

    [Test]
    public async Task AForeignHostNameIsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url + "?query={__typename}");
        request.Headers.Host = "attacker.example";
        Assert.That((int)(await server.Client.SendAsync(request)).StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task IntrospectionIsOpenToEveryone() =>
        Assert.That(JsonDocument.Parse((await server.Ask("{__schema{queryType{name}}}")).Body).RootElement.TryGetProperty("errors", out _), Is.False);
}
