using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GraphRisk.Server.Tables;

/// <summary>A way to write rows.</summary>
/// <param name="Name">As the command line calls it.</param>
/// <param name="MediaType">As it is asked for in <c>Accept</c>.</param>
/// <param name="Open">Begins a table of some columns on a stream.</param>
public sealed record TableFormat(string Name, string MediaType, Func<IReadOnlyList<TableColumn>, Stream, ITableWriter> Open)
{
    /// <summary>Trailer of an answer: how many cells the viewer may not read, which are empty.</summary>
    public const string DeniedCells = "GraphRisk-Denied-Cells";

    /// <summary>Every format.</summary>
    public static IReadOnlyList<TableFormat> All { get; } =
    [
        new("csv", "text/csv", (columns, to) => new CsvTable(columns, to)),
        new("ndjson", "application/x-ndjson", (columns, to) => new JsonLines(columns, to)),
        new("arrow", "application/vnd.apache.arrow.stream", (columns, to) => new ArrowTable(columns, to)),
        new("parquet", "application/vnd.apache.parquet", (columns, to) => new ParquetTable(columns, to)),
    ];

    /// <summary>The format a request asks for; null where it asks for none, and is answered in JSON.</summary>
    internal static TableFormat? Negotiate(StringValues accept) =>
        MediaTypeHeaderValue.TryParseList(accept, out var ranges)
            ? ranges.OrderByDescending(range => range.Quality ?? 1).Select(range => All.FirstOrDefault(format => range.MediaType.Equals(format.MediaType, StringComparison.OrdinalIgnoreCase)))
                .FirstOrDefault()
            : null;
}

/// <summary>Kinds of values in a table.</summary>
public enum CellKind
{
    /// <summary>Text; of lists and objects their JSON.</summary>
    Text,

    /// <summary>Exact decimal.</summary>
    Decimal,

    /// <summary>64-bit integer.</summary>
    Integer,

    /// <summary>Number in double precision.</summary>
    Number,

    Boolean,

    /// <summary>Calendar day.</summary>
    Day,

    /// <summary>Instant in UTC, to the millisecond.</summary>
    Instant,
}

/// <summary>A column of a table.</summary>
/// <param name="Name">The way to the value from the row, joined by dots: <c>creditScore.score</c>.</param>
/// <param name="Kind">What is in it.</param>
/// <param name="Path">The same, step by step.</param>
public sealed record TableColumn(string Name, CellKind Kind, IReadOnlyList<string> Path);

/// <summary>Writes rows of a table; columnar formats hold some ten thousand rows before they write them.</summary>
public interface ITableWriter : IDisposable
{
    /// <summary>Adds rows.</summary>
    /// <param name="rows">One value a column, null where there is none: text, decimal, long, double, bool, DateOnly, DateTimeOffset.</param>
    void Write(IReadOnlyList<object?[]> rows);

    /// <summary>Writes what is held, and what stands at the end of a table.</summary>
    void End();
}
