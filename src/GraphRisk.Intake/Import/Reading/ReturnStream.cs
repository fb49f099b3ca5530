namespace GraphRisk.Intake.Import.Reading;

/// <summary>A text whose lines end with carriage returns alone, as some programs still save them, as one whose lines end with line feeds.</summary>
internal sealed class ReturnStream(Stream text) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>
    /// Whether the lines of a text end so: its first line does, quoted cells aside, and returns alone outnumber line feeds, of which
    /// there may be some within cells.
    /// </summary>
    public static bool Is(ReadOnlySpan<byte> head)
    {
        var quoted = false;
        for (var i = 0; i < head.Length; i++)
        {
            if (head[i] == '"') quoted = !quoted;
            if (quoted || head[i] is not ((byte)'\r' or (byte)'\n')) continue;
            if (head[i] == '\n' || (i + 1 < head.Length && head[i + 1] == '\n')) return false;
            return head.Count((byte)'\r') - head.Count("\r\n"u8) > head.Count((byte)'\n');
        }

        return false;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = text.Read(buffer, offset, count);
        buffer.AsSpan(offset, read).Replace((byte)'\r', (byte)'\n');
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) text.Dispose();
        base.Dispose(disposing);
    }
}
