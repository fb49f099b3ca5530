using System.IO.Hashing;
using System.Text;

namespace GraphRisk.Matching.Records;

/// <summary>
/// Distinct values of one column as they stand in the file, each kept once as UTF-8 and numbered in the order of first appearance.
/// Bytes lie one after another in blocks, the length before each value, found by an open table of numbers: about 40 bytes a
/// value beside its own, so that six million different ones cost what a tenth as many strings with a dictionary would. Values are
/// added by one thread.
/// </summary>
internal sealed class ValuePool
{
    private const int BlockBits = 22;
    private const int BlockSize = 1 << BlockBits;
    private const int LengthSize = 2;

    /// <summary>Longer values are cut: no evidence lies beyond.</summary>
    public const int Longest = 4096;

    private readonly List<byte[]> blocks = [];
    private int used = BlockSize;
    private uint[] starts = new uint[256];
    private uint[] hashes = new uint[256];
    private int[] slots = new int[1024];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Number of a value, which is added where it is new.</summary>
    public int Add(ReadOnlySpan<byte> value)
    {
        if (value.Length > Longest) value = Cut(value);
        var hash = (uint)XxHash3.HashToUInt64(value);
        var slot = hash & (uint)(slots.Length - 1);
        for (; slots[slot] != 0; slot = (slot + 1) & (uint)(slots.Length - 1))
            if (hashes[slots[slot] - 1] == hash && Bytes(slots[slot] - 1).SequenceEqual(value)) return slots[slot] - 1;
        if (Count == starts.Length)
        {
            Array.Resize(ref starts, Count * 2);
            Array.Resize(ref hashes, Count * 2);
        }

        (starts[Count], hashes[Count]) = (Store(value), hash);
        slots[slot] = ++Count;
        if (Count * 2 > slots.Length) Grow();
        return Count - 1;
    }

    /// <summary>The bytes of a value.</summary>
    public ReadOnlySpan<byte> Bytes(int number)
    {
        var start = starts[number];
        var (block, at) = (blocks[(int)(start >> BlockBits)], (int)(start & (BlockSize - 1)));
        return block.AsSpan(at + LengthSize, block[at] | block[at + 1] << 8);
    }

    /// <summary>The text of a value.</summary>
    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number));

    /// <summary>Gives up what only adding needs.</summary>
    public void Close() => (slots, hashes) = ([], []);

    private uint Store(ReadOnlySpan<byte> value)
    {
        if (used + LengthSize + value.Length > BlockSize)
        {
            if (blocks.Count == 1 << (32 - BlockBits)) throw new InvalidDataException("A column holds more than 4 GiB of different values.");
            blocks.Add(new byte[BlockSize]);
            used = 0;
        }

        var (block, start) = (blocks[^1], ((uint)(blocks.Count - 1) << BlockBits) | (uint)used);
        (block[used], block[used + 1]) = ((byte)value.Length, (byte)(value.Length >> 8));
        value.CopyTo(block.AsSpan(used + LengthSize));
        used += LengthSize + value.Length;
        return start;
    }

    private void Grow()
    {
        var wider = new int[slots.Length * 2];
        var mask = (uint)(wider.Length - 1);
        for (var number = 0; number < Count; number++)
        {
            var slot = hashes[number] & mask;
            while (wider[slot] != 0) slot = (slot + 1) & mask;
            wider[slot] = number + 1;
        }

        slots = wider;
    }

    /// <summary>The beginning of a value, no character of which is divided.</summary>
    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> value)
    {
        var end = Longest;
        while (end > 0 && (value[end] & 0xC0) == 0x80) end--;
        return value[..end];
    }
}
