using System.Text;
using System.Text.Unicode;

namespace GraphRisk.Matching.Records;

/// <summary>
/// A text file as UTF-8, whatever it is written in: UTF-8 or UTF-16 by their marks, UTF-16 without one by its noughts, and otherwise by
/// the lines that hold more than ASCII. Are at least half of them valid UTF-8 it is that; otherwise bytes beyond ASCII stand in
/// pairs in GB 18030, and alone among letters in Windows-1252.
/// </summary>
internal static class TextSource
{
    private const int BufferSize = 1 << 20;

    /// <summary>Opens a file behind its mark.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Stream Open(string path)
    {
        var (encoding, mark) = Find(path);
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.SequentialScan);
        stream.Position = mark;
        return encoding is UTF8Encoding ? stream : Encoding.CreateTranscodingStream(stream, encoding, Encoding.UTF8);
    }

    private static (Encoding Encoding, int Mark) Find(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.SequentialScan);
        var buffer = new byte[BufferSize];
        var tally = new Tally();
        int kept = 0, read;
        var isFirst = true;
        while ((read = stream.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false)) > 0)
        {
            var filled = buffer.AsSpan(0, kept + read);
            if (isFirst && ByMark(filled) is { } marked) return marked;
            isFirst = false;
            var whole = filled.LastIndexOf((byte)'\n') + 1;
            if (whole == 0) whole = filled.Length;
            tally.Count(filled[..whole]);
            kept = filled.Length - whole;
            filled[whole..].CopyTo(buffer);
        }

        tally.Count(buffer.AsSpan(0, kept));
        return (tally.Encoding, 0);
    }

    private static (Encoding, int)? ByMark(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(Encoding.UTF8.Preamble)) return (Encoding.UTF8, 3);
        if (head.StartsWith(Encoding.Unicode.Preamble)) return (Encoding.Unicode, 2);
        if (head.StartsWith(Encoding.BigEndianUnicode.Preamble)) return (Encoding.BigEndianUnicode, 2);
        head = head[..Math.Min(head.Length, 4096)];
        var (even, odd) = (0, 0);
        for (var i = 0; i + 1 < head.Length; i += 2)
        {
            if (head[i] == 0) even++;
            if (head[i + 1] == 0) odd++;
        }

        var few = head.Length / 8;
        return odd > few && even * 10 < odd ? (Encoding.Unicode, 0) : even > few && odd * 10 < even ? (Encoding.BigEndianUnicode, 0) : null;
    }

    private sealed class Tally
    {
        private long good;
        private long bad;
        private long paired;
        private long alone;

        public Encoding Encoding => good >= bad ? Encoding.UTF8
            : CodePagesEncodingProvider.Instance.GetEncoding(paired > alone ? "GB18030" : "windows-1252")!;

        public void Count(ReadOnlySpan<byte> lines)
        {
            if (Ascii.IsValid(lines)) return;
            foreach (var range in lines.Split((byte)'\n'))
            {
                var line = lines[range];
                if (Ascii.IsValid(line)) continue;
                if (Utf8.IsValid(line))
                {
                    good++;
                    continue;
                }

                bad++;
                CountNeighbours(line);
            }
        }

        private void CountNeighbours(ReadOnlySpan<byte> line)
        {
            for (var i = 0; i < line.Length; i++)
            {
                if (line[i] < 0x80) continue;
                if (i + 1 < line.Length && line[i + 1] >= 0x80)
                {
                    paired++;
                    i++;
                }
                else
                {
                    alone++;
                }
            }
        }
    }
}
