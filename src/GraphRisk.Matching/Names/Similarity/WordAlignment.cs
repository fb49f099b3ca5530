namespace GraphRisk.Matching.Names.Similarity;

/// <summary>Words of one name that stand for words of another.</summary>
/// <param name="Left">Words of the one.</param>
/// <param name="Right">Words of the other.</param>
/// <param name="Similarity">How alike they are.</param>
internal readonly record struct WordPair(NameWord[] Left, NameWord[] Right, double Similarity)
{
    /// <summary>Letters on one side stand for words on the other.</summary>
    public bool IsByInitials => Similarity < 1 && (Left.Concat(Right).Any(word => word.Role == WordRole.Initial)
        || Left is [var one] && Right.Length == one.Text.Length && Right.Length > 1 || Right is [var other] && Left.Length == other.Text.Length && Left.Length > 1);

    /// <summary>How much of the names they are: the greater of both sides.</summary>
    public double Weight => Math.Max(Left.Sum(word => word.Weight), Right.Sum(word => word.Weight));
}

/// <summary>
/// Which words of two names stand for each other, in any order. First the equal ones, then those that were joined or split (Van der Bilt,
/// Vanderbilt) and initials written as one word (JC for Jean-Claude), then the others, the most alike first: greedy, not the best
/// matching overall, which for so few words so far apart is nearly always the same. O(n m) comparisons of words, at most 16 a side.
/// </summary>
internal sealed class WordAlignment
{
    private const int MostWords = 16, LongestRun = 4, ShortestJoined = 4;
    private const double JoinedLeast = 0.9, JoinedWeight = 0.98;

    private readonly NameWord[] left, right;
    private readonly bool[] leftUsed, rightUsed;

    private WordAlignment(NameWord[] left, NameWord[] right)
    {
        (this.left, this.right) = (left[..Math.Min(left.Length, MostWords)], right[..Math.Min(right.Length, MostWords)]);
        (leftUsed, rightUsed) = (new bool[this.left.Length], new bool[this.right.Length]);
    }

    /// <summary>Words that stand for each other.</summary>
    public List<WordPair> Pairs { get; } = [];

    /// <summary>Words of the one that stand for none of the other.</summary>
    public IEnumerable<NameWord> LeftAlone => left.Where((_, at) => !leftUsed[at]);

    /// <summary>Words of the other that stand for none of the one.</summary>
    public IEnumerable<NameWord> RightAlone => right.Where((_, at) => !rightUsed[at]);

    /// <summary>Aligns two names.</summary>
    public static WordAlignment Of(NameWord[] left, NameWord[] right)
    {
        var alignment = new WordAlignment(left, right);
        alignment.TakeEqual();
        alignment.TakeJoined(alignment.left, alignment.leftUsed, alignment.right, alignment.rightUsed, swapped: false);
        alignment.TakeJoined(alignment.right, alignment.rightUsed, alignment.left, alignment.leftUsed, swapped: true);
        alignment.TakeAlike();
        return alignment;
    }

    private void TakeEqual()
    {
        for (var i = 0; i < left.Length; i++)
            for (var j = 0; j < right.Length && !leftUsed[i]; j++)
                if (!rightUsed[j] && left[i].Text == right[j].Text) Take(i, j, 1);
    }

    /// <summary>A word of one side for a run of words of the other.</summary>
    private void TakeJoined(NameWord[] words, bool[] used, NameWord[] others, bool[] othersUsed, bool swapped)
    {
        for (var i = 0; i < words.Length; i++)
            for (var from = 0; from < others.Length && !used[i]; from++)
                for (var length = 2; length <= LongestRun && from + length <= others.Length && !othersUsed[from + length - 1] && !othersUsed[from]; length++)
                {
                    if (Joined(words[i], others.AsSpan(from, length)) is not (> 0 and var similarity) || AnyUsed(othersUsed, from, length)) continue;
                    used[i] = true;
                    othersUsed.AsSpan(from, length).Fill(true);
                    var run = others[from..(from + length)];
                    Pairs.Add(swapped ? new WordPair(run, [words[i]], similarity) : new WordPair([words[i]], run, similarity));
                    break;
                }
    }

    private static bool AnyUsed(bool[] used, int from, int length) => used.AsSpan(from, length).Contains(true);

    private static double Joined(NameWord word, ReadOnlySpan<NameWord> run)
    {
        if (word.Role == WordRole.Number) return 0;
        if (IsInitials(word, run)) return 0.85;
        if (word.Text.Length < ShortestJoined) return 0;
        var length = 0;
        foreach (var part in run) length += part.Text.Length;
        if (Math.Abs(length - word.Text.Length) > 2) return 0;
        var joined = "";
        foreach (var part in run) joined += part.Text;
        if (joined == word.Text) return JoinedWeight;
        var origin = run[0].Origin;
        if (!WordSimilarity.MayBeSlips(joined, word.Text) && origin == word.Origin) return 0;
        var similarity = WordSimilarity.Of(word, new NameWord(joined, WordRole.Name, origin));
        return similarity >= JoinedLeast || origin != word.Origin && similarity > 0 ? similarity * JoinedWeight : 0;
    }

    /// <summary>Letters without a vowel, each the first of a word.</summary>
    private static bool IsInitials(NameWord word, ReadOnlySpan<NameWord> run)
    {
        if (word.Text.Length != run.Length || word.Role is not (WordRole.Name or WordRole.Initial)) return false;
        for (var at = 0; at < run.Length; at++)
            if (run[at].Text[0] != word.Text[at] || Spelling.IsVowel(word.Text[at]) || run[at].Text.Length < 2) return false;
        return true;
    }

    private void TakeAlike()
    {
        var found = new List<(double Similarity, int Left, int Right)>();
        for (var i = 0; i < left.Length; i++)
            for (var j = 0; j < right.Length; j++)
                if (!leftUsed[i] && !rightUsed[j] && WordSimilarity.Of(left[i], right[j]) is > 0 and var similarity) found.Add((similarity, i, j));
        foreach (var (similarity, i, j) in found.OrderByDescending(pair => pair.Similarity).ThenBy(pair => Math.Abs(pair.Left - pair.Right)).ThenBy(pair => pair.Left))
            if (!leftUsed[i] && !rightUsed[j]) Take(i, j, similarity);
    }

    private void Take(int i, int j, double similarity)
    {
        leftUsed[i] = rightUsed[j] = true;
        Pairs.Add(new WordPair([left[i]], [right[j]], similarity));
    }
}
