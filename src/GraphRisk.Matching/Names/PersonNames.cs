using System.Collections.Frozen;
using GraphRisk.Matching.Identifiers;

namespace GraphRisk.Matching.Names;

/// <summary>Normalises names of natural persons.</summary>
public static class PersonNames
{
    private static readonly FrozenSet<string> Titles =
        new[] { "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "madam" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] ChineseTitles = ["先生", "女士", "小姐"];

    /// <summary>The name in the forms it is compared in; null where it holds no letter.</summary>
    public static NormalName? Normalise(string written) =>
        HanScript.ContainsHan(written) ? OfHan(written) : OfLatin(written);

    private static NormalName? OfHan(string written)
    {
        var core = HanScript.Simplify(NameText.LettersOf(written));
        foreach (var title in ChineseTitles)
            if (core.Length >= title.Length + 2 && core.EndsWith(title, StringComparison.Ordinal)) core = core[..^title.Length];
        if (core.Length == 0) return null;
        return new NormalName(written, core, [.. Pinyin.OfName(core).Select(name => name.Joined)], null, IsHan: true, MaskedName.Is(written))
        {
            SurnameLength = SurnameReadings.LengthOfSurname(core),
        };
    }

    private static NormalName? OfLatin(string written)
    {
        var words = LatinText.Words(written.Length > 0 ? NameText.Narrow(written) : written);
        if (words.Length > 2) words = [.. words.Where(word => !Titles.Contains(word))];
        for (var i = 0; i < words.Length; i++) words[i] = FoldUmlaut(words[i]);
        if (words.Length == 0) return null;
        var latin = string.Concat(words);
        Array.Sort(words, StringComparer.Ordinal);
        return new NormalName(written, string.Join(' ', words), [latin], null, IsHan: false, MaskedName.Is(written));
    }

    /// <summary>The ü of 吕 and 女 is written v, yu or u in passports and forms.</summary>
    internal static string FoldUmlaut(string word) => word switch
    {
        "lv" or "lyu" or "lue" => "lu",
        "nv" or "nyu" or "nue" => "nu",
        _ => word,
    };
}
