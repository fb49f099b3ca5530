using System.Text;

namespace GraphRisk.Matching.Records;

/// <summary>Rows of a delimited file that lie in one buffer: where the cells begin and how long they are.</summary>
internal sealed class RowBatch
{
    /// <summary>Size of the buffer, and so the longest row.</summary>
    public const int Size = 1 << 21;

    private int[] starts = new int[1 << 14];
    private int[] lengths = new int[1 << 14];
    private int cells;

    /// <summary>The bytes.</summary>
    public byte[] Buffer { get; } = new byte[Size];

    /// <summary>How many bytes there are.</summary>
    public int Filled { get; set; }

    /// <summary>Where the bytes begin that belong to no row yet.</summary>
    public int Rest { get; set; }

    /// <summary>How many rows.</summary>
    public int Rows { get; set; }

    /// <summary>How many cells so far, those of a row that is not complete among them.</summary>
    public int Cells => cells;

    /// <summary>Forgets everything.</summary>
    public void Clear() => (cells, Rows, Filled, Rest) = (0, 0, 0, 0);

    /// <summary>Takes cells back, or adds empty ones, until there are so many.</summary>
    public void SetCells(int count)
    {
        while (cells < count) Add(0, 0, isEscaped: false);
        cells = count;
    }

    /// <summary>Adds a cell.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="length">Its length.</param>
    /// <param name="isEscaped">Whether it holds quotation marks written twice.</param>
    public void Add(int start, int length, bool isEscaped)
    {
        if (cells == starts.Length)
        {
            Array.Resize(ref starts, cells * 2);
            Array.Resize(ref lengths, cells * 2);
        }

        (starts[cells], lengths[cells]) = (start, isEscaped ? ~length : length);
        cells++;
    }

    /// <summary>The bytes of a cell; one with marks written twice is put into the scratch given.</summary>
    public ReadOnlySpan<byte> Cell(int cell, ref byte[] scratch)
    {
        if (lengths[cell] >= 0) return Buffer.AsSpan(starts[cell], lengths[cell]);
        var written = Buffer.AsSpan(starts[cell], ~lengths[cell]);
        if (scratch.Length < written.Length) scratch = new byte[written.Length * 2];
        var length = 0;
        for (var i = 0; i < written.Length; i++)
        {
            scratch[length++] = written[i];
            if (written[i] == '"') i++;
        }

        return scratch.AsSpan(0, length);
    }
}

/// <summary>
/// Divides a delimited file into rows and cells (RFC 4180, more leniently): blanks around a cell and before its quotation mark do not
/// count; a mark that is never closed, or closed on another line with more text behind it, is taken for a letter, so that one stray
/// mark costs its own row and not the rest of the file. Bytes are walked by vector search and copied once.
/// </summary>
internal sealed class RowSplitter(Stream stream, byte delimiter)
{
    private const int LongestQuoted = 1 << 18;
    private bool isAtEnd;

    /// <summary>Line of the row last divided, from 1.</summary>
    public long Line { get; private set; } = 1;

    private long NextLine { get; set; } = 1;

    /// <summary>The sign between cells: the most frequent in the first line, outside of quotation marks.</summary>
    public static byte FindDelimiter(ReadOnlySpan<byte> head)
    {
        Span<int> counts = stackalloc int[128];
        var isQuoted = false;
        foreach (var letter in head)
        {
            if (letter == '"') isQuoted = !isQuoted;
            else if (letter == '\n' && !isQuoted) break;
            else if (!isQuoted && letter < 128) counts[letter]++;
        }

        var best = (byte)',';
        foreach (var sign in ",;\t|"u8)
            if (counts[sign] > counts[best]) best = sign;
        return best;
    }

    /// <summary>Fills a batch; false where there is nothing more.</summary>
    /// <param name="batch">Which, all of it given up.</param>
    /// <param name="before">The batch before, whose rest is taken over; null at the beginning.</param>
    /// <param name="end">Told at the end of each row, with its first cell; what it answers says whether the row is kept.</param>
    /// <exception cref="InvalidDataException">A row is longer than a batch.</exception>
    public bool Fill(RowBatch batch, RowBatch? before, Func<RowBatch, int, bool> end)
    {
        batch.Clear();
        if (before is not null)
        {
            before.Buffer.AsSpan(before.Rest, before.Filled - before.Rest).CopyTo(batch.Buffer);
            batch.Filled = before.Filled - before.Rest;
        }

        var read = stream.ReadAtLeast(batch.Buffer.AsSpan(batch.Filled), RowBatch.Size - batch.Filled, throwOnEndOfStream: false);
        batch.Filled += read;
        isAtEnd = batch.Filled < RowBatch.Size;
        while (batch.Rest < batch.Filled)
        {
            var (first, line) = (batch.Cells, NextLine);
            var next = Divide(batch, batch.Rest);
            if (next < 0)
            {
                batch.SetCells(first);
                NextLine = line;
                break;
            }

            Line = line;
            batch.Rest = next;
            if (end(batch, first)) batch.Rows++;
            else batch.SetCells(first);
        }

        if (batch.Rest == 0 && batch.Filled == RowBatch.Size) throw new InvalidDataException($"line {NextLine}: a row is longer than {RowBatch.Size:N0} bytes.");
        return batch.Filled > 0;
    }

    /// <summary>Divides one row and tells where the next begins; -1 where its end is not in the buffer.</summary>
    private int Divide(RowBatch batch, int at)
    {
        var bytes = batch.Buffer.AsSpan(0, batch.Filled);
        while (true)
        {
            while (at < bytes.Length && IsBlank(bytes[at])) at++;
            var end = at < bytes.Length && bytes[at] == '"' ? Quoted(batch, bytes, at) : Plain(batch, bytes, at);
            if (end < 0) return -1;
            if (end == bytes.Length) return end;
            at = end + 1;
            if (bytes[end] == delimiter) continue;
            NextLine++;
            return at;
        }
    }

    /// <summary>Adds a cell without marks and tells where the sign behind it stands.</summary>
    private int Plain(RowBatch batch, ReadOnlySpan<byte> bytes, int at, int from = -1)
    {
        var begin = from < 0 ? at : from;
        var length = bytes[begin..].IndexOfAny(delimiter, (byte)'\n');
        if (length < 0 && !isAtEnd) return -1;
        var end = length < 0 ? bytes.Length : begin + length;
        var last = end;
        while (last > at && (IsBlank(bytes[last - 1]) || bytes[last - 1] == '\r')) last--;
        batch.Add(at, last - at, isEscaped: false);
        return end;
    }

    private int Quoted(RowBatch batch, ReadOnlySpan<byte> bytes, int at)
    {
        var (begin, isEscaped) = (at + 1, false);
        for (var from = begin; ;)
        {
            var mark = bytes[from..].IndexOf((byte)'"');
            var close = from + mark;
            if (mark < 0 || close - begin > LongestQuoted)
                return isAtEnd || bytes.Length - begin > LongestQuoted ? Plain(batch, bytes, at) : -1;
            if (close + 1 < bytes.Length && bytes[close + 1] == '"')
            {
                (from, isEscaped) = (close + 2, true);
                continue;
            }

            var next = close + 1;
            while (next < bytes.Length && (IsBlank(bytes[next]) || bytes[next] == '\r')) next++;
            if (next == bytes.Length && !isAtEnd) return -1;
            var lines = bytes[begin..close].Count((byte)'\n');
            if (next < bytes.Length && bytes[next] != delimiter && bytes[next] != '\n') return Plain(batch, bytes, at, lines > 0 ? -1 : close);
            NextLine += lines;
            batch.Add(begin, close - begin, isEscaped);
            return next;
        }
    }

    private bool IsBlank(byte letter) => letter == ' ' || letter == '\t' && delimiter != '\t';
}
