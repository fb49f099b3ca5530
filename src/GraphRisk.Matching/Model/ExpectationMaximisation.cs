using GraphRisk.Matching.Comparison;

namespace GraphRisk.Matching.Model;

/// <summary>What was learned.</summary>
/// <param name="Matches">Share of all pairs that are one party.</param>
/// <param name="Relatives">Share of all pairs that are relatives.</param>
/// <param name="OfMatches">Share of levels among matches, by comparison, whether the parent agrees, level.</param>
/// <param name="OfOthers">The same among others.</param>
/// <param name="OfRelatives">Share of levels among relatives by comparison and level; null where they agree by chance only.</param>
internal sealed record TrainedShares(double Matches, double Relatives, double[][][] OfMatches, double[][][] OfOthers, double[]?[] OfRelatives);

/// <summary>
/// Learns from the counts of agreement patterns, without truth, what agreement weighs: expectation maximisation (Dempster, Laird and
/// Rubin 1977; for record linkage Winkler 1988, Jaro 1989) of a mixture over all pairs of records. Three kinds of pairs: one
/// party; relatives or housemates, who agree on what a household shares and else by chance; strangers. Within a kind comparisons
/// are independent given their parents. What strangers show is not learned but given by <see cref="ChanceAgreement"/>, less what the
/// matches among the pairs drawn explain. Pairs that blocking did not bring count as no matches: so the shares are of all pairs, and
/// a pattern is judged by how many pairs of it chance alone would bring among all.
/// Cost: patterns times comparisons, each round; at most <see cref="MostRounds"/>.
/// </summary>
internal sealed class ExpectationMaximisation
{
    private const int MostRounds = 300;
    private const double Settled = 1e-7, PriorWeight = 8, LeastOfDrawn = 0.02, Least = 1e-9;

    private readonly ChanceAgreement chance;
    private readonly double[] counts;
    private readonly byte[][] levels;
    private readonly ComparisonPlan plan;
    private readonly double universe;
    private readonly bool withRelatives;
    private readonly double[][][] priorOfMatches;
    private readonly double[]?[] priorOfRelatives;

    private double matches, relatives;
    private double[][][] ofMatches, ofOthers;
    private double[]?[] ofRelatives;

    private ExpectationMaximisation(ComparisonPlan plan, ChanceAgreement chance, (ulong Pattern, double Count)[] patterns, double universe, int records)
    {
        (this.plan, this.chance, this.universe) = (plan, chance, universe);
        counts = [.. patterns.Select(each => each.Count)];
        levels = [.. patterns.Select(each => LevelsOf(each.Pattern, plan.Comparisons.Length))];
        var kinds = plan.Comparisons.Select(comparison => EvidenceKinds.Of(comparison.Attribute.Kind)).ToArray();
        withRelatives = kinds.Contains(EvidenceKind.Shared) && (kinds.Contains(EvidenceKind.Own) || kinds.Contains(EvidenceKind.PartlyShared));
        priorOfMatches = [.. plan.Comparisons.Select((comparison, i) => StartOfMatches(comparison))];
        priorOfRelatives = [.. plan.Comparisons.Select((comparison, i) => StartOfRelatives(comparison, kinds[i], chance.Shares[i][0]))];
        (matches, relatives) = (0.3 * records / universe, withRelatives ? 0.3 * records / universe : 0);
        (ofMatches, ofRelatives) = (priorOfMatches, priorOfRelatives);
        ofOthers = OthersOf();
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

        return new TrainedShares(learner.matches, learner.relatives, learner.ofMatches, learner.ofOthers, learner.ofRelatives);
    }

    private void Step()
    {
        var sums = priorOfMatches.Select(contexts => contexts.Select(row => row.Select(share => share * PriorWeight).ToArray()).ToArray()).ToArray();
        var sumsOfRelatives = priorOfRelatives.Select(row => row?.Select(share => share * PriorWeight).ToArray()).ToArray();
        var (allMatches, allRelatives) = (0.0, 0.0);
        for (var pattern = 0; pattern < counts.Length; pattern++)
        {
            var (match, relative) = Posterior(levels[pattern]);
            (match, relative) = (match * counts[pattern], relative * counts[pattern]);
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

        (matches, relatives) = (Math.Max(allMatches, 0.5) / universe, withRelatives ? Math.Max(allRelatives, 1e-6) / universe : 0);
        ofMatches = [.. sums.Select(contexts => contexts.Select(Normalised).ToArray())];
        ofRelatives = [.. sumsOfRelatives.Select((row, i) => row is null ? null : Relatives(i, Normalised(row)))];
        ofOthers = OthersOf();
    }

    /// <summary>Probabilities that a pair with these levels is one party, and relatives.</summary>
    private (double Match, double Relative) Posterior(byte[] row)
    {
        var (match, relative) = (Math.Log(matches), withRelatives ? Math.Log(relatives) : double.NegativeInfinity);
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

    /// <summary>What strangers show: what pairs drawn by chance do, less the matches among them.</summary>
    private double[][][] OthersOf() => [.. plan.Comparisons.Select((_, i) => Enumerable.Range(0, 2).Select(context =>
    {
        var comparison = plan.Comparisons[i];
        var drawn = chance.Shares[i][context];
        var row = new double[drawn.Length];
        var pairs = comparison.Holders * comparison.Holders / 2;
        for (var level = 1; level < row.Length; level++)
        {
            var left = context == 1 ? drawn[level] : drawn[level] - (matches * ofMatches[i][context][level]);
            if (level >= AttributeComparison.FirstDifferent || context == 1) row[level] = Math.Max(Math.Max(left, LeastOfDrawn * drawn[level]), chance.Floors[i][context]);
            else
                row[level] = ((pairs * Math.Max(left, comparison.BandFloors[level])) + (KindTraits.Pairs * comparison.Traits.Chance * comparison.BandShares[level]))
                    / (pairs + KindTraits.Pairs);
        }

        return Normalised(row);
    }).ToArray())];

    private double[] Relatives(int comparison, double[] row)
    {
        if (EvidenceKinds.Of(plan.Comparisons[comparison].Attribute.Kind) != EvidenceKind.PartlyShared) return row;
        // A whole name that is the same is not shared by relatives, save by chance.
        var others = ofOthers[comparison][0];
        for (var level = 1; level < row.Length; level++)
            if (IsWhole(plan.Comparisons[comparison], level)) row[level] = others[level];
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

    private static byte[] LevelsOf(ulong pattern, int count)
    {
        var row = new byte[count];
        for (var i = 0; i < count; i++) row[i] = (byte)((pattern >> (4 * i)) & 15);
        return row;
    }
}
