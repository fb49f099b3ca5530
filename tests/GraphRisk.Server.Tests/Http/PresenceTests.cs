using GraphRisk.Server.Http;
using GraphRisk.Server.Security;
using Microsoft.Extensions.DependencyInjection;

namespace GraphRisk.Server.Tests.Http;

/// <summary>A server listens before it is ready, and ends without cutting an answer off.</summary>
public sealed class PresenceTests
{
    private static readonly Viewer Analyst = new(Role.Analyst, "lab", PurposeCatalog.Default.Find("data-quality"));

    [Test]
    public async Task AServerThatIsEndingRefusesNewQuestionsAndFinishesThoseItHas()
    {
        using var gate = new ManualResetEventSlim();
        await using var server = await TinyServer.Start(compose: services => services.AddSingleton(_ => TinySchema.Create(gate.Wait)));
        var presence = server.Service<Presence>();
        Assert.That((await StatusAsync(server, Health.LivePath), await StatusAsync(server, Health.ReadyPath)), Is.EqualTo((200, 503)));
        presence.MarkReady();
        Assert.That(await StatusAsync(server, Health.ReadyPath), Is.EqualTo(200));

        var slow = server.Ask("mutation{judge}", Analyst);
        while (presence.Answering == 0) await Task.Delay(5);
        var ending = presence.EndAsync(TimeSpan.FromMinutes(1));
        var refused = await server.Ask("{echo(text:\"a\")}", Analyst);
        Assert.That((refused.Status, refused.Code), Is.EqualTo((503, ErrorCodes.Ending)));
        Assert.That(refused.Headers.Connection, Does.Contain("close"));
        Assert.That((await StatusAsync(server, Health.LivePath), await StatusAsync(server, Health.ReadyPath)), Is.EqualTo((200, 503)));
        Assert.That(ending.IsCompleted, Is.False);
        gate.Set();
        Assert.That((await slow).Status, Is.EqualTo(200));
        Assert.That(await ending, Is.Zero);
    }

    private static async Task<int> StatusAsync(TinyServer server, string path)
    {
        using var reply = await server.Client.GetAsync(new Uri(new Uri(server.Url), path));
        return (int)reply.StatusCode;
    }
}
