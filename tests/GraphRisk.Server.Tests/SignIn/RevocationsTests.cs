using GraphRisk.Server.Security;
using GraphRisk.Server.SignIn;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.SignIn;

public class RevocationsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private TemporaryFolder folder = null!;

    private string File => folder.PathOf("keys", "revoked.ndjson");

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task WhatIsAddedWhileAServerRunsCountsAtItsNextQuestion()
    {
        var revocations = new Revocations(File);
        Assert.That(revocations.Cover(Token()), Is.False);
        await Add(Revocation.OfToken("one", Noon));
        Assert.That((revocations.Cover(Token()), revocations.Cover(Token() with { Id = "two" })), Is.EqualTo((true, false)));
        Assert.That(new Revocations(File).Cover(Token()), Is.True, "and at a server started since");
    }

    [Test]
    public async Task TheInstantIsExclusiveAndTheLatestOfSeveralCounts()
    {
        await Add(Revocation.OfIssuedBefore(Noon, "desk-14", Noon));
        await Add(Revocation.OfIssuedBefore(Noon.AddHours(-3), "desk-14", Noon));
        var revocations = new Revocations(File);
        Assert.That(revocations.Cover(Token() with { IssuedAt = Noon.AddSeconds(-1) }), Is.True);
        Assert.That(revocations.Cover(Token() with { IssuedAt = Noon }), Is.False);
        Assert.That(revocations.Cover(Token() with { IssuedAt = null }), Is.True, "one that does not say when it was issued is older than any");
        Assert.That(revocations.Cover(Token() with { Subject = "desk-15", IssuedAt = null }), Is.False);
    }

    [Test]
    public async Task ManyProcessesAddWithoutLoss()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Task.Run(() => Add(Revocation.OfToken($"token {number}", Noon)))));
        var revocations = new Revocations(File);
        for (var number = 0; number < 40; number++) Assert.That(revocations.Cover(Token() with { Id = $"token {number}" }), Is.True);
    }

    [Test]
    public async Task ALineTornByACrashIsReplacedByTheNextAndNeverRead()
    {
        await Add(Revocation.OfToken("one", Noon));
        await System.IO.File.AppendAllTextAsync(File, "{\"at\":\"2026-01-05T12:0");
        var revocations = new Revocations(File);
        Assert.That(revocations.Cover(Token()), Is.True);
        await Add(Revocation.OfToken("two", Noon));
        Assert.That(revocations.Cover(Token() with { Id = "two" }), Is.True);
        Assert.That(System.IO.File.ReadLines(File).Count(), Is.EqualTo(2));
    }

    [TestCase("")]
    [TestCase("{\"at\":\"2026-01-05T12:00:00Z\"}\n{\"at\":\"2026-01-05T12:00:00Z\"}\n{\"at\":\"2026-01-05T12:00:00Z\"}\n")]
    [TestCase(null)]
    public async Task AFileThatWasCutDeletedOrDamagedStopsAllSigningIn(string? left)
    {
        await Add(Revocation.OfToken("one", Noon));
        var revocations = new Revocations(File);
        Assert.That(revocations.Cover(Token() with { Id = "two" }), Is.False);
        if (left is null) System.IO.File.Delete(File);
        else await System.IO.File.WriteAllTextAsync(File, left);
        Assert.That(() => revocations.Cover(Token() with { Id = "two" }), Throws.TypeOf<SignInUnavailableException>());
        Assert.That(() => revocations.Cover(Token() with { Id = "two" }), Throws.TypeOf<SignInUnavailableException>(), "and goes on doing so");
    }

    private static SignedToken Token() => new(new Viewer(Role.Analyst, "lab"), [], "desk-14", "one", Noon);

    private Task Add(Revocation revocation) => RevocationFile.Add(File, revocation, TimeProvider.System, default);
}
