using GraphRisk.Graph.Store;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.TestKit;
using GraphRisk.TestKit.Faults;
using static GraphRisk.TestKit.Faults.ScriptedHttpServer;

namespace GraphRisk.Stores.Tests.Neo4j.Http;

/// <summary>The client against a server that misbehaves to order.</summary>
public sealed class QueryApiClientFaultTests
{
    private const string Media = "application/vnd.neo4j.query";

    private const string Good = """{"data":{"fields":["x"],"values":[[{"$type":"Integer","_value":"1"}],[{"$type":"Integer","_value":"2"}]]},"bookmarks":["b"]}""";

    private static readonly Dictionary<string, object?> Nothing = [];

    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    [Test]
    public async Task RowsOfABrokenAnswerAreThrownAwayAndTheRequestIsSentAgain()
    {
        for (var after = 0; after < Good.Length; after += 7)
        {
            await using var server = new ScriptedHttpServer(Broken(202, Media, Good, after), Whole(202, Media, Good));
            var answer = await AskAsync(server);
            Assert.That(answer.Rows.Select(row => row[0]), Is.EqualTo(new object[] { 1L, 2L }), $"broken after {after} bytes");
            Assert.That(server.Requests, Is.EqualTo(2));
        }
    }

    [Test]
    public async Task AnErrorAfterRowsIsAnErrorThoughTheStatusWas202()
    {
        const string body = """{"data":{"fields":["x"],"values":[[{"$type":"Integer","_value":"1"}]]},"errors":[{"code":"Neo.ClientError.Statement.ArithmeticError","message":"/ by zero"}]}""";
        await using var server = new ScriptedHttpServer(Whole(202, Media, body));
        Assert.That(() => AskAsync(server), Throws.InstanceOf<Neo4jException>().With.Property("Code").EqualTo("Neo.ClientError.Statement.ArithmeticError"));
        Assert.That(server.Requests, Is.EqualTo(1), "What would fail again is not sent again.");
    }

    [Test]
    public async Task WhatTheServerCallsTransientIsSentAgain()
    {
        const string body = """{"errors":[{"code":"Neo.TransientError.Transaction.DeadlockDetected","message":"deadlock"}]}""";
        await using var server = new ScriptedHttpServer(Whole(400, Media, body), Whole(400, Media, body), Whole(202, Media, Good));
        Assert.That((await AskAsync(server)).Rows, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task AStatusAloneIsNoReasonToSendAgain()
    {
        const string body = """{"errors":[{"code":"Neo.DatabaseError.General.UnknownError","message":"no"}]}""";
        await using var server = new ScriptedHttpServer(Whole(503, Media, body), Whole(202, Media, Good));
        Assert.That(() => AskAsync(server), Throws.InstanceOf<StoreUnavailableException>());
        Assert.That(server.Requests, Is.EqualTo(1));
    }

    [TestCase("""{"data":{"fields":["x"],"values":[[{"$type":"Integer","_value":"1"}]]}}""", TestName = "AnAnswerThatDoesNotSayItIsWholeIsNone")]
    [TestCase("""{"data":{"fields":["x"],"vblues":[[{"$type":"Integer","_value":"1"}]]},"bookmarks":["b"]}""", TestName = "AnAnswerWithoutItsRowsIsNone")]
    [TestCase("""{"data":{"fields":["x","y"],"values":[[{"$type":"Integer","_value":"1"}]]},"bookmarks":["b"]}""", TestName = "ARowOfAnotherWidthIsNone")]
    [TestCase("""{"data":{"fields":["x"],"values":[[{"$type":"Intager","_value":"1"}]]},"bookmarks":["b"]}""", TestName = "AValueOfAnUnknownTypeIsNone")]
    [TestCase("""{"data":{"fields":["x"],"values":[[{"$type":"Integer","_walue":"1"}]]},"bookmarks":["b"]}""", TestName = "AValueUnderAnotherNameIsNone")]
    [TestCase("""{"data":{"fields":["x"],"values":[[{"$type":"Integer","_value":"1q"}]]},"bookmarks":["b"]}""", TestName = "ANumberThatIsNoneIsNone")]
    [TestCase("", TestName = "NothingIsNoAnswer")]
    public async Task ADamagedAnswerIsNone(string body)
    {
        await using var server = new ScriptedHttpServer(Whole(202, Media, body), Whole(202, Media, Good));
        Assert.That((await AskAsync(server)).Rows, Has.Count.EqualTo(2));
        Assert.That(server.Requests, Is.EqualTo(2));
    }

    [Test]
    public async Task AnAnswerThatKeepsComingIsNotCutOff()
    {
        await using var server = new ScriptedHttpServer(Slow(202, Media, Good, TimeSpan.FromMilliseconds(20)));
        Assert.That((await AskAsync(server)).Rows, Has.Count.EqualTo(2), $"{Good.Length * 20} ms in all, silent for 20 at a time");
        Assert.That(server.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task AnAnswerThatFallsSilentIsGivenUp()
    {
        await using var server = new ScriptedHttpServer(Silent(202, Media, Good, 60));
        Assert.That(
            () => AskAsync(server, options => options with { RetryFor = TimeSpan.Zero }),
            Throws.InstanceOf<StoreUnavailableException>().With.Message.EqualTo(
                $"Neo4j at {server.Url.GetLeftPart(UriPartial.Authority)}, database neo4j, fell silent in the middle of its answer and sent nothing within 1 s."));
    }

    [Test]
    public async Task AServerThatTakesConnectionsAndNeverAnswersIsGivenUp()
    {
        await using var server = new ScriptedHttpServer(Never);
        Assert.That(
            () => AskAsync(server, options => options with { RetryFor = TimeSpan.Zero }),
            Throws.InstanceOf<StoreUnavailableException>().With.Message.Contains("did not answer within 1 s"));
    }

    [Test]
    public async Task AServerThatIsAwayIsNamedWithItsAddress()
    {
        var server = new ScriptedHttpServer(Never);
        await server.DisposeAsync();
        Assert.That(
            () => AskAsync(server, options => options with { RetryFor = TimeSpan.Zero }),
            Throws.InstanceOf<StoreUnavailableException>().With.Message.Contains($"Neo4j at {server.Url.GetLeftPart(UriPartial.Authority)}, database neo4j, cannot be reached: Connection refused"));
    }

    [TestCase(401, "Neo.ClientError.Security.Unauthorized", "Invalid credential.", "does not accept the user and password")]
    [TestCase(404, "Neo.ClientError.Database.DatabaseNotFound", "Graph not found: none", "has no database of that name")]
    [TestCase(400, "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", "No write operations are allowed on this database.", "read-only")]
    [TestCase(202, "Neo.DatabaseError.Transaction.TransactionCommitFailed", "Could not apply the transaction", "could not write a commit, as when its disk is full")]
    [TestCase(500, "Neo.DatabaseError.Transaction.TransactionStartFailed", "The database has encountered a critical error, and needs to be restarted.", "has stopped its database, as it does when its disk is full")]
    [TestCase(500, "Neo.DatabaseError.General.UnknownError", "No space left on device", "is out of disk")]
    public async Task WhatTheServerComplainsOfIsSaidInOneLine(int status, string code, string message, string expected)
    {
        var mediaType = status == 401 ? "application/json;charset=utf-8" : Media;
        await using var server = new ScriptedHttpServer(Whole(status, mediaType, $$"""{"errors":[{"code":"{{code}}","message":"{{message}}"}]}"""));
        var error = Assert.CatchAsync<StoreUnavailableException>(() => AskAsync(server))!;
        Assert.That(error.Message, Does.StartWith($"Neo4j at {server.Url.GetLeftPart(UriPartial.Authority)}, database neo4j, ").And.Contains(expected).And.Contains(code));
        Assert.That(error.Message, Does.Not.Contain("\n"));
        Assert.That(server.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task AnOlderServerIsNamedWithItsVersion()
    {
        await using var server = new ScriptedHttpServer(
            Whole(404, "text/html", "<html>not here</html>"), Whole(200, "application/json", """{"neo4j_version":"4.4.40","neo4j_edition":"community"}"""));
        Assert.That(
            () => AskAsync(server),
            Throws.InstanceOf<StoreUnavailableException>().With.Message.Contains("is not Neo4j 5.26 or later, which is needed").And.Message.Contains("Neo4j 4.4.40 has no HTTP Query API v2"));
    }

    [Test]
    public async Task AServerThatKeepsFailingIsLeftAloneForAWhile()
    {
        await using var server = new ScriptedHttpServer(Broken(202, Media, Good, 5));
        using var client = new QueryApiClient(
            Options(server.Url) with { RetryFor = TimeSpan.Zero, BreakAfter = 3, BreakFor = TimeSpan.FromMinutes(1) }, TimeProvider.System);
        for (var i = 0; i < 3; i++) Assert.CatchAsync<StoreUnavailableException>(async () => await AskAsync(client));
        var refusal = Assert.CatchAsync<StoreUnavailableException>(async () => await AskAsync(client))!;
        Assert.That(refusal.Message, Does.Contain("failed repeatedly and is left alone for 60 s. It broke off"));
        Assert.That(server.Requests, Is.EqualTo(3));
    }

    [Test]
    public async Task RequestsShareAConnection()
    {
        await using var server = new ScriptedHttpServer(Whole(202, Media, Good));
        using var client = new QueryApiClient(Options(server.Url), TimeProvider.System);
        for (var i = 0; i < 20; i++) await AskAsync(client);
        Assert.That((server.Requests, server.Connections), Is.EqualTo((20, 1)));
    }

    [Test]
    public async Task ACancelledRequestEnds()
    {
        await using var server = new ScriptedHttpServer(Never);
        using var client = new QueryApiClient(Options(server.Url) with { AnswerTimeout = TimeSpan.FromHours(1) }, TimeProvider.System);
        using var cancel = new CancellationTokenSource();
        var asked = client.RunAsync("RETURN 1", Nothing, AccessMode.Read, cancellation: cancel.Token).AsTask();
        await cancel.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => asked);
    }

    [Test]
    public async Task ACertificateSignedByItselfIsRefusedUnlessItIsNamed()
    {
        await using var server = new ScriptedHttpServer(Whole(202, Media, Good));
        await using var front = new TlsFront(server.Url);
        using var folder = new TemporaryFolder();
        var file = folder.PathOf("front.pem");
        await File.WriteAllTextAsync(file, front.CertificatePem);
        using var stranger = new QueryApiClient(Options(front.Url) with { RetryFor = TimeSpan.Zero }, TimeProvider.System);
        Assert.That(
            async () => await AskAsync(stranger),
            Throws.InstanceOf<StoreUnavailableException>().With.Message.Contains("cannot be trusted").And.Message.Contains("GRAPHRISK_NEO4J_CERTIFICATE"));
        Assert.That(server.Requests, Is.Zero);
        using var acquainted = new QueryApiClient(Options(front.Url) with { CertificateFile = file }, TimeProvider.System);
        Assert.That((await AskAsync(acquainted)).Rows, Has.Count.EqualTo(2));
    }

    private static Neo4jOptions Options(Uri url) => new()
    {
        Url = url, Password = "x", ConnectTimeout = TimeSpan.FromSeconds(5), AnswerTimeout = Short, SilenceTimeout = Short,
        RetryDelay = TimeSpan.FromMilliseconds(1), RetryFor = TimeSpan.FromSeconds(20), BreakAfter = 100,
    };

    private static async Task<QueryAnswer> AskAsync(ScriptedHttpServer server, Func<Neo4jOptions, Neo4jOptions>? change = null)
    {
        using var client = new QueryApiClient(change?.Invoke(Options(server.Url)) ?? Options(server.Url), TimeProvider.System);
        return await AskAsync(client);
    }

    private static async Task<QueryAnswer> AskAsync(QueryApiClient client) => await client.RunAsync("RETURN 1", Nothing, AccessMode.Read);
}
