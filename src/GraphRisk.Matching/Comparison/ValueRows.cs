using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Comparison;

/// <summary>Values by record instead of by column: what a pair needs lies in two lines of memory instead of two for each column.</summary>
internal sealed class ValueRows
{
    /// <summary>The record says nothing.</summary>
    public const int None = -1;

    /// <summary>The record has several values, to be asked of the column.</summary>
    public const int Several = -2;

    private readonly int[] cells;
    private readonly int width;

    public ValueRows(int records, RecordAttribute[] attributes)
    {
        width = attributes.Length;
        cells = new int[(long)records * width];
        Parallel.For(0, (records + 65535) / 65536, chunk =>
        {
            for (var record = chunk * 65536; record < Math.Min(records, (chunk + 1) * 65536); record++)
                for (var column = 0; column < width; column++)
                {
                    var values = attributes[column].Of(record);
                    cells[((long)record * width) + column] = values.Length switch { 0 => None, 1 => values[0], _ => Several };
                }
        });
    }

    /// <summary>Of each column the record's value.</summary>
    public ReadOnlySpan<int> Of(int record) => cells.AsSpan(record * width, width);
}
