namespace GraphRisk.Intake.Import.Reading;

/// <summary>One physical line; valid until the next is read, or for as long as an earlier mark stands.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Bytes">Without line end; only the first <see cref="LineReader.KeptOfLongLine"/> bytes of a line over the limit.</param>
/// <param name="Length">Length of the whole line in bytes.</param>
public readonly record struct RawLine(long Number, ReadOnlyMemory<byte> Bytes, long Length)
{
    /// <summary>The line exceeded the limit and was not kept whole.</summary>
    public bool Cut => Length > Bytes.Length;
}

/// <summary>
/// Reads physical lines as bytes in memory bounded by the limit on a line. Lines end with LF or CR LF. A mark lets the
/// reader go back to the start of a line and read it again.
/// </summary>
public sealed class LineReader : IDisposable
{
    /// <summary>How much of a line over the limit is kept as evidence.</summary>
    public const int KeptOfLongLine = 4096;

    private readonly Stream stream;
    private readonly int limit;
    private byte[] buffer = new byte[128 * 1024];
    private int start, end;
    private int mark = -1;
    private long number, markNumber;
    private bool ended, told;

    /// <param name="stream">The file, behind a byte-order mark.</param>
    /// <param name="limit">Longest line in bytes that is kept whole.</param>
    public LineReader(Stream stream, int limit)
    {
        this.stream = stream;
        this.limit = limit;
    }

    /// <summary>Longest line in bytes that is kept whole.</summary>
    public int Limit => limit;

    /// <summary>Why reading ended where it did, though the file goes on; null where it ended with the file.</summary>
    public string? Fault { get; private set; }

    /// <summary>
    /// Reads the next line; false at the end of the file. A line over the limit behind a mark is told of, cut to
    /// nothing, but not passed over: the mark still holds.
    /// </summary>
    public bool Next(out RawLine line)
    {
        var searched = start;
        while (true)
        {
            var found = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                line = Take(searched + found, 1);
                return true;
            }

            if (end - start > limit)
            {
                line = mark >= 0 && mark < start ? new RawLine(number + 1, default, end - start) : SkipLong();
                return true;
            }

            searched = end;
            if (ended || !Fill(ref searched)) break;
        }

        line = default;
        if (start == end) return false;
        line = Take(end, 0);
        return true;
    }

    /// <summary>Remembers the place before the line to be read next.</summary>
    public void Mark() => (mark, markNumber) = (start, number);

    /// <summary>Forgets the mark.</summary>
    public void Release() => mark = -1;

    /// <summary>Goes back to the mark and forgets it.</summary>
    public void Rewind()
    {
        (start, number) = (mark, markNumber);
        mark = -1;
    }

    /// <summary>All bytes from the mark to the end of the line read last, line ends within included.</summary>
    public ReadOnlyMemory<byte> SinceMark()
    {
        var stop = start;
        if (stop > mark && buffer[stop - 1] == '\n') stop--;
        if (stop > mark && buffer[stop - 1] == '\r') stop--;
        return buffer.AsMemory(mark, stop - mark);
    }

    /// <summary>A file that breaks off ends with a record of no bytes that says why; false where it did not, or was told of.</summary>
    public bool TellFault(out RawRecord record)
    {
        record = Fault is { } fault && !told ? new RawRecord(number + 1, default, 0, new RecordFault(null, fault)) : default;
        told = true;
        return record.Fault is not null;
    }

    public void Dispose() => stream.Dispose();

    private RawLine Take(int stop, int lineEnd)
    {
        var length = stop - start;
        if (length > 0 && buffer[stop - 1] == '\r') length--;
        var kept = length > limit ? KeptOfLongLine : length;
        var line = new RawLine(++number, buffer.AsMemory(start, kept), length);
        start = stop + lineEnd;
        return line;
    }

    /// <summary>Passes over a line that is longer than the limit without holding more of it than its beginning.</summary>
    private RawLine SkipLong()
    {
        mark = -1;
        var kept = buffer.AsSpan(start, KeptOfLongLine).ToArray();
        long length = end - start;
        start = end = 0;
        while (true)
        {
            var read = Read(0);
            if (read == 0)
            {
                ended = true;
                break;
            }

            var found = buffer.AsSpan(0, read).IndexOf((byte)'\n');
            if (found >= 0)
            {
                length += found;
                (start, end) = (found + 1, read);
                break;
            }

            length += read;
        }

        return new RawLine(++number, kept, length);
    }

    private bool Fill(ref int searched)
    {
        var keep = mark >= 0 ? mark : start;
        if (keep > 0)
        {
            buffer.AsSpan(keep, end - keep).CopyTo(buffer);
            start -= keep;
            end -= keep;
            searched -= keep;
            if (mark >= 0) mark = 0;
        }

        if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var read = Read(end);
        end += read;
        ended = read == 0;
        return !ended;
    }

    private int Read(int from)
    {
        try
        {
            return stream.Read(buffer, from, buffer.Length - from);
        }
        catch (InvalidDataException damage)
        {
            Fault = damage.Message;
            return 0;
        }
    }
}
