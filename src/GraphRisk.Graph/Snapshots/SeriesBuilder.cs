using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Snapshots;

/// <summary>Gathers the history of one field; of two values from one day the one of the higher priority stays, the later of equals.</summary>
internal sealed class SeriesBuilder
{
    /// <summary>Bits of a day in a priority that begins with the period a figure speaks of.</summary>
    internal const int DayBits = 22;

    private readonly Gathered<Point> points = new();

    public SeriesBuilder(Field field) => Field = field;

    public Field Field { get; }

    private readonly record struct Point(int Row, int Day, long Priority, decimal Value);

    public void Offer(int row, int day, decimal value, long priority) => points.Add(new Point(row, day, priority, value));

    public SeriesColumn Build(int rowCount)
    {
        var order = OrderByRow(rowCount, out var ends);
        var rows = new int[rowCount + 1];
        var (days, values) = (new Gathered<int>(), new Gathered<decimal>());
        for (var row = 0; row < rowCount; row++)
        {
            AddRow(order.AsSpan(row == 0 ? 0 : ends[row - 1], row == 0 ? ends[0] : ends[row] - ends[row - 1]), days, values);
            rows[row + 1] = days.Count;
        }

        return new SeriesColumn(Field, new Section<int>(rows), new Section<int>(days.ToArray()), new Section<decimal>(values.ToArray()));
    }

    /// <summary>Points of each row side by side, in order of arrival (counting sort).</summary>
    private int[] OrderByRow(int rowCount, out int[] ends)
    {
        ends = new int[rowCount];
        for (var i = 0; i < points.Count; i++) ends[points[i].Row]++;
        var start = 0;
        for (var row = 0; row < rowCount; row++) (ends[row], start) = (start, start + ends[row]);
        var order = new int[points.Count];
        for (var i = 0; i < order.Length; i++) order[ends[points[i].Row]++] = i;
        return order;
    }

    private void AddRow(Span<int> row, Gathered<int> days, Gathered<decimal> values)
    {
        row.Sort((left, right) =>
        {
            var (a, b) = (points[left], points[right]);
            var byDay = a.Day.CompareTo(b.Day);
            if (byDay != 0) return byDay;
            var byPriority = b.Priority.CompareTo(a.Priority);
            return byPriority != 0 ? byPriority : right.CompareTo(left);
        });
        var newest = int.MinValue;
        for (var i = 0; i < row.Length; i++)
        {
            var point = points[row[i]];
            if (i > 0 && points[row[i - 1]].Day == point.Day) continue;
            if (Field.Period is not null)
            {
                // A restatement of an older period is not what was known last of the figure.
                var period = (int)(point.Priority >> DayBits) & ((1 << DayBits) - 1);
                if (period < newest) continue;
                newest = period;
            }

            days.Add(point.Day);
            values.Add(point.Value);
        }
    }
}
