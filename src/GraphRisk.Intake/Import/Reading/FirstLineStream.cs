namespace GraphRisk.Intake.Import.Reading;

/// <summary>A stream of which the first line was read ahead, to see what it is: gives the line again, then what follows as it comes.</summary>
/// <param name="line">What was read ahead.</param>
/// <param name="rest">What follows; disposed with it.</param>
internal sealed class FirstLineStream(byte[] line, Stream rest) : Stream
{
    private int given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads up to the end of the first line, a byte-order mark passed over, and nothing beyond it.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="limit">Bytes at most.</param>
    public static byte[] ReadLine(Stream stream, int limit)
    {
        var line = new List<byte>();
        for (int read; line.Count < limit && (read = stream.ReadByte()) >= 0;)
        {
            line.Add((byte)read);
            if (read == '\n') break;
        }

        return System.Text.Encoding.UTF8.Preamble.SequenceEqual(line.Take(3).ToArray()) ? [.. line.Skip(3)] : [.. line];
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (given == line.Length) return rest.Read(buffer, offset, count);
        var some = Math.Min(count, line.Length - given);
        line.AsSpan(given, some).CopyTo(buffer.AsSpan(offset));
        given += some;
        return some;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) rest.Dispose();
        base.Dispose(disposing);
    }
}
