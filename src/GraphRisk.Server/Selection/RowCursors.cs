using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Selection;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Paging;

namespace GraphRisk.Server.Selection;

/// <summary>
/// Cursors that hold while records are joined and taken apart between two pages. A cursor states the values its row was ordered by, so
/// that a row whose value has changed since is not looked for where it no longer stands, and names the row with some before it on its page:
/// rows are ordered by when they became known, and one that has been joined to an earlier record no longer says where it stood, but the
/// one before it does.
/// </summary>
internal static class RowCursors
{
    private const int Anchors = 4;

    /// <summary>The text of a cursor at a row of a page.</summary>
    public static string Of(NodeTable nodes, RelationshipTable? table, RowOrder order, Row[] page, int at)
    {
        var anchors = new List<string?[]>();
        for (var i = at; i >= 0 && at - i < Anchors; i--)
            anchors.Add([.. NamesOf(nodes, table, page[i]), .. order.KeysOf(page[i]).Select(key => key is { } known ? PropertyText.Of(known) : null)]);
        return JsonSerializer.Serialize(anchors);
    }

    /// <summary>Where a cursor stands in an order.</summary>
    /// <param name="nodes">The nodes as they are now.</param>
    /// <param name="table">The relationships the rows are; null where they are nodes.</param>
    /// <param name="order">The order asked for.</param>
    /// <param name="argument">Name of the argument, for messages.</param>
    /// <param name="text">The text of the cursor; null where it is none of this server's.</param>
    /// <exception cref="Http.TypedError">It belongs to another order, or all rows around it have been joined to others.</exception>
    public static RowPlace Read(NodeTable nodes, RelationshipTable? table, RowOrder order, string argument, string? text)
    {
        var names = table is null ? 1 : 2;
        if (Parse(text) is not { Length: > 0 } anchors || anchors.Any(anchor => anchor.Length != names + order.Keys.Length || anchor.AsSpan(0, names).Contains(null)))
            throw Problem.BadInput(argument, "is no cursor of this connection.");
        var keys = KeysOf(order, anchors[0][names..], argument);
        for (var at = 0; at < anchors.Length; at++)
        {
            // What follows a row of other values stands before all rows of its own.
            if (!anchors[at].AsSpan(names).SequenceEqual(anchors[0].AsSpan(names))) return new RowPlace(keys, -1);
            if (PlaceOf(nodes, table, anchors[at]) is { } place) return place with { Keys = keys, Edge = at == 0 ? place.Edge : int.MaxValue };
        }

        throw Problem.BadInput(argument, "stood among records that have since been joined to others: ask for this page with the knownAt of the one before.");
    }

    /// <summary>What names a row whichever snapshot it is met in: its node, or where a relationship starts and, with its place among parallel ones, ends.</summary>
    private static string[] NamesOf(NodeTable nodes, RelationshipTable? table, in Row row) => table is null ? [nodes.IdOf(row.Node).ToString()]
        : [nodes.IdOf(row.Near).ToString(), string.Create(CultureInfo.InvariantCulture, $"{row.Edge - table.Out.FirstOf(row.Near, row.Node)} {nodes.IdOf(row.Node)}")];

    /// <summary>Where a named row stands among those of the same values; null where its records are no longer named so.</summary>
    private static RowPlace? PlaceOf(NodeTable nodes, RelationshipTable? table, string?[] names)
    {
        if (Find(names[0]!) is not (>= 0 and var near)) return null;
        if (table is null) return new RowPlace([], near, -1);
        var space = names[1]!.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !int.TryParse(names[1].AsSpan(0, space), CultureInfo.InvariantCulture, out var parallel) || Find(names[1]![(space + 1)..]) is not (>= 0 and var far)) return null;
        return new RowPlace([], far, table.Out.FirstOf(near, far) + parallel, near);

        int Find(string name) => NodeId.TryParse(name, out var id) && nodes.Find(id) is >= 0 and var node && nodes.IdOf(node) == id ? node : -1;
    }

    private static ImmutableArray<PropertyValue?> KeysOf(RowOrder order, string?[] anchor, string argument)
    {
        var keys = ImmutableArray.CreateBuilder<PropertyValue?>(order.Keys.Length);
        for (var i = 0; i < order.Keys.Length; i++)
            keys.Add(anchor[i] is not { } text ? null
                : PropertyText.TryParse(order.Keys[i].Values.Field.Kind, text, out var key) ? key
                : throw Problem.BadInput(argument, "is a cursor of another 'orderBy': ask for the next page with the order of the first."));
        return keys.MoveToImmutable();
    }

    private static string?[][]? Parse(string? text)
    {
        if (text is null) return null;
        try
        {
            return JsonSerializer.Deserialize<string?[][]>(text);
        }
        catch (JsonException)
        {
            // Sealed by this server, but as a cursor of another connection.
            return null;
        }
    }
}

/// <summary>Makes pages of selected rows.</summary>
internal sealed class RowPager(Composition.Sealer sealer)
{
    private const string Start = "row:";

    /// <summary>The part asked for.</summary>
    public Page Cut(PageRequest request, SelectionScope scope, Row[] rows, RowOrder order, Func<Row, object> itemOf, RelationshipTable? table = null) =>
        PageOf(request, scope, NodeSelection.Cut(rows, order, request.First, request.Last, scope.Meter), order, itemOf, table);

    /// <summary>The first or last page of all nodes of a type, in the order in which they became known.</summary>
    /// <param name="request">The part.</param>
    /// <param name="scope">Whose rows.</param>
    /// <param name="type">Name of the type.</param>
    /// <param name="steps">What looking at one costs, in steps.</param>
    /// <param name="itemOf">The item of a row.</param>
    public Page CutAll(PageRequest request, SelectionScope scope, string type, int steps, Func<Row, object> itemOf) => PageOf(
        request, scope, NodeSelection.CutAll(scope.View.Snapshot.Nodes, type, steps, request.First, request.Last, scope.Meter), RowOrder.ByNumber, itemOf, table: null);

    /// <summary>The part asked for of rows that stand in the order already.</summary>
    /// <param name="request">The part.</param>
    /// <param name="scope">Whose rows.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="order">The order they stand in.</param>
    /// <param name="itemOf">The item of a row.</param>
    /// <param name="table">The relationships the rows are; null where they are nodes.</param>
    public Page CutSorted(PageRequest request, SelectionScope scope, Row[] rows, RowOrder order, Func<Row, object> itemOf, RelationshipTable? table = null)
    {
        var seal = sealer.For(request.Project);
        return PageOf(request, scope, NodeSelection.CutSorted(rows, order, PlaceOf("after", request.After), PlaceOf("before", request.Before), request.First, request.Last), order, itemOf, table);

        RowPlace? PlaceOf(string argument, string? cursor) => cursor is null ? null : RowCursors.Read(
            scope.View.Snapshot.Nodes, table, order, argument,
            seal.Open(cursor) is { } text && text.StartsWith(Start, StringComparison.Ordinal) ? request.Question.Unmark(argument, text[Start.Length..], scope.View.Stamp) : null);
    }

    private Page PageOf(PageRequest request, SelectionScope scope, RowPage part, RowOrder order, Func<Row, object> itemOf, RelationshipTable? table)
    {
        var (seal, mark) = (sealer.For(request.Project), Start + request.Question.Mark(scope.View.Stamp));
        var edges = new Edge[part.Rows.Length];
        for (var i = 0; i < edges.Length; i++)
        {
            var at = i;
            edges[at] = new Edge(() => seal.Seal(mark + RowCursors.Of(scope.View.Snapshot.Nodes, table, order, part.Rows, at)), itemOf(part.Rows[at]));
        }

        return new Page(edges, part.Count, part.HasPrevious, part.HasNext, scope.View.Stamp);
    }
}
