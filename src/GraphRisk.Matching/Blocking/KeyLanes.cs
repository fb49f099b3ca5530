using System.Runtime.Intrinsics;

namespace GraphRisk.Matching.Blocking;

/// <summary>
/// Sixteen bits of the key of each record by each rule, record by record, so that two lines of memory and one comparison for sixteen rules tell which of
/// them may bring two records together. Sixteen bits are equal by chance once in 65,536 times: what they say is looked up in the keys.
/// </summary>
internal sealed class KeyLanes
{
    private readonly ushort[] lanes;
    private readonly int width;

    /// <param name="keys">The keys by each rule; 32 at most.</param>
    /// <param name="records">Number of records.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ArgumentException">There are more rules than 32.</exception>
    public KeyLanes(RuleKeys[] keys, int records, CancellationToken cancellation)
    {
        if (keys.Length > 32) throw new ArgumentException($"{keys.Length} rules; 32 at most.", nameof(keys));
        width = Vector256<ushort>.Count * ((keys.Length + Vector256<ushort>.Count - 1) / Vector256<ushort>.Count);
        lanes = new ushort[(long)records * width];
        for (var rule = 0; rule < keys.Length; rule++)
            if (!keys[rule].IsSingle) Several |= 1u << rule;
        RuleKeys.ForChunks(records, (from, to) =>
        {
            for (var rule = 0; rule < keys.Length; rule++)
                if (keys[rule].IsSingle)
                    for (var record = from; record < to; record++) lanes[((long)record * width) + rule] = LaneOf(keys[rule].Single(record));
        }, cancellation);
    }

    /// <summary>Rules by which a record may have several keys, as bits; they have no lanes.</summary>
    public uint Several { get; }

    /// <summary>Rules by which two records may have their one key in common, as bits: all by which they have, and next to none besides.</summary>
    public uint Common(int left, int right)
    {
        var common = 0u;
        ref readonly var from = ref lanes[(long)left * width];
        ref readonly var to = ref lanes[(long)right * width];
        for (var at = 0; at < width; at += Vector256<ushort>.Count)
        {
            var (one, other) = (Vector256.LoadUnsafe(in from, (nuint)at), Vector256.LoadUnsafe(in to, (nuint)at));
            common |= (Vector256.Equals(one, other) & ~Vector256.Equals(one, Vector256<ushort>.Zero)).ExtractMostSignificantBits() << at;
        }

        return common;
    }

    /// <summary>Never 0 where there is a key.</summary>
    private static ushort LaneOf(ulong key) => key == 0 ? (ushort)0 : (ushort)((key >> 16) | 1);
}
