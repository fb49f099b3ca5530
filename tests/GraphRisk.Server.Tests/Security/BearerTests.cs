using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Server.Tests.Http;

namespace GraphRisk.Server.Tests.Security;

public class BearerTests
{
    private static readonly Viewer Client = new(Role.Client, TinySchema.Subject, PurposeCatalog.Default.Find("own-record"));
    private TinyServer server = null!;

    [SetUp]
    public async Task Start() => server = await TinyServer.Start();

    [TearDown]
    public async Task Stop() => await server.DisposeAsync();

    [Test]
    public async Task WithoutATokenNoDataIsRead()
    {
        var reply = await server.Ask("{__typename echo(text:\"x\")}");
        Assert.That((reply.Status, reply.Code), Is.EqualTo((200, AccessCodes.Unauthenticated)));
        Assert.That(reply.Body, Does.Contain("\"data\":{\"__typename\":\"Query\",\"echo\":null}"));
    }

    [TestCase("Bearer nonsense")]
    [TestCase("Basic dXNlcjpwYXNz")]
    [TestCase("Bearer")]
    public async Task ATokenThatDoesNotCountIsToldSoAndNotTakenForNone(string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url + "?query={__typename}");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        var reply = await server.Send(request);
        Assert.That((reply.Status, reply.Code), Is.EqualTo((401, AccessCodes.Unauthenticated)));
        Assert.That(reply.Headers.WwwAuthenticate.ToString(), Does.StartWith("Bearer"));
    }

    [Test]
    public async Task OneTokenHasOneText()
    {
        var token = server.Service<DevelopmentTokens>().Issue(Client, TimeSpan.FromHours(1));
        // The last of 43 letters of a signature of 32 bytes has two bits that say nothing.
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var other = token[..^1] + Letters[Letters.IndexOf(token[^1], StringComparison.Ordinal) ^ 1];
        foreach (var (text, status) in ((string, int)[])[(token, 200), (token + "=", 401), (other, 401), (token.Replace(".", "=.", StringComparison.Ordinal), 401)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, server.Url + "?query={__typename}");
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {text}");
            Assert.That((await server.Send(request)).Status, Is.EqualTo(status), text);
        }
    }

    [Test]
    public async Task ACommandIsGivenOnlyByTheRolesItNames()
    {
        Assert.That((await server.Ask("mutation{judge}", Client)).Code, Is.EqualTo(AccessCodes.Forbidden));
        Assert.That((await server.Ask("mutation{judge}", new Viewer(Role.Analyst, "lab", PurposeCatalog.Default.Find("data-quality")))).Body, Does.StartWith("{\"data\":{\"judge\":true}"));
    }

    [Test]
    public async Task AReadOfLevelThreeIsFiledWithTheHashOfExactlyTheAnswerSent()
    {
        var reply = await server.Ask("{name}", Client);
        var entry = JsonDocument.Parse(File.ReadLines(server.Options.Audit.Trail).Single()).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(reply.Body, Is.EqualTo("{\"data\":{\"name\":\"张三\"}}"));
            Assert.That(entry.GetProperty("answer").GetString(), Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(reply.Body)))));
            Assert.That(entry.GetProperty("whose")[0].GetString(), Is.EqualTo(TinySchema.Subject));
            Assert.That(entry.GetProperty("what")[0].GetString(), Is.EqualTo("Query.name"));
        });
    }

    [Test]
    public async Task AnAnswerThatCanNotBeFiledIsNotGiven()
    {
        server.Service<AuditTrail>().Dispose();
        var reply = await server.Ask("{name}", Client);
        Assert.That((reply.Status, reply.Code), Is.EqualTo((503, "AUDIT_UNAVAILABLE")));
        Assert.That(reply.Body, Does.Not.Contain("张三"));
    }
}
