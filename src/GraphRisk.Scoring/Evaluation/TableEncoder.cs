using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Evaluation;

/// <summary>
/// From the inputs of a table to a matrix. Levels of categories are those of the training rows alone: rare ones are one
/// level together, and a level that training has not seen counts as rare, or as not known where training had none that rare.
/// </summary>
internal sealed class TableEncoder
{
    private const string Others = "(others)";
    private const int MostLevels = 60;

    private readonly IReadOnlyList<ColumnCells> columns;
    private readonly Func<int, double>[] numbers;
    private readonly Dictionary<string, int>?[] codes;
    private readonly HashSet<string>?[] seen;

    private TableEncoder(
        IReadOnlyList<ColumnCells> columns, Func<int, double>[] numbers, Dictionary<string, int>?[] codes, HashSet<string>?[] seen, ModelInput[] inputs) =>
        (this.columns, this.numbers, this.codes, this.seen, Inputs) = (columns, numbers, codes, seen, inputs);

    public IReadOnlyList<ModelInput> Inputs { get; }

    /// <param name="columns">The inputs.</param>
    /// <param name="findings">What each of them is.</param>
    /// <param name="rows">Training rows.</param>
    internal static TableEncoder Fit(IReadOnlyList<ColumnCells> columns, IReadOnlyList<ColumnFinding> findings, int[] rows)
    {
        var count = columns.Count;
        var (numbers, codes, seen, inputs) = (new Func<int, double>[count], new Dictionary<string, int>?[count], new HashSet<string>?[count], new ModelInput[count]);
        for (var i = 0; i < count; i++)
        {
            var column = columns[i];
            numbers[i] = findings[i].Kind == ColumnKind.Date ? ColumnReader.Days(column) : column.Number;
            if (findings[i].Kind != ColumnKind.Category)
            {
                inputs[i] = new ModelInput(column.Name, findings[i].Direction);
                continue;
            }
            var levels = rows.Where(row => !column.IsMissing(row)).GroupBy(column.Text, StringComparer.Ordinal)
                .Select(level => (Name: level.Key, Rows: level.Count())).OrderByDescending(level => level.Rows).ThenBy(level => level.Name, StringComparer.Ordinal).ToArray();
            var least = Math.Max(5, rows.Length / 500);
            var kept = levels.Where(level => level.Rows >= least).Take(MostLevels).Select(level => level.Name).ToList();
            if (levels.Length > kept.Count) kept.Add(Others);
            codes[i] = kept.Select((name, code) => (name, code)).ToDictionary(level => level.name, level => level.code, StringComparer.Ordinal);
            seen[i] = [.. levels.Select(level => level.Name)];
            inputs[i] = new ModelInput(column.Name, 0, kept);
        }
        return new TableEncoder(columns, numbers, codes, seen, inputs);
    }

    internal FeatureMatrix Encode(int[] rows)
    {
        var matrix = new FeatureMatrix(rows.Length, columns.Count);
        for (var i = 0; i < rows.Length; i++)
        {
            var cells = matrix.RowForWriting(i);
            for (var c = 0; c < cells.Length; c++)
                cells[c] = codes[c] is { } levels ? CodeOf(columns[c], rows[i], levels) : (float)numbers[c](rows[i]);
        }
        return matrix;
    }

    /// <summary>Cells of a category whose level no training row has.</summary>
    internal int CountUnseen(int column, int[] rows) =>
        seen[column] is { } known ? rows.Count(row => !columns[column].IsMissing(row) && !known.Contains(columns[column].Text(row))) : 0;

    private static float CodeOf(ColumnCells column, int row, Dictionary<string, int> levels)
    {
        if (column.IsMissing(row)) return float.NaN;
        if (levels.TryGetValue(column.Text(row), out var code)) return code;
        return levels.TryGetValue(Others, out code) ? code : float.NaN;
    }
}
