using System.Globalization;

namespace GraphRisk.Matching.Records;

/// <summary>What can be told of a column from all its values, and a sample of them: every so-manieth record that has one, so that frequent values count as often as they occur.</summary>
internal sealed class ColumnProfile
{
    private const int SampleSize = 2000;

    private ColumnProfile(int filled, int distinct, bool isUnique, bool isSequential, string[] sample) =>
        (Filled, Distinct, IsUnique, IsSequential, Sample) = (filled, distinct, isUnique, isSequential, sample);

    /// <summary>Records that have a value.</summary>
    public int Filled { get; }

    /// <summary>Different values.</summary>
    public int Distinct { get; }

    /// <summary>No value occurs twice.</summary>
    public bool IsUnique { get; }

    /// <summary>Whole numbers that count the records of each file, whatever they begin with.</summary>
    public bool IsSequential { get; }

    /// <summary>Values as written, fillers left out.</summary>
    public string[] Sample { get; }

    /// <summary>Looks at a column that is closed.</summary>
    public static ColumnProfile Of(RawColumn column, RawTable table)
    {
        int filled = 0, values = 0;
        if (!column.IsMany)
        {
            filled = values = table.Count - column.Numbers.Count(-1);
        }
        else
        {
            for (var record = 0; record < table.Count; record++)
                if (!column.Of(record).IsEmpty) filled++;
            values = column.Numbers.Length;
        }

        var isUnique = values == column.Values.Count;
        return new ColumnProfile(filled, column.Values.Count, isUnique, filled == table.Count && IsCounting(column, table), SampleOf(column, table.Count, filled));
    }

    /// <summary>Part of the sample for which something holds; 0 where there is none.</summary>
    public double Share(Func<string, bool> holds) => Sample.Length == 0 ? 0 : (double)Sample.Count(holds) / Sample.Length;

    private static string[] SampleOf(RawColumn column, int records, int filled)
    {
        var step = Math.Max(1, filled / SampleSize);
        var sample = new List<string>();
        var seen = 0;
        for (var record = 0; record < records; record++)
            foreach (var number in column.Of(record))
                if (seen++ % step == 0 && column.Values.Text(number) is var text && !Values.MissingWords.Contains(text)) sample.Add(text);
        return [.. sample];
    }

    private static bool IsCounting(RawColumn column, RawTable table)
    {
        if (table.Count < 3 || column.IsMany) return false;
        int steps = 0, pairs = 0, record = 0;
        foreach (var end in table.Ends)
        {
            long? before = null;
            for (; record < end; record++)
            {
                long? now = long.TryParse(column.Values.Bytes(column.Of(record)[0]), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
                if (before is not null) pairs++;
                if (before is not null && now == before + 1) steps++;
                before = now;
            }
        }

        return pairs > 0 && steps >= 0.95 * pairs;
    }
}
