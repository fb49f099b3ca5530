using System.Collections.Immutable;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Comparison;

/// <summary>
/// Addresses and other texts: words in any order. Similarity is the cosine of the words' weights, where a word that has no equal may
/// find one within a slip of it, or one it is the beginning of (Bilenko, Cohen and others 2003: soft TF-IDF). Where numbers stand in both texts and none is common, they speak of two
/// places however much else they share.
/// </summary>
internal sealed class TextJudge : LevelJudge
{
    private static readonly double[] Bounds = [0.9, 0.75, 0.55, 0.35];
    private const double SoftCredit = 0.85, Contained = 0.97;

    private readonly TokenTable table;

    public TextJudge(RecordAttribute attribute) => table = new TokenTable(attribute, [.. attribute.Texts]);

    public override ImmutableArray<Level> Levels { get; } =
    [
        new("same words", IsNear: true), new("one slip", IsNear: true), new("nearly all words", IsNear: true), new("one within the other", IsNear: true), new("most words", Chance: 1e-3),
        new("half of the words", Chance: 5e-3), new("some words", Chance: 0.01), new("like, but other numbers", Chance: 0.01), new("different"),
    ];

    public override int Judge(int left, int right)
    {
        var (ofLeft, ofRight, common, numbersApart) = Measure(left, right);
        if (ofLeft == 0 || ofRight == 0) return 8;
        var cosine = common / Math.Sqrt(ofLeft * ofRight);
        if (numbersApart) return cosine >= Bounds[3] ? 7 : 8;
        if (cosine > 0.999) return 0;
        var (from, to) = (table.Texts[left], table.Texts[right]);
        if (Math.Abs(from.Length - to.Length) <= 2 && Math.Min(from.Length, to.Length) is var shorter and >= 4
            && EditDistance.Of(from, to) is var distance && distance <= (shorter >= 10 ? 2 : 1) && from.Length <= 64 && !(LetterTraits.IsHan(from[0]) && shorter < 6)) return 1;
        if (cosine >= Bounds[0]) return 2;
        if (common >= Contained * Math.Min(ofLeft, ofRight) && WordsAtLeastTwo(left, right)) return 3;
        return cosine >= Bounds[1] ? 4 : cosine >= Bounds[2] ? 5 : cosine >= Bounds[3] ? 6 : 8;
    }

    private bool WordsAtLeastTwo(int left, int right) => Math.Min(table.Of(left).Length, table.Of(right).Length) >= 2;

    /// <summary>Sums of squared weights of either side and of what they share, and whether both have numbers and none in common.</summary>
    private (double Left, double Right, double Common, bool NumbersApart) Measure(int left, int right)
    {
        var from = table.Of(left);
        var to = table.Of(right);
        var weights = table.WeightsOf(left);
        var itsWeights = table.WeightsOf(right);
        var (ofLeft, ofRight, common) = (0.0, 0.0, 0.0);
        Span<int> restLeft = stackalloc int[from.Length], restRight = stackalloc int[to.Length];
        var (i, j, freeLeft, freeRight, numbersCommon) = (0, 0, 0, 0, false);
        while (i < from.Length || j < to.Length)
        {
            if (j == to.Length || (i < from.Length && from[i] < to[j])) restLeft[freeLeft++] = i++;
            else if (i == from.Length || to[j] < from[i]) restRight[freeRight++] = j++;
            else
            {
                common += weights[i] * weights[i];
                numbersCommon |= IsNumber(table.WordOf(left, i));
                (i, j) = (i + 1, j + 1);
            }
        }

        foreach (var weight in weights) ofLeft += weight * weight;
        foreach (var weight in itsWeights) ofRight += weight * weight;
        var (numbersLeft, numbersRight) = (false, false);
        foreach (var at in restLeft[..freeLeft]) numbersLeft |= IsNumber(table.WordOf(left, at));
        foreach (var at in restRight[..freeRight]) numbersRight |= IsNumber(table.WordOf(right, at));
        common += SoftCommon(left, right, restLeft[..freeLeft], restRight[..freeRight]);
        return (ofLeft, ofRight, common, numbersLeft && numbersRight && !numbersCommon);
    }

    private double SoftCommon(int left, int right, ReadOnlySpan<int> restLeft, Span<int> restRight)
    {
        if (restLeft.Length > 8 || restRight.Length > 8) return 0;
        var sum = 0.0;
        foreach (var at in restLeft)
        {
            var word = table.WordOf(left, at);
            var (best, where) = (0.0, -1);
            for (var k = 0; k < restRight.Length; k++)
            {
                if (restRight[k] < 0) continue;
                var credit = Credit(word, table.WordOf(right, restRight[k]));
                if (credit > best) (best, where) = (credit, k);
            }

            if (where < 0) continue;
            sum += best * table.WeightsOf(left)[at] * table.WeightsOf(right)[restRight[where]];
            restRight[where] = -1;
        }

        return sum;
    }

    private static double Credit(ReadOnlySpan<char> word, ReadOnlySpan<char> other)
    {
        if (LetterTraits.IsHan(word[0]) || LetterTraits.IsHan(other[0]) || IsNumber(word) || IsNumber(other)) return 0;
        var shorter = Math.Min(word.Length, other.Length);
        var isStart = word.CommonPrefixLength(other) == shorter;
        if (shorter >= 4 && EditDistance.Of(word, other) <= (shorter >= 8 ? 2 : 1)) return SoftCredit;
        return isStart && shorter >= 3 ? SoftCredit : 0;
    }

    private static bool IsNumber(ReadOnlySpan<char> word) => char.IsAsciiDigit(word[0]) || char.IsAsciiDigit(word[^1]);
}
