using System.Buffers.Binary;

namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// Types and keys of nodes in runs of consecutive numbers, about ten bytes beside each key. A run is one array: for each
/// node where its key ends and its type, two bytes each, then the keys in UTF-8.
/// </summary>
internal sealed class PackedNames
{
    /// <summary>Nodes in a run; the first run begins at number 1.</summary>
    public const int RunLength = 32;

    private const int Entry = 4;
    private const int HeaderLength = RunLength * Entry;

    private readonly byte[] header = new byte[HeaderLength];
    private readonly List<byte> keys = [];
    private int added;
    private bool fits;
    private byte[]?[] runs = [];

    /// <summary>The run of a node.</summary>
    public static long RunOf(long number) => (number - 1) / RunLength;

    /// <summary>The first number of a run.</summary>
    public static long FirstOf(long run) => (run * RunLength) + 1;

    /// <summary>Type number and key of a node, where its run is kept.</summary>
    public bool TryFind(long number, out int type, out ReadOnlySpan<byte> key)
    {
        type = 0;
        key = default;
        if (RunOf(number) >= runs.Length || runs[RunOf(number)] is not { } run) return false;
        var entry = (int)((number - 1) % RunLength) * Entry;
        var start = entry == 0 ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(run.AsSpan(entry - Entry));
        var end = BinaryPrimitives.ReadUInt16LittleEndian(run.AsSpan(entry));
        type = BinaryPrimitives.ReadUInt16LittleEndian(run.AsSpan(entry + 2));
        key = run.AsSpan(HeaderLength + start, end - start);
        return true;
    }

    /// <summary>Begins a run.</summary>
    public void Begin()
    {
        keys.Clear();
        (added, fits) = (0, true);
    }

    /// <summary>Adds the next node of the run.</summary>
    public void Add(int type, ReadOnlySpan<byte> key)
    {
        fits &= added < RunLength && type <= ushort.MaxValue && keys.Count + key.Length <= ushort.MaxValue;
        if (!fits) return;
        keys.AddRange(key);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(added * Entry), (ushort)keys.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan((added * Entry) + 2), (ushort)type);
        added++;
    }

    /// <summary>Keeps the run where it is whole; one that the store has not filled yet, or with very long keys, is not kept.</summary>
    public void End(long run)
    {
        if (!fits || added < RunLength) return;
        if (run >= runs.Length) Array.Resize(ref runs, (int)Math.Max(run + 1, runs.Length * 2L));
        runs[run] = [.. header, .. keys];
    }
}
