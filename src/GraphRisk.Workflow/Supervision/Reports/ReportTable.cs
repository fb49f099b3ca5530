using System.Collections.Immutable;

namespace GraphRisk.Workflow.Supervision.Reports;

/// <summary>How a column is written on a page; in a file numbers stand as they are.</summary>
public enum ReportFigure
{
    Text,

    Day,

    Count,

    /// <summary>Yuan, without decimals.</summary>
    Money,

    /// <summary>A part of one, in percent.</summary>
    Share,

    /// <summary>A ratio or index.</summary>
    Number,
}

/// <summary>A column of a table.</summary>
/// <param name="Name">Its heading in files; on pages the text under <c>column.NAME</c>.</param>
/// <param name="Kind">How it is written.</param>
public sealed record ReportColumn(string Name, ReportFigure Kind);

/// <summary>A table of figures: a file of this name, and a part of the page.</summary>
/// <param name="Name">Its name; on pages the text under <c>table.NAME</c>.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">In step with the columns; null where there is no figure.</param>
public sealed record ReportTable(string Name, ImmutableArray<ReportColumn> Columns, ImmutableArray<ImmutableArray<object?>> Rows)
{
    /// <summary>Decimals of shares, ratios and indices: as many as their questions answer with.</summary>
    private const int Digits = 12;

    /// <summary>A table of what is read of some rows.</summary>
    public static ReportTable Of<T>(string name, IEnumerable<T> rows, params IReadOnlyList<(string Name, ReportFigure Kind, Func<T, object?> Read)> columns) => new(
        name, [.. columns.Select(column => new ReportColumn(column.Name, column.Kind))],
        [.. rows.Select(row => columns.Select(column => Told(column.Kind, column.Read(row))).ToImmutableArray())]);

    private static object? Told(ReportFigure kind, object? figure) => kind is ReportFigure.Share or ReportFigure.Number && figure is decimal number ? decimal.Round(number, Digits) : figure;
}
