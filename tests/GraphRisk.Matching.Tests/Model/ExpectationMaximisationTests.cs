using GraphRisk.Matching.Blocking;
using GraphRisk.Matching.Comparison;
using GraphRisk.Matching.Model;
using GraphRisk.Matching.Records;
using GraphRisk.Matching.Tests.Linkage;

namespace GraphRisk.Matching.Tests.Model;

/// <summary>
/// The learner counts patterns and works with logarithms; the oracle goes through every pair of records, multiplies probabilities, and knows
/// neither patterns nor contexts. Of columns with few values, where a pair is the same or different, both must say the same.
/// </summary>
public sealed class ExpectationMaximisationTests
{
    private const double Believed = 0.3, Weight = 15, MostPerRecord = 3;

    [TestCase(1, 60, 3)]
    [TestCase(2, 80, 4)]
    [TestCase(3, 100, 4)]
    [TestCase(4, 120, 5)]
    [TestCase(5, 90, 5)]
    public void ItLearnsWhatANaiveOneLearnsPairByPair(int seed, int records, int columns)
    {
        var table = Table(seed, records, columns);
        var plan = ComparisonPlan.Of(table);
        var order = Enumerable.Range(0, records).ToArray();
        var chance = ChanceAgreement.Of(plan, order, (_, _) => true, new Draws(1), default);
        var counts = new PatternCounts(plan, (_, _) => true);
        EveryPair.Show(records, [counts], default);
        var patterns = PatternCounts.Sum([counts], 1);
        var universe = records * (records - 1) / 2.0;
        var learned = ExpectationMaximisation.Learn(plan, chance, patterns, universe, records, default);
        var (matches, ofMatches) = Naive(plan, records);
        Assert.That(learned.Matches * universe, Is.EqualTo(matches).Within(0.001 * matches));
        for (var i = 0; i < plan.Comparisons.Length; i++)
            for (var level = 1; level <= plan.Comparisons[i].Different; level++)
                Assert.That(learned.OfMatches[i][0][level], Is.EqualTo(ofMatches[i][level]).Within(0.001), $"{plan.Comparisons[i].Attribute.Name} {level}");
    }

    /// <summary>Expected number of matches and shares of levels among them.</summary>
    private static (double Matches, double[][] OfMatches) Naive(ComparisonPlan plan, int records)
    {
        var comparisons = plan.Comparisons;
        var universe = records * (records - 1) / 2.0;
        double[][] start = [.. comparisons.Select(Start)], m = start;
        var believed = new double[records, records];
        var share = 0.3 * records / universe;
        for (var round = 0; round < 300; round++)
        {
            double[][] u = [.. comparisons.Select((comparison, i) => round == 0 ? FirstOthers(comparison, plan, i, share, m[i], records) : Others(comparison, i, believed))];
            if (round > 0)
                for (var i = 0; i < m.Length; i++) m[i] = InOrder(comparisons[i], m[i], u[i]);
            double[][] sums = [.. start.Select(row => row.Select(each => each * Weight).ToArray())];
            var all = 0.0;
            for (var left = 0; left < records; left++)
                for (var right = left + 1; right < records; right++)
                {
                    var (match, stranger) = (share, 1 - share);
                    for (var i = 0; i < m.Length; i++)
                        if (LevelOf(comparisons[i], left, right) is > 0 and var level) (match, stranger) = (match * m[i][level], stranger * u[i][level]);
                    var posterior = match / (match + stranger);
                    believed[left, right] = posterior = posterior < Believed ? 0 : posterior;
                    all += posterior;
                    for (var i = 0; i < m.Length; i++) sums[i][LevelOf(comparisons[i], left, right)] += posterior;
                }

            share = Math.Min(Math.Max(all, 0.5), MostPerRecord * records) / universe;
            m = [.. sums.Select((row, i) => Bounded(comparisons[i], Normalised(row)))];
        }

        return (share * universe, m);
    }

    private static int LevelOf(AttributeComparison comparison, int left, int right)
    {
        ReadOnlySpan<int> from = comparison.Attribute.Of(left), to = comparison.Attribute.Of(right);
        return from.IsEmpty || to.IsEmpty ? 0 : from[0] == to[0] ? comparison.Bands[from[0]] : comparison.Different;
    }

    private static double[] Start(AttributeComparison comparison)
    {
        var row = new double[comparison.Levels.Length];
        for (var band = 1; band < 4; band++) row[band] = comparison.Traits.Same * Math.Max(comparison.BandShares[band], 0.001);
        row[comparison.Different] = Math.Max(comparison.Traits.Different, 0.01);
        row[comparison.Exchanged] = 0.002;
        return Normalised(row);
    }

    /// <summary>What strangers show before anything was learned: of all pairs, less what matches would.</summary>
    private static double[] FirstOthers(AttributeComparison comparison, ComparisonPlan plan, int column, double share, double[] m, int records)
    {
        var drawn = ChanceAgreement.Of(plan, [.. Enumerable.Range(0, records)], (_, _) => true, new Draws(1), default);
        var row = new double[m.Length];
        for (var level = 1; level < row.Length; level++)
        {
            var seen = drawn.Shares[column][0][level];
            row[level] = level < 4 ? Math.Max(seen - (share * m[level]), comparison.BandShares[level] * 0.25 / comparison.Holders)
                : Math.Max(Math.Max(seen - (share * m[level]), 0.02 * seen), drawn.Floors[column][0]);
        }

        return Normalised(row);
    }

    private static double[] Others(AttributeComparison comparison, int column, double[,] believed)
    {
        var (row, counts) = (new double[comparison.Levels.Length], new double[comparison.Levels.Length]);
        for (var left = 0; left < believed.GetLength(0); left++)
            for (var right = left + 1; right < believed.GetLength(0); right++)
                if (LevelOf(comparison, left, right) is > 0 and var level) counts[level] += 1 - believed[left, right];
        var (pairs, prior) = (counts.Sum(), ChanceAgreement.PriorOf(comparison));
        for (var level = 1; level < row.Length; level++)
            row[level] = level < 4 ? Math.Max(counts[level] / Math.Max(1, pairs), comparison.BandShares[level] * 0.25 / comparison.Holders)
                : (counts[level] + (2000 * prior[level])) / (pairs + 2000);
        return Normalised(row);
    }

    private static double[] Bounded(AttributeComparison comparison, double[] row)
    {
        var different = Math.Max(row[comparison.Different], comparison.Traits.Different / 5);
        var most = Math.Min(0.85, 0.03 + (2 * comparison.Traits.Different));
        row[comparison.Different] = different;
        return different <= most ? row : [.. row.Select((share, level) => share * (level == comparison.Different ? most / different : (1 - most) / (1 - different)))];
    }

    /// <summary>There is one level of different values, so nothing can be out of order.</summary>
    private static double[] InOrder(AttributeComparison comparison, double[] m, double[] u)
    {
        Assert.That(comparison.Different, Is.EqualTo(AttributeComparison.FirstDifferent));
        Assert.That(u, Has.Length.EqualTo(m.Length));
        return m;
    }

    private static double[] Normalised(double[] row)
    {
        var sum = row.Skip(1).Sum();
        return [0, .. row.Skip(1).Select(share => Math.Max(share / sum, 1e-9))];
    }

    /// <summary>Records of parties that say one of few things in each column, some of them twice with errors and gaps.</summary>
    private static RecordTable Table(int seed, int records, int columns)
    {
        var random = new Random(seed);
        var rows = new List<string[]>();
        while (rows.Count < records)
        {
            string[] row = [.. Enumerable.Range(0, columns).Select(column => $"{column}-{random.Next(4 + (3 * column))}")];
            for (var copy = 0; copy < 1 + random.Next(2) && rows.Count < records; copy++)
                rows.Add([.. row.Select((cell, column) => random.Next(15) == 0 ? "" : copy > 0 && random.Next(12) == 0 ? $"{column}-{random.Next(4 + (3 * column))}" : cell)]);
        }

        return SmallTables.Of([.. Enumerable.Range(0, columns).Select(column => ($"c{column}", AttributeKind.Category))], rows);
    }
}
