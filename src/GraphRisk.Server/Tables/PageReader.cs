using System.Globalization;
using System.Text.Json;
using GraphQL;
using GraphQL.Execution;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Tables;

/// <summary>Rows of a table as one page gives them.</summary>
/// <param name="Rows">The rows; behind the cells of the columns, what is missing in the row.</param>
/// <param name="HasNext">There are more.</param>
/// <param name="EndCursor">Where they end.</param>
/// <param name="AsOf">The instant in the world they are about.</param>
/// <param name="KnownAt">Up to when knowledge counts.</param>
internal sealed record TablePage(IReadOnlyList<object?[]> Rows, bool HasNext, string? EndCursor, string? AsOf, string? KnownAt)
{
    /// <summary>Cells that were refused where other rows may have a value.</summary>
    public long Denied { get; init; }

    /// <summary>Lists that go on beyond what a cell has of them.</summary>
    public long Cut { get; init; }
}

/// <summary>
/// Reads rows off the answer to one page. A cell that is refused is told in its row, and so is a list that goes on; any other error makes the
/// page no part of a table.
/// </summary>
/// <param name="columns">The columns.</param>
/// <param name="path">Keys of the answer down to what holds the rows.</param>
/// <param name="rows">Key of the rows.</param>
/// <param name="page">Key of what tells of the next page; null where there is none.</param>
/// <param name="stamp">Way to the instants; null where they are not told.</param>
/// <param name="more">Key of what tells whether a list within a row goes on.</param>
internal sealed class PageReader(
    IReadOnlyList<TableColumn> columns, IReadOnlyList<string> path, string rows, string? page, IReadOnlyList<string>? stamp, string more)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly HashSet<string?> Refusals =
    [
        AccessCodes.Forbidden, AccessCodes.PurposeRequired, AccessCodes.PurposeNotAllowed, AccessCodes.AuthorisationRequired, AccessCodes.ReasonRequired, Problem.NotFoundCode,
    ];

    /// <summary>Whether an error says that something may not be read, or is not there for the viewer.</summary>
    public static bool IsRefusal(string? code) => Refusals.Contains(code);

    /// <summary>As many items or more are not known to be all; null where all are there.</summary>
    public int? Bound { get; init; }

    /// <summary>The rows; null where the answer has none.</summary>
    /// <exception cref="TypedError">The list is longer than it can be asked for.</exception>
    public TablePage? Read(ExecutionResult result)
    {
        object? root = (result.Data as RootExecutionNode)?.ToValue();
        if (At(root, path) is not IDictionary<string, object?> holder || holder[rows] is not System.Collections.IEnumerable items) return null;
        var refused = RefusedCells(result.Errors);
        if (refused is null) return null;
        var read = new List<object?[]>();
        long denied = 0, cut = 0;
        foreach (var item in items)
        {
            var cells = new object?[columns.Count + 1];
            List<string>? missing = null;
            for (var i = 0; i < columns.Count; i++)
            {
                var isCut = columns[i].More is { } way && At(item, way) is IDictionary<string, object?> state && state["hasNextPage"] is true;
                cells[i] = Cell(item, columns[i], ref isCut);
                if (refused.GetValueOrDefault((read.Count, i)) is { } code && !columns[i].Access.IsEmpty)
                {
                    denied++;
                    (missing ??= []).Add($"{columns[i].Name}: {code}");
                }

                if (!isCut) continue;
                cut++;
                (missing ??= []).Add($"{columns[i].Name}: {TableFormat.CutCode}");
            }

            cells[^1] = missing is null ? null : string.Join("; ", missing);
            read.Add(cells);
        }

        if (read.Count >= Bound)
            throw Problem.BadInput("first", $"is needed on '{rows}': there are {Bound} or more, which is as many as are put out. Say how many are wanted, or ask for fewer.");
        var place = page is null ? null : holder[page] as IDictionary<string, object?>;
        var instants = stamp is null ? null : At(root, stamp) as IDictionary<string, object?>;
        return new TablePage(read, place?["hasNextPage"] is true, place?["endCursor"] as string, instants?["asOf"]?.ToString(), instants?["knownAt"]?.ToString()) { Denied = denied, Cut = cut };
    }

    /// <summary>The cells that errors speak of, with their codes; null where one speaks of something else, or is no refusal.</summary>
    private Dictionary<(int Row, int Column), string>? RefusedCells(ExecutionErrors? errors)
    {
        var refused = new Dictionary<(int, int), string>();
        foreach (var error in errors ?? [])
        {
            var at = error.Path?.ToList() ?? [];
            if (!IsRefusal(error.Code) || at.Count <= path.Count + 1 || at[path.Count + 1] is not int row) return null;
            var within = at.Skip(path.Count + 2).TakeWhile(step => step is string).Cast<string>().ToList();
            for (var i = 0; i < columns.Count; i++)
                if (within.Take(columns[i].Path.Count).SequenceEqual(columns[i].Path.Take(within.Count))) refused.TryAdd((row, i), error.Code!);
        }

        return refused;
    }

    private static object? At(object? item, IEnumerable<string> way)
    {
        foreach (var step in way)
            if (item is not IDictionary<string, object?> map || !map.TryGetValue(step, out item)) return null;
        return item;
    }

    private object? Cell(object? item, TableColumn column, ref bool isCut) => (column.Kind, At(item, column.Path)) switch
    {
        (_, null) => null,
        (CellKind.Decimal, var number) => Convert.ToDecimal(number, CultureInfo.InvariantCulture),
        (CellKind.Integer, var number) => Convert.ToInt64(number, CultureInfo.InvariantCulture),
        (CellKind.Number, var number) => Convert.ToDouble(number, CultureInfo.InvariantCulture),
        (CellKind.Boolean, bool truth) => truth,
        (CellKind.Day, string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        (CellKind.Instant, string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture),
        (_, string word) => word,
        (_, var many) => JsonSerializer.Serialize(WithoutPages(many, ref isCut), Plain),
    };

    /// <summary>A value of a list as the query asks it, without what was put in to tell whether lists go on.</summary>
    private object? WithoutPages(object? value, ref bool isCut)
    {
        switch (value)
        {
            case IDictionary<string, object?> map:
                var plain = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var (key, inner) in map)
                    if (key != more) plain[key] = WithoutPages(inner, ref isCut);
                    else isCut |= inner is IDictionary<string, object?> state && state["hasNextPage"] is true;
                return plain;
            case string or null:
                return value;
            case System.Collections.IEnumerable items:
                var list = new List<object?>();
                foreach (var item in items) list.Add(WithoutPages(item, ref isCut));
                return list;
            default:
                return value;
        }
    }
}
