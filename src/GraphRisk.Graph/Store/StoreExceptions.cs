using GraphRisk.Graph.Facts;

namespace GraphRisk.Graph.Store;

/// <summary>A fact offends the schema.</summary>
public sealed class InvalidFactException : Exception
{
    public InvalidFactException(Fact fact, FactFault fault)
        : base($"{fact.Type} of {fact.Provenance.Source} record {fact.Provenance.RecordKey}: {fault}")
    {
        Fact = fact;
        Fault = fault;
    }

    /// <summary>The fact.</summary>
    public Fact Fact { get; }

    /// <summary>What is wrong with it.</summary>
    public FactFault Fault { get; }
}

/// <summary>The store cannot be reached, is out of space, of a wrong version or damaged; the message says which and what to do.</summary>
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>The store was not reached or gave no whole answer, so that it may be there later without anybody's doing.</summary>
    public bool IsAway { get; init; }

    /// <summary>The store is there and answers, and refuses what it was asked for alone: nothing was changed.</summary>
    public bool IsRefusal { get; init; }
}

/// <summary>Changes rest on a version that is no longer the newest: somebody else has written since. Nothing was appended; read again and decide anew.</summary>
public sealed class VersionConflictException(long expected, long newest)
    : Exception(FormattableString.Invariant($"The changes rest on version {expected} of the store, the newest is {newest}."))
{
    /// <summary>The newest version.</summary>
    public long Newest { get; } = newest;

    /// <summary>Holds a set against the newest version.</summary>
    /// <exception cref="VersionConflictException">It rests on another.</exception>
    public static void ThrowIfMoved(ChangeSet set, long newest)
    {
        if (set.ExpectedVersion is { } expected && expected != newest) throw new VersionConflictException(expected, newest);
    }
}
