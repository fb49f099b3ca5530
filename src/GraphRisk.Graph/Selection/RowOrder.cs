using System.Collections.Immutable;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Graph.Selection;

/// <summary>
/// An order of rows by several fields, then by when the nodes became known, of relationships first the one they are met from. A value that is not known, or may not be read, comes
/// last whichever way the order runs: who asks for the largest does not want the unknown first.
/// </summary>
/// <param name="Keys">The fields, first the one that counts most.</param>
public sealed record RowOrder(ImmutableArray<OrderKey> Keys) : IComparer<Row>
{
    /// <summary>The order in which nodes became known.</summary>
    public static RowOrder ByNumber { get; } = new([]);

    public int Compare(Row left, Row right)
    {
        foreach (var key in Keys)
            if (key.Compare(left, right) is not 0 and var order) return order;
        return (left.Near, left.Node, left.Edge).CompareTo((right.Near, right.Node, right.Edge));
    }

    /// <summary>Tells quickly of most rows behind a row that they are; null where that cannot be told, or nothing is ordered by.</summary>
    internal Func<Row, bool>? Behind(in Row row) => Keys.IsEmpty ? null : Keys[0].Values.Behind(row, Keys[0].IsDescending);

    /// <summary>The values a row is ordered by.</summary>
    public ImmutableArray<PropertyValue?> KeysOf(in Row row)
    {
        var keys = ImmutableArray.CreateBuilder<PropertyValue?>(Keys.Length);
        foreach (var key in Keys) keys.Add(key.Values.Get(row));
        return keys.MoveToImmutable();
    }

    /// <summary>Where a row stands to a place given by values and, among rows of the same values, a node or relationship: below 0 before it.</summary>
    public int Compare(in Row row, RowPlace place) => CompareKeys(row, place.Keys) is not 0 and var order
        ? order : (row.Near, row.Node, row.Edge).CompareTo((place.Near, place.Node, place.Edge));

    /// <summary>Where a row stands to values of the fields of the order: below 0 before them.</summary>
    public int CompareKeys(in Row row, ImmutableArray<PropertyValue?> keys)
    {
        for (var i = 0; i < Keys.Length; i++)
            if (Keys[i].Compare(row, keys[i]) is not 0 and var order) return order;
        return 0;
    }
}

/// <summary>One field of an order.</summary>
/// <param name="Values">Its values.</param>
/// <param name="IsDescending">Largest first.</param>
public readonly record struct OrderKey(Values Values, bool IsDescending)
{
    internal int Compare(in Row left, in Row right)
    {
        var (one, other) = (Values.Look(left) == Known.Value, Values.Look(right) == Known.Value);
        if (!one || !other) return one == other ? 0 : one ? -1 : 1;
        return IsDescending ? Values.Compare(right, left) : Values.Compare(left, right);
    }

    internal int Compare(in Row row, PropertyValue? given)
    {
        var isKnown = Values.Look(row) == Known.Value;
        if (!isKnown || given is null) return isKnown == given.HasValue ? 0 : isKnown ? -1 : 1;
        var order = Values.Compare(row, given.Value);
        return IsDescending ? -order : order;
    }
}

/// <summary>A place in an order, which stays though the row that stood there has moved.</summary>
/// <param name="Keys">Values of the fields of the order.</param>
/// <param name="Node">Among rows of the same values, the node; -1 before all of them.</param>
/// <param name="Edge">-1 where the node itself stands there, or the number of a relationship; else the place is just after the node.</param>
/// <param name="Near">Of relationships the node they are met from.</param>
public readonly record struct RowPlace(ImmutableArray<PropertyValue?> Keys, int Node, int Edge = int.MaxValue, int Near = -1);
