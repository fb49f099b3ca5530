using GraphRisk.Scoring.Metrics;

namespace GraphRisk.Scoring.Calibration;

/// <summary>
/// The non-decreasing function of the margin closest to the outcomes in squares, found by pooling adjacent
/// violators (Ayer et al. 1955; Best and Chakravarti 1990): walk up the margins and merge any block whose mean
/// falls below its predecessor's. Equal margins are one block from the start. O(n log n).
///
/// Assumes nothing about the shape, so it shows where <see cref="PlattScaling"/> bends the truth, and needs more rows for it.
/// A block where nobody or everybody turned out bad is taken as half a row short of that, so that log-odds stay finite.
/// </summary>
/// <param name="UpTo">Last margin of each block, ascending.</param>
/// <param name="Rates">Bad rate of each block, strictly ascending.</param>
/// <param name="Rows">Rows it was fitted on.</param>
public sealed record IsotonicCalibration(IReadOnlyList<double> UpTo, IReadOnlyList<double> Rates, double Rows) : MarginCalibration
{
    private readonly double[] upTo = [.. UpTo];

    /// <param name="margins">Out-of-fold margins; at least one.</param>
    public static IsotonicCalibration Fit(ReadOnlySpan<double> margins, ReadOnlySpan<bool> defaulted)
    {
        Outcomes.RequireSameLength(margins.Length, defaulted.Length);
        var weights = new double[margins.Length];
        Array.Fill(weights, 1);
        return Fit(new CalibrationSample(margins.ToArray(), defaulted.ToArray(), weights));
    }

    public static IsotonicCalibration Fit(CalibrationSample sample)
    {
        if (sample.Margins.Length == 0)
            throw new ArgumentException("nothing to calibrate on", nameof(sample));
        var order = Outcomes.OrderByRisk(sample.Margins);
        var blocks = new List<Block>();
        foreach (var i in order)
        {
            var block = new Block(sample.Margins[i], sample.Weights[i], sample.Bad[i] ? sample.Weights[i] : 0);
            if (block.Count == 0) continue;
            if (blocks.Count > 0 && blocks[^1].UpTo == block.UpTo)
            {
                blocks[^1] = blocks[^1].With(block);
                continue;
            }
            PoolViolators(blocks);
            blocks.Add(block);
        }
        PoolViolators(blocks);
        return new IsotonicCalibration(
            [.. blocks.Select(block => block.UpTo)], [.. blocks.Select(block => block.Rate)], blocks.Sum(block => block.Count));
    }

    /// <summary>The rate of the block the margin falls in; below the first block the first rate, above the last the last.</summary>
    public override double Probability(double margin)
    {
        var position = Array.BinarySearch(upTo, margin);
        return Rates[Math.Min(position >= 0 ? position : ~position, upTo.Length - 1)];
    }

    public override double LogOdds(double margin)
    {
        var least = 0.5 / (Rows + 1);
        return Logit.FromProbability(Math.Clamp(Probability(margin), least, 1 - least));
    }

    private static void PoolViolators(List<Block> blocks)
    {
        while (blocks.Count > 1 && blocks[^2].Rate >= blocks[^1].Rate)
        {
            blocks[^2] = blocks[^2].With(blocks[^1]);
            blocks.RemoveAt(blocks.Count - 1);
        }
    }

    private readonly record struct Block(double UpTo, double Count, double Defaults)
    {
        public double Rate => Defaults / Count;

        public Block With(Block next) => new(next.UpTo, Count + next.Count, Defaults + next.Defaults);
    }
}
