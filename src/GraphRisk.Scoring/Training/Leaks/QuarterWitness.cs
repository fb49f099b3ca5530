using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Training.Leaks;

/// <summary>The rows of a quarter that are computed again: those that turned out bad, those tied to one, others; each up to a bound.</summary>
/// <param name="Rows">Rows of the panel, in the order they are compared.</param>
/// <param name="Bad">How many of the first are bad.</param>
/// <param name="Tied">How many after them are tied to a bad one.</param>
internal sealed record WitnessedRows(int[] Rows, int Bad, int Tied)
{
    /// <summary>Most rows of each sort.</summary>
    private const int Most = 100;

    /// <param name="panel">The panel.</param>
    /// <param name="known">Per row of the quarter its node in a reading of it.</param>
    /// <param name="reading">That reading, whose exposures are the ties.</param>
    /// <param name="random">Draws.</param>
    internal static WitnessedRows Draw(Panel panel, IReadOnlyDictionary<int, int> known, MarketReading reading, Random random)
    {
        int[] rows = [.. known.Keys.Order()];
        random.Shuffle(rows);
        int[] bad = [.. rows.Where(row => panel.Observations[row].Defaulted).Take(Most)];
        var failing = bad.Select(row => reading.Parties.IndexOf(known[row])).ToHashSet();
        var exposures = reading.Exposures(WorkMeter.Unlimited);
        bool IsTied(int row) => exposures.Of(reading.Parties.IndexOf(known[row])).ToArray().Any(exposure => failing.Contains(exposure.To));
        int[] tied = [.. rows.Where(row => !panel.Observations[row].Defaulted && IsTied(row)).Take(Most)];
        return new WitnessedRows([.. bad, .. tied, .. rows.Except(bad).Except(tied).Take(Most)], bad.Length, tied.Length);
    }
}

/// <summary>Where the rows of a quarter differ from the same rows computed from another snapshot.</summary>
/// <param name="Unlike">Clients that are observed in one of both only.</param>
/// <param name="ByColumn">Per column the rows whose value differs, as positions in <see cref="WitnessedRows.Rows"/>, each with the other value.</param>
internal sealed record QuarterDifferences(int Unlike, IReadOnlyList<(int Position, float Other)>[] ByColumn)
{
    /// <summary>What the order of sums may move.</summary>
    private const double Rounding = 1e-6;

    public bool IsNone => Unlike == 0 && Array.TrueForAll(ByColumn, rows => rows.Count == 0);

    /// <summary>Compares.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="matrix">Its rows.</param>
    /// <param name="quarter">Features of the other snapshot.</param>
    /// <param name="choose">Which rows to compare, of those that both have.</param>
    internal static (QuarterDifferences Found, WitnessedRows Compared) Of(
        Panel panel, FeatureMatrix matrix, SnapshotFeatures quarter, Func<IReadOnlyDictionary<int, int>, WitnessedRows> choose)
    {
        var (nodes, unlike) = Match(panel, quarter);
        var compared = choose(nodes);
        int[] positions = [.. Enumerable.Range(0, compared.Rows.Length).Where(i => nodes.ContainsKey(compared.Rows[i]))];
        var again = quarter.Compute([.. positions.Select(i => nodes[compared.Rows[i]])]);
        var differing = new List<(int, float)>[matrix.Columns];
        for (var column = 0; column < differing.Length; column++)
        {
            differing[column] = [];
            for (var i = 0; i < positions.Length; i++)
            {
                if (!AreAlike(matrix[compared.Rows[positions[i]], column], again[i, column])) differing[column].Add((positions[i], again[i, column]));
            }
        }

        return (new QuarterDifferences(unlike, differing), compared);
    }

    /// <summary>The node of each row of the quarter in the other snapshot, and how many clients only one of both observes.</summary>
    private static (Dictionary<int, int> Nodes, int Unlike) Match(Panel panel, SnapshotFeatures quarter)
    {
        var day = quarter.Snapshot.Stamp.AsOfDay;
        var waiting = panel.Draw(quarter).GroupBy(one => one.Client).ToDictionary(same => same.Key, same => new Queue<int>(same.Select(one => one.Node)));
        var (nodes, unlike) = (new Dictionary<int, int>(), 0);
        for (var row = 0; row < panel.Observations.Count; row++)
        {
            if (panel.Observations[row].AsOf != day) continue;
            if (waiting.TryGetValue(panel.Observations[row].Client, out var same) && same.TryDequeue(out var node)) nodes.Add(row, node);
            else unlike++;
        }

        return (nodes, unlike + waiting.Values.Sum(left => left.Count));
    }

    private static bool AreAlike(float one, float other) =>
        one.Equals(other) || Math.Abs((double)one - other) <= Rounding * Math.Max(1, Math.Max(Math.Abs(one), Math.Abs(other)));
}
