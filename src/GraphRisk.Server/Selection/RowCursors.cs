using System.Collections.Immutable;
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
    public static string Of(NodeTable nodes, RowOrder order, Row[] page, int at)
    {
        var anchors = new List<string?[]>();
        for (var i = at; i >= 0 && at - i < Anchors; i--)
            anchors.Add([nodes.IdOf(page[i].Node).ToString(), .. order.KeysOf(page[i]).Select(key => key is { } known ? PropertyText.Of(known) : null)]);
        return JsonSerializer.Serialize(anchors);
    }

    /// <summary>Where a cursor stands in an order.</summary>
    /// <param name="nodes">The nodes as they are now.</param>
    /// <param name="order">The order asked for.</param>
    /// <param name="argument">Name of the argument, for messages.</param>
    /// <param name="text">The text of the cursor; null where it is none of this server's.</param>
    /// <exception cref="Http.TypedError">It belongs to another order, or all rows around it have been joined to others.</exception>
    public static RowPlace Read(NodeTable nodes, RowOrder order, string argument, string? text)
    {
        if (Parse(text) is not { Length: > 0 } anchors || anchors.Any(anchor => anchor.Length == 0 || anchor[0] is null))
            throw Problem.BadInput(argument, "is no cursor of this connection.");
        if (anchors[0].Length != order.Keys.Length + 1) throw Problem.BadInput(argument, "is a cursor of another 'orderBy': ask for the next page with the order of the first.");
        var keys = KeysOf(order, anchors[0], argument);
        for (var at = 0; at < anchors.Length; at++)
        {
            // What follows a row of other values stands before all rows of its own.
            if (!anchors[at].AsSpan(1).SequenceEqual(anchors[0].AsSpan(1))) return new RowPlace(keys, -1);
            if (NodeId.TryParse(anchors[at][0], out var id) && nodes.Find(id) is >= 0 and var node && nodes.IdOf(node) == id)
                return at == 0 ? new RowPlace(keys, node, -1) : new RowPlace(keys, node);
        }

        throw Problem.BadInput(argument, "stood among records that have since been joined to others: ask for this page with the knownAt of the one before.");
    }

    private static ImmutableArray<PropertyValue?> KeysOf(RowOrder order, string?[] anchor, string argument)
    {
        var keys = ImmutableArray.CreateBuilder<PropertyValue?>(order.Keys.Length);
        for (var i = 0; i < order.Keys.Length; i++)
            keys.Add(anchor[i + 1] is not { } text ? null
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
    private const string Mark = "row:";

    /// <summary>The part asked for.</summary>
    public Page Cut(PageRequest request, SelectionScope scope, Row[] rows, RowOrder order, Func<Row, object> itemOf) =>
        PageOf(request, scope, NodeSelection.Cut(rows, order, request.First, request.Last, scope.Meter), order, itemOf);

    /// <summary>The part asked for of rows that stand in the order already.</summary>
    public Page CutSorted(PageRequest request, SelectionScope scope, Row[] rows, RowOrder order, Func<Row, object> itemOf)
    {
        var seal = sealer.For(request.Project);
        return PageOf(request, scope, NodeSelection.CutSorted(rows, order, PlaceOf("after", request.After), PlaceOf("before", request.Before), request.First, request.Last), order, itemOf);

        RowPlace? PlaceOf(string argument, string? cursor) => cursor is null ? null : RowCursors.Read(
            scope.View.Snapshot.Nodes, order, argument,
            seal.Open(cursor) is { } text && text.StartsWith(Mark, StringComparison.Ordinal) ? text[Mark.Length..] : null);
    }

    private Page PageOf(PageRequest request, SelectionScope scope, RowPage part, RowOrder order, Func<Row, object> itemOf)
    {
        var seal = sealer.For(request.Project);
        var edges = new Edge[part.Rows.Length];
        for (var i = 0; i < edges.Length; i++)
        {
            var at = i;
            edges[at] = new Edge(() => seal.Seal(Mark + RowCursors.Of(scope.View.Snapshot.Nodes, order, part.Rows, at)), itemOf(part.Rows[at]));
        }

        return new Page(edges, part.Count, part.HasPrevious, part.HasNext, scope.View.Stamp);
    }
}
