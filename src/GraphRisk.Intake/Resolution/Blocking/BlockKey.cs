using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace GraphRisk.Intake.Resolution.Blocking;

/// <summary>
/// 64-bit keys of blocks: the kind in the lowest five bits, XxHash64 of what is shared in the others. Two different values
/// that collide only cost a comparison that finds nothing in common.
/// </summary>
public static class BlockKey
{
    private const ulong KindBits = 31;

    /// <summary>The key of a value of a kind; persons and companies never share one.</summary>
    public static ulong Of(BlockKind kind, bool isPerson, ReadOnlySpan<char> value, ulong with = 0)
    {
        var hash = XxHash64.HashToUInt64(MemoryMarshal.AsBytes(value), (long)with + (isPerson ? 1 : 0));
        return (hash & ~KindBits) | (ulong)kind;
    }

    /// <summary>The key under which records share an identifier.</summary>
    public static ulong OfIdentifier(bool isPerson, string scheme, string value) =>
        Of(BlockKind.Identifier, isPerson, value, XxHash64.HashToUInt64(MemoryMarshal.AsBytes(scheme.AsSpan())));

    /// <summary>The key under which telephone numbers are counted.</summary>
    public static ulong OfPhone(bool isPerson, string phone) => Of(BlockKind.Phone, isPerson, phone);

    /// <summary>The key under which names are counted.</summary>
    /// <param name="isPerson">Of a person.</param>
    /// <param name="core"><see cref="Matching.Names.NormalName.CoreKey"/> of the name.</param>
    public static ulong OfName(bool isPerson, ulong core) => Of(BlockKind.Name, isPerson, "", core);

    /// <summary>The rule of a key's kind.</summary>
    public static BlockRule RuleOf(ulong key) => BlockRule.All[(int)(key & KindBits)];
}
