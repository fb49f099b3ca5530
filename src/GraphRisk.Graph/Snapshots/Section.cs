namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// A run of fixed-size values of a snapshot, in memory of its own or in a mapped file; readers see no difference.
/// </summary>
/// <typeparam name="T">Value without references.</typeparam>
public sealed unsafe class Section<T>
    where T : unmanaged
{
    private readonly T[]? array;
    private readonly T* pointer;

    /// <summary>Values in memory. The array must not be changed afterwards.</summary>
    public Section(T[] array)
    {
        this.array = array;
        Length = array.Length;
    }

    /// <summary>Values in a mapping that outlives the section.</summary>
    internal Section(T* pointer, int length)
    {
        this.pointer = pointer;
        Length = length;
    }

    /// <summary>Number of values.</summary>
    public int Length { get; }

    /// <summary>All values.</summary>
    public ReadOnlySpan<T> Span => array is not null ? array : new ReadOnlySpan<T>(pointer, Length);

    /// <summary>One value.</summary>
    public T this[int index] => Span[index];
}
