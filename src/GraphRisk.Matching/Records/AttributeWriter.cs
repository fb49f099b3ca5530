using System.Collections.Immutable;
using GraphRisk.Matching.Values;

namespace GraphRisk.Matching.Records;

/// <summary>
/// Turns a column as it stands in the files into an attribute: every distinct value is read once, equal readings become one value, and the
/// records' numbers are rewritten where they stand. The column is given up, so that no moment holds a table twice.
/// </summary>
internal static class AttributeWriter
{
    private const int CancelStep = 1 << 14;

    /// <summary>Writes an attribute.</summary>
    /// <param name="column">The column, which is given up.</param>
    /// <param name="finding">What it says.</param>
    /// <param name="sample">Values of it.</param>
    /// <param name="records">Number of records.</param>
    /// <param name="cancellation">Ends it.</param>
    public static RecordAttribute Write(RawColumn column, ColumnFinding finding, string[] sample, int records, CancellationToken cancellation)
    {
        var pool = column.Values;
        var read = ValueReadings.Of(finding.Kind!.Value, finding.Scheme, sample, Enumerable.Range(0, pool.Count).Select(pool.Text));
        var values = new Dictionary<string, int>(StringComparer.Ordinal);
        var texts = ImmutableArray.CreateBuilder<string>();
        var first = new int[pool.Count];
        Dictionary<int, int[]>? several = null;
        var readings = new List<string>();
        int NumberOf(string text)
        {
            if (values.TryGetValue(text, out var known)) return known;
            values[text] = texts.Count;
            texts.Add(text);
            return texts.Count - 1;
        }

        for (var value = 0; value < pool.Count; value++)
        {
            if (value % CancelStep == 0) cancellation.ThrowIfCancellationRequested();
            readings.Clear();
            read(pool.Text(value), readings);
            first[value] = readings.Count == 0 ? -1 : NumberOf(readings[0]);
            if (readings.Count > 1) (several ??= [])[value] = [.. readings.Select(NumberOf).Distinct()];
        }

        var attribute = column.IsMany || several is not null
            ? Many(column, finding, texts.ToImmutable(), first, several, records)
            : Single(column, finding, texts.ToImmutable(), first);
        column.GiveUp();
        return attribute;
    }

    private static RecordAttribute Single(RawColumn column, ColumnFinding finding, ImmutableArray<string> texts, int[] first)
    {
        var numbers = column.TakeNumbers();
        for (var record = 0; record < numbers.Length; record++)
            if (numbers[record] >= 0) numbers[record] = first[numbers[record]];
        return new RecordAttribute(finding.Name, finding.Kind!.Value, texts, numbers);
    }

    private static RecordAttribute Many(
        RawColumn column, ColumnFinding finding, ImmutableArray<string> texts, int[] first, Dictionary<int, int[]>? several, int records)
    {
        var starts = new int[records + 1];
        var all = new List<int>(column.Numbers.Length);
        for (var record = 0; record < records; record++)
        {
            starts[record] = all.Count;
            foreach (var value in column.Of(record))
            {
                if (first[value] < 0) continue;
                foreach (var number in several is not null && several.TryGetValue(value, out var more) ? more : [first[value]])
                    if (all.IndexOf(number, starts[record]) < 0) all.Add(number);
            }
        }

        starts[records] = all.Count;
        return new RecordAttribute(finding.Name, finding.Kind!.Value, texts, [.. all], starts);
    }
}
