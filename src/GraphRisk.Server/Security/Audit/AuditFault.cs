using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace GraphRisk.Server.Security.Audit;

/// <summary>What can be wrong with a trail.</summary>
public enum AuditFaultKind
{
    /// <summary>Entries are not there.</summary>
    Missing,

    /// <summary>What stands in an entry's place is not what was filed.</summary>
    Changed,

    /// <summary>An entry stands in another place than it was filed.</summary>
    Moved,

    /// <summary>An entry stands there more than once, or a line that is no entry.</summary>
    Added,

    /// <summary>An entry is of another trail, or of another course of this one, than was sealed.</summary>
    Another,

    /// <summary>A sealed head is missing, changed, or signed by somebody else.</summary>
    Head,

    /// <summary>A key is missing, so that not everything could be checked.</summary>
    Key,

    /// <summary>The store beside the trail is not the one a head was sealed over, and no entry tells why.</summary>
    Store,
}

/// <summary>Something wrong with a trail.</summary>
/// <param name="From">First entry concerned; 0 where none is.</param>
/// <param name="To">Last entry concerned.</param>
/// <param name="Text">A sentence that names the entries.</param>
public sealed record AuditFault(AuditFaultKind Kind, long From, long To, string Text)
{
    internal static AuditFault Of(AuditFaultKind kind, long from, long to, string what) =>
        new(kind, from, to, from == to
            ? string.Create(CultureInfo.InvariantCulture, $"Entry {from} {what}.")
            : string.Create(CultureInfo.InvariantCulture, $"Entries {from} to {to}: each {what}."));
}

/// <summary>What checking a trail found.</summary>
/// <param name="Head">The trail's head; what is after the first fault is not held by it.</param>
/// <param name="Heads">Sealed heads that were checked, the one kept elsewhere included.</param>
/// <param name="Summary">What stands for entries cut by retention; null where none were.</param>
/// <param name="Unsealed">Entries since the last sealed head, which the trail's key alone holds.</param>
/// <param name="Faults">What is wrong, in the order of the file; none where the trail is whole.</param>
public sealed record AuditReport(AuditHead Head, int Heads, TrailSummary? Summary, long Unsealed, ImmutableArray<AuditFault> Faults)
{
    /// <summary>The heads that name the store they were sealed over, oldest first.</summary>
    [JsonIgnore]
    public ImmutableArray<SealedHead> OverStores { get; init; } = [];

    public bool IsWhole => Faults.IsEmpty;
}
