using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Snapshots;

/// <summary>Gathers the history of one field; of two values from one day the one of the higher priority stays, the later of equals.</summary>
internal sealed class SeriesBuilder
{
    private readonly List<(int Row, int Day, long Priority, int Arrival, decimal Value)> points = [];

    public SeriesBuilder(Field field) => Field = field;

    public Field Field { get; }

    public void Offer(int row, int day, decimal value, long priority) => points.Add((row, day, priority, points.Count, value));

    public SeriesColumn Build(int rowCount)
    {
        points.Sort(static (left, right) =>
        {
            var order = left.Row.CompareTo(right.Row);
            if (order == 0) order = left.Day.CompareTo(right.Day);
            if (order == 0) order = right.Priority.CompareTo(left.Priority);
            return order != 0 ? order : right.Arrival.CompareTo(left.Arrival);
        });
        var rows = new int[rowCount + 1];
        var days = new List<int>(points.Count);
        var values = new List<decimal>(points.Count);
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            if (i > 0 && points[i - 1].Row == point.Row && points[i - 1].Day == point.Day) continue;
            days.Add(point.Day);
            values.Add(point.Value);
            rows[point.Row + 1]++;
        }

        for (var row = 0; row < rowCount; row++) rows[row + 1] += rows[row];
        return new SeriesColumn(Field, new Section<int>(rows), new Section<int>([.. days]), new Section<decimal>([.. values]));
    }
}
