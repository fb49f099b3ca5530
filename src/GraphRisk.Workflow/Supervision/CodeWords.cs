using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Texts;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Workflow.Supervision;

/// <summary>Codes of cases in the words of a language, for pages that people read: kinds, states, moves, fields and values; rules of warning by their titles, regions by their names.</summary>
public sealed class CodeWords
{
    private const string Name = "codes";

    private static readonly CodeList Regions = SchemaCatalog.LoadEmbedded().Node("Broker").GetField("jurisdiction").Codes!;

    private readonly Language language;
    private readonly TextCatalogue texts;

    private CodeWords(Language language) => (this.language, texts) = (language, TextCatalogue.Of(typeof(CodeWords).Assembly, Name, language));

    private static CodeWords English { get; } = new(Language.English);

    private static CodeWords Chinese { get; } = new(Language.Chinese);

    /// <summary>The words of a language.</summary>
    public static CodeWords In(Language language) => language == Language.Chinese ? Chinese : English;

    /// <summary>A code in words; the code itself where it has none.</summary>
    public string Of(string code) => Find(code) ?? code;

    /// <summary>A code in words with the code beside, by which it is found again; the code itself where it has none.</summary>
    public string WithCode(string code) => Find(code) is { } words && words != code ? $"{words} ({code})" : code;

    /// <summary>What a region is called, by its code; the code itself where it is none.</summary>
    public string OfRegion(string code) => code.All(char.IsAsciiDigit) && Regions.Find(code) is { } named ? language == Language.Chinese ? named.Chinese : named.English : Of(code);

    private string? Find(string code) =>
        texts.Find($"code.{code}") ?? (WarningRuleBook.Shipped.Find(code)?.Title is { } title ? language == Language.Chinese ? title.Zh : title.En : null);
}
