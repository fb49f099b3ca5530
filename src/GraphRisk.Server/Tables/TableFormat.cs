using GraphRisk.Server.Tables.Graphs;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GraphRisk.Server.Tables;

/// <summary>A way to write an answer other than JSON.</summary>
/// <param name="Name">As the command line calls it, and as a file's name ends.</param>
/// <param name="MediaType">As it is asked for in <c>Accept</c>.</param>
public sealed record TableFormat(string Name, string MediaType)
{
    /// <summary>Header of an answer: the columns that are empty because the viewer reads them of nobody, each with why.</summary>
    public const string RefusedColumns = "GraphRisk-Refused-Columns";

    /// <summary>Header of an answer: the columns that are not as they are: masked, pseudonyms, rounded, or by row.</summary>
    public const string AlteredColumns = "GraphRisk-Altered-Columns";

    /// <summary>Header of an answer: the column that says of each row what is missing in it; not there where no row lacks anything.</summary>
    public const string MissingColumn = "GraphRisk-Missing-Column";

    /// <summary>Trailer of a table by HTTP/2, header of a graph: how many cells the viewer may not read in columns that have values elsewhere.</summary>
    public const string DeniedCells = "GraphRisk-Denied-Cells";

    /// <summary>Trailer of a table by HTTP/2, header of a graph: how many lists go on beyond what a cell has of them.</summary>
    public const string CutLists = "GraphRisk-Cut-Lists";

    /// <summary>Column that says of each row what is missing in it: a column's name and a code each; null where nothing is.</summary>
    public const string Missing = "_missing";

    /// <summary>What is said of a list that goes on: <c>first</c> was not given, and there are more than that many items.</summary>
    public static string CutCode { get; } = FormattableString.Invariant($"MORE_THAN_{Paging.PageRequest.Default}");

    /// <summary>As the answer says it.</summary>
    public string ContentType { get; init; } = MediaType;

    /// <summary>Begins a table on a stream; null of formats of graphs.</summary>
    public Func<TableHead, Stream, ITableWriter>? Open { get; private init; }

    /// <summary>Draws a graph on a stream; null of formats of tables.</summary>
    public Action<AnsweredGraph, Stream>? Draw { get; private init; }

    /// <summary>Whether it needs of parties what was not asked: which kind of party each is, and of which instants.</summary>
    public bool StatesParties { get; private init; }

    /// <summary>Every format.</summary>
    public static IReadOnlyList<TableFormat> All { get; } =
    [
        new("csv", "text/csv") { ContentType = "text/csv; charset=utf-8; header=present", Open = (head, to) => new CsvTable(head.Columns, to) },
        new("ndjson", "application/x-ndjson") { Open = (head, to) => new JsonLines(head.Columns, to) },
        new("arrow", "application/vnd.apache.arrow.stream") { Open = (head, to) => new ArrowTable(head, to) },
        new("parquet", "application/vnd.apache.parquet") { Open = (head, to) => new ParquetTable(head, to) },
        new("graphml", "application/graphml+xml") { ContentType = "application/graphml+xml; charset=utf-8", Draw = GraphMl.Draw },
        new("dot", "text/vnd.graphviz") { ContentType = "text/vnd.graphviz; charset=utf-8", Draw = Dot.Draw },
        new("bods", "application/vnd.bods+json") { ContentType = "application/vnd.bods+json; charset=utf-8", Draw = AnsweredStatements.Draw, StatesParties = true },
    ];

    /// <summary>The format a request asks for; null where it asks for none, and is answered in JSON.</summary>
    internal static TableFormat? Negotiate(StringValues accept) =>
        MediaTypeHeaderValue.TryParseList(accept, out var ranges)
            ? ranges.OrderByDescending(range => range.Quality ?? 1).Select(range => All.FirstOrDefault(format => range.MediaType.Equals(format.MediaType, StringComparison.OrdinalIgnoreCase)))
                .FirstOrDefault()
            : null;
}

/// <summary>What a table is known to be before its rows.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="AsOf">The instant in the world it is about, as the answer states it; null where it states none.</param>
/// <param name="KnownAt">Up to when knowledge counts.</param>
public sealed record TableHead(IReadOnlyList<TableColumn> Columns, string? AsOf, string? KnownAt)
{
    private const int MostNamed = 100;

    /// <summary>The columns without a value in any row, as a list of structured fields (RFC 9651); null where there are none.</summary>
    public string? Refused => Named(Columns.Where(column => column.Access.IsEmpty), column => $"code={column.Access.Code ?? "WITHHELD"}");

    /// <summary>The columns that are seen in another form than they are held, likewise.</summary>
    public string? Altered => Named(Columns.Where(column => column.Access is { Form: not CellForm.Clear, IsEmpty: false }), column => $"as={column.Access.Word}");

    /// <summary>What a file says of itself as a whole.</summary>
    public IEnumerable<KeyValuePair<string, string>> About => from one in ((string Name, string? Value)[])
        [("graphrisk.asOf", AsOf), ("graphrisk.knownAt", KnownAt), ("graphrisk.refusedColumns", Refused), ("graphrisk.alteredColumns", Altered)]
        where one.Value is not null select KeyValuePair.Create(one.Name, one.Value!);

    private static string? Named(IEnumerable<TableColumn> columns, Func<TableColumn, string> parameter)
    {
        var named = columns.ToList();
        if (named.Count == 0) return null;
        var list = named.Take(MostNamed).Select(column => $"\"{column.Name}\";{parameter(column)}");
        return string.Join(", ", named.Count > MostNamed ? list.Append($"\"*\";more={named.Count - MostNamed}") : list);
    }
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

/// <summary>Writes rows of a table; columnar formats hold some ten thousand rows before they write them.</summary>
public interface ITableWriter : IDisposable
{
    /// <summary>Adds rows.</summary>
    /// <param name="rows">One value a column, null where there is none, and maybe more behind, which are not written: text, decimal, long, double, bool, DateOnly, DateTimeOffset.</param>
    void Write(IReadOnlyList<object?[]> rows);

    /// <summary>Writes what is held, and what stands at the end of a table.</summary>
    void End();
}
