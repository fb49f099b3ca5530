using GraphRisk.Intake.Resolution.Records;

namespace GraphRisk.Intake.Resolution.Blocking;

/// <summary>Pairs of records that share a usable block, each once, by ordinals, the lower first, in ascending order.</summary>
/// <param name="Pairs">The pairs.</param>
/// <param name="Touched">Records whose pairs these are; null for all.</param>
/// <param name="Weakened">Further records of which a value has become more common: what the ledger holds of them weighs less.</param>
/// <param name="Suspicious">Keys of suspicious values among the blocks looked at, ascending.</param>
/// <param name="Large">Blocks looked at of which not every pair is compared.</param>
internal sealed record CandidatePairs(
    (int Left, int Right)[] Pairs, IReadOnlySet<int>? Touched, IReadOnlySet<int> Weakened, IReadOnlyList<ulong> Suspicious, int Large)
{
    /// <summary>Looks at every block.</summary>
    public static CandidatePairs Of(BlockIndex blocks, PartyTable parties, SharedValues shared)
    {
        var packed = new List<ulong>();
        var suspicious = new List<ulong>();
        var large = 0;
        foreach (var (key, members) in blocks.Blocks())
        {
            var rule = BlockKey.RuleOf(key);
            var state = BlockState.Of(rule, members, parties);
            shared.Set(key, state);
            if (state.IsLarge) shared.SetAnchors(key, BlockState.AnchorsOf(members, parties));
            if (state.IsSuspicious) suspicious.Add(key);
            if (state.IsLarge) large++;
            if (!rule.MakesPairs || state.IsSuspicious) continue;
            if (state.IsLarge)
                foreach (var anchor in shared.AnchorsOf(key)) AddPairs(anchor, members, packed);
            else
                for (var i = 0; i < members.Count; i++)
                    for (var j = i + 1; j < members.Count; j++) packed.Add(Pack(members[i], members[j]));
        }

        return new CandidatePairs(Unpack(packed), null, new HashSet<int>(), suspicious, large);
    }

    /// <summary>
    /// Looks at the blocks of the touched records. Where what a block is good for changes, all its records count as touched, since that
    /// changes what their pairs rest on; where a large one has another anchor, those that became one or no longer are. Where only more
    /// records share its value, pairs weigh less: one that was not worth filing is not now, so those of the ledger are enough to be judged anew.
    /// </summary>
    /// <param name="left">Keys of blocks that records have left.</param>
    public static CandidatePairs OfTouched(
        BlockIndex blocks, PartyTable parties, SharedValues shared, IEnumerable<int> touched, IEnumerable<ulong> left)
    {
        var all = new SortedSet<int>(touched);
        var keys = new SortedSet<ulong>(left);
        foreach (var record in all) keys.UnionWith(KeysOf(parties, record));
        var (suspicious, weakened) = (new List<ulong>(), new HashSet<int>());
        var large = 0;
        foreach (var key in keys)
        {
            var rule = BlockKey.RuleOf(key);
            var members = rule.OnlyCounts ? null : blocks.Members(key);
            var state = members is null ? BlockState.Of(blocks.CountOf(key)) : BlockState.Of(rule, members, parties);
            var before = shared.Set(key, state);
            var anchors = state.IsLarge ? BlockState.AnchorsOf(members, parties) : [];
            var were = shared.SetAnchors(key, anchors);
            if (state.IsLarge && before.IsLarge) all.UnionWith(anchors.Except(were).Concat(were.Except(anchors)));
            if (state with { Band = before.Band } != before || state.Band < before.Band) all.UnionWith(members ?? blocks.Members(key));
            else if (state.Band > before.Band) weakened.UnionWith(members ?? blocks.Members(key));
            if (state.IsSuspicious) suspicious.Add(key);
            if (state.IsLarge) large++;
        }

        var packed = new List<ulong>();
        foreach (var record in all)
            foreach (var key in KeysOf(parties, record))
                if (BlockKey.RuleOf(key).MakesPairs && shared.StateOf(key) is { IsSuspicious: false } state)
                    AddPairs(record, state.IsLarge && !shared.AnchorsOf(key).Contains(record) ? shared.AnchorsOf(key) : blocks.Members(key), packed);
        weakened.ExceptWith(all);
        return new CandidatePairs(Unpack(packed), all, weakened, suspicious, large);
    }

    private static void AddPairs(int record, ReadOnlySpan<int> others, List<ulong> packed)
    {
        foreach (var other in others)
            if (other != record) packed.Add(Pack(Math.Min(record, other), Math.Max(record, other)));
    }

    private static ulong[] KeysOf(PartyTable parties, int record) => parties[record] is { } known ? BlockKeys.Of(known) : [];

    private static ulong Pack(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private static (int, int)[] Unpack(List<ulong> packed)
    {
        packed.Sort();
        var pairs = new List<(int, int)>(packed.Count);
        for (var i = 0; i < packed.Count; i++)
            if (i == 0 || packed[i] != packed[i - 1]) pairs.Add(((int)(packed[i] >> 32), (int)(uint)packed[i]));
        return [.. pairs];
    }
}
