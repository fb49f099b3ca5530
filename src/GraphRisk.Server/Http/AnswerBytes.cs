using System.Buffers;

namespace GraphRisk.Server.Http;

/// <summary>The bytes of an answer, in a growing buffer on loan from the array pool. An answer is held whole, since its length and its hash are told before its first byte leaves.</summary>
internal sealed class AnswerBytes : IBufferWriter<byte>, IDisposable
{
    private const int Smallest = 4 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(Smallest);
    private int length;

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, length);

    /// <summary>Forgets what was written.</summary>
    public void Clear() => length = 0;

    public void Advance(int count) => length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return buffer.AsMemory(length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return buffer.AsSpan(length);
    }

    public void Dispose()
    {
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        (buffer, length) = ([], 0);
    }

    private void Reserve(int more)
    {
        if (buffer.Length - length >= Math.Max(1, more)) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, length + more));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
