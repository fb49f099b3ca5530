using System.Text;

namespace GraphRisk.Graph.Snapshots;

/// <summary>A growing run of UTF-8, at most 2 GiB.</summary>
internal sealed class TextHeap
{
    private byte[] bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void Add(string text)
    {
        Reserve(Encoding.UTF8.GetByteCount(text));
        Length += Encoding.UTF8.GetBytes(text, bytes.AsSpan(Length));
    }

    public void Add(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(bytes.AsSpan(Length));
        Length += text.Length;
    }

    public Section<byte> ToSection() => new(Written.ToArray());

    private void Reserve(int more)
    {
        var needed = (long)Length + more;
        if (needed <= bytes.Length) return;
        if (needed > Array.MaxLength)
            throw new InvalidOperationException("The texts of one field, or the keys of all nodes, exceed 2 GiB; a snapshot cannot hold them.");
        Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max(Math.Max(needed, 256), bytes.Length * 2L)));
    }
}
