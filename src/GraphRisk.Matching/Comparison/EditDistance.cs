using System.Numerics;

namespace GraphRisk.Matching.Comparison;

/// <summary>
/// Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours, no letter touched twice
/// (Damerau 1964), one machine word for a column of the table (Hyyrö 2003, "A bit-vector algorithm for computing Levenshtein
/// and Damerau edit distances"). The state is where each column rises and falls; a swap is a match one row up that did not
/// match one column ago. Texts are cut at 64 characters. O(m) operations on words, no allocation; letters are found in a
/// table of 128 on the stack, others by a scan.
/// </summary>
internal static class EditDistance
{
    private const int Longest = 64;

    /// <summary>Distance of two texts.</summary>
    public static int Of(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left[..Math.Min(left.Length, Longest)];
        right = right[..Math.Min(right.Length, Longest)];
        if (left.Length == 0) return right.Length;
        if (right.Length == 0) return left.Length;
        Span<ulong> places = stackalloc ulong[128];
        for (var i = 0; i < left.Length; i++)
            if (left[i] < 128) places[left[i]] |= 1ul << i;
        var (rises, falls, zeros, before) = (ulong.MaxValue, 0ul, 0ul, 0ul);
        var (score, last) = (left.Length, 1ul << (left.Length - 1));
        foreach (var letter in right)
        {
            var here = letter < 128 ? places[letter] : PlacesOf(letter, left);
            var swaps = (((~zeros) & here) << 1) & before;
            zeros = ((((here & rises) + rises) ^ rises) | here | falls) | swaps;
            var up = falls | ~(zeros | rises);
            var down = rises & zeros;
            if ((up & last) != 0) score++;
            if ((down & last) != 0) score--;
            up = (up << 1) | 1;
            down <<= 1;
            rises = down | ~(zeros | up);
            falls = up & zeros;
            before = here;
        }

        return score;
    }

    private static ulong PlacesOf(char letter, ReadOnlySpan<char> text)
    {
        var places = 0ul;
        for (var i = 0; i < text.Length; i++)
            if (text[i] == letter) places |= 1ul << i;
        return places;
    }
}

/// <summary>
/// Jaro's similarity with Winkler's bonus for a common beginning (Jaro 1989, Winkler 1990): letters that occur within half the
/// longer length of each other, less half the share of them out of order; up to four equal first letters close a tenth of
/// the gap each. 0 to 1. Texts are cut at 64 characters. O(n m) at worst.
/// </summary>
internal static class JaroWinkler
{
    private const int Longest = 64;

    public static double Of(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left[..Math.Min(left.Length, Longest)];
        right = right[..Math.Min(right.Length, Longest)];
        if (left.IsEmpty || right.IsEmpty) return 0;
        var reach = Math.Max(0, (Math.Max(left.Length, right.Length) / 2) - 1);
        var (ofLeft, ofRight) = (0ul, 0ul);
        for (var i = 0; i < left.Length; i++)
            for (var j = Math.Max(0, i - reach); j < Math.Min(right.Length, i + reach + 1); j++)
                if (left[i] == right[j] && (ofRight & (1ul << j)) == 0)
                {
                    (ofLeft, ofRight) = (ofLeft | (1ul << i), ofRight | (1ul << j));
                    break;
                }

        var common = BitOperations.PopCount(ofLeft);
        if (common == 0) return 0;
        var moved = 0;
        for (var (rest, other) = (ofLeft, ofRight); rest != 0; rest &= rest - 1, other &= other - 1)
            if (left[BitOperations.TrailingZeroCount(rest)] != right[BitOperations.TrailingZeroCount(other)]) moved++;
        var jaro = (((double)common / left.Length) + ((double)common / right.Length) + ((common - (moved / 2.0)) / common)) / 3;
        var prefix = Math.Min(4, left.CommonPrefixLength(right));
        return jaro + (prefix * 0.1 * (1 - jaro));
    }
}
