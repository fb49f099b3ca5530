namespace GraphRisk.TestKit.Faults;

/// <summary>What a line between two programs can do to what passes over it.</summary>
public enum FaultKind
{
    /// <summary>A pause, then on.</summary>
    Delay,

    /// <summary>A few bytes, one at a time, then on.</summary>
    Drip,

    /// <summary>One bit turns over, then on.</summary>
    Flip,

    /// <summary>The connection ends in order, as if all had been said.</summary>
    Truncate,

    /// <summary>The connection ends by reset.</summary>
    Reset,

    /// <summary>The connection stays and nothing passes any more, in either direction.</summary>
    BlackHole,

    /// <summary>The connection is closed before anything passes.</summary>
    Refuse,
}

/// <summary>A fault that awaits its place.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="OfRequest">To what the client says, or to what the server says.</param>
/// <param name="After">Bytes in that direction that pass before, since the fault was chosen.</param>
/// <param name="Bit">Which bit of the byte turns over, 0 to 7.</param>
public sealed record Fault(FaultKind Kind, bool OfRequest, int After, int Bit);

/// <summary>
/// Chooses faults, one after another, from a seed: the same seed chooses the same ones in the same order. Where in the
/// traffic they meet it depends on the traffic. Thread-safe.
/// </summary>
public sealed class FaultPlan
{
    private readonly Lock gate = new();
    private readonly Random random;
    private readonly FaultKind[] kinds;
    private readonly Dictionary<FaultKind, int> injected = [];

    /// <param name="seed">Seed.</param>
    /// <param name="kinds">Kinds to choose from, each as likely as it is often named; none for a sound line.</param>
    public FaultPlan(int seed, params FaultKind[] kinds) => (random, this.kinds) = (new Random(seed), kinds);

    /// <summary>Greatest number of bytes that pass before a fault; small numbers are as likely as great ones.</summary>
    public int Reach { get; init; } = 8192;

    /// <summary>Faults after which the line is sound.</summary>
    public int Limit { get; init; } = int.MaxValue;

    /// <summary>Faults that have happened.</summary>
    public int Injected
    {
        get
        {
            lock (gate) return injected.Values.Sum();
        }
    }

    /// <summary>Faults that have happened, by kind.</summary>
    public IReadOnlyDictionary<FaultKind, int> ByKind
    {
        get
        {
            lock (gate) return injected.ToDictionary();
        }
    }

    /// <summary>The next fault; null where there is none to come.</summary>
    public Fault? Next()
    {
        lock (gate)
            return kinds.Length == 0 || injected.Values.Sum() >= Limit
                ? null
                : new Fault(kinds[random.Next(kinds.Length)], random.Next(2) == 0, (int)Math.Exp(random.NextDouble() * Math.Log(Reach)) - 1, random.Next(8));
    }

    /// <summary>Notes that a fault has happened.</summary>
    public void Note(FaultKind kind)
    {
        lock (gate) injected[kind] = injected.GetValueOrDefault(kind) + 1;
    }
}
