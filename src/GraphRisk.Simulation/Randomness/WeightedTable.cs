namespace GraphRisk.Simulation.Randomness;

/// <summary>Items drawn in proportion to their weights; a draw costs one binary search.</summary>
public sealed class WeightedTable<T>
{
    private readonly T[] items;
    private readonly double[] upTo;

    public WeightedTable(IEnumerable<(T Item, double Weight)> rows)
    {
        var list = rows.ToList();
        if (list.Count == 0) throw new ArgumentException("A weighted table needs a row", nameof(rows));
        items = [.. list.Select(r => r.Item)];
        upTo = new double[list.Count];
        var sum = 0.0;
        for (var i = 0; i < list.Count; i++) upTo[i] = sum += list[i].Weight;
    }

    public IReadOnlyList<T> Items => items;

    public T Pick(Draws draws)
    {
        var found = Array.BinarySearch(upTo, draws.Unit() * upTo[^1]);
        return items[Math.Min(found >= 0 ? found + 1 : ~found, items.Length - 1)];
    }
}
