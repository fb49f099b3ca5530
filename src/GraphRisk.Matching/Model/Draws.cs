namespace GraphRisk.Matching.Model;

/// <summary>Random numbers of a seed, the same on every machine (SplitMix64: Steele, Lea and Flood 2014). Not for secrets.</summary>
internal struct Draws(ulong seed)
{
    private ulong state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number from 0 below a bound.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A number from 0 below 1.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1ul << 53));
}
