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
}
