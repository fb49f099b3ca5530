using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>Tokens for development: for whom they are issued, who takes them, and how they stop counting.</summary>
public sealed class TokenCommandTests
{
    private const string Question = "{ __typename store { version } }";
    private readonly TemporaryFolder folder = new();

    private string Data => folder.PathOf("data");

    [OneTimeSetUp]
    public async Task Import()
    {
        Assert.That((await CommandRun.OfAsync("generate", "--clients", "40", "--seed", "3", "--out", folder.PathOf("market"))).ExitCode, Is.Zero);
        Assert.That((await CommandRun.OfAsync("import", folder.PathOf("market"), "--data", Data)).ExitCode, Is.Zero);
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [TestCase("broker", "Broker/B999", "kyc", "The store knows no broker 'Broker/B999'.")]
    [TestCase("broker", "B999", "kyc", "The store knows no broker 'B999'; write Type/Key, such as Broker/B001.")]
    [TestCase("client", "nobody", "own-record", "The store knows no client 'nobody'; write Type/Key, such as Person/registry:P000123.")]
    [TestCase("client", "Person/broker-B001:nobody", "own-record", "The store knows no client 'Person/broker-B001:nobody'.")]
    [TestCase("client", "Broker/B001", "own-record", "'Broker/B001' cannot be a client.")]
    [TestCase("client", "Nothing/1", "own-record", "'Nothing/1' cannot be a client.")]
    public async Task NoTokenIsIssuedForWhomTheStoreDoesNotKnowInThatRole(string role, string of, string purpose, string why)
    {
        var run = await CommandRun.OfAsync("token", "--role", role, "--of", of, "--purpose", purpose, "--data", Data);
        Assert.That((run.ExitCode, run.Out), Is.EqualTo((1, "")));
        Assert.That(run.Error, Does.Contain(why));
    }

    [TestCase("--role regulator --purpose supervision --hours 0", "--hours is 1 to 720.")]
    [TestCase("--role regulator --purpose supervision --hours 721", "--hours is 1 to 720.")]
    [TestCase("--role regulator --purpose supervision --of B001", "A regulator stands for nobody")]
    public async Task WhatCannotBeMeantIsRefused(string options, string why)
    {
        var run = await CommandRun.OfAsync(["token", .. options.Split(' '), "--data", Data]);
        Assert.That((run.ExitCode, run.Out), Is.EqualTo((1, "")));
        Assert.That(run.Error, Does.Contain(why));
    }

    [Test]
    public async Task ATokenIssuedBesideARunningServerCountsThereUntilItIsRevoked()
    {
        await using var server = await ServedFolder.StartAsync("--data", Data, "--development-tokens");
        var (one, id) = await IssueAsync();
        var (two, _) = await IssueAsync();
        Assert.That((await server.AskAsync(Question, one)).Status, Is.EqualTo(200));
        var revoked = await CommandRun.OfAsync("token", "revoke", "--id", id, "--data", Data);
        Assert.That((revoked.ExitCode, revoked.Out), Is.EqualTo((0, $"Revoked in {Path.Combine(Data, "keys", "revoked.ndjson")}.{Environment.NewLine}")), revoked.Error);
        Assert.That((await server.AskAsync(Question, one)).Status, Is.EqualTo(401));
        Assert.That((await server.AskAsync(Question, two)).Status, Is.EqualTo(200));
        await Task.Delay(TimeSpan.FromSeconds(1.1)); // A token says the second it was issued in.
        Assert.That((await CommandRun.OfAsync("token", "revoke", "--subject", "Broker/B001", "--data", Data)).ExitCode, Is.Zero);
        Assert.That((await server.AskAsync(Question, two)).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task WithoutBeingAskedToTheServerTakesNoDevelopmentTokens()
    {
        await using var server = await ServedFolder.StartAsync("--data", Data);
        Assert.That(server.Error, Does.Contain("Nobody can sign in"));
        var (token, _) = await IssueAsync();
        var answer = await server.AskAsync(Question, token);
        Assert.That(answer.Status, Is.EqualTo(401));
        Assert.That(answer.Body, Does.Contain("takes no tokens"));
    }

    [TestCase("Give --id alone", "revoke")]
    [TestCase("Give --id alone", "revoke", "--id", "a", "--subject", "b")]
    [TestCase("is no instant", "revoke", "--before", "soon")]
    public async Task ARevocationSaysWhichTokens(string why, params string[] args) =>
        Assert.That((await CommandRun.OfAsync([.. (string[])["token", .. args], "--data", Data])).Error, Does.Contain(why));

    [TestCase("needs an authority", "--listen", "0.0.0.0:0", "--host", "risk.example.cn")]
    [TestCase("never taken beyond this machine", "--listen", "0.0.0.0:0", "--host", "risk.example.cn", "--development-tokens")]
    [TestCase("needs TLS", "--listen", "0.0.0.0:0", "--host", "risk.example.cn", "--authority", "https://login.example.cn", "--audience", "graphrisk")]
    [TestCase("exclude each other", "--development-tokens", "--authority", "https://login.example.cn", "--audience", "graphrisk")]
    [TestCase("no audience is named", "--authority", "https://login.example.cn")]
    [TestCase("is no address to listen on", "--listen", "somewhere")]
    [TestCase("is no address or network", "--proxy", "somewhere")]
    public async Task ADoorThatWouldStandOpenIsNotOpened(string why, params string[] args)
    {
        var run = await CommandRun.OfAsync([.. (string[])["serve", "--data", Data], .. args]);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("graphrisk: ").And.Contain(why).And.Not.Contain("   at "));
    }

    private async Task<(string Token, string Id)> IssueAsync()
    {
        var run = await CommandRun.OfAsync("token", "--role", "broker", "--of", "Broker/B001", "--purpose", "kyc", "--data", Data, "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        using var issued = JsonDocument.Parse(run.Out);
        return (issued.RootElement.GetProperty("token").GetString()!, issued.RootElement.GetProperty("id").GetString()!);
    }
}
