namespace GraphRisk.Server.Security;

/// <summary>One request in the audit trail.</summary>
/// <param name="At">When the answer was ready.</param>
/// <param name="Viewer">Who, for which purpose and with which reason.</param>
/// <param name="Page">What was read or commanded, and whose it is.</param>
/// <param name="Answer">SHA-256 of the answer's bytes, in hexadecimal.</param>
public sealed record AuditEntry(DateTimeOffset At, Viewer Viewer, LedgerPage Page, string Answer);

/// <summary>A position in the trail: the number of its last entry and that entry's hash.</summary>
/// <param name="Sequence">0 before the first entry.</param>
public sealed record AuditHead(long Sequence, string Hash)
{
    public static AuditHead Start { get; } = new(0, new string('0', 64));
}
