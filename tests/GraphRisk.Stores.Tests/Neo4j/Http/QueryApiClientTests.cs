using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Http;

namespace GraphRisk.Stores.Tests.Neo4j.Http;

/// <summary>The client against a real server; skipped where <c>GRAPHRISK_TEST_NEO4J_URL</c> names none.</summary>
public sealed class QueryApiClientTests
{
    private static readonly Dictionary<string, object?> Nothing = [];
    private QueryApiClient client = null!;

    [SetUp]
    public void Connect() => client = new QueryApiClient(Neo4jServer.Require(), TimeProvider.System);

    [TearDown]
    public void Disconnect() => client?.Dispose();

    [Test]
    public async Task ValuesComeBackAsTheyWereSent()
    {
        var sent = new Dictionary<string, object?>
        {
            ["long"] = 9007199254740993L,
            ["double"] = 1.0,
            ["float of 32 bits"] = 2077718.25,
            ["text"] = "质押 \"quoted\" \n",
            ["day"] = new DateOnly(2024, 2, 29),
            ["list"] = new object?[] { 1L, null, "x", true },
            ["none"] = null,
        };
        var answer = await client.RunAsync("RETURN $p", new Dictionary<string, object?> { ["p"] = sent }, AccessMode.Read);
        var received = (IReadOnlyDictionary<string, object?>)answer.Rows[0][0]!;
        Assert.Multiple(() =>
        {
            foreach (var (name, value) in sent) Assert.That(received[name], Is.EqualTo(value), name);
        });
    }

    [Test]
    public void AnErrorAfterRowsMakesTheWholeAnswerAnError() =>
        Assert.That(
            async () => await client.RunAsync("UNWIND range(1, 3) AS x RETURN x / (x - 3)", Nothing, AccessMode.Read),
            Throws.InstanceOf<Neo4jException>().With.Property("Code").EqualTo("Neo.ClientError.Statement.ArithmeticError"));

    [Test]
    public async Task ManyRowsAreReadWhole()
    {
        var answer = await client.RunAsync("UNWIND range(1, 200000) AS x RETURN x, toString(x)", Nothing, AccessMode.Read);
        Assert.That(answer.Rows, Has.Count.EqualTo(200_000));
        Assert.That(answer.Rows[^1], Is.EqualTo(new object[] { 200_000L, "200000" }));
    }

    [Test]
    public async Task WhatATransactionDidIsThereAfterItAndNotAfterAFailure()
    {
        await client.RunAsync("MATCH (n:ClientTest) DELETE n", Nothing, AccessMode.Write);
        await client.InTransactionAsync(async transaction => await transaction.RunAsync("CREATE (:ClientTest)", Nothing));
        Assert.ThrowsAsync<InvalidOperationException>(async () => await client.InTransactionAsync<int>(async transaction =>
        {
            await transaction.RunAsync("CREATE (:ClientTest)", Nothing);
            throw new InvalidOperationException("no");
        }));
        var count = await client.RunAsync("MATCH (n:ClientTest) RETURN count(n)", Nothing, AccessMode.Read);
        Assert.That(count.Rows[0][0], Is.EqualTo(1L));
    }
}
