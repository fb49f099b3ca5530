namespace GraphRisk.Scoring.Models.Scorecards;

/// <summary>
/// Cuts an input into bins that differ in risk.
///
/// It begins with many fine bins (quantiles of a number, levels of a category in order of their bad rate), then joins
/// neighbours: first those whose rates run against the input's direction (pooling of adjacent violators, so that a
/// scorecard's points can only fall with risk), then bins too small to tell, then, as long as any are left, the two
/// neighbours that a chi-squared test tells apart least (ChiMerge: Kerber 1992). Joining keeps rates in order.
/// An input without direction is cut three ways, rising, falling and bent, and the shape with the most evidence is kept.
/// Weights of evidence are drawn towards nil by some rows of the overall rate, so an empty outcome is no infinity.
/// Cost: O(rows log rows + fine bins squared) an input.
/// </summary>
internal static class Binning
{
    private const int FineBins = 100;
    private const double PriorRows = 8;

    /// <param name="leastChiSquared">Neighbours stay apart from here on; 3.84 is one chance in twenty.</param>
    internal static InputBins Cut(TrainingSet set, int column, double leastChiSquared)
    {
        var input = set.Inputs[column];
        var overall = (double)set.Bad.Count(bad => bad) / set.Rows;
        var known = Enumerable.Range(0, set.Rows).Where(row => !float.IsNaN(set.Matrix[row, column])).ToArray();
        var bins = input.IsCategory ? Levels(set, column, known, overall) : Quantiles(set, column, known);
        if (bins.Count == 0) bins.Add(new Bin(double.PositiveInfinity, 0, 0, []));
        var leastRows = Math.Max(20, set.Rows / 200);
        bins = (input.IsCategory, input.Direction) switch
        {
            (true, _) => Shaped(bins, 0, leastRows, leastChiSquared),
            (_, 0) => ((int[])[1, -1, 0]).Select(direction => Shaped(bins, direction, leastRows, leastChiSquared)).MaxBy(shape => Evidence(shape, set.Rows))!,
            _ => Shaped(bins, input.Direction, leastRows, leastChiSquared),
        };
        var unknownRows = set.Rows - known.Length;
        var unknownBads = set.Bad.Count(bad => bad) - bins.Sum(bin => bin.Bads);
        if (!input.IsCategory) bins[^1] = bins[^1] with { Edge = double.PositiveInfinity };
        return new InputBins(
            input.IsCategory ? [] : [.. bins.Select(bin => bin.Edge)], input.IsCategory ? BinOfLevel(bins, input.Levels!.Count) : null,
            [.. bins.Select(bin => Woe(bin.Bads, bin.Rows, overall))], [.. bins.Select(bin => bin.Rows)],
            [.. bins.Select(bin => bin.Rows == 0 ? 0 : (double)bin.Bads / bin.Rows)],
            unknownRows == 0 ? 0 : Woe(unknownBads, unknownRows, overall), unknownRows, unknownRows == 0 ? 0 : (double)unknownBads / unknownRows);
    }

    private sealed record Bin(double Edge, int Rows, int Bads, int[] Levels)
    {
        public double Rate => (double)Bads / Rows;

        public Bin With(Bin next) => new(next.Edge, Rows + next.Rows, Bads + next.Bads, [.. Levels, .. next.Levels]);
    }

    private static double Woe(int bads, int rows, double overall)
    {
        var rate = (bads + PriorRows * overall) / (rows + PriorRows);
        return Math.Log(rate / (1 - rate)) - Math.Log(overall / (1 - overall));
    }

    private static List<Bin> Quantiles(TrainingSet set, int column, int[] known)
    {
        var values = known.Select(row => set.Matrix[row, column]).ToArray();
        Array.Sort(values, known);
        var bins = new List<Bin>();
        var (start, target) = (0, Math.Max(1, values.Length / FineBins));
        for (var end = 1; end <= values.Length; end++)
        {
            if (end < values.Length && (values[end] == values[end - 1] || end - start < target)) continue;
            // The border lies half way, so that a value between two seen ones falls to the nearer.
            var edge = end < values.Length ? ((double)values[end - 1] + values[end]) / 2 : double.PositiveInfinity;
            if (!double.IsFinite(edge) && end < values.Length) edge = values[end - 1];
            bins.Add(new Bin(edge, end - start, known[start..end].Count(row => set.Bad[row]), []));
            start = end;
        }
        return bins;
    }

    private static List<Bin> Levels(TrainingSet set, int column, int[] known, double overall)
    {
        var levels = Enumerable.Range(0, set.Inputs[column].Levels!.Count).Select(level => new Bin(level, 0, 0, [level])).ToArray();
        foreach (var row in known)
        {
            ref var level = ref levels[(int)set.Matrix[row, column]];
            level = level with { Rows = level.Rows + 1, Bads = level.Bads + (set.Bad[row] ? 1 : 0) };
        }
        return [.. levels.Where(level => level.Rows > 0).OrderBy(level => Woe(level.Bads, level.Rows, overall)).ThenBy(level => level.Edge)];
    }

    /// <summary>Levels that no training row has fall to the bin in the middle.</summary>
    private static int[] BinOfLevel(List<Bin> bins, int levels)
    {
        var binOf = new int[levels];
        Array.Fill(binOf, bins.Count / 2);
        for (var bin = 0; bin < bins.Count; bin++)
        {
            foreach (var level in bins[bin].Levels) binOf[level] = bin;
        }
        return binOf;
    }

    /// <summary>The bins joined so that rates follow a direction; 0 leaves their shape to the rows.</summary>
    private static List<Bin> Shaped(List<Bin> fine, int direction, int leastRows, double leastChiSquared)
    {
        List<Bin> bins = [.. fine];
        if (direction != 0) PoolViolators(bins, direction);
        Join(bins, leastRows, leastChiSquared);
        return bins;
    }

    /// <summary>Log-likelihood less the price of the bins (BIC: Schwarz 1978): what a rise, a fall and a bent shape are compared by.</summary>
    private static double Evidence(List<Bin> bins, int rows)
    {
        static double Entropy(int part, int whole) => part == 0 ? 0 : part * Math.Log((double)part / whole);
        return bins.Sum(bin => Entropy(bin.Bads, bin.Rows) + Entropy(bin.Rows - bin.Bads, bin.Rows)) - 0.5 * Math.Log(rows) * bins.Count;
    }

    private static void PoolViolators(List<Bin> bins, int direction)
    {
        var pooled = new List<Bin>();
        foreach (var bin in bins)
        {
            pooled.Add(bin);
            while (pooled.Count > 1 && (pooled[^1].Rate - pooled[^2].Rate) * direction <= 0)
            {
                pooled[^2] = pooled[^2].With(pooled[^1]);
                pooled.RemoveAt(pooled.Count - 1);
            }
        }
        bins.Clear();
        bins.AddRange(pooled);
    }

    private static void Join(List<Bin> bins, int leastRows, double leastChiSquared)
    {
        while (bins.Count > 1)
        {
            var best = Enumerable.Range(0, bins.Count - 1).MinBy(i =>
                ChiSquared(bins[i], bins[i + 1]) - (bins[i].Rows < leastRows || bins[i + 1].Rows < leastRows ? 1e6 : 0));
            var tooSmall = bins[best].Rows < leastRows || bins[best + 1].Rows < leastRows;
            if (!tooSmall && ChiSquared(bins[best], bins[best + 1]) >= leastChiSquared) return;
            bins[best] = bins[best].With(bins[best + 1]);
            bins.RemoveAt(best + 1);
        }
    }

    private static double ChiSquared(Bin first, Bin second)
    {
        double rows = first.Rows + second.Rows;
        var rate = (first.Bads + second.Bads) / rows;
        if (rate is 0 or 1) return 0;
        var gap = first.Rate - second.Rate;
        return gap * gap * first.Rows * second.Rows / rows / (rate * (1 - rate));
    }
}
