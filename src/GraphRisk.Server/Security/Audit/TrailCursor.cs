using System.Text;
using Microsoft.Win32.SafeHandles;

namespace GraphRisk.Server.Security.Audit;

/// <summary>How far a trail was read and found whole. Not thread-safe.</summary>
/// <param name="key">The trail's key; null checks links and signatures only.</param>
internal sealed class TrailCursor(byte[]? key)
{
    private string? tail;

    /// <summary>The head so far.</summary>
    public AuditHead Head { get; private set; } = AuditHead.Start;

    /// <summary>Bytes read.</summary>
    public long Position { get; private set; }

    /// <summary>What the trail begins with where entries were cut by retention.</summary>
    public TrailSummary? Summary { get; private set; }

    /// <summary>A cursor at a sealed head, everything before being taken as sealed.</summary>
    public static TrailCursor At(SealedHead head, byte[] key) =>
        new(key) { Head = head.Head, Position = head.Length, tail = head.Length == 0 ? null : head.Head.Hash };

    /// <summary>Whether what was read last still stands where it was read.</summary>
    public bool StandsIn(SafeFileHandle file)
    {
        if (RandomAccess.GetLength(file) < Position) return false;
        if (tail is null) return Position == 0;
        Span<byte> bytes = stackalloc byte[AuditLine.TailLength + 1];
        if (Position < bytes.Length || RandomAccess.Read(file, bytes, Position - bytes.Length) != bytes.Length) return false;
        return bytes[^1] == '\n' && Encoding.ASCII.GetString(bytes[9..^3]) == tail;
    }

    /// <summary>Goes past a line if it is the next of the trail.</summary>
    public bool Take(TrailLine line)
    {
        if (Next(line.Bytes.Span) is not { } head) return false;
        Advance(line.Bytes.Span, head, line.End);
        return true;
    }

    /// <summary>Goes past a line known to be the next.</summary>
    public void Advance(ReadOnlySpan<byte> line, AuditHead head, long end)
    {
        (Head, Position, tail) = (head, end, AuditLine.HashOf(line));
    }

    /// <summary>Goes on to the end of the last complete line.</summary>
    /// <param name="file">The trail.</param>
    /// <param name="passed">Told every head passed; null for nobody.</param>
    /// <exception cref="AuditLossException">A line is not the next; the message names the entry.</exception>
    public void ReadOn(SafeFileHandle file, Action<AuditHead>? passed = null)
    {
        if (RandomAccess.GetLength(file) == Position) return;
        foreach (var line in TrailLines.Read(file, Position))
        {
            if (!Take(line))
                throw new AuditLossException($"The audit trail was changed at entry {Head.Sequence + 1}.");
            passed?.Invoke(Head);
        }
    }

    private AuditHead? Next(ReadOnlySpan<byte> line)
    {
        if (Position > 0 || !TrailSummary.IsAt(line)) return AuditLine.Check(line, Head, key);
        Summary = TrailSummary.Check(line, key);
        return Summary?.Through;
    }
}
