namespace GraphRisk.Intake.Resolution.Blocking;

/// <summary>
/// Blocks that are not usable, and with them the identifiers and telephone numbers that too many different names share,
/// which are no evidence. Safe to read from several threads while nobody writes.
/// </summary>
public sealed class SharedValues
{
    private readonly Dictionary<ulong, BlockState> states = [];

    /// <summary>Every block is usable.</summary>
    public static SharedValues None { get; } = new();

    /// <summary>What a block is good for.</summary>
    public BlockState StateOf(ulong key) => states.GetValueOrDefault(key, BlockState.Usable);

    /// <summary>Whether an identifier is shared by too many names.</summary>
    public bool IsSuspicious(bool isPerson, string scheme, string value) =>
        states.Count > 0 && StateOf(BlockKey.OfIdentifier(isPerson, scheme, value)) == BlockState.Suspicious;

    /// <summary>Whether a telephone number is shared by too many names.</summary>
    public bool IsSuspiciousPhone(bool isPerson, string phone) =>
        states.Count > 0 && StateOf(BlockKey.OfPhone(isPerson, phone)) == BlockState.Suspicious;

    /// <summary>Notes what a block is good for now.</summary>
    /// <returns>Whether that is a change.</returns>
    internal bool Set(ulong key, BlockState state)
    {
        if (StateOf(key) == state) return false;
        if (state == BlockState.Usable) states.Remove(key);
        else states[key] = state;
        return true;
    }
}
