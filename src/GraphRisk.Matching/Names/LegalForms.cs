using System.Collections.Frozen;

namespace GraphRisk.Matching.Names;

/// <summary>
/// Legal forms as the ends (or beginnings) of company names write them, folded to a code per form. The form is kept as
/// evidence of its own: the same name with another form may be the same company after a conversion, or another one.
/// </summary>
public static class LegalForms
{
    /// <summary>Endings of Chinese names, longest first; brackets are gone by then.</summary>
    private static readonly (string Ending, string Code)[] Chinese =
    [
        ("合伙企业特殊普通合伙", "LLP"),
        ("合伙企业有限合伙", "LP"),
        ("合伙企业普通合伙", "GP"),
        ("股份有限公司", "JSC"),
        ("有限责任公司", "LTD"),
        ("股份公司", "JSC"),
        ("有限公司", "LTD"),
        ("合伙企业", "PARTNERSHIP"),
        ("有限合伙", "LP"),
    ];

    /// <summary>Words of other languages, longest first; those of three letters and more, and a few shorter ones, stand before a name too, as in OOO.</summary>
    private static readonly (string[] Words, string Code)[] Latin =
    [
        .. from row in NameTables.Rows("legal-forms")
           let code = row[..row.IndexOf(':', StringComparison.Ordinal)]
           from form in row[(code.Length + 1)..].Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
           let words = Joined(form.Split(' '))
           orderby words.Length descending, form.Length descending
           select (words, code),
    ];

    private static readonly FrozenSet<string> ShortBefore = new[] { "ao", "as", "pt", "ab", "oy", "sa", "nv", "kk", "ad" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Forms by their last and by their first word, so that few are looked at.</summary>
    private static readonly FrozenDictionary<string, (string[] Words, string Code)[]> ByEnd = By(row => row.Words[^1]), ByHead = By(row => row.Words[0]);

    /// <summary>Cuts the form off a Chinese name without signs.</summary>
    /// <returns>The rest, never empty, and the form; null where the name shows none.</returns>
    public static (string Stem, string? Code) CutChinese(string name)
    {
        foreach (var (ending, code) in Chinese)
            if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.Ordinal)) return (name[..^ending.Length], code);
        return (name, null);
    }

    /// <summary>A Chinese name without signs and without any form, within it too: a branch names its company's.</summary>
    public static string WithoutChinese(string name) => Chinese.Aggregate(name, (rest, form) => rest.Replace(form.Ending, "", StringComparison.Ordinal));

    /// <summary>Cuts the form off a name in Latin words; at least one word is left.</summary>
    public static (string[] Stem, string? Code) CutLatin(string[] words)
    {
        if (words.Length == 0) return (words, null);
        foreach (var (form, code) in ByEnd.GetValueOrDefault(words[^1], []))
            if (words.Length > form.Length && words.AsSpan(words.Length - form.Length).SequenceEqual(form)) return (words[..^form.Length], code);
        foreach (var (form, code) in ByHead.GetValueOrDefault(words[0], []))
            if (words.Length > form.Length && MayStandBefore(form) && words.AsSpan(0, form.Length).SequenceEqual(form)) return (words[form.Length..], code);
        return (words, null);
    }

    /// <summary>Whether the word is a form by itself, whatever stands beside it.</summary>
    public static bool IsForm(string word) => ByEnd.GetValueOrDefault(word, []).Any(row => row.Words.Length == 1);

    /// <summary>Long forms by their words, for finding those written with a slip.</summary>
    internal static IEnumerable<(string[] Words, string Code)> Long => Latin.Where(row => row.Words.Sum(word => word.Length) >= 9);

    private static bool MayStandBefore(string[] form) => form.Length > 1 || form[0].Length > 2 || ShortBefore.Contains(form[0]);

    /// <summary>Single letters in a row are one word, as <see cref="LatinText"/> reads them.</summary>
    private static string[] Joined(string[] words) => LatinText.Words(string.Join(' ', words));

    private static FrozenDictionary<string, (string[] Words, string Code)[]> By(Func<(string[] Words, string Code), string> word) =>
        Latin.GroupBy(word, StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    /// <summary>Whether two forms contradict each other; an unknown or a bare "company" contradicts none.</summary>
    public static bool Differ(string? left, string? right) =>
        left is not null and not "COMPANY" && right is not null and not "COMPANY" && left != right;
}
