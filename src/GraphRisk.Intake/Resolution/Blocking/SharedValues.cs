using GraphRisk.Intake.Resolution.Comparison;
using GraphRisk.Intake.Resolution.Records;
using GraphRisk.Matching.Names;

namespace GraphRisk.Intake.Resolution.Blocking;

/// <summary>
/// What is known of values that several records share: identifiers and telephone numbers that too many different names share, which are no
/// evidence, and how common each value is. Safe to read from several threads while nobody writes.
/// </summary>
public sealed class SharedValues
{
    private readonly Dictionary<ulong, BlockState> states = [];
    private readonly Dictionary<ulong, int[]> anchors = [];

    /// <summary>Nothing is shared by more than two.</summary>
    public static SharedValues None { get; } = new();

    /// <summary>What a block is good for.</summary>
    public BlockState StateOf(ulong key) => states.GetValueOrDefault(key);

    /// <summary>Whether an identifier is shared by too many names.</summary>
    public bool IsSuspicious(bool isPerson, string scheme, string value) =>
        states.Count > 0 && StateOf(BlockKey.OfIdentifier(isPerson, scheme, value)).IsSuspicious;

    /// <summary>Whether a telephone number is shared by too many names.</summary>
    public bool IsSuspiciousPhone(bool isPerson, string phone) =>
        states.Count > 0 && StateOf(BlockKey.OfPhone(isPerson, phone)).IsSuspicious;

    /// <summary>How common what two records have in common is, of the rarest such value.</summary>
    public int BandOf(Rarity rarity, PartyRecord left, PartyRecord right)
    {
        var least = BlockState.Bands - 1;
        if (rarity == Rarity.Name)
        {
            foreach (var name in left.Names)
                foreach (var other in right.Names)
                    if (!name.IsMasked && !other.IsMasked && NameComparison.IsSame(name, other)) Look(BlockKey.OfName(left.IsPerson, name.CoreKey));
            return least;
        }

        var (values, others) = rarity switch
        {
            Rarity.Phone => (left.Phones, right.Phones),
            Rarity.Email => (left.Emails, right.Emails),
            _ => (left.Addresses, right.Addresses),
        };
        foreach (var value in values)
            if (others.Contains(value, StringComparer.Ordinal)) Look(BlockKey.Of(KindOf(rarity), left.IsPerson, value));
        return least;

        void Look(ulong key) => least = Math.Min(least, StateOf(key).Band);
    }

    /// <summary>The anchors of a large block; none of others.</summary>
    internal ReadOnlySpan<int> AnchorsOf(ulong key) => anchors.GetValueOrDefault(key);

    /// <summary>Notes the anchors of a block; none where it is not large.</summary>
    /// <returns>What they were.</returns>
    internal int[] SetAnchors(ulong key, int[] now)
    {
        var before = anchors.GetValueOrDefault(key) ?? [];
        if (now.Length > 0) anchors[key] = now;
        else anchors.Remove(key);
        return before;
    }

    /// <summary>Notes what a block is good for now.</summary>
    /// <returns>What it was good for.</returns>
    internal BlockState Set(ulong key, BlockState state)
    {
        var before = StateOf(key);
        if (state == BlockState.Usual) states.Remove(key);
        else if (state != before) states[key] = state;
        return before;
    }

    private static BlockKind KindOf(Rarity rarity) => rarity switch { Rarity.Phone => BlockKind.Phone, Rarity.Email => BlockKind.Email, _ => BlockKind.Address };
}
