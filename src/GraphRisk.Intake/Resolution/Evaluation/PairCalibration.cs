namespace GraphRisk.Intake.Resolution.Evaluation;

/// <summary>Whether probabilities of pairs are what they say.</summary>
/// <param name="Pairs">Pairs held against the truth.</param>
/// <param name="CalibrationError">
/// Expected calibration error: by twentieths of probability the distance between the mean and the share that is so, weighted by pairs (Naeini and others 2015), 0 to 1.
/// </param>
/// <param name="PrecisionOfMatches">Share of the pairs joined by themselves that are so, 0 to 1; 1 where there are none.</param>
public sealed record PairCalibration(int Pairs, double CalibrationError, double PrecisionOfMatches)
{
    private const int Bins = 20;

    /// <summary>Takes pairs in, one at a time.</summary>
    public sealed class Counter
    {
        private readonly double[] sums = new double[Bins];
        private readonly int[] counts = new int[Bins], right = new int[Bins];
        private int matches, rightMatches;

        /// <summary>Takes a pair in.</summary>
        /// <param name="probability">That it is one party, 0 to 1.</param>
        /// <param name="isSame">Whether it is.</param>
        /// <param name="isMatch">Whether it was joined.</param>
        public void Add(double probability, bool isSame, bool isMatch)
        {
            var bin = Math.Min(Bins - 1, (int)(probability * Bins));
            sums[bin] += probability;
            counts[bin]++;
            if (isSame) right[bin]++;
            if (!isMatch) return;
            matches++;
            if (isSame) rightMatches++;
        }

        /// <summary>What was found.</summary>
        public PairCalibration Result
        {
            get
            {
                var (all, error) = (counts.Sum(), 0.0);
                for (var bin = 0; bin < Bins; bin++) error += Math.Abs(sums[bin] - right[bin]);
                return new PairCalibration(all, all == 0 ? 0 : error / all, matches == 0 ? 1 : (double)rightMatches / matches);
            }
        }
    }
}
