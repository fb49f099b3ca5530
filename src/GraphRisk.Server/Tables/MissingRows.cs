using Apache.Arrow;
using Apache.Arrow.Ipc;
using ParquetSharp.Arrow;

namespace GraphRisk.Server.Tables;

/// <summary>Counts the rows of a table that say that something is missing in them, for whoever got it by HTTP/1.1, which has no trailers.</summary>
public static class MissingRows
{
    private static readonly byte[] Member = [.. "\"_missing\":\""u8];

    /// <param name="format">The format of a table.</param>
    /// <param name="table">A table whose last column is <see cref="TableFormat.Missing"/>.</param>
    public static long In(TableFormat format, Stream table) => format.Name switch
    {
        "csv" => InCsv(table),
        "ndjson" => InLines(table),
        "arrow" => InArrow(table),
        _ => InParquet(table),
    };

    /// <summary>Lines whose last cell is not empty, that with the names left out.</summary>
    private static long InCsv(Stream table)
    {
        long rows = -1;
        var (isQuoted, isFilled) = (false, false);
        foreach (var letter in Bytes(table))
            switch (letter)
            {
                case (byte)'"':
                    isQuoted = !isQuoted;
                    break;
                case (byte)',' when !isQuoted:
                    isFilled = false;
                    break;
                case (byte)'\n' when !isQuoted:
                    if (isFilled) rows++;
                    isFilled = false;
                    break;
                case (byte)'\r' when !isQuoted:
                    break;
                default:
                    isFilled = true;
                    break;
            }

        return rows;
    }

    /// <summary>The member with a text in it; within a text its quotes would be escaped.</summary>
    private static long InLines(Stream table)
    {
        var rows = 0;
        var met = 0;
        foreach (var letter in Bytes(table))
        {
            met = letter == Member[met] ? met + 1 : letter == Member[0] ? 1 : 0;
            if (met < Member.Length) continue;
            rows++;
            met = 0;
        }

        return rows;
    }

    private static long InArrow(Stream table)
    {
        using var reader = new ArrowStreamReader(table, leaveOpen: true);
        long rows = 0;
        while (reader.ReadNextRecordBatch() is { } batch)
            using (batch) rows += Filled(batch);
        return rows;
    }

    private static long InParquet(Stream table)
    {
        using var file = new FileReader(table, leaveOpen: true);
        using var batches = file.GetRecordBatchReader(columns: [file.Schema.FieldsList.Count - 1]);
        long rows = 0;
        while (batches.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult() is { } batch)
            using (batch) rows += Filled(batch);
        return rows;
    }

    private static int Filled(RecordBatch batch) => batch.Length - batch.Column(batch.ColumnCount - 1).NullCount;

    private static IEnumerable<byte> Bytes(Stream table)
    {
        var buffer = new byte[1 << 16];
        for (int read; (read = table.Read(buffer)) > 0;)
            for (var i = 0; i < read; i++) yield return buffer[i];
    }
}
