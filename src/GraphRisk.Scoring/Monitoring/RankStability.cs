using System.Collections.Immutable;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Models;

namespace GraphRisk.Scoring.Monitoring;

/// <summary>
/// Whether a model tells the same of the same clients from one quarter to the next. Ranks that jump without news are noise; ranks that
/// never move tell nothing new. Only neighbouring quarters are compared.
/// </summary>
internal static class RankStability
{
    /// <summary>Correlation of ranks and moves between grades, quarter to quarter.</summary>
    public static IEnumerable<RankFigures> Of(IReadOnlyList<RatedQuarter> quarters)
    {
        foreach (var (before, after) in Neighbours(quarters))
        {
            var rows = RowsOf(after);
            var pairs = Enumerable.Range(0, before.Probabilities.Length)
                .Where(row => rows.ContainsKey(before.Quarter.Clients[row].Client)).Select(row => (Before: row, After: rows[before.Quarter.Clients[row].Client])).ToArray();
            if (pairs.Length == 0) continue;
            double[] left = [.. pairs.Select(pair => before.Probabilities[pair.Before])], right = [.. pairs.Select(pair => after.Probabilities[pair.After])];
            double Part(Func<int, bool> counts) => (double)pairs.Count(pair => counts(Math.Abs(before.Grades[pair.Before] - after.Grades[pair.After]))) / pairs.Length;
            yield return new RankFigures(
                before.Quarter.AsOf, after.Quarter.AsOf, pairs.Length, Known(RankCorrelation.Spearman(left, right)), Known(RankCorrelation.Kendall(left, right)),
                Part(steps => steps == 0), Part(steps => steps > 1));
        }
    }

    /// <summary>Moves from grade to grade over all neighbouring quarters; those in default at the second end in the last grade.</summary>
    public static ImmutableArray<GradeMove> Moves(IReadOnlyList<RatedQuarter> quarters, CreditModel model)
    {
        var grades = model.Definition.Grades;
        var moves = new SortedDictionary<(int From, int To), List<MonitoredClient>>();
        foreach (var (before, after) in Neighbours(quarters))
        {
            var rows = RowsOf(after);
            for (var row = 0; row < before.Grades.Length; row++)
            {
                var client = before.Quarter.Clients[row];
                var to = after.Quarter.InDefault.Contains(client.Client) ? grades.Count - 1 : rows.TryGetValue(client.Client, out var there) ? after.Grades[there] : grades.Count;
                if (!moves.TryGetValue((before.Grades[row], to), out var list)) moves.Add((before.Grades[row], to), list = []);
                list.Add(client);
            }
        }

        return [.. moves.Select(move => new GradeMove(
            grades[move.Key.From].Name, move.Key.To < grades.Count ? grades[move.Key.To].Name : "", MovesOf(move.Value)))];
    }

    /// <summary>A client that made the same move twice counts twice: rows of the matrix add up to moves.</summary>
    private static Crowd MovesOf(List<MonitoredClient> clients) => RatedQuarter.CrowdOf(clients) with { Clients = clients.Count };

    private static IEnumerable<(RatedQuarter Before, RatedQuarter After)> Neighbours(IReadOnlyList<RatedQuarter> quarters) =>
        quarters.Zip(quarters.Skip(1)).Where(pair => Labels.Quarters.Shift(pair.First.Quarter.AsOf, 1) == pair.Second.Quarter.AsOf);

    private static Dictionary<ulong, int> RowsOf(RatedQuarter quarter) =>
        quarter.Quarter.Clients.Select((client, row) => (client.Client, row)).DistinctBy(one => one.Client).ToDictionary(one => one.Client, one => one.row);

    private static double? Known(double value) => double.IsNaN(value) ? null : value;
}
