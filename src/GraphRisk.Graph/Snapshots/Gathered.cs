using System.Runtime.CompilerServices;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Values gathered one after another, in pieces of 65,536 of which no full one is ever copied: a list that doubles leaves as much
/// behind as it holds, and what is left behind of large arrays stays for long. The first piece grows as a list does, so
/// that few values take little. Not thread-safe.
/// </summary>
/// <typeparam name="T">Value.</typeparam>
internal sealed class Gathered<T>
{
    private const int Bits = 16;
    private const int Piece = 1 << Bits;

    private T[][] pieces = [[]];

    /// <summary>Number of values.</summary>
    public int Count { get; private set; }

    /// <summary>A value, to read or to replace.</summary>
    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref pieces[index >> Bits][index & (Piece - 1)];
    }

    /// <summary>Adds a value after the others.</summary>
    public void Add(T value)
    {
        if ((Count & (Piece - 1)) == 0 && Count > 0) AddPiece();
        else if (Count < Piece && Count == pieces[0].Length) Array.Resize(ref pieces[0], Math.Min(Piece, Math.Max(4, Count * 2)));
        this[Count++] = value;
    }

    /// <summary>Adds a value until there are so many.</summary>
    public void FillTo(int count, T value)
    {
        while (Count < count) Add(value);
    }

    /// <summary>All values in an array.</summary>
    public T[] ToArray()
    {
        var all = new T[Count];
        for (var at = 0; at < Count; at += Piece) Array.Copy(pieces[at >> Bits], 0, all, at, Math.Min(Piece, Count - at));
        return all;
    }

    private void AddPiece()
    {
        var at = Count >> Bits;
        if (at == pieces.Length) Array.Resize(ref pieces, at * 2);
        pieces[at] = new T[Piece];
    }
}
