using System.Text.Json;

namespace GraphRisk.Intake.Import.Reading;

/// <summary>
/// Cuts a JSON array of objects into its elements. A sound element is found by its braces. Where braces lead to nothing
/// sound, since a quote or a brace is damaged, the element is given out as broken up to the next place where an object
/// begins with a key with which sound elements begin; there reading goes on. Memory is bounded by the limit on an element.
/// </summary>
public sealed class JsonArrayRecords : IRawReader
{
    private readonly Stream stream;
    private readonly int limit;
    private readonly List<byte[]> firstKeys;
    private byte[] buffer = new byte[64 * 1024];
    private int start, end;
    private long line = 1;
    private bool ended;

    /// <param name="stream">The file, behind a byte-order mark.</param>
    /// <param name="limit">Longest element in bytes that is kept whole.</param>
    /// <param name="firstKey">Key with which elements usually begin.</param>
    public JsonArrayRecords(Stream stream, int limit, string firstKey)
    {
        this.stream = stream;
        this.limit = limit;
        firstKeys = [System.Text.Encoding.UTF8.GetBytes($"\"{firstKey}\"")];
    }

    public bool Next(out RawRecord record)
    {
        record = default;
        if (!SkipBetween()) return false;
        if (buffer[start] != '{')
        {
            record = Broken(NextCandidate(start), "is no object");
            return true;
        }

        var stop = FindEnd();
        if (stop > 0 && IsSound(buffer.AsSpan(start, stop - start)))
        {
            RememberFirstKey();
            record = new RawRecord(line, buffer.AsMemory(start, stop - start), stop - start);
            Consume(stop);
            return true;
        }

        var candidate = NextCandidate(start + 1);
        if (stop > 0) record = Broken(candidate > 0 && candidate < stop ? candidate : stop, "is not sound JSON");
        else if (candidate > 0) record = Broken(candidate, "is not closed");
        else record = ended ? Broken(end, "is not closed") : SkipLong();
        return true;
    }

    public void Dispose() => stream.Dispose();

    private static bool IsSound(ReadOnlySpan<byte> element)
    {
        try
        {
            var reader = new Utf8JsonReader(element);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Passes over what stands between elements; false at the end of the file.</summary>
    private bool SkipBetween()
    {
        while (true)
        {
            var at = start;
            while (at < end && buffer[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or (byte)'[' or (byte)']') at++;
            Consume(at);
            if (start < end) return true;
            if (!Fill()) return false;
        }
    }

    /// <summary>Position behind the brace that closes the object at the start; -1 where the file or the limit ends before.</summary>
    private int FindEnd()
    {
        var (depth, quoted, escaped) = (0, false, false);
        for (var at = start; ;)
        {
            for (; at < end; at++)
            {
                var b = buffer[at];
                if (escaped) escaped = false;
                else if (b == '\\') escaped = quoted;
                else if (b == '"') quoted = !quoted;
                else if (quoted) continue;
                else if (b is (byte)'{' or (byte)'[') depth++;
                else if (b is (byte)'}' or (byte)']' && --depth == 0) return at + 1;
            }

            if (end - start > limit) return -1;
            var offset = at - start;
            if (!Fill()) return -1;
            at = start + offset;
        }
    }

    /// <summary>Where, among what is read, the next element seems to begin; -1 where it is nowhere.</summary>
    private int NextCandidate(int from)
    {
        for (var at = from; at < end; at++)
        {
            var brace = buffer.AsSpan(at, end - at).IndexOf((byte)'{');
            if (brace < 0) return -1;
            at += brace;
            var inside = buffer.AsSpan(at + 1, end - at - 1).TrimStart(" \t\r\n"u8);
            foreach (var key in firstKeys)
                if (inside.StartsWith(key)) return at;
        }

        return -1;
    }

    private void RememberFirstKey()
    {
        var reader = new Utf8JsonReader(buffer.AsSpan(start, end - start), isFinalBlock: false, default);
        if (!reader.Read() || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName || firstKeys.Count >= 8) return;
        byte[] key = [(byte)'"', .. reader.ValueSpan, (byte)'"'];
        if (!firstKeys.Exists(known => known.AsSpan().SequenceEqual(key))) firstKeys.Add(key);
    }

    private RawRecord Broken(int stop, string reason)
    {
        if (stop < 0) stop = end;
        var bytes = buffer.AsMemory(start, stop - start);
        var record = new RawRecord(line, bytes.TrimEnd(" \t\r\n,"u8), bytes.Length, new RecordFault(null, reason));
        record = record with { Length = record.Bytes.Length };
        Consume(stop);
        return record;
    }

    /// <summary>Passes over an element longer than the limit, holding only its beginning.</summary>
    private RawRecord SkipLong()
    {
        const int overlap = 1024;
        var firstLine = line;
        var kept = buffer.AsSpan(start, Math.Min(end - start, LineReader.KeptOfLongLine)).ToArray();
        long length = 0;
        int candidate;
        while ((candidate = NextCandidate(start + 1)) < 0)
        {
            var passed = Math.Max(start, end - overlap);
            length += passed - start;
            Consume(passed);
            if (Fill()) continue;
            candidate = end;
            break;
        }

        length += candidate - start;
        Consume(candidate);
        return new RawRecord(firstLine, kept, length, CsvRecords.TooLong(length));
    }

    private void Consume(int to)
    {
        line += buffer.AsSpan(start, to - start).Count((byte)'\n');
        start = to;
    }

    private bool Fill()
    {
        if (ended) return false;
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var read = stream.Read(buffer, end, buffer.Length - end);
        end += read;
        ended = read == 0;
        return !ended;
    }
}
