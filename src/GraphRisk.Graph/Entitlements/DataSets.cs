namespace GraphRisk.Graph.Entitlements;

/// <summary>Some of the data sets of a store, by whose they are (<see cref="SourceOwner"/>). Compared by value.</summary>
public sealed record DataSets
{
    private readonly Kind kind;
    private readonly string? broker;

    private DataSets(Kind kind, string? broker = null)
    {
        this.kind = kind;
        this.broker = broker;
    }

    private enum Kind
    {
        All,
        Open,
        Broker,
    }

    /// <summary>Every data set.</summary>
    public static DataSets All { get; } = new(Kind.All);

    /// <summary>Those that are nobody's own.</summary>
    public static DataSets Open { get; } = new(Kind.Open);

    /// <summary>One broker's.</summary>
    /// <param name="code">Code of the broker on the platform.</param>
    public static DataSets OfBroker(string code) => new(Kind.Broker, code);

    /// <summary>Whether these are all there are.</summary>
    public bool AreAll => kind == Kind.All;

    /// <summary>Whether a data set is among them.</summary>
    public bool Hold(string source) => kind switch
    {
        Kind.All => true,
        Kind.Open => SourceOwner.IsOpen(source),
        _ => SourceOwner.Of(source) == broker,
    };
}
