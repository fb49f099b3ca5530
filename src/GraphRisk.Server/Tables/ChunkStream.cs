namespace GraphRisk.Server.Tables;

/// <summary>What a table has written and was not sent yet. It knows how much went through it, and can go neither back nor ahead.</summary>
internal sealed class ChunkStream : Stream
{
    private readonly MemoryStream held = new();
    private long passed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Position;

    public override long Position
    {
        get => passed + held.Length;
        set => throw new NotSupportedException();
    }

    /// <summary>What was written since the last call.</summary>
    public byte[] Take()
    {
        var chunk = held.ToArray();
        passed += chunk.Length;
        held.SetLength(0);
        return chunk;
    }

    public override void Write(byte[] buffer, int offset, int count) => held.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => held.Write(buffer);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
