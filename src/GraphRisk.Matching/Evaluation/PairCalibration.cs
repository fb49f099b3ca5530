using System.Collections.Immutable;
using GraphRisk.Matching.Linkage;

namespace GraphRisk.Matching.Evaluation;

/// <summary>
/// How far the probabilities of pairs can be taken at their word. The pairs that were scored, from the review probability up, lie in ten bins of
/// equal width; the expected calibration error is the difference between the mean probability of a bin and the part of its pairs that are one, on average
/// over the pairs (Naeini, Cooper and Hauskrecht 2015). Pairs of which the truth says nothing are left out.
/// </summary>
/// <param name="Error">Expected calibration error, 0 to 1; 0 where no pair was scored.</param>
/// <param name="Automatic">Pairs at or above the merge probability that were joined.</param>
/// <param name="AutomaticRight">Those of them that are one.</param>
/// <param name="Bins">The bins that hold a pair, from the least probability up.</param>
public sealed record PairCalibration(double Error, long Automatic, long AutomaticRight, ImmutableArray<CalibrationBin> Bins)
{
    private const int Count = 10;

    /// <summary>Part of the automatic merges that are right; 1 where there was none.</summary>
    public double AutomaticPrecision => Automatic == 0 ? 1 : (double)AutomaticRight / Automatic;

    /// <summary>Measures the pairs of a result.</summary>
    /// <param name="entities">Number of each record's real entity; negative where the truth does not say.</param>
    /// <param name="result">What was matched.</param>
    public static PairCalibration Measure(int[] entities, LinkageResult result)
    {
        var counter = new Counter();
        foreach (var pair in result.Pairs)
            if (entities[pair.Left] >= 0 && entities[pair.Right] >= 0)
                counter.Add(
                    pair.Probability, entities[pair.Left] == entities[pair.Right],
                    pair.Probability >= result.MergeProbability && result.ClusterOf[pair.Left] == result.ClusterOf[pair.Right]);
        return counter.Result;
    }

    /// <summary>Takes pairs in, one at a time.</summary>
    public sealed class Counter
    {
        private readonly long[] pairs = new long[Count], same = new long[Count];
        private readonly double[] sums = new double[Count];
        private long automatic, right;

        /// <summary>Takes a pair in.</summary>
        /// <param name="probability">That it is one party, 0 to 1.</param>
        /// <param name="isSame">Whether it is.</param>
        /// <param name="isJoined">Whether it was joined by itself.</param>
        public void Add(double probability, bool isSame, bool isJoined)
        {
            var bin = Math.Min(Count - 1, (int)(probability * Count));
            pairs[bin]++;
            sums[bin] += probability;
            if (isSame) same[bin]++;
            if (!isJoined) return;
            automatic++;
            if (isSame) right++;
        }

        /// <summary>What was found.</summary>
        public PairCalibration Result
        {
            get
            {
                var bins = Enumerable.Range(0, Count).Where(bin => pairs[bin] > 0)
                    .Select(bin => new CalibrationBin(pairs[bin], sums[bin] / pairs[bin], (double)same[bin] / pairs[bin])).ToImmutableArray();
                var error = bins.Sum(bin => bin.Pairs * Math.Abs(bin.Believed - bin.Right)) / Math.Max(1, pairs.Sum());
                return new PairCalibration(error, automatic, right, bins);
            }
        }
    }
}

/// <summary>Pairs of about one probability.</summary>
/// <param name="Pairs">How many.</param>
/// <param name="Believed">Their mean probability.</param>
/// <param name="Right">Part of them that is one.</param>
public readonly record struct CalibrationBin(long Pairs, double Believed, double Right);
