using System.Text;

namespace GraphRisk.Matching.Records;

/// <summary>
/// Reads a delimited file into a <see cref="RawTable"/>. One thread divides the next piece of the file into cells while others give the
/// cells of the last their numbers, column by column, so that no two threads meet in one column.
/// </summary>
internal sealed class DelimitedReader(RawTable table, int threads)
{
    /// <summary>Reads all rows.</summary>
    /// <exception cref="InvalidDataException">There is no header, or a row is beyond all bounds.</exception>
    public void Read(Stream stream, string file, CancellationToken cancellation)
    {
        var head = new byte[RowBatch.Size];
        var headed = new HeadedStream(head.AsMemory(0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)), stream);
        var splitter = new RowSplitter(headed, RowSplitter.FindDelimiter(head));
        RawColumn[]? columns = null;
        (RowBatch filled, RowBatch spare) = (new RowBatch(), new RowBatch());
        bool Keep(RowBatch batch, int first)
        {
            if (columns is null)
            {
                if (batch.Cells - first == 1 && IsEmpty(batch, first)) return false;
                columns = Header(batch, first);
                return false;
            }

            return IsWhole(batch, first, columns.Length, file, splitter);
        }

        try
        {
            for (var hasMore = splitter.Fill(filled, null, Keep); hasMore;)
            {
                cancellation.ThrowIfCancellationRequested();
                var (batch, next) = (filled, spare);
                var filling = Task.Run(() => splitter.Fill(next, batch, Keep), cancellation);
                if (columns is not null) Number(batch, columns, cancellation);
                hasMore = filling.GetAwaiter().GetResult();
                table.Count += batch.Rows;
                (filled, spare) = (next, batch);
            }
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{file}, {error.Message}");
        }

        if (columns is null) throw new InvalidDataException($"{file}: the file is empty; its first line names the columns.");
    }

    private void Number(RowBatch batch, RawColumn[] columns, CancellationToken cancellation) => Parallel.For(
        0, columns.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, column =>
        {
            var scratch = Array.Empty<byte>();
            for (var row = 0; row < batch.Rows; row++)
                columns[column].Add(table.Count + row, batch.Cell(row * columns.Length + column, ref scratch));
        });

    private RawColumn[] Header(RowBatch batch, int first)
    {
        var scratch = Array.Empty<byte>();
        var names = new List<string>();
        for (var cell = first; cell < batch.Cells; cell++)
        {
            var written = string.Join(' ', Encoding.UTF8.GetString(batch.Cell(cell, ref scratch)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            var name = written.Length > 0 ? written : $"column {cell - first + 1}";
            for (var again = 2; names.Contains(name); again++) name = $"{written} ({again})";
            names.Add(name);
        }

        return [.. names.Select(table.Column)];
    }

    /// <summary>Whether a row has cells at all and none beyond the header's; those that its end lacks are empty.</summary>
    private bool IsWhole(RowBatch batch, int first, int width, string file, RowSplitter splitter)
    {
        var count = batch.Cells - first;
        if (count == 1 && IsEmpty(batch, first)) return false;
        for (var cell = first + width; cell < batch.Cells; cell++)
        {
            if (IsEmpty(batch, cell)) continue;
            table.Refuse(file, splitter.Line, $"has {count} cells under {width} headings");
            return false;
        }

        batch.SetCells(first + width);
        return true;
    }

    private static bool IsEmpty(RowBatch batch, int cell)
    {
        var scratch = Array.Empty<byte>();
        return batch.Cell(cell, ref scratch).IsEmpty;
    }
}
