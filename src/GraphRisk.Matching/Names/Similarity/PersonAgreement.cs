namespace GraphRisk.Matching.Names.Similarity;

/// <summary>
/// How alike two names of persons in letters are. The words that stand for each other agree to a degree; then what is left over is
/// weighed: words left on one side only are given names, fathers' names and particles that the other source leaves out, and cost
/// little; words left on both sides stand against each other, and twice as much as what agrees. A name of which only one word is left
/// to agree, or an initial, is weak.
/// </summary>
internal static class PersonAgreement
{
    private const double Conflict = 2, Extra = 0.04, MostExtra = 0.16, OneOfSeveral = 0.72, WithInitial = 0.85, InitialsOnly = 0.4, SuffixOfOne = 0.92, ShortSlip = 0.75, OtherEnding = 0.78;
    private const int ShortestAlone = 5;

    /// <summary>Compares two names.</summary>
    public static NameAgreement Of(NameWord[] left, NameWord[] right)
    {
        if (left.Length == 0 || right.Length == 0) return NameAgreement.None;
        var alignment = WordAlignment.Of(left, right);
        var weight = alignment.Pairs.Sum(pair => pair.Weight);
        if (weight <= 0) return Against(alignment);
        var alike = alignment.Pairs.Sum(pair => pair.Weight * pair.Similarity) / weight;
        var (one, other) = (LeftOver(alignment.LeftAlone), LeftOver(alignment.RightAlone));
        var against = Math.Min(one, other);
        var score = alike * weight / (weight + (Conflict * against));
        if (against > 0.2) return Against(alignment) with { Score = score };
        return Weigh(alignment, alike, score);
    }

    private static NameAgreement Weigh(WordAlignment alignment, double alike, double score)
    {
        var extra = alignment.LeftAlone.Concat(alignment.RightAlone).ToList();
        var agreeing = alignment.Pairs.Where(pair => pair.Weight >= 0.9 && !pair.IsByInitials).ToList();
        var reason = ReasonOf(alignment, alike);
        if (agreeing.Count == 0) return new NameAgreement(score * InitialsOnly, reason, Words(alignment));
        if (extra.Exists(word => word.Role == WordRole.Suffix)) score *= SuffixOfOne;
        if (agreeing.Count(pair => pair.Similarity >= 1) < 2 && agreeing.Exists(IsShortSlip)) score *= ShortSlip;
        else if (agreeing is [_, _] && agreeing.Exists(IsOtherEnding)) score *= OtherEnding;
        if (alignment.Pairs.Exists(pair => pair.IsByInitials)) score *= agreeing.Count == 1 ? WithInitial : 0.95;
        var more = extra.Count(word => word.Role is WordRole.Name);
        if (more == 0) return new NameAgreement(score, reason, reason == NameReason.Same ? "" : Words(alignment));
        if (agreeing.Count == 1 && agreeing[0].Left.Length == 1 && agreeing[0].Right.Length == 1 && !alignment.Pairs.Exists(pair => pair.IsByInitials))
            score *= agreeing[0].Left[0].Text.Length >= ShortestAlone ? OneOfSeveral : OneOfSeveral / 2;
        else score *= 1 - Math.Min(MostExtra, Extra * more);
        return new NameAgreement(score, reason is NameReason.Same or NameReason.SameWords ? NameReason.Part : reason, Words(alignment));
    }

    /// <summary>A slip in a word of up to four letters: another name (Fang, Feng), unless much else agrees.</summary>
    private static bool IsShortSlip(WordPair pair) =>
        pair is { Left: [var one], Right: [var other], Similarity: < 0.82 } && Math.Max(one.Text.Length, other.Text.Length) <= 4 && one.Origin == other.Origin;

    /// <summary>One stem with two endings, each of some letters: two given names made of one (Darlene, Darletta; Marina, Marietta), unless more than a surname agrees.</summary>
    private static bool IsOtherEnding(WordPair pair)
    {
        if (pair is not { Left: [var one], Right: [var other], Similarity: < 0.78 } || one.Origin != other.Origin) return false;
        var stem = one.Text.AsSpan().CommonPrefixLength(other.Text);
        var (shorter, longer) = one.Text.Length < other.Text.Length ? (one.Text, other.Text) : (other.Text, one.Text);
        return stem >= 3 && shorter.Length > stem && longer.Length - stem >= 3 && (one.Fold[^1] != other.Fold[^1] || longer.Length - shorter.Length >= 3) && (shorter.Length > stem + 1 || shorter[^1] is not ('i' or 'y'));
    }

    /// <summary>What is left over counts but for particles and fathers' names, which say little by being absent.</summary>
    private static double LeftOver(IEnumerable<NameWord> words) => words.Sum(word => word.Role == WordRole.Particle ? 0.05 : word.Weight);

    private static NameReason ReasonOf(WordAlignment alignment, double alike)
    {
        var worst = alignment.Pairs.MinBy(pair => pair.Similarity);
        if (worst.Left.Concat(worst.Right).Select(word => word.Origin).Distinct().Count() > 1) return NameReason.SameInLatin;
        return alike >= 1 ? NameReason.Same : worst.Similarity >= 0.98 ? NameReason.SameWords : worst.Similarity >= 0.82 ? NameReason.Variants : NameReason.Slips;
    }

    private static NameAgreement Against(WordAlignment alignment) =>
        new(0, NameReason.Contradicts, $"{Words(alignment.LeftAlone)} / {Words(alignment.RightAlone)}");

    private static string Words(WordAlignment alignment) => string.Join(", ", alignment.Pairs.Where(pair => pair.Similarity < 1)
        .Select(pair => $"{Words(pair.Left)} = {Words(pair.Right)}"));

    private static string Words(IEnumerable<NameWord> words) => string.Join(' ', words.Select(word => word.Text));
}
