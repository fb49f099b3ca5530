using GraphRisk.Matching.Comparison;

namespace GraphRisk.Matching.Model;

/// <summary>What was learned.</summary>
/// <param name="Matches">Share of all pairs that are one party.</param>
/// <param name="Relatives">Share of all pairs that are relatives.</param>
/// <param name="Pairs">Pairs that are one party.</param>
/// <param name="OfMatches">Share of levels among matches, by comparison, whether the parent agrees, level.</param>
/// <param name="OfOthers">The same among others.</param>
/// <param name="OfRelatives">Share of levels among relatives by comparison and level; null where they agree by chance only.</param>
internal sealed record TrainedShares(double Matches, double Relatives, double Pairs, double[][][] OfMatches, double[][][] OfOthers, double[]?[] OfRelatives);

/// <summary>
/// Learns from the counts of agreement patterns, without truth, what agreement weighs: expectation maximisation (Dempster, Laird and
/// Rubin 1977; for record linkage Winkler 1988, Jaro 1989) of a mixture over all pairs of records. Three kinds of pairs: one
/// party; kin, who agree on what a household or a group shares and else by chance (<see cref="Kinship"/>); strangers. Within a kind comparisons
/// are independent given their parents. What strangers show is not learned but given by <see cref="ChanceAgreement"/>, less what the
/// matches among the pairs drawn explain. Pairs that blocking did not bring count as no matches: so the shares are of all pairs, and
/// a pattern is judged by how many pairs of it chance alone would bring among all.
/// Cost: patterns times comparisons, each round; at most <see cref="MostRounds"/>.
/// </summary>
internal sealed class ExpectationMaximisation
{
    private const int MostRounds = 300;
    /// <summary>Matches for each record at most: among more, clusters would be so large that they are something else.</summary>
    private const double MostPerRecord = 3;

    /// <summary>
    /// Probability below which a pair teaches nothing. Of pairs of which hardly anything is known there are so many that what they
    /// are believed to be would outweigh all others, and confirm itself.
    /// </summary>
    private const double LeastBelieved = 0.3;

    /// <summary>Part of the pairs of relatives that have one whole name.</summary>
    private const double Namesakes = 0.02;

    private const double Settled = 1e-7, PriorWeight = 15, LeastOfDrawn = 0.02, LeastNear = 0.5, LeastSeen = 0.05, LeastOther = 0.25, Least = 1e-9;

    private readonly ChanceAgreement chance;
    private readonly double[] counts;
    private readonly bool isComplete;
    private readonly byte[][] levels;
    private readonly ComparisonPlan plan;
    private readonly Kinship kinship;
    private readonly int records;
    private readonly double universe;
    private readonly bool withRelatives;
    private readonly bool[] mayBeRelatives;
    private readonly double[][][] priorOfMatches;
    private readonly double[]?[] priorOfRelatives;

    private double matches, relatives;
    private double[][][] ofMatches, ofOthers;
    private double[]?[] ofRelatives;

    private ExpectationMaximisation(ComparisonPlan plan, ChanceAgreement chance, (ulong Pattern, double Count)[] patterns, double universe, int records)
    {
        (this.plan, this.chance, this.universe, this.records) = (plan, chance, universe, records);
        counts = [.. patterns.Select(each => each.Count)];
        isComplete = counts.Sum() >= universe - 0.5;
        levels = [.. patterns.Select(each => LevelsOf(each.Pattern, plan.Comparisons.Length))];
        kinship = Kinship.Of(plan);
        withRelatives = kinship.Mask != 0;
        mayBeRelatives = [.. patterns.Select(each => (each.Pattern & kinship.Mask) != 0)];
        priorOfMatches = [.. plan.Comparisons.Select((comparison, i) => StartOfMatches(comparison))];
        priorOfRelatives = [.. plan.Comparisons.Select((comparison, i) => StartOfRelatives(comparison, kinship.Of(comparison.Attribute.Kind), chance.Shares[i][0]))];
        (matches, relatives) = (0.3 * records / universe, withRelatives ? 0.3 * records / universe : 0);
        (ofMatches, ofRelatives) = (priorOfMatches, priorOfRelatives);
        ofOthers = OthersOf(null);
    }

    public static TrainedShares Learn(
        ComparisonPlan plan, ChanceAgreement chance, (ulong Pattern, double Count)[] patterns, double universe, int records, CancellationToken cancellation)
    {
        var learner = new ExpectationMaximisation(plan, chance, patterns, universe, records);
        for (var round = 0; round < MostRounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var before = (learner.matches, learner.relatives);
            learner.Step();
            if (Math.Abs(learner.matches - before.matches) <= Settled * learner.matches
                && Math.Abs(learner.relatives - before.relatives) <= Math.Max(Settled * learner.relatives, 1e-300)) break;
        }

        return new TrainedShares(learner.matches, learner.relatives, learner.matches * universe, learner.ofMatches, learner.ofOthers, learner.ofRelatives);
    }

    private void Step()
    {
        var sums = priorOfMatches.Select(contexts => contexts.Select(row => row.Select(share => share * PriorWeight).ToArray()).ToArray()).ToArray();
        var sumsOfRelatives = priorOfRelatives.Select(row => row?.Select(share => share * PriorWeight).ToArray()).ToArray();
        var strangers = isComplete ? plan.Comparisons.Select(comparison => new[] { new double[comparison.Levels.Length], new double[comparison.Levels.Length] }).ToArray() : null;
        var (allMatches, allRelatives) = (0.0, 0.0);
        for (var pattern = 0; pattern < counts.Length; pattern++)
        {
            var (match, relative) = Posterior(levels[pattern], mayBeRelatives[pattern]);
            (match, relative) = (match < LeastBelieved ? 0 : match * counts[pattern], relative < LeastBelieved ? 0 : relative * counts[pattern]);
            if (strangers is not null) AddStrangers(strangers, levels[pattern], counts[pattern] - match - relative);
            if (match == 0 && relative == 0) continue;
            allMatches += match;
            allRelatives += relative;
            for (var i = 0; i < levels[pattern].Length; i++)
            {
                var level = levels[pattern][i];
                if (level == 0) continue;
                sums[i][chance.ContextOf(i, levels[pattern])][level] += match;
                if (sumsOfRelatives[i] is { } row) row[level] += relative;
            }
        }

        var most = MostPerRecord * records / universe;
        (matches, relatives) = (Math.Min(Math.Max(allMatches, 0.5) / universe, most), withRelatives ? Math.Min(Math.Max(allRelatives, 1e-6) / universe, most) : 0);
        ofMatches = [.. sums.Select((contexts, i) => contexts.Select(row => Bounded(plan.Comparisons[i], Normalised(row))).ToArray())];
        ofRelatives = [.. sumsOfRelatives.Select((row, i) => row is null ? null : Relatives(i, Normalised(row)))];
        ofOthers = OthersOf(strangers);
        for (var i = 0; i < ofMatches.Length; i++)
            for (var context = 0; context < 2; context++) KeepOrder(plan.Comparisons[i], ofMatches[i][context], ofOthers[i][context]);
    }

    private void AddStrangers(double[][][] strangers, byte[] row, double count)
    {
        for (var i = 0; i < row.Length; i++)
            if (row[i] > 0) strangers[i][chance.ContextOf(i, row)][row[i]] += count;
    }

    /// <summary>
    /// Less agreement never speaks more for a match: among levels of different values, neighbours whose ratios of matches to others
    /// are in the wrong order are given one ratio (pooling of adjacent violators: Ayer and others 1955).
    /// </summary>
    private static void KeepOrder(AttributeComparison comparison, double[] ofMatches, double[] ofOthers)
    {
        var pools = new List<(int From, double Matches, double Others)>();
        for (var level = AttributeComparison.FirstDifferent; level <= comparison.Different; level++)
        {
            var pool = (From: level, Matches: ofMatches[level], Others: ofOthers[level]);
            while (pools.Count > 0 && pools[^1].Matches * pool.Others < pool.Matches * pools[^1].Others)
            {
                pool = (pools[^1].From, pools[^1].Matches + pool.Matches, pools[^1].Others + pool.Others);
                pools.RemoveAt(pools.Count - 1);
            }

            pools.Add(pool);
        }

        for (var (at, level) = (0, AttributeComparison.FirstDifferent); level <= comparison.Different; level++)
        {
            if (at + 1 < pools.Count && pools[at + 1].From == level) at++;
            ofMatches[level] = ofOthers[level] * pools[at].Matches / pools[at].Others;
        }
    }

    /// <summary>Probabilities that a pair with these levels is one party, and relatives.</summary>
    private (double Match, double Relative) Posterior(byte[] row, bool mayBeRelatives)
    {
        var (match, relative) = (Math.Log(matches), mayBeRelatives ? Math.Log(relatives) : double.NegativeInfinity);
        var stranger = Math.Log(1 - matches - relatives);
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] == 0) continue;
            var context = chance.ContextOf(i, row);
            var other = Math.Log(ofOthers[i][context][row[i]]);
            match += Math.Log(ofMatches[i][context][row[i]]);
            stranger += other;
            relative += ofRelatives[i] is { } shares ? Math.Log(context == 1 ? Math.Max(shares[row[i]], ofOthers[i][1][row[i]]) : shares[row[i]]) : other;
        }

        var most = Math.Max(match, Math.Max(relative, stranger));
        var (ofMatch, ofRelative, ofStranger) = (Math.Exp(match - most), Math.Exp(relative - most), Math.Exp(stranger - most));
        var sum = ofMatch + ofRelative + ofStranger;
        return (ofMatch / sum, ofRelative / sum);
    }

    /// <summary>
    /// What strangers show: where all pairs were counted, what is not of matches; else what pairs drawn by chance show, less the
    /// matches among them. Values in common are blended with what is known of the kind.
    /// </summary>
    private double[][][] OthersOf(double[][][]? ofStrangers) => [.. plan.Comparisons.Select((comparison, i) => Enumerable.Range(0, 2).Select(context =>
    {
        var drawn = chance.Shares[i][context];
        var row = new double[drawn.Length];
        var counted = ofStrangers?[i][context];
        var pairs = counted?.Sum() ?? comparison.Holders * comparison.Holders / 2;
        var prior = ChanceAgreement.PriorOf(comparison);
        for (var level = 1; level < row.Length; level++)
        {
            var isSame = level < AttributeComparison.FirstDifferent;
            var share = counted is not null ? counted[level] / Math.Max(1, pairs)
                : context == 1 ? drawn[level]
                : drawn[level] - (matches * ofMatches[i][context][level]);
            if (isSame && context == 0) row[level] = ShareOfSame(comparison, level, share, pairs);
            else if (counted is not null) row[level] = ((pairs * share) + (ChanceAgreement.PriorPairs * prior[level])) / (pairs + ChanceAgreement.PriorPairs);
            else row[level] = Math.Max(Math.Max(share, LeastOfDrawn * drawn[level]), chance.Floors[i][context]);
            if (!isSame && !comparison.Traits.IsUnique && comparison.Levels[level].IsNear) row[level] = Math.Max(row[level], LeastNear / Math.Max(1, comparison.Holders));
        }

        return Normalised(row);
    }).ToArray())];

    /// <summary>
    /// Share of pairs of strangers with a value in common: what was seen and what is known of the kind, the latter for values that are given to one alone; of others
    /// never less than one in as many as there are records.
    /// </summary>
    private static double ShareOfSame(AttributeComparison comparison, int level, double seen, double pairs)
    {
        var share = comparison.BandShares[level];
        if (!comparison.Traits.IsUnique) return Math.Max(seen, share * (Kinship.IsName(comparison.Attribute.Kind) ? 1 : LeastOther) / Math.Max(1, comparison.Holders));
        var prior = Math.Min(1 / comparison.Traits.Chance, Math.Max(comparison.Traits.LeastPairs, KindTraits.PriorPerPair * pairs));
        return ((pairs * Math.Max(0, seen)) + (share * Math.Max(prior * comparison.Traits.Chance, LeastSeen))) / (pairs + prior);
    }

    private double[] Relatives(int comparison, double[] row)
    {
        if (kinship.Of(plan.Comparisons[comparison].Attribute.Kind) != EvidenceKind.PartlyShared) return row;
        // A whole name that is the same is not shared by relatives, save by chance and by sons who are called as their fathers.
        var others = ofOthers[comparison][0];
        for (var level = 1; level < row.Length; level++)
            if (IsWhole(plan.Comparisons[comparison], level))
                row[level] = others[level] + (level < AttributeComparison.FirstDifferent ? Namesakes * plan.Comparisons[comparison].BandShares[level] : 0);
        return Normalised(row);
    }

    private static bool IsWhole(AttributeComparison comparison, int level) => level < AttributeComparison.FirstDifferent || comparison.Levels[level].IsNear;

    private static double[][] StartOfMatches(AttributeComparison comparison)
    {
        var row = new double[comparison.Levels.Length];
        for (var level = 1; level < AttributeComparison.FirstDifferent; level++) row[level] = comparison.Traits.Same * Math.Max(comparison.BandShares[level], 0.001);
        var rest = 1 - comparison.Traits.Same - comparison.Traits.Different;
        var near = comparison.Levels.Count(level => level.IsNear);
        var far = row.Length - AttributeComparison.FirstDifferent - near - 2;
        for (var level = AttributeComparison.FirstDifferent; level < row.Length; level++)
            row[level] = level == comparison.Exchanged ? 0.002
                : level == comparison.Different ? Math.Max(comparison.Traits.Different, 0.01)
                : comparison.Levels[level].IsNear ? Math.Max(0.75 * rest / near, 0.001)
                : Math.Max(0.25 * rest / far, 0.001);
        var start = Normalised(row);
        return [start, start];
    }

    private static double[]? StartOfRelatives(AttributeComparison comparison, EvidenceKind kind, double[] chance)
    {
        if (kind == EvidenceKind.Own) return null;
        var row = new double[comparison.Levels.Length];
        for (var level = 1; level < row.Length; level++)
            row[level] = kind == EvidenceKind.PartlyShared
                ? IsWhole(comparison, level) ? Math.Max(chance[level], Least) : 1
                : level < AttributeComparison.FirstDifferent ? 0.8 * Math.Max(comparison.BandShares[level], 0.001) : level == comparison.Exchanged ? 0.001 : 0.2 / row.Length;
        return Normalised(row);
    }

    private static double[] Normalised(double[] row)
    {
        var sum = 0.0;
        for (var level = 1; level < row.Length; level++) sum += row[level];
        var shares = new double[row.Length];
        for (var level = 1; level < row.Length; level++) shares[level] = Math.Max(row[level] / sum, Least);
        return shares;
    }

    /// <summary>The shares with no more at the last level, of whole names at all levels of names that are not one, than can be believed.</summary>
    private static double[] Bounded(AttributeComparison comparison, double[] row)
    {
        var (far, most) = (0.0, comparison.Traits.MostDifferent);
        row[comparison.Different] = Math.Max(row[comparison.Different], comparison.Traits.LeastDifferent);
        for (var level = 1; level < row.Length; level++)
            if (IsFar(comparison, level)) far += row[level];
        if (far <= most) return row;
        for (var level = 1; level < row.Length; level++) row[level] *= IsFar(comparison, level) ? most / far : (1 - most) / (1 - far);
        return row;
    }

    private static bool IsFar(AttributeComparison comparison, int level) => level == comparison.Different
        || (level >= AttributeComparison.FirstDifferent && level < comparison.Different && !comparison.Levels[level].IsNear
            && Kinship.IsWholeName(comparison.Attribute.Kind));

    private static byte[] LevelsOf(ulong pattern, int count)
    {
        var row = new byte[count];
        for (var i = 0; i < count; i++) row[i] = (byte)((pattern >> (4 * i)) & 15);
        return row;
    }
}
