using System.Numerics;
using GraphRisk.Intake.Resolution.Records;

namespace GraphRisk.Intake.Resolution.Blocking;

/// <summary>What a block is good for, and how common what its records share is.</summary>
/// <param name="IsSuspicious">Too many different names share the value: reported, and no evidence.</param>
/// <param name="Band">
/// How many records share it, by octaves: 0 up to two, 1 up to four, 2 up to eight, and so on. A record that comes or goes changes a
/// judgement only where the number passes a power of two.
/// </param>
/// <param name="IsLarge">The block is too large to compare every pair: each of its records is compared with its anchors.</param>
public readonly record struct BlockState(bool IsSuspicious, byte Band, bool IsLarge)
{
    /// <summary>Records of a large block with which each of its records is compared.</summary>
    public const int AnchorCount = 8;

    /// <summary>Octaves told apart.</summary>
    public const int Bands = 16;

    /// <summary>Others who are thought to share a value that only the two of a pair were seen to have.</summary>
    public const double FewestOthers = 0.5;

    /// <summary>A block whose records are compared and whose value counts, that next to nobody else shares.</summary>
    public static BlockState Usual => default;

    /// <summary>The state of a block.</summary>
    /// <param name="rule">Rule of its kind.</param>
    /// <param name="members">Its records.</param>
    /// <param name="parties">All records.</param>
    public static BlockState Of(BlockRule rule, ReadOnlySpan<int> members, PartyTable parties)
    {
        var isSuspicious = false;
        if (rule.MostNames is { } most && members.Length > most)
        {
            var names = new HashSet<ulong>();
            foreach (var member in members) names.Add(parties.NameKeyOf(member));
            isSuspicious = names.Count > most && names.Count * 2 > members.Length;
        }

        var isLarge = rule.MakesPairs && !isSuspicious && members.Length > rule.MostRecords;
        return new BlockState(isSuspicious, BandOf(members.Length), isLarge);
    }

    /// <summary>The state of a block of which only the number of records counts.</summary>
    public static BlockState Of(int count) => new(false, BandOf(count), false);

    /// <summary>The records of a large block with which each is compared: those whose ids hash lowest, whatever order they came in.</summary>
    public static int[] AnchorsOf(ReadOnlySpan<int> members, PartyTable parties)
    {
        Span<ulong> lowest = stackalloc ulong[AnchorCount];
        Span<int> anchors = stackalloc int[AnchorCount];
        var count = 0;
        foreach (var member in members)
        {
            var key = parties.IdKeyOf(member);
            if (count == AnchorCount && key >= lowest[^1]) continue;
            var at = count < AnchorCount ? count++ : AnchorCount - 1;
            for (; at > 0 && lowest[at - 1] > key; at--) (lowest[at], anchors[at]) = (lowest[at - 1], anchors[at - 1]);
            (lowest[at], anchors[at]) = (key, member);
        }

        return anchors[..count].ToArray();
    }

    /// <summary>Records that share a value beside the two of a pair, as a band tells: the middle of its octave, and a half where nobody else is known to.</summary>
    public static double OthersOf(int band) => band == 0 ? FewestOthers : (1.5 * (1 << band)) - 2 + FewestOthers;

    private static byte BandOf(int members) => members <= 2 ? (byte)0 : (byte)Math.Min(Bands - 1, BitOperations.Log2((uint)members - 1));
}
