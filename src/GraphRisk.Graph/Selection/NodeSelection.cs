using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Selection;

/// <summary>Selects rows and cuts pages out of them. A page costs a look at every row and, of those selected, a comparison with its last.</summary>
public static class NodeSelection
{
    private const int RowsPerCharge = 1024;

    /// <summary>The nodes of some types, ascending, that fulfil a condition.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="types">Names of the types.</param>
    /// <param name="condition">The condition; null for all nodes.</param>
    /// <param name="steps">What looking at one costs, in steps.</param>
    /// <param name="meter">Pays.</param>
    public static Row[] Find(NodeTable nodes, IReadOnlyList<string> types, Condition? condition, int steps, WorkMeter meter)
    {
        var found = new List<Row>();
        var looked = 0;
        foreach (var type in types)
        {
            var all = nodes.OfType(type);
            for (var i = 0; i < all.Length; i++)
            {
                if (looked++ % RowsPerCharge == 0) meter.Charge(WorkUnit.Steps, (long)RowsPerCharge * steps);
                var row = new Row(all[i]);
                if (condition is null || condition.Of(row) == Truth.True) found.Add(row);
            }
        }

        if (types.Count > 1) found.Sort(static (one, other) => one.Node.CompareTo(other.Node));
        return [.. found];
    }

    /// <summary>The relationships of a node that fulfil a condition, in the order of the nodes they lead to.</summary>
    public static Row[] Follow(RelationshipWalk walk, int node, Condition? condition, WorkMeter meter)
    {
        if (!walk.IsOpen(node)) return [];
        var (start, end) = walk.Range(node);
        var found = new List<Row>();
        for (var place = start; place < end; place++)
        {
            if ((place - start) % RowsPerCharge == 0) meter.ChargeNode(Math.Min(RowsPerCharge, end - place));
            var row = walk.At(node, place);
            if (condition is null || condition.Of(row) == Truth.True) found.Add(row);
        }

        return [.. found];
    }

    /// <summary>All relationships of a type that fulfil a condition, from where they start, in the order of the nodes they start at.</summary>
    /// <param name="table">The relationships.</param>
    /// <param name="condition">The condition; null for all of them.</param>
    /// <param name="steps">What looking at one costs, in steps.</param>
    /// <param name="meter">Pays.</param>
    public static Row[] FindRelationships(RelationshipTable table, Condition? condition, int steps, WorkMeter meter)
    {
        var walk = new RelationshipWalk(table, fromStart: true);
        var found = new List<Row>();
        for (var node = 0; node < table.Out.NodeCount; node++)
        {
            if (node % RowsPerCharge == 0) meter.Charge(WorkUnit.Steps, RowsPerCharge);
            var (start, end) = walk.Range(node);
            for (var place = start; place < end; place++)
            {
                if ((place - start) % RowsPerCharge == 0) meter.Charge(WorkUnit.Steps, (long)Math.Min(RowsPerCharge, end - place) * steps);
                var row = walk.At(node, place);
                if (condition is null || condition.Of(row) == Truth.True) found.Add(row);
            }
        }

        return [.. found];
    }

    /// <summary>The first or last page of rows, found without sorting all of them.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="order">The order of the page.</param>
    /// <param name="first">At most so many from the front; null for the last ones.</param>
    /// <param name="last">At most so many from the end.</param>
    /// <param name="meter">Pays.</param>
    public static RowPage Cut(Row[] rows, RowOrder order, int? first, int? last, WorkMeter meter)
    {
        var size = first ?? last ?? rows.Length;
        var fromEnd = first is null && last is not null;
        var kept = new PriorityQueue<Row, Row>(fromEnd ? order : Comparer<Row>.Create((one, other) => order.Compare(other, one)));
        Func<Row, bool>? behind = null;
        for (var i = 0; i < rows.Length && size > 0; i++)
        {
            if (i % RowsPerCharge == 0) meter.Charge(WorkUnit.Steps, RowsPerCharge * (1 + order.Keys.Length));
            if (kept.Count < size) kept.Enqueue(rows[i], rows[i]);
            else if (behind?.Invoke(rows[i]) == true) continue;
            else kept.EnqueueDequeue(rows[i], rows[i]);

            // Once the page is full most rows stand behind its last one, which one look tells.
            if (kept.Count == size && !fromEnd) behind = order.Behind(kept.Peek());
        }

        var page = new Row[kept.Count];
        for (var i = 0; i < page.Length; i++) page[fromEnd ? i : page.Length - 1 - i] = kept.Dequeue();
        var isPart = page.Length < rows.Length;
        return new RowPage(page, rows.Length, fromEnd && isPart, !fromEnd && isPart);
    }

    /// <summary>
    /// The first or last page of all nodes of a type in the order in which they became known: what <see cref="Find"/> and <see cref="Cut"/> make of them and charge,
    /// with no look at any but those of the page.
    /// </summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="type">Name of the type.</param>
    /// <param name="steps">What looking at one costs, in steps.</param>
    /// <param name="first">At most so many from the front; null for the last ones.</param>
    /// <param name="last">At most so many from the end.</param>
    /// <param name="meter">Pays.</param>
    public static RowPage CutAll(NodeTable nodes, string type, int steps, int? first, int? last, WorkMeter meter)
    {
        var all = nodes.OfType(type);
        var size = Math.Min(first ?? last ?? all.Length, all.Length);
        for (var looked = 0; looked < all.Length; looked += RowsPerCharge) meter.Charge(WorkUnit.Steps, (long)RowsPerCharge * steps);
        for (var cut = 0; cut < all.Length && size > 0; cut += RowsPerCharge) meter.Charge(WorkUnit.Steps, RowsPerCharge);
        var fromEnd = first is null && last is not null;
        var (page, start, isPart) = (new Row[size], fromEnd ? all.Length - size : 0, size < all.Length);
        for (var i = 0; i < size; i++) page[i] = new Row(all[start + i]);
        return new RowPage(page, all.Length, fromEnd && isPart, !fromEnd && isPart);
    }

    /// <summary>A page of rows that stand in an order already.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="order">The order they stand in.</param>
    /// <param name="after">Only what comes after this place; null for the beginning.</param>
    /// <param name="before">Only what comes before this place; null for the end.</param>
    /// <param name="first">At most so many from the front; null for the last ones.</param>
    /// <param name="last">At most so many from the end.</param>
    public static RowPage CutSorted(Row[] rows, RowOrder order, RowPlace? after, RowPlace? before, int? first, int? last)
    {
        var start = after is { } from ? FirstWhere(rows, row => order.Compare(row, from) > 0) : 0;
        var end = before is { } to ? FirstWhere(rows, row => order.Compare(row, to) >= 0) : rows.Length;
        end = Math.Max(start, end);
        if (first is { } most) end = Math.Min(end, start + most);
        else if (last is { } least) start = Math.Max(start, end - least);
        return new RowPage(rows[start..end], rows.Length, start > 0, end < rows.Length);
    }

    /// <summary>Position of the first row of which something holds that holds of all after it.</summary>
    private static int FirstWhere(Row[] rows, Func<Row, bool> holds)
    {
        int low = 0, high = rows.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (holds(rows[middle])) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}

/// <summary>A part of selected rows.</summary>
/// <param name="Rows">The rows, in the order asked for.</param>
/// <param name="Count">How many were selected in all.</param>
/// <param name="HasPrevious">There are some before these.</param>
/// <param name="HasNext">There are some after these.</param>
public sealed record RowPage(Row[] Rows, int Count, bool HasPrevious, bool HasNext);
