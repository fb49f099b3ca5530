using System.Text;
using System.Text.Json;
using GraphRisk.Server.Guard;
using GraphRisk.Server.Http;
using GraphRisk.Server.Security;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Http;

/// <summary>Documents named by their SHA-256: as Apollo's clients do it, and as a server is started with them.</summary>
public sealed class DocumentStoreTests
{
    private const string Text = "query Say($text: String) { echo(text: $text) }";
    private static readonly Viewer One = new(Role.Broker, "Broker/B001", PurposeCatalog.Default.Find("kyc"), null);
    private static readonly Viewer Other = new(Role.Broker, "Broker/B002", PurposeCatalog.Default.Find("kyc"), null);

    private static string HashOf(string text) => TrustedDocuments.HashOf(Encoding.UTF8.GetBytes(text));

    private static string Body(string? text, string hash, object? version = null) => JsonSerializer.Serialize(new
    {
        query = text, variables = new { text = "good day" }, extensions = new { persistedQuery = new { version = version ?? 1, sha256Hash = hash } },
    });

    [Test]
    public async Task AQuestionIsAskedByHashOnceItsTextWasSentWithIt()
    {
        await using var server = await TinyServer.Start();
        var missed = await server.Post(Body(null, HashOf(Text)), One);
        Assert.That((missed.Status, missed.Code), Is.EqualTo((200, "PERSISTED_QUERY_NOT_FOUND")));
        Assert.That(missed.Body, Does.Contain("\"PersistedQueryNotFound\""));
        var sent = await server.Post(Body(Text, HashOf(Text)), One);
        Assert.That(sent.Body, Does.Contain("good day"));
        Assert.That((await server.Post(Body(null, HashOf(Text)), One)).Body, Is.EqualTo(sent.Body));
        var byUrl = $"?variables={Uri.EscapeDataString("{\"text\":\"good day\"}")}&extensions={Uri.EscapeDataString($$$"""{"persistedQuery":{"version":1,"sha256Hash":"{{{HashOf(Text).ToUpperInvariant()}}}"}}""")}";
        Assert.That((await server.Get(byUrl, One)).Body, Is.EqualTo(sent.Body));
    }

    [Test]
    public async Task NobodyFindsOutWhatOthersAsk()
    {
        await using var server = await TinyServer.Start();
        await server.Post(Body(Text, HashOf(Text)), One);
        Assert.That((await server.Post(Body(null, HashOf(Text)), Other)).Code, Is.EqualTo("PERSISTED_QUERY_NOT_FOUND"));
        await server.Post(Body(Text, HashOf(Text)));
        Assert.That((await server.Post(Body(null, HashOf(Text)))).Code, Is.EqualTo("PERSISTED_QUERY_NOT_FOUND"), "nothing is kept for strangers");
    }

    [Test]
    public async Task AHashThatIsNotTheTextsIsRefusedAndNothingKept()
    {
        await using var server = await TinyServer.Start();
        Assert.That((await server.Post(Body(Text, HashOf("{echo}")), One)).Code, Is.EqualTo("BAD_REQUEST"));
        Assert.That((await server.Post(Body(null, HashOf("{echo}")), One)).Code, Is.EqualTo("PERSISTED_QUERY_NOT_FOUND"));
        Assert.That((await server.Post(Body(null, "ab"), One)).Code, Is.EqualTo("PERSISTED_QUERY_NOT_FOUND"));
        Assert.That((await server.Post(Body(null, HashOf(Text), "1"), One)).Code, Is.EqualTo("PERSISTED_QUERY_NOT_SUPPORTED"));
        var hostile = "{" + string.Join(' ', Enumerable.Range(0, 3000).Select(at => $"a{at}:echo")) + "}";
        Assert.That((await server.Post(Body(hostile, HashOf(hostile)), One)).Code, Is.EqualTo("TOO_MANY_ALIASES"));
        Assert.That((await server.Post(Body(null, HashOf(hostile)), One)).Code, Is.EqualTo("PERSISTED_QUERY_NOT_FOUND"), "what the guard refuses is not kept");
    }

    [Test]
    public async Task TrustedDocumentsAreAnsweredAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.PathOf("more"));
        await File.WriteAllTextAsync(folder.PathOf("more/say.graphql"), Text);
        await using var server = await TinyServer.Start(options => options with { Trusted = TrustedDocuments.Read(folder.PathOf(""), QueryLimits.Default), OnlyTrusted = true });
        Assert.That((await server.Post(Body(null, HashOf(Text)), One)).Body, Does.Contain("good day"));
        Assert.That((await server.Post(Body(Text, HashOf(Text)), One)).Body, Does.Contain("good day"));
        Assert.That((await server.Ask(Text, One)).Body, Does.Contain("\"data\""));
        Assert.That((await server.Ask("{ echo }", One)).Code, Is.EqualTo("DOCUMENT_NOT_TRUSTED"));
        Assert.That((await server.Post(Body("{ echo }", HashOf("{ echo }")), One)).Code, Is.EqualTo("DOCUMENT_NOT_TRUSTED"));
        Assert.That((await server.Post(Body(null, HashOf("{ echo }")), One)).Code, Is.EqualTo("DOCUMENT_NOT_TRUSTED"));
    }

    [Test]
    public void AManifestIsReadInBothForms()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("plain.json"), JsonSerializer.Serialize(new Dictionary<string, string> { [HashOf(Text)] = Text }));
        File.WriteAllText(folder.PathOf("apollo.json"), JsonSerializer.Serialize(new
        {
            format = "apollo-persisted-query-manifest", version = 1, operations = new[] { new { id = HashOf(Text), name = "Say", type = "query", body = Text } },
        }));
        foreach (var name in (string[])["plain.json", "apollo.json"])
            Assert.That(TrustedDocuments.Read(folder.PathOf(name), QueryLimits.Default).Find(HashOf(Text)), Is.Not.Null, name);
    }

    [TestCase("{\"ab\": \"{ echo }\"}", "'ab' is listed under ab")]
    [TestCase("{}", "holds no documents")]
    [TestCase("[1]", "neither a folder nor a manifest")]
    [TestCase("{", "neither a folder nor a manifest")]
    [TestCase("{\"operations\": [{\"id\": \"ab\"}]}", "neither a folder nor a manifest")]
    public void AManifestThatCannotBeTrustedIsNamed(string manifest, string why)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("manifest.json"), manifest);
        Assert.That(() => TrustedDocuments.Read(folder.PathOf("manifest.json"), QueryLimits.Default), Throws.InstanceOf<InvalidDataException>().With.Message.Contains(why));
    }

    [Test]
    public void ADocumentThatWouldBeRefusedIsNotTrusted()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("bad.graphql"), "{ echo");
        Assert.That(() => TrustedDocuments.Read(folder.PathOf(""), QueryLimits.Default), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("bad.graphql"));
    }
}
