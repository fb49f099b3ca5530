using GraphRisk.Scoring.Metrics;

namespace GraphRisk.Scoring.Calibration;

/// <summary>
/// The non-decreasing function of the margin closest to the outcomes in squares, found by pooling adjacent
/// violators (Ayer et al. 1955; Best and Chakravarti 1990): walk up the margins and merge any block whose mean
/// falls below its predecessor's. Equal margins are one block from the start. O(n log n).
///
/// Assumes nothing about the shape, so it shows where <see cref="PlattScaling"/> bends the truth; it serves as that
/// check, not as the score's own calibration, because reasons do not add up through it.
/// </summary>
public sealed class IsotonicCalibration
{
    private readonly double[] upTo; // last margin of each block, ascending
    private readonly double[] rates; // default rate of each block, strictly ascending

    private IsotonicCalibration(double[] upTo, double[] rates)
    {
        this.upTo = upTo;
        this.rates = rates;
    }

    /// <summary>Default rate of each block, strictly ascending.</summary>
    public IReadOnlyList<double> Rates => rates;

    /// <param name="margins">Out-of-fold margins; at least one.</param>
    public static IsotonicCalibration Fit(ReadOnlySpan<double> margins, ReadOnlySpan<bool> defaulted)
    {
        Outcomes.RequireSameLength(margins.Length, defaulted.Length);
        if (margins.IsEmpty)
            throw new ArgumentException("nothing to calibrate on", nameof(margins));
        var order = Outcomes.OrderByRisk(margins);
        var blocks = new List<Block>();
        for (var i = 0; i < order.Length; i++)
        {
            var margin = margins[order[i]];
            var defaults = defaulted[order[i]] ? 1 : 0;
            if (i > 0 && margins[order[i - 1]] == margin)
            {
                blocks[^1] = blocks[^1].With(new Block(margin, 1, defaults));
                continue;
            }
            PoolViolators(blocks);
            blocks.Add(new Block(margin, 1, defaults));
        }
        PoolViolators(blocks);
        return new IsotonicCalibration([.. blocks.Select(block => block.UpTo)], [.. blocks.Select(block => block.Rate)]);
    }

    /// <summary>The rate of the block the margin falls in; below the first block the first rate, above the last the last.</summary>
    public double Probability(double margin)
    {
        var position = Array.BinarySearch(upTo, margin);
        return rates[Math.Min(position >= 0 ? position : ~position, rates.Length - 1)];
    }

    private static void PoolViolators(List<Block> blocks)
    {
        while (blocks.Count > 1 && blocks[^2].Rate >= blocks[^1].Rate)
        {
            blocks[^2] = blocks[^2].With(blocks[^1]);
            blocks.RemoveAt(blocks.Count - 1);
        }
    }

    private readonly record struct Block(double UpTo, int Count, int Defaults)
    {
        public double Rate => (double)Defaults / Count;

        public Block With(Block next) => new(next.UpTo, Count + next.Count, Defaults + next.Defaults);
    }
}
