namespace GraphRisk.Simulation.Randomness;

/// <summary>
/// A reproducible sequence of random draws named by (seed, stream, index).
/// </summary>
/// <remarks>
/// SplitMix64 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators"): a counter stepped by the
/// golden ratio and mixed. The starting counter is a hash of the three names, so the sequence of community 57 can be
/// made without those before it. Not thread-safe; not for secrets.
/// </remarks>
public sealed class Draws
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong counter;

    public Draws(ulong seed, DrawStream stream, long index) =>
        counter = Mix(Mix(Mix(seed + Golden) ^ ((ulong)stream * Golden)) ^ ((ulong)index * 0xD1B54A32D192ED03));

    public ulong Next() => Mix(counter += Golden);

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public double Between(double low, double high) => low + ((high - low) * Unit());

    /// <summary>Uniform integer from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>Uniform in 0 .. count-1; count must be positive.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    public bool Chance(double probability) => Unit() < probability;

    /// <summary>Standard normal by Box and Muller; one of the pair is used, so draws stay countable.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());

    /// <summary>exp(N(ln median, sigma)).</summary>
    public double LogNormal(double median, double sigma) => median * Math.Exp(sigma * Normal());

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
