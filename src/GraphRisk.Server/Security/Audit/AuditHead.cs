namespace GraphRisk.Server.Security.Audit;

/// <summary>A position in the trail: its last entry's number and hash, and a digest of everything up to it.</summary>
/// <param name="Sequence">0 before the first entry.</param>
/// <param name="Hash">HMAC-SHA-256 of the entry under the trail's key, in hexadecimal.</param>
/// <param name="Digest">
/// SHA-256 of the digest before and the entry's line: it needs no key, so that a sealed head holds the trail also for those who
/// must not know the key.
/// </param>
public sealed record AuditHead(long Sequence, string Hash, string Digest)
{
    private static readonly string None = new('0', 64);

    public static AuditHead Start { get; } = new(0, None, None);
}
