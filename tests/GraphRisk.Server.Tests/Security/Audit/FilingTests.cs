using System.Net.Http.Headers;
using System.Text;
using GraphRisk.Server.Http;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Server.Tests.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GraphRisk.Server.Tests.Security.Audit;

/// <summary>What a server files of the requests it answers, over HTTP.</summary>
public class FilingTests
{
    private static readonly Viewer Client = new(Role.Client, TinySchema.Subject, PurposeCatalog.Default.Find("own-record"));
    private static readonly Viewer Analyst = new(Role.Analyst, "lab", PurposeCatalog.Default.Find("data-quality"));
    private TinyServer server = null!;

    [SetUp]
    public async Task StartServer() => server = await TinyServer.Start();

    [TearDown]
    public async Task StopServer() => await server.DisposeAsync();

    [Test]
    public async Task ARefusalIsFiledWithItsCode()
    {
        await server.Ask("mutation{judge}", Client);
        await server.Ask("{name}", Client with { Purpose = null });
        Assert.That(Filed().Select(entry => (entry.Act, entry.Actor.Of, entry.Parts.Single().Code, entry.Parts.Single().What.Single())), Is.EqualTo(new[]
        {
            (AuditAct.Refusal, TinySchema.Subject, AccessCodes.Forbidden, "Mutation.judge"),
            (AuditAct.Refusal, TinySchema.Subject, AccessCodes.PurposeRequired, "Query.name"),
        }));
    }

    [Test]
    public async Task ACommandIsFiledBeforeItIsCarriedOutAndWhenItsOutcomeIsKnown()
    {
        await server.Ask("mutation{judge}", Analyst);
        Assert.That(Filed().Select(entry => (entry.Act, entry.Stage, entry.Follows)), Is.EqualTo(new (AuditAct, AuditStage?, long?)[]
        {
            (AuditAct.Command, AuditStage.Begun, null), (AuditAct.Command, AuditStage.Done, 1), (AuditAct.Read, null, null),
        }));
    }

    [Test]
    public async Task ACommandThatCanNotBeFiledIsNotCarriedOut()
    {
        File.Delete(server.Options.Audit.Trail);
        var reply = await server.Ask("mutation{judge}", Analyst);
        Assert.That((reply.Code, reply.Body.Contains("true", StringComparison.Ordinal)), Is.EqualTo((AuditDesk.Unavailable, false)));
    }

    [Test]
    public async Task ACommandWhoseOutcomeCanNotBeFiledIsAnsweredAsCarriedOut()
    {
        await using var losing = await TinyServer.Start(compose: services => services.AddSingleton(provider =>
            TinySchema.Create(() => File.Delete(provider.GetRequiredService<ServerOptions>().Audit.Trail))));
        var reply = await losing.Ask("mutation{judge}", Analyst);
        Assert.That((reply.Status, reply.Code), Is.EqualTo((503, AuditDesk.Unavailable)));
        Assert.That(reply.Body, Does.Contain("Carried out: Mutation.judge").And.Contain("\"carriedOut\":true"));
        Assert.That((await losing.Ask("{name}", Client)).Body, Does.Contain("The answer is not given").And.Not.Contain("张"));
    }

    [Test]
    public async Task AFloodOfTokensThatDoNotCountIsFiledInAFewEntries()
    {
        for (var i = 0; i < 50; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, server.Url) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "nothing");
            await server.Send(request);
            await server.Ask("{name}");
        }

        server.Service<AuditDesk>().Dispose();
        var filed = Filed();
        Assert.That(filed.Select(entry => (entry.Act, entry.Actor.Role)).Distinct(), Is.EqualTo(new[] { (AuditAct.Refusal, "Anonymous") }));
        Assert.That((filed.Length, filed[^1].Count), Is.EqualTo((RefusalTally.Each + 1, 100 - RefusalTally.Each)));
        Assert.That(filed[^1].Detail, Does.Contain("40 ").And.Contain(AccessCodes.Unauthenticated));
    }

    [Test]
    public void SubjectsOfWhomTheSameWasReadStandTogether()
    {
        var ledger = new ReadLedger();
        foreach (var (field, subject) in new[] { ("A.x", "P1"), ("A.y", "P2"), ("A.x", "P2"), ("A.y", "P1"), ("A.x", "P3") }) ledger.Record(field, subject, unmasked: false);
        Assert.That(ledger.Close()!.Read.Select(part => $"{string.Join(' ', part.What)}: {string.Join(' ', part.Whose)}"), Is.EqualTo(new[] { "A.x A.y: P1 P2", "A.x: P3" }));
    }

    private AuditEntry[] Filed() =>
        [.. File.ReadLines(server.Options.Audit.Trail).Select(line => AuditLine.Read(Encoding.UTF8.GetBytes(line)).Entry)];
}
