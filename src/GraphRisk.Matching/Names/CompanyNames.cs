namespace GraphRisk.Matching.Names;

/// <summary>
/// Normalises names of companies. A registered Chinese name is place, brand, trade and form; the form is cut off and kept
/// apart, and 省 and 市 after the place, which careless records leave out, are folded away. A branch (分公司) keeps its
/// whole name: it is not its company.
/// </summary>
public static class CompanyNames
{
    /// <summary>The name in the forms it is compared in; null where it holds no letter.</summary>
    public static NormalName? Normalise(string written) =>
        HanScript.ContainsHan(written) ? OfHan(written) : OfLatin(written);

    /// <summary>
    /// A name as it stands in the register, in simplified characters: with its legal form, and with the place at its head whose
    /// register keeps it unique, or 中国 for the register of the whole country. Null where the name is not whole.
    /// </summary>
    public static string? RegisteredName(string written)
    {
        if (!HanScript.ContainsHan(written) || MaskedName.Is(written)) return null;
        var letters = HanScript.Simplify(NameText.LettersOf(written));
        var (rest, form) = LegalForms.CutChinese(letters);
        if (form is null) return null;
        return PlaceNames.ProvinceOf(FoldPlace(rest)) is not null || rest.StartsWith("中国", StringComparison.Ordinal) ? letters : null;
    }

    /// <summary>Trades for which there are licences, and names that no two licensed companies have.</summary>
    private static readonly string[] LicensedTrades = ["证券", "银行", "保险", "人寿", "财险", "信托", "期货", "基金管理", "基金销售", "金融租赁", "消费金融", "理财"];

    /// <summary>
    /// A whole name without a place at its head, in simplified characters, that one company of the country has: companies limited by
    /// shares register such a name with the state's own register, and licensed companies are known by it. Null for other names: a
    /// company with limited liability is often called so by who leaves its place out.
    /// </summary>
    public static string? NationalName(string written)
    {
        if (!HanScript.ContainsHan(written) || MaskedName.Is(written)) return null;
        var letters = HanScript.Simplify(NameText.LettersOf(written));
        var (stem, form) = LegalForms.CutChinese(letters);
        return stem.Length >= 4 && (form == "JSC" || (form is not null && Array.Exists(LicensedTrades, trade => stem.EndsWith(trade, StringComparison.Ordinal)))) ? letters : null;
    }

    private static NormalName? OfHan(string written)
    {
        var letters = HanScript.Simplify(NameText.LettersOf(written));
        if (letters.Length == 0) return null;
        var (rest, form) = LegalForms.CutChinese(letters);
        var core = FoldPlace(rest);
        return new NormalName(written, core, [Pinyin.Read(core)], form, IsHan: true, MaskedName.Is(written));
    }

    private static NormalName? OfLatin(string written)
    {
        var all = LatinText.Words(NameText.Narrow(written));
        if (all.Length > 1 && all[0] == "the") all = all[1..];
        if (all.Length == 0) return null;
        var (words, form) = LegalForms.CutLatin(all);
        return new NormalName(written, string.Join(' ', words), [string.Concat(words)], form, IsHan: false, MaskedName.Is(written));
    }

    /// <summary>Drops the first 省 and the first 市 that stand as third or fourth character of what is before them.</summary>
    internal static string FoldPlace(string name)
    {
        name = DropAt(name, '省');
        return DropAt(name, '市');
    }

    private static string DropAt(string name, char sign)
    {
        var at = name.IndexOf(sign, StringComparison.Ordinal);
        return at is >= 2 and <= 5 && name.Length > at + 2 ? name.Remove(at, 1) : name;
    }
}
