using Microsoft.Win32.SafeHandles;

namespace GraphRisk.Server.Security.Audit;

/// <summary>A line of the trail's file.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Bytes">Without its newline; valid until the next line is read.</param>
internal readonly record struct TrailLine(long Offset, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Where the next line begins.</summary>
    public long End => Offset + Bytes.Length + 1;
}

/// <summary>Reads the complete lines of a file, those with a newline, in memory for the longest line.</summary>
internal static class TrailLines
{
    private const int Longest = 256 << 20;

    /// <param name="file">The file; it may grow meanwhile.</param>
    /// <param name="offset">Where to begin: at the start of a line.</param>
    /// <exception cref="InvalidDataException">There is no newline for 256 MB.</exception>
    public static IEnumerable<TrailLine> Read(SafeFileHandle file, long offset = 0)
    {
        var buffer = new byte[64 << 10];
        var filled = 0;
        while (true)
        {
            var count = RandomAccess.Read(file, buffer.AsSpan(filled), offset + filled);
            if (count == 0) yield break;
            var (from, at) = (0, filled);
            filled += count;
            while (buffer.AsSpan(at, filled - at).IndexOf((byte)'\n') is >= 0 and var length)
            {
                var end = at + length;
                yield return new TrailLine(offset + from, buffer.AsMemory(from, end - from));
                from = at = end + 1;
            }

            buffer.AsSpan(from, filled - from).CopyTo(buffer);
            filled -= from;
            offset += from;
            if (filled < buffer.Length) continue;
            if (filled >= Longest) throw new InvalidDataException("A line of the audit trail is longer than any entry.");
            Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    /// <summary>Where the last complete line ends; 0 where there is none.</summary>
    public static long EndOfLast(SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        for (var window = 4096L; ; window *= 8)
        {
            var start = Math.Max(0, length - window);
            var bytes = new byte[length - start];
            var count = RandomAccess.Read(file, bytes, start);
            if (bytes.AsSpan(0, count).LastIndexOf((byte)'\n') is >= 0 and var at) return start + at + 1;
            if (start == 0) return 0;
        }
    }
}
