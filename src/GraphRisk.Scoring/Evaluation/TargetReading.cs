using System.Globalization;

namespace GraphRisk.Scoring.Evaluation;

/// <summary>Which rows have an outcome, and which of its two values is bad.</summary>
/// <param name="BadValue">As the table writes it.</param>
/// <param name="Why">Why it is taken for the bad one.</param>
/// <param name="Rows">Rows with an outcome.</param>
/// <param name="Bad">Per row of the table whether it turned out bad.</param>
internal sealed record TargetReading(string BadValue, string GoodValue, string Why, int[] Rows, bool[] Bad)
{
    private const int LeastOfEach = 20;

    private static readonly HashSet<string> BadWords = new(
        ["bad", "default", "defaulted", "charged off", "chargedoff", "delinquent", "late", "fail", "failed", "bankrupt", "bankruptcy", "fraud", "loss"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> GoodWords = new(
        ["good", "paid", "fully paid", "no default", "non-default", "current", "performing", "healthy"], StringComparer.OrdinalIgnoreCase);

    /// <exception cref="EvaluationException">The column has one value or more than two, too few rows of either, or not the bad value that is stated.</exception>
    internal static TargetReading Of(ColumnCells column, string? stated)
    {
        var rows = Enumerable.Range(0, column.Rows).Where(row => !column.IsMissing(row)).ToArray();
        var counts = rows.GroupBy(column.Text, StringComparer.Ordinal).Select(group => (Value: group.Key, Count: group.Count())).OrderBy(value => value.Count).ToArray();
        if (counts.Length == 0) throw new EvaluationException($"target '{column.Name}' is empty in every row");
        if (counts.Length == 1) throw new EvaluationException($"target '{column.Name}' has one value only, {counts[0].Value}: nothing can be learned from it");
        if (counts.Length > 2)
        {
            throw new EvaluationException(
                $"target '{column.Name}' has {counts.Length} values ({string.Join(", ", counts.Reverse().Take(5).Select(value => value.Value))}{(counts.Length > 5 ? ", ..." : "")}); two are needed, bad and good");
        }
        if (counts[0].Count < LeastOfEach)
        {
            throw new EvaluationException(
                $"target '{column.Name}' is {counts[0].Value} in {counts[0].Count} rows only of {rows.Length}: too few to learn and to judge, {LeastOfEach} of each value are needed");
        }
        var (bad, why) = Choose(counts, stated, column.Name);
        var isBad = new bool[column.Rows];
        foreach (var row in rows) isBad[row] = column.Text(row) == bad;
        return new TargetReading(bad, counts.Single(value => value.Value != bad).Value, why, rows, isBad);
    }

    private static (string Bad, string Why) Choose((string Value, int Count)[] counts, string? stated, string name)
    {
        if (stated is not null)
        {
            var text = ColumnCells.TryNumber(stated.Trim(), out var number) ? number.ToString("R", CultureInfo.InvariantCulture) : stated.Trim();
            return counts.Any(value => value.Value == text)
                ? (text, "as the mapping says")
                : throw new EvaluationException($"the mapping says '{stated}' is bad, but target '{name}' has {counts[0].Value} and {counts[1].Value}");
        }
        var (first, second) = (counts[0].Value, counts[1].Value);
        if (BadWords.Contains(first) != BadWords.Contains(second)) return (BadWords.Contains(first) ? first : second, "by its name");
        if (GoodWords.Contains(first) != GoodWords.Contains(second)) return (GoodWords.Contains(first) ? second : first, "by the other's name");
        return counts[0].Count < counts[1].Count
            ? (first, "the rarer of the two")
            : (string.CompareOrdinal(first, second) > 0 ? first : second, "the later of two equally frequent");
    }
}
