using System.Globalization;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Training.Leaks;

/// <summary>
/// Asks of every feature whether it foresees too well to foresee (<see cref="Separation"/>), over all rows of a panel. It catches what no
/// date betrays: a fact written after the outcome and dated before it. Beside the figure stands what the same feature of the same
/// clients was worth a quarter earlier: foresight fades, a copy of the outcome is gone.
/// </summary>
internal static class SeparationCheck
{
    /// <summary>What is suspect.</summary>
    /// <exception cref="LeakException">A feature all but determines the outcome.</exception>
    internal static IReadOnlyList<Leak> Check(Panel panel, FeatureMatrix matrix)
    {
        bool[] bad = [.. panel.Observations.Select(row => row.Defaulted)];
        var (leaks, named) = (new List<Leak>(), new List<Leak>());
        for (var column = 0; column < matrix.Columns; column++)
        {
            var found = Separation.Of(ColumnOf(matrix, column), bad);
            if (!found.IsSuspect) continue;
            (found.IsLeak ? leaks : named).Add(new Leak(
                LeakKind.Outcome, FeatureSet.Features[column].Name, found.Told(bad.Count(one => one), bad.Length) + Earlier(panel, matrix, column)));
        }

        return leaks.Count > 0 ? throw new LeakException(leaks) : named;
    }

    /// <summary>The area of the feature's value of the client's observation before, on the rows that have one.</summary>
    private static string Earlier(Panel panel, FeatureMatrix matrix, int column)
    {
        var before = new Dictionary<ulong, int>();
        var (values, bad) = (new List<double>(), new List<bool>());
        for (var row = 0; row < matrix.Rows; row++)
        {
            var one = panel.Observations[row];
            if (before.TryGetValue(one.Client, out var last) && panel.Observations[last].AsOf < one.AsOf)
            {
                values.Add(matrix[last, column]);
                bad.Add(one.Defaulted);
            }

            before[one.Client] = row;
        }

        var auc = bad.Contains(true) && bad.Contains(false) ? Separation.Of(values, [.. bad]).Auc : double.NaN;
        return double.IsNaN(auc) ? "" : string.Create(CultureInfo.InvariantCulture, $"; the client's value of the quarter before ranks them with {auc:0.000}");
    }

    private static double[] ColumnOf(FeatureMatrix matrix, int column)
    {
        var values = new double[matrix.Rows];
        for (var row = 0; row < values.Length; row++) values[row] = matrix[row, column];
        return values;
    }
}
