using GraphQL.Types;
using GraphRisk.Scoring.Texts;
using GraphRisk.Server.Descriptions;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Workflow.Supervision;

namespace GraphRisk.Server.AccessLog;

/// <summary>
/// What an entry of the audit trail says, in the words of a language: who read, for which purpose and what. A field is called by what the schema says of it,
/// so that one that is added has its words; what the schema no longer has, and a purpose of the operator's own, stays as it was filed.
/// </summary>
/// <param name="schema">The schema that describes the fields.</param>
/// <param name="language">The language.</param>
internal sealed class AccessWords(ISchema schema, Language language)
{
    private readonly CodeWords codes = CodeWords.In(language);

    private bool IsChinese => language == Language.Chinese;

    /// <summary>Who read: its role, and the code of a broker.</summary>
    public string ReaderOf(AuditActor actor, string? broker) => codes.Of(actor.Role.ToUpperInvariant()) is var role && broker is null ? role : $"{role} {broker}";

    /// <summary>A purpose.</summary>
    public string OfPurpose(string purpose) => codes.Of($"purpose.{purpose}") is var words && words.StartsWith("purpose.", StringComparison.Ordinal) ? purpose : words;

    /// <summary>A legal basis: that of a purpose of the product's own list has its words, another is shown as it was filed.</summary>
    public string OfBasis(string? purpose, string basis) => IsChinese && PurposeCatalog.Default.Find(purpose)?.Basis == basis ? codes.Of($"basis.{purpose}") : basis;

    /// <summary>What was read, given as <c>Type.field</c>, or what was carried out.</summary>
    public string OfField(string what)
    {
        if (what.Split('.') is not [var type, var name] || schema.AllTypes[type] is not IComplexGraphType complex || complex.Fields.Find(name)?.Description is not { } description) return codes.Of(what);
        var said = FirstSentence(IsChinese ? DescriptionCatalogue.Chinese.Find(description) ?? description : description);
        // A question or a command stands for itself; a field is that of something.
        return complex == schema.Query || complex == schema.Mutation ? said : IsChinese ? $"{NounOf(type)}：{said}" : $"{NounOf(type)}: {said}";
    }

    private string NounOf(string type) => IsChinese ? DescriptionCatalogue.Chinese.NounOf(type) ?? FirstSentence(DescribedInChinese(type)) : Spaced(type);

    private string DescribedInChinese(string type) => schema.AllTypes[type]?.Description is { } description && DescriptionCatalogue.Chinese.Find(description) is { } found ? found : type;

    private string FirstSentence(string text) => IsChinese ? text.Split('。')[0] : string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)).Split(". ")[0].TrimEnd('.');

    /// <summary>The name of a type as words: <c>MarginContract</c> is a margin contract.</summary>
    private static string Spaced(string type) =>
        string.Concat(type.Select((letter, at) => char.IsUpper(letter) ? (at == 0 ? "" : " ") + char.ToLowerInvariant(letter) : letter.ToString()));
}
