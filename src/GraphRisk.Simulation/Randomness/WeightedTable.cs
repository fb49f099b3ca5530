namespace GraphRisk.Simulation.Randomness;

/// <summary>Items drawn in proportion to their weights; a draw costs one binary search.</summary>
public sealed class WeightedTable<T>
{
    private readonly T[] _items;
    private readonly double[] _upTo;

    public WeightedTable(IEnumerable<(T Item, double Weight)> rows)
    {
        var list = rows.ToList();
        if (list.Count == 0) throw new ArgumentException("A weighted table needs a row", nameof(rows));
        _items = [.. list.Select(r => r.Item)];
        _upTo = new double[list.Count];
        var sum = 0.0;
        for (var i = 0; i < list.Count; i++) _upTo[i] = sum += list[i].Weight;
    }

    public IReadOnlyList<T> Items => _items;

    public T Pick(Draws draws)
    {
        var found = Array.BinarySearch(_upTo, draws.Unit() * _upTo[^1]);
        return _items[Math.Min(found >= 0 ? found + 1 : ~found, _items.Length - 1)];
    }
}
