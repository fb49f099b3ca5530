using System.Collections.Immutable;

namespace GraphRisk.Server.Security;

/// <summary>What one request read from level 3 on, or commanded. Thread-safe: fields resolve in parallel.</summary>
public sealed class ReadLedger
{
    /// <summary>Stands in <c>whose</c> for a sum over many.</summary>
    public const string Everyone = "*";

    /// <summary>Stands in <c>whose</c> where the field could not tell.</summary>
    public const string Unknown = "?";

    private readonly Lock gate = new();
    private readonly SortedSet<string> what = new(StringComparer.Ordinal);
    private readonly SortedSet<string> whose = new(StringComparer.Ordinal);
    private bool revealed;

    /// <param name="field">The field as <c>Type.field</c>.</param>
    /// <param name="subject">The canonical id of the client, <see cref="Everyone"/> or <see cref="Unknown"/>.</param>
    /// <param name="unmasked">A masked value was shown because the viewer gave a reason.</param>
    public void Record(string field, string subject, bool unmasked)
    {
        lock (gate)
        {
            what.Add(field);
            whose.Add(subject);
            revealed |= unmasked;
        }
    }

    /// <summary>What was recorded, sorted; null when there was nothing to record.</summary>
    public LedgerPage? Close()
    {
        lock (gate) return what.Count == 0 ? null : new LedgerPage([.. what], [.. whose], revealed);
    }
}

/// <param name="What">Fields as <c>Type.field</c>.</param>
/// <param name="Whose">Canonical ids of the clients concerned.</param>
/// <param name="Revealed">Something was shown unmasked for the viewer's reason.</param>
public sealed record LedgerPage(ImmutableArray<string> What, ImmutableArray<string> Whose, bool Revealed);
