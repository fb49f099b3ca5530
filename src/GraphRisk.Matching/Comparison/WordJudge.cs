using System.Collections.Immutable;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Names.Similarity;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Comparison;

/// <summary>
/// A given name or a surname: one word, seldom two. Latin words by letters, sound and shortening; Chinese ones by character and
/// reading, since a change of one of two characters is another name.
/// </summary>
internal sealed class WordJudge(RecordAttribute attribute) : LevelJudge
{
    private const double Close = 0.9, Somewhat = 0.8;

    private readonly ulong[] signatures = [.. attribute.Texts.Select(text => LetterTraits.SignatureOf(text))];
    private readonly bool[] han = [.. attribute.Texts.Select(text => text.Length > 0 && LetterTraits.IsHan(text[0]))];

    private readonly ImmutableArray<(int Row, bool IsHead)>?[] kin =
        [.. attribute.Texts.Select(text => attribute.Kind == AttributeKind.GivenName && GivenNameTable.Of(text) is { IsEmpty: false } rows ? rows : (ImmutableArray<(int, bool)>?)null)];

    public override ImmutableArray<Level> Levels { get; } =
    [
        new("otherwise written", IsNear: true), new("one slip", IsNear: true), new("close", IsNear: true), new("initial or part", IsNear: true),
        new("sounds alike", IsNear: true), new("one character apart", Chance: 0.01), new("somewhat like", Chance: 0.01), new("different"),
    ];

    public override int Judge(int left, int right)
    {
        ReadOnlySpan<char> from = attribute.Texts[left], to = attribute.Texts[right];
        if (han[left] || han[right]) return JudgeHan(left, right);
        var shorter = Math.Min(from.Length, to.Length);
        var part = from.Length > to.Length ? from : to;
        if (shorter > 0 && part.StartsWith(from.Length > to.Length ? to : from) && (shorter == 1 || shorter >= 3)) return 3;
        if (IsWordOf(from, to) || IsWordOf(to, from)) return 3;
        if (kin[left] is { } one && kin[right] is { } other && GivenNameTable.Kinship(one, other) > 0) return 0;
        var difference = LetterTraits.Difference(signatures[left], signatures[right]);
        if (difference > 2 * shorter) return 7;
        if (difference <= 2 && EditDistance.Of(from, to) == 1) return shorter >= 3 ? 1 : 6;
        var likeness = JaroWinkler.Of(from, to);
        if (likeness >= Close || (shorter >= 6 && difference <= 4 && EditDistance.Of(from, to) == 2)) return 2;
        if (LetterTraits.SoundOf(from) is var sound and > 0 && sound == LetterTraits.SoundOf(to)) return 4;
        return likeness >= Somewhat ? 6 : 7;
    }

    private int JudgeHan(int left, int right)
    {
        var (from, to) = (attribute.Texts[left], attribute.Texts[right]);
        if (han[left] && han[right])
        {
            if (from.Length == to.Length && Pinyin.Read(from) == Pinyin.Read(to)) return 4;
            return Math.Min(from.Length, to.Length) >= 2 && EditDistance.Of(from, to) == 1 ? 5 : 7;
        }

        var (reading, latin) = han[left] ? (Pinyin.Read(from), to) : (Pinyin.Read(to), from);
        return reading == latin.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal) ? 0 : 7;
    }

    /// <summary>Whether a word is one of several of a text.</summary>
    private static bool IsWordOf(ReadOnlySpan<char> word, ReadOnlySpan<char> text)
    {
        if (word.Length < 2 || text.Length <= word.Length) return false;
        foreach (var range in text.SplitAny(' ', '-'))
            if (text[range].SequenceEqual(word)) return true;
        return false;
    }
}
