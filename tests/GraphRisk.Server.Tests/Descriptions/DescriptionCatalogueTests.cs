using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Scoring.Texts;
using GraphRisk.Server.Descriptions;
using GraphRisk.Server.Tests.Served;
using Microsoft.AspNetCore.Http;

namespace GraphRisk.Server.Tests.Descriptions;

/// <summary>Whatever the schema says of itself it says in Chinese too, and nothing in the catalogue is there for nothing.</summary>
public sealed partial class DescriptionCatalogueTests
{
    private const string Everything = """
        { __schema { description types { kind name description fields { name description args { name description } } inputFields { name description } enumValues { name description } }
          directives { name description args { name description } } } }
        """;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Test]
    public async Task NoDescriptionIsWithoutAChineseOne()
    {
        await using var served = await ServedGraph.Of(new MarketSketch());
        var lacking = SchemaDescriptions.WithoutChinese(served.Schema);
        Assert.That(lacking, Is.Empty,
            "Add them to the texts of src/GraphRisk.Server/Descriptions/zh.json ('graphrisk schema --untranslated' lists them): " + JsonSerializer.Serialize(lacking.ToDictionary(text => text, _ => ""), Readable));
    }

    [Test]
    public async Task NoTranslationIsOrphaned()
    {
        await using var served = await ServedGraph.Of(new MarketSketch());
        var orphans = SchemaDescriptions.Orphans(served.Schema);
        Assert.That(orphans, Is.Empty, string.Join("; ", orphans) + ". Nothing in the schema says this; take it out of src/GraphRisk.Server/Descriptions/zh.json.");
    }

    [Test]
    public async Task WhatIsTranslatedIsInChinese()
    {
        await using var served = await ServedGraph.Of(new MarketSketch());
        var texts = SchemaDescriptions.Of(served.Schema);
        Assert.That(texts, Has.Count.GreaterThan(2_800));
        Assert.That(texts.Where(text => text.Length > 20 && !Chinese().IsMatch(DescriptionCatalogue.Chinese.Find(text) ?? text)), Is.Empty);
    }

    [TestCase("Conditions on Company; all that are given have to hold.", "对公司（Company）的条件；所给条件须全部成立。")]
    [TestCase("A party holds an office in a company: the Company at the other end. Level 1.", "主体在公司任职：另一端的公司（Company）。级别 1。")]
    [TestCase("Day of establishment. Level 1. By quarter.", "成立之日。级别 1。按季度。")]
    [TestCase("What nobody has said yet. Level 1.", null)]
    public void ADescriptionIsPutTogetherOfTemplatesSentencesAndNouns(string english, string? chinese) =>
        Assert.That(DescriptionCatalogue.Chinese.Find(english), Is.EqualTo(chinese));

    [Test]
    public void WhatIsLackingIsNamedAsASentence() =>
        Assert.That(DescriptionCatalogue.Chinese.LackingOf("What nobody has said yet. Level 1."), Is.EqualTo(new[] { "What nobody has said yet." }));

    [TestCase("", "English")]
    [TestCase("zh", "Chinese")]
    [TestCase("zh-CN,zh;q=0.9,en;q=0.8", "Chinese")]
    [TestCase("ZH-Hant-TW", "Chinese")]
    [TestCase("en;q=0.8, zh;q=0.9", "Chinese")]
    [TestCase("en, zh", "English")]
    [TestCase("de, fr;q=0.5", "English")]
    [TestCase("de, zh;q=0.5", "Chinese")]
    [TestCase("zh;q=0, de", "English")]
    [TestCase("*", "English")]
    [TestCase("*;q=0.1, zh;q=0.2", "Chinese")]
    [TestCase(";;;", "English")]
    [TestCase("zhx", "English")]
    public void TheLanguageIsTheOneTheRequestLikesMost(string header, string language)
    {
        var context = new DefaultHttpContext();
        if (header.Length > 0) context.Request.Headers.AcceptLanguage = header;
        Assert.That(SpokenLanguage.Of(context.Request), Is.EqualTo(Enum.Parse<Language>(language)));
    }

    [Test]
    public async Task IntrospectionSpeaksTheLanguageOfEachRequestAndKeepsNone()
    {
        await using var store = new TestKit.InMemoryGraphStore(MarketSketch.Catalog);
        await using var server = await LiveServer.StartAsync(store, new Graph.Store.StoreWatchOptions());
        const string question = """{ __type(name: "Company") { description fields { name description args { description } } } __schema { description } }""";
        var answers = new List<string>();
        foreach (var language in (string?[])["zh-CN", null, "zh-CN", "en"]) answers.Add((await server.AskAsync(question, language: language)).Body);
        Assert.Multiple(() =>
        {
            Assert.That(answers[0], Does.Contain("公司、合伙企业").And.Contain("成立之日").And.Contain("证券融资的信用风险").And.Not.Contain("Day of establishment"));
            Assert.That(answers[1], Does.Contain("Day of establishment").And.Not.Contain("成立之日"));
            Assert.That(answers[2], Is.EqualTo(answers[0]), "What was asked in English between changes nothing.");
            Assert.That(answers[3], Is.EqualTo(answers[1]));
        });
        var whole = (await server.AskAsync(Everything, language: "zh")).Body;
        using var introspection = JsonDocument.Parse(whole);
        Assert.That(introspection.RootElement.TryGetProperty("errors", out _), Is.False, $"The whole schema is told in Chinese within the budget of a question. {whole[..Math.Min(500, whole.Length)]}");
    }

    [Test]
    public async Task ASchemaIsPrintedInChinese()
    {
        await using var served = await ServedGraph.Of(new MarketSketch());
        SchemaDescriptions.PutIntoChinese(served.Schema);
        Assert.That(served.Schema.Print(), Does.Contain("type Company").And.Contain("成立之日").And.Not.Contain("Day of establishment"));
    }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();
}
