using GraphRisk.Graph.Algorithms;

namespace GraphRisk.Server.Budget;

/// <summary>An answer in memory that takes no more than so many bytes.</summary>
/// <param name="limit">Most bytes.</param>
internal sealed class BoundedStream(long limit) : MemoryStream
{
    /// <exception cref="BudgetSpentException">The answer is longer.</exception>
    public override void Write(byte[] buffer, int offset, int count)
    {
        Check(count);
        base.Write(buffer, offset, count);
    }

    /// <exception cref="BudgetSpentException">The answer is longer.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Check(buffer.Length);
        base.Write(buffer);
    }

    /// <exception cref="BudgetSpentException">The answer is longer.</exception>
    public override void WriteByte(byte value)
    {
        Check(1);
        base.WriteByte(value);
    }

    /// <exception cref="BudgetSpentException">The answer is longer.</exception>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    /// <exception cref="BudgetSpentException">The answer is longer.</exception>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private void Check(int more)
    {
        if (Length + more > limit) throw new BudgetSpentException(CostUnit.Bytes.Name(), Length + more, limit);
    }
}
