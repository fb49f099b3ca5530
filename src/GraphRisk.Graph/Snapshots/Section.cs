using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphRisk.Graph.Snapshots;

/// <summary>A run of fixed-size values of a snapshot, whatever their type.</summary>
public abstract class Section
{
    private protected Section(int length) => Length = length;

    /// <summary>Number of values.</summary>
    public int Length { get; }

    /// <summary>Bytes of one value.</summary>
    internal abstract int ItemSize { get; }

    /// <summary>Bytes of all values; they may be more than a span can hold.</summary>
    internal long ByteLength => (long)Length * ItemSize;

    /// <summary>The bytes of some values.</summary>
    internal abstract ReadOnlySpan<byte> Bytes(int start, int count);
}

/// <summary>
/// A run of fixed-size values of a snapshot, in memory of its own or in a mapped file; readers see no difference.
/// </summary>
/// <typeparam name="T">Value without references.</typeparam>
public sealed unsafe class Section<T> : Section
    where T : unmanaged
{
    private readonly T[]? array;
    private readonly T* pointer;

    /// <summary>Values in memory. The array must not be changed afterwards.</summary>
    public Section(T[] array)
        : base(array.Length) => this.array = array;

    /// <summary>Values in a mapping that outlives the section.</summary>
    internal Section(T* pointer, int length)
        : base(length) => this.pointer = pointer;

    /// <summary>No values.</summary>
    internal static Section<T> Empty { get; } = new([]);

    /// <summary>All values.</summary>
    public ReadOnlySpan<T> Span => array is not null ? array : new ReadOnlySpan<T>(pointer, Length);

    /// <summary>One value.</summary>
    public T this[int index] => Span[index];

    internal override int ItemSize => Unsafe.SizeOf<T>();

    internal override ReadOnlySpan<byte> Bytes(int start, int count) => MemoryMarshal.AsBytes(Span.Slice(start, count));

    /// <summary>These values and others after them; the section itself where there are none.</summary>
    internal Section<T> Append(ReadOnlySpan<T> more)
    {
        if (more.IsEmpty) return this;
        var joined = new T[checked(Length + more.Length)];
        Span.CopyTo(joined);
        more.CopyTo(joined.AsSpan(Length));
        return new Section<T>(joined);
    }
}
