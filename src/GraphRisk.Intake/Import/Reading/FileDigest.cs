using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace GraphRisk.Intake.Import.Reading;

/// <summary>
/// What one pass over a file's bytes tells: its hash, from which ChangeSet ids derive, and its encoding. A file is
/// UTF-8 when at least half of its lines that hold more than ASCII are valid UTF-8, so that a few damaged lines do not
/// turn the rest into noise; otherwise it is taken for GB 18030, where nearly every line of such text is invalid UTF-8.
/// UTF-16, with or without its mark, is read as the UTF-8 it stands for, and a workbook as the CSV its first sheet would be
/// saved as, and lines that end with carriage returns as ones that end with line feeds: behind the digest nobody meets these.
/// </summary>
/// <param name="Hash">SHA-256, lower-case hexadecimal.</param>
/// <param name="Length">Size in bytes.</param>
/// <param name="Encoding">Encoding of the text.</param>
/// <param name="MarkLength">Length of the byte-order mark in front.</param>
/// <param name="Head">The first bytes, at most 64 KiB, behind the mark.</param>
public sealed record FileDigest(string Hash, long Length, FileEncoding Encoding, int MarkLength, byte[] Head)
{
    private const int HeadSize = 64 * 1024;

    /// <summary>The two-byte encoding the file is in; null for others.</summary>
    public Encoding? Wide { get; private init; }

    /// <summary>The file is a workbook.</summary>
    public bool IsSheet { get; private init; }

    /// <summary>Why the file cannot be read, whatever the mapping; null where nothing speaks against it.</summary>
    public string? Fault { get; private init; }

    /// <summary>Reads the file once.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FileDigest Of(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[256 * 1024];
        var head = Array.Empty<byte>();
        long length = 0, good = 0, bad = 0;
        int kept = 0, read;
        while ((read = stream.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false)) > 0)
        {
            sha.AppendData(buffer, kept, read);
            var filled = kept + read;
            if (length == 0) head = buffer.AsSpan(0, Math.Min(filled, HeadSize)).ToArray();
            length += read;
            var whole = buffer.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
            if (whole == 0) whole = StartOfLastCharacter(buffer.AsSpan(0, filled));
            Count(buffer.AsSpan(0, whole), ref good, ref bad);
            kept = filled - whole;
            buffer.AsSpan(whole, kept).CopyTo(buffer);
        }

        Count(buffer.AsSpan(0, kept), ref good, ref bad);
        var hash = Convert.ToHexStringLower(sha.GetHashAndReset());
        if (SheetCheck.IsOldKind(head)) return new FileDigest(hash, length, FileEncoding.Utf8, 0, []) { Fault = SheetCheck.OldKindWords };
        if (SheetStream.Is(path, head) || WideOf(head) is not null)
        {
            var isSheet = SheetStream.Is(path, head);
            var wide = isSheet ? null : WideOf(head);
            var told = new FileDigest(hash, length, FileEncoding.Utf8, 0, [])
            {
                Wide = wide,
                IsSheet = isSheet,
                Fault = isSheet ? SheetFault(stream) : null,
                StartsWithMark = wide is not null && head.AsSpan().StartsWith(wide.Preamble),
            };
            told = told with { EndsWithReturns = wide is not null && ReturnStream.Is(told.ReadHead(path)) };
            return told with { Head = told.ReadHead(path) };
        }

        var mark = head.AsSpan().StartsWith(System.Text.Encoding.UTF8.Preamble) ? 3 : 0;
        var encoding = mark > 0 || good >= bad ? FileEncoding.Utf8 : FileEncoding.Gb18030;
        var returns = ReturnStream.Is(head);
        if (returns) head.AsSpan().Replace((byte)'\r', (byte)'\n');
        return new FileDigest(hash, length, encoding, mark, head[mark..]) { EndsWithReturns = returns };
    }

    /// <summary>Opens the file behind its byte-order mark. What cannot be read is told by the <see cref="InvalidDataException"/> of the stream.</summary>
    public Stream Open(string path)
    {
        if (Fault is not null) return new FaultStream(Fault);
        var text = OpenText(path);
        return EndsWithReturns ? new ReturnStream(text) : text;
    }

    private Stream OpenText(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.SequentialScan);
        stream.Position = MarkLength;
        if (IsSheet) return new SheetStream(stream);
        if (Wide is null) return stream;
        var text = System.Text.Encoding.CreateTranscodingStream(stream, Wide, System.Text.Encoding.UTF8);
        Span<byte> mark = stackalloc byte[3];
        if (StartsWithMark) text.ReadExactly(mark);
        return text;
    }

    /// <summary>The first characters of the file, where invalid ones do not matter.</summary>
    public string HeadText() =>
        (Encoding == FileEncoding.Utf8 ? System.Text.Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!).GetString(Head);

    private bool StartsWithMark { get; init; }

    private bool EndsWithReturns { get; init; }

    private static string? SheetFault(FileStream stream)
    {
        stream.Position = 0;
        return SheetCheck.Find(stream);
    }

    private byte[] ReadHead(string path)
    {
        using var stream = Open(path);
        var buffer = new byte[HeadSize];
        var filled = 0;
        try
        {
            for (int read; filled < buffer.Length && (read = stream.Read(buffer, filled, buffer.Length - filled)) > 0;) filled += read;
        }
        catch (InvalidDataException)
        {
            // Told again, as the fault it is, by whoever reads on.
        }

        return buffer[..filled];
    }

    /// <summary>UTF-16 by its mark, or by the noughts beside every other byte of text that is mostly Latin or digits.</summary>
    private static Encoding? WideOf(ReadOnlySpan<byte> head)
    {
        if (head.Length < 4) return null;
        if (head.StartsWith(System.Text.Encoding.Unicode.Preamble)) return System.Text.Encoding.Unicode;
        if (head.StartsWith(System.Text.Encoding.BigEndianUnicode.Preamble)) return System.Text.Encoding.BigEndianUnicode;
        var (even, odd) = (0, 0);
        for (var i = 0; i + 1 < head.Length; i += 2)
        {
            if (head[i] == 0) even++;
            if (head[i + 1] == 0) odd++;
        }

        var few = head.Length / 2 / 4;
        return odd > few && even * 10 < odd ? System.Text.Encoding.Unicode : even > few && odd * 10 < even ? System.Text.Encoding.BigEndianUnicode : null;
    }

    /// <summary>Where a line longer than the buffer is cut without dividing a character of UTF-8.</summary>
    private static int StartOfLastCharacter(ReadOnlySpan<byte> bytes)
    {
        for (var i = bytes.Length - 1; i > bytes.Length - 5 && i > 0; i--)
            if ((bytes[i] & 0xC0) != 0x80) return i;
        return bytes.Length;
    }

    private static void Count(ReadOnlySpan<byte> lines, ref long good, ref long bad)
    {
        if (Ascii.IsValid(lines)) return;
        foreach (var range in lines.Split((byte)'\n'))
        {
            var line = lines[range];
            if (Ascii.IsValid(line)) continue;
            if (Utf8.IsValid(line)) good++;
            else bad++;
        }
    }
}
