using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Snapshots;

/// <summary>Gathers texts in one heap; a text that was replaced stays in it until the column is built.</summary>
internal sealed class TextColumnBuilder(Field field) : ColumnBuilder(field)
{
    private readonly TextHeap gathered = new();
    private readonly Gathered<(int Start, int Length)> places = new();

    public override void Set(int row, PropertyValue value)
    {
        places.FillTo(row + 1, default);
        var start = gathered.Length;
        gathered.Add(value.AsString());
        places[row] = (start, gathered.Length - start);
    }

    public override void Clear(int row)
    {
        if (row < places.Count) places[row] = default;
    }

    public override Column Build(int rowCount, int[]? order = null)
    {
        var starts = new int[rowCount + 1];
        var heap = new TextHeap();
        for (var row = 0; row < rowCount; row++)
        {
            var source = order is null ? row : order[row];
            if (source < places.Count) heap.Add(gathered.Written.Slice(places[source].Start, places[source].Length));
            starts[row + 1] = heap.Length;
        }

        return new StringColumn(Field, new Section<int>(starts), heap.ToSection());
    }
}

/// <summary>Gathers lists of texts; few rows have one.</summary>
internal sealed class TextListColumnBuilder(Field field) : ColumnBuilder(field)
{
    private readonly Dictionary<int, IReadOnlyList<string>> lists = [];

    public override void Set(int row, PropertyValue value) => lists[row] = value.AsStrings();

    public override void Clear(int row) => lists.Remove(row);

    public override Column Build(int rowCount, int[]? order = null)
    {
        var rows = new int[rowCount + 1];
        var starts = new List<int> { 0 };
        var heap = new TextHeap();
        for (var row = 0; row < rowCount; row++)
        {
            foreach (var text in lists.GetValueOrDefault(order is null ? row : order[row], []))
            {
                heap.Add(text);
                starts.Add(heap.Length);
            }

            rows[row + 1] = starts.Count - 1;
        }

        return new StringListColumn(Field, new Section<int>(rows), new Section<int>([.. starts]), heap.ToSection());
    }

    protected override void Fuse(int row, PropertyValue value, int order)
    {
        var known = lists[row];
        var joined = order > 0 ? value.AsStrings().Concat(known) : known.Concat(value.AsStrings());
        lists[row] = [.. joined.Distinct(StringComparer.Ordinal)];
    }
}
