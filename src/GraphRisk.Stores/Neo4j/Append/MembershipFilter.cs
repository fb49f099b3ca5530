namespace GraphRisk.Stores.Neo4j.Append;

/// <summary>
/// Which of many 64-bit hashes were added: a hash that was is always found, one that was not is found in fewer than one
/// case in fifty. Bloom filters of doubling size (Bloom 1970; Almeida et al. 2007), ten bits and seven probes an entry.
/// Not thread-safe.
/// </summary>
internal sealed class MembershipFilter
{
    private const int BitsEach = 10;
    private const int Probes = 7;

    private readonly List<ulong[]> layers = [];
    private long room;

    /// <summary>Adds a hash whose bits are evenly spread.</summary>
    public void Add(ulong hash)
    {
        if (Contains(hash)) return;
        if (room == 0)
        {
            room = 1L << (16 + layers.Count);
            layers.Add(new ulong[room * BitsEach / 64]);
        }

        room--;
        var layer = layers[^1];
        foreach (var bit in BitsOf(hash, layer)) layer[bit >> 6] |= 1UL << (int)(bit & 63);
    }

    /// <summary>False only where the hash was never added.</summary>
    public bool Contains(ulong hash)
    {
        foreach (var layer in layers)
        {
            var all = true;
            foreach (var bit in BitsOf(hash, layer)) all &= (layer[bit >> 6] & (1UL << (int)(bit & 63))) != 0;
            if (all) return true;
        }

        return false;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        layers.Clear();
        room = 0;
    }

    /// <summary>Two halves of the hash make all probes (Kirsch and Mitzenmacher 2006).</summary>
    private static IEnumerable<ulong> BitsOf(ulong hash, ulong[] layer)
    {
        var (size, step) = ((ulong)layer.Length * 64, (hash >> 32) | 1);
        for (var probe = 0; probe < Probes; probe++, hash += step * 0x9E3779B97F4A7C15) yield return (hash ^ (hash >> 29)) % size;
    }
}
