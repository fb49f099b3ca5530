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

    /// <summary>Words of other languages; the same words may also stand first, as in OOO and Limited Liability Company.</summary>
    private static readonly (string[] Words, string Code)[] Latin = new (string Words, string Code)[]
    {
        ("limited liability company", "LTD"), ("gmbh co kg", "KG"), ("joint stock company", "JSC"),
        ("company limited", "LTD"), ("co ltd", "LTD"), ("co limited", "LTD"), ("corporation limited", "LTD"), ("pte ltd", "LTD"),
        ("pty ltd", "LTD"), ("sdn bhd", "LTD"), ("sp zoo", "LTD"), ("sp z oo", "LTD"), ("private limited", "LTD"), ("pvt ltd", "LTD"),
        ("limited partnership", "LP"), ("limited", "LTD"), ("ltd", "LTD"), ("llc", "LTD"), ("gmbh", "LTD"), ("mbh", "LTD"), ("sarl", "LTD"),
        ("srl", "LTD"), ("bv", "LTD"), ("ooo", "LTD"), ("as", "JSC"), ("aps", "LTD"), ("oy", "LTD"), ("ab", "LTD"),
        ("incorporated", "CORP"), ("inc", "CORP"), ("corporation", "CORP"), ("corp", "CORP"),
        ("public limited company", "JSC"), ("plc", "JSC"), ("aktiengesellschaft", "JSC"), ("ag", "JSC"), ("sa", "JSC"), ("spa", "JSC"),
        ("nv", "JSC"), ("oyj", "JSC"), ("se", "JSC"), ("oao", "JSC"), ("zao", "JSC"), ("pao", "JSC"), ("ao", "JSC"), ("kgaa", "JSC"), ("sas", "JSC"),
        ("lp", "LP"), ("llp", "LLP"), ("kg", "KG"), ("company", "COMPANY"), ("co", "COMPANY"),
    }.Select(row => (row.Words.Split(' '), row.Code)).OrderByDescending(row => row.Item1.Length).ToArray();

    /// <summary>Cuts the form off a Chinese name without signs.</summary>
    /// <returns>The rest, never empty, and the form; null where the name shows none.</returns>
    public static (string Stem, string? Code) CutChinese(string name)
    {
        foreach (var (ending, code) in Chinese)
            if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.Ordinal)) return (name[..^ending.Length], code);
        return (name, null);
    }

    /// <summary>Cuts the form off a name in Latin words; at least one word is left.</summary>
    public static (string[] Stem, string? Code) CutLatin(string[] words)
    {
        foreach (var (form, code) in Latin)
        {
            if (words.Length <= form.Length) continue;
            if (words.AsSpan(words.Length - form.Length).SequenceEqual(form)) return (words[..^form.Length], code);
            if (words.AsSpan(0, form.Length).SequenceEqual(form)) return (words[form.Length..], code);
        }

        return (words, null);
    }

    /// <summary>Whether two forms contradict each other; an unknown or a bare "company" contradicts none.</summary>
    public static bool Differ(string? left, string? right) =>
        left is not null and not "COMPANY" && right is not null and not "COMPANY" && left != right;
}
