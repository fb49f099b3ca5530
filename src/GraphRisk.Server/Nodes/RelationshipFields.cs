using System.Globalization;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Nodes;

/// <summary>The fields that follow relationships from either end, as Relay connections ordered by when the far nodes became known.</summary>
internal sealed class RelationshipFields(Pager pager)
{
    /// <summary>The edge and connection types of a relationship, for both directions.</summary>
    public static IEnumerable<IGraphType> TypesOf(RelationshipType type, SchemaParts parts) =>
        from fromStart in (bool[])[true, false]
        from made in Connections.Of(
            ElementNames.TypeOf(type, fromStart),
            $"{Clause(type)} ({type.GraphName}), from {(fromStart ? type.From : type.To)} to {(fromStart ? type.To : type.From)}",
            fromStart ? type.To : type.From,
            (item, _) => ((RelationshipHandle)item).Far,
            [.. ElementFields.OfRelationship(type), .. parts.EdgeExtensions.Select(field => field())])
        select made;

    /// <summary>The field that follows a relationship from one end.</summary>
    public FieldType Of(RelationshipType type, bool fromStart) => Fields.Of<NodeHandle>(
        ElementNames.FieldOf(type, fromStart),
        $"{ElementNames.TypeOf(type, fromStart)}Connection",
        FieldAccess.Reads(type.Level),
        $"{Clause(type)}: the {(fromStart ? type.To : type.From)} at the other end. Level {(int)type.Level}.",
        (handle, context) => Follow(handle, type, fromStart, context),
        PageRequest.Arguments);

    private Page Follow(NodeHandle near, RelationshipType type, bool fromStart, IResolveFieldContext context)
    {
        var snapshot = near.View.Snapshot;
        var table = snapshot.Relationships[type.Ordinal];
        var rows = fromStart ? table.Out : table.In;
        var (start, end) = rows.Range(near.Number);
        var page = pager.Cut(
            PageRequest.Of(context), near.View.Stamp, end - start,
            at => At(near, table, rows, fromStart, start + at),
            key => Find(snapshot, rows, near.Number, key) is >= 0 and var place ? place - start : -1);
        return page;
    }

    private static (string Key, object Item) At(NodeHandle near, RelationshipTable table, Csr rows, bool fromStart, int place)
    {
        var far = rows.Target(place);
        var first = FirstOf(rows, near.Number, far);
        var key = string.Create(CultureInfo.InvariantCulture, $"{place - first} {near.View.Snapshot.Nodes.IdOf(far)}");
        return (key, new RelationshipHandle(near, table, fromStart ? place : table.InEdge(place), near.At(far)));
    }

    private static int Find(Snapshot snapshot, Csr rows, int near, string key)
    {
        var space = key.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !int.TryParse(key.AsSpan(0, space), CultureInfo.InvariantCulture, out var parallel)) return -1;
        if (!NodeId.TryParse(key[(space + 1)..], out var id) || snapshot.Nodes.Find(id) is not (>= 0 and var far)) return -1;
        var place = FirstOf(rows, near, far) + parallel;
        return place < rows.Range(near).End && rows.Target(place) == far ? place : -1;
    }

    /// <summary>First of the parallel places that lead from a node to another; places are sorted by where they lead.</summary>
    private static int FirstOf(Csr rows, int near, int far)
    {
        var (low, high) = rows.Range(near);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (rows.Target(middle) < far) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static string Clause(RelationshipType type) => type.Description.TrimEnd('.');
}
