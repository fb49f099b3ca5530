using System.Buffers;
using ICU4N.Text;

namespace GraphRisk.Matching.Names;

/// <summary>
/// Chinese characters, and traditional ones written as simplified. Most names hold no character that conversion would
/// change; a table of single characters, filled as they are met, tells those at once, and only the others go through
/// ICU, which looks at neighbours too; what ICU folds that a name must not lose stays (<see cref="SimplifyAround"/>).
/// </summary>
public static class HanScript
{
    private static readonly Transliterator ToSimplified = Transliterator.GetInstance("Traditional-Simplified");
    private static readonly Memo Words = new(text => ToSimplified.Transliterate(text), 200_000);

    private static readonly SearchValues<char> Both = SearchValues.Create("乾著於甯徵");

    private static readonly (string Word, string Simple)[] InWords =
    [
        .. "燥 洗 果 货 貨 粉 电 電 面 麵 麪 式 衣 粮 糧 酪 鲜 鮮 海 法 散 细 細 馏 餾 湿 濕".Split(' ').Select(next => ($"乾{next}", $"干{next}")),
        .. "饼 餅 肉 豆 鱼 魚 风 風 烘 葡萄 豆腐 笋 筍".Split(' ').Select(before => ($"{before}乾", $"{before}干")),
        ("徵信", "征信"), ("徵集", "征集"), ("徵收", "征收"), ("特徵", "特征"), ("象徵", "象征"), ("沿著", "沿着"), ("關於", "关于"), ("關于", "关于"),
    ];

    /// <summary>Simplified form by character; 0 where not met yet. Races write the same value.</summary>
    private static readonly char[] Characters = new char[char.MaxValue + 1];

    /// <summary>Whether the character is Chinese, of the blocks names are written in.</summary>
    public static bool IsHan(char character) =>
        character is (>= '\u4e00' and <= '\u9fff') or (>= '\u3400' and <= '\u4dbf') or (>= '\uf900' and <= '\ufaff') or '\u3007'
        || char.IsHighSurrogate(character) && character is >= '\ud840' and <= '\ud88d';

    /// <summary>Whether any character is Chinese.</summary>
    public static bool ContainsHan(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
            if (IsHan(character)) return true;
        return false;
    }

    /// <summary>The text in simplified characters.</summary>
    public static string Simplify(string text)
    {
        foreach (var character in text)
            if (IsHan(character) && (Simplify(character) != character || IsBoth(character))) return text.AsSpan().ContainsAny(Both) ? SimplifyAround(text) : Words.Of(text);
        return text;
    }

    /// <summary>
    /// Characters that are simplified ones themselves (乾 qián, 著 zhù) and the traditional form of another only in some words:
    /// in a name they stay what they are, for folding them would make another name of it; in the words they are folded.
    /// </summary>
    private static string SimplifyAround(string text)
    {
        foreach (var (word, simple) in InWords) text = text.Replace(word, simple, StringComparison.Ordinal);
        var built = new System.Text.StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var kept = text.AsSpan(at).IndexOfAny(Both);
            var end = kept < 0 ? text.Length : at + kept;
            if (end > at) built.Append(Simplify(text[at..end]));
            if (end < text.Length) built.Append(text[end]);
            at = end + 1;
        }

        return built.ToString();
    }

    private static bool IsBoth(char character) => Both.Contains(character);

    private static char Simplify(char character)
    {
        var known = Characters[character];
        if (known != 0) return known;
        if (char.IsSurrogate(character) || IsBoth(character)) return character;
        var simple = Words.Of(character.ToString());
        return Characters[character] = simple.Length == 1 ? simple[0] : character;
    }
}
