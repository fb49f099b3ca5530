using System.Collections.Frozen;
using System.Collections.Immutable;

namespace GraphRisk.Matching.Names.Similarity;

/// <summary>
/// A Chinese company's name in its parts. By the rules of registration it is place, brand, trade and form, and a branch hangs its own place
/// and word behind: 上海｜华信｜贸易｜有限公司｜北京分公司.
/// </summary>
/// <param name="Place">The place at its head; empty where there is none.</param>
/// <param name="Brand">What tells it from others of its place and trade; never empty.</param>
/// <param name="Trades">Meanings of its trade words, in order.</param>
/// <param name="Form">Legal form; null where none shows.</param>
/// <param name="Branch">What stands behind the form, with its word; empty for a company itself.</param>
internal sealed record HanCompanyName(string Place, string Brand, ImmutableArray<string> Trades, string? Form, string Branch)
{
    private const double OtherProvince = 0.6, OtherTown = 0.75, PlaceOfOne = 0.95, OtherTrade = 0.62, TradeOfOne = 0.85, OtherForm = 0.86, BranchOfOne = 0.6, OtherBranch = 0.4;
    private const double OneCharacterShort = 0.4, OneCharacterLong = 0.75, SoundsAlike = 0.55, Abbreviated = 0.55, Part = 0.55;
    private const int LongBrand = 5, LongestTrade = 4, MostTrades = 4;

    private static readonly string[] CompanyEnds = ["公司", "集团", "银行", "企业", "厂", "大学", "医院", "研究院", "研究所", "协会", "基金会", "委员会", "事务所", "合作社", "基金", "信用社", "交易所", "中心"];

    private static readonly string[] Branches = ["分公司", "支公司", "营业部", "营业所", "分行", "支行", "分店", "分厂", "分社", "分院", "分所", "代表处", "办事处", "分理处", "储蓄所"];

    /// <summary>The name in its parts.</summary>
    /// <param name="name">A normalised name in Chinese.</param>
    public static HanCompanyName Of(NormalName name)
    {
        var letters = HanScript.Simplify(NameText.LettersOf(name.Written));
        var (main, branch) = CutBranch(letters);
        var (rest, form) = LegalForms.CutChinese(main);
        rest = CompanyNames.FoldPlace(rest);
        var place = rest.StartsWith("中国", StringComparison.Ordinal) ? "中国" : PlaceNames.AtHead(rest).ToString();
        if (rest.Length - place.Length < 2) place = "";
        var (brand, trades) = CutTrades(rest[place.Length..]);
        if (place.Length == 0 && brand.Length > 3 && PlaceNames.AtHead(brand.AsSpan(2)) is { IsEmpty: false } behind && 2 + behind.Length == brand.Length) (place, brand) = (behind.ToString(), brand[..2]);
        return new HanCompanyName(place, brand, trades, form, branch);
    }

    /// <summary>English words of Chinese ones.</summary>
    private static readonly FrozenDictionary<string, string[]> English = NameTables.Rows("han-words").Select(row => row.Split(' '))
        .DistinctBy(row => row[0]).ToFrozenDictionary(row => row[0], row => row[1..], StringComparer.Ordinal);

    /// <summary>Whether a text ends as names of companies and institutions do and persons' do not.</summary>
    public static bool IsCompany(string written)
    {
        if (!HanScript.ContainsHan(written)) return false;
        var letters = HanScript.Simplify(NameText.LettersOf(written));
        return letters.Length >= 4 && (LegalForms.CutChinese(letters).Code is not null || Array.Exists(CompanyEnds, end => letters.EndsWith(end, StringComparison.Ordinal))
            || Array.Exists(Branches, end => letters.EndsWith(end, StringComparison.Ordinal)));
    }

    /// <summary>The parts as English words, where the brand is made of words that have a meaning; null where it is not.</summary>
    public OrganisationName? Translated()
    {
        if (Translate(Brand) is not { } brand) return null;
        var words = new List<NameWord>();
        if (Place.Length > 0) words.Add(OrganisationWords.Word(Place == "中国" ? "china" : Pinyin.Read(Place), WordOrigin.Alphabet));
        words.AddRange(brand.Select(word => OrganisationWords.Word(word, WordOrigin.Alphabet) with { Role = WordRole.Name }));
        words.AddRange(Trades.Select(meaning => new NameWord(meaning, WordRole.Trade, WordOrigin.Alphabet, meaning)));
        return new OrganisationName([.. words], [], Form, string.Concat(words.Select(word => word.Text)));
    }

    /// <summary>English words of a text, the longest words first; null where a character is left.</summary>
    private static List<string>? Translate(string text)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(LongestTrade, text.Length - at);
            while (length > 0 && !English.ContainsKey(text.Substring(at, length)) && (length < 2 || OrganisationWords.MeaningOf(text.Substring(at, length)) is null)) length--;
            if (length == 0) return null;
            var word = text.Substring(at, length);
            words.AddRange(English.GetValueOrDefault(word) ?? [OrganisationWords.MeaningOf(word)!]);
            at += length;
        }

        return words.Count > 0 ? words : null;
    }

    /// <summary>The parts as words in Latin letters, to be held against a name in another alphabet.</summary>
    public OrganisationName InLatin()
    {
        var words = new List<NameWord>();
        if (Place.Length > 0) words.Add(OrganisationWords.Word(Place == "中国" ? "china" : Pinyin.Read(Place), WordOrigin.Alphabet));
        words.Add(new NameWord(Pinyin.Read(Brand), WordRole.Name));
        words.AddRange(Trades.Select(meaning => new NameWord(meaning, WordRole.Trade, WordOrigin.Alphabet, meaning)));
        if (Branch.Length > 0) words.Add(new NameWord(Pinyin.Read(Branch), WordRole.Name));
        return new OrganisationName([.. words.Where(word => word.Text.Length > 0)], [], Form, Pinyin.Read(Place + Brand));
    }

    /// <summary>Compares two names in Chinese.</summary>
    public NameAgreement Compare(HanCompanyName other)
    {
        var brand = CompareBrand(other);
        var score = brand.Score;
        if (score <= 0) return brand;
        var reasons = new List<(double Factor, NameReason Reason, string Detail)>
        {
            (PlaceFactor(other), NameReason.Kin, $"{Place} / {other.Place}"),
            (TradeFactor(other), NameReason.Kin, $"{string.Join(' ', Trades)} / {string.Join(' ', other.Trades)}"),
            (LegalForms.Differ(Form, other.Form) ? OtherForm : 1, NameReason.OtherForm, $"{Form} / {other.Form}"),
            (Branch == other.Branch ? 1 : Branch.Length == 0 || other.Branch.Length == 0 ? BranchOfOne : OtherBranch, NameReason.Kin, $"{Branch} / {other.Branch}"),
        };
        foreach (var (factor, _, _) in reasons) score *= factor;
        var (least, reason, detail) = reasons.MinBy(row => row.Factor);
        return least < 1 && brand.Reason == NameReason.Same ? new NameAgreement(score, least > 0.9 ? NameReason.Part : reason, detail) : brand with { Score = score };
    }

    private NameAgreement CompareBrand(HanCompanyName other)
    {
        if (Brand == other.Brand) return new NameAgreement(1, NameReason.Same);
        var detail = $"{Brand} / {other.Brand}";
        if (Pinyin.Read(Brand) == Pinyin.Read(other.Brand)) return new NameAgreement(SoundsAlike, NameReason.SoundsAlike, detail);
        var (shorter, longer) = Brand.Length < other.Brand.Length ? (Brand, other.Brand) : (other.Brand, Brand);
        if (NameComparison.Distance(Brand, other.Brand) == 1)
            return new NameAgreement(shorter.Length >= LongBrand ? OneCharacterLong : OneCharacterShort, NameReason.SoundsAlike, detail);
        if (shorter.Length >= 2 && longer.Contains(shorter, StringComparison.Ordinal)) return new NameAgreement(Part, NameReason.Part, detail);
        return shorter.Length >= 2 && IsSubsequence(shorter, longer) ? new NameAgreement(Abbreviated, NameReason.Acronym, detail) : new NameAgreement(0, NameReason.Contradicts, detail);
    }

    private double PlaceFactor(HanCompanyName other)
    {
        if (Place == other.Place) return 1;
        if (Place.Length == 0 || other.Place.Length == 0) return PlaceOfOne;
        return PlaceNames.ProvinceOf(Place) is { } one && one == PlaceNames.ProvinceOf(other.Place) ? OtherTown : OtherProvince;
    }

    private double TradeFactor(HanCompanyName other)
    {
        if (Trades.SequenceEqual(other.Trades)) return 1;
        var (one, two) = (Trades.Except(other.Trades).Count(), other.Trades.Except(Trades).Count());
        return one > 0 && two > 0 ? OtherTrade : one + two == 0 ? 0.95 : TradeOfOne;
    }

    private static (string Main, string Branch) CutBranch(string letters)
    {
        foreach (var word in Branches)
        {
            if (!letters.EndsWith(word, StringComparison.Ordinal)) continue;
            var after = letters[..^word.Length];
            var end = after.LastIndexOf("公司", StringComparison.Ordinal);
            if (end < 0) end = after.LastIndexOf("银行", StringComparison.Ordinal);
            return end > 0 ? (letters[..(end + 2)], letters[(end + 2)..]) : (letters, "");
        }

        return (letters, "");
    }

    /// <summary>Takes trade words off the end, the longest first; two characters of brand are left at least.</summary>
    private static (string Brand, ImmutableArray<string> Trades) CutTrades(string text)
    {
        var trades = new List<string>();
        while (trades.Count < MostTrades && LastTrade(text) is { } trade)
        {
            text = text[..^trade.Length];
            trades.Insert(0, OrganisationWords.MeaningOf(trade)!);
        }

        return (text, [.. trades]);
    }

    private static string? LastTrade(string text)
    {
        for (var length = Math.Min(LongestTrade, text.Length - 2); length >= 1; length--)
            if (OrganisationWords.MeaningOf(text[^length..]) is not null && (length > 1 || text[^1] is '厂')) return text[^length..];
        return null;
    }

    private static bool IsSubsequence(string shorter, string longer)
    {
        var at = 0;
        foreach (var character in longer)
            if (at < shorter.Length && character == shorter[at]) at++;
        return at == shorter.Length;
    }
}
