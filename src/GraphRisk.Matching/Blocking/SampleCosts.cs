using System.Collections.Immutable;
using GraphRisk.Matching.Comparison;

namespace GraphRisk.Matching.Blocking;

/// <summary>What rules cost, counted in a sample of the records and scaled up to all.</summary>
internal sealed class SampleCosts
{
    private readonly int cap;
    private readonly List<ulong>[][] keys;
    private readonly int records;
    private readonly double scale;
    private readonly double[] presences;
    private readonly double[] shares;
    private readonly int size;

    public SampleCosts(ImmutableArray<BlockingAtom> atoms, int[] sample, int records, int cap)
    {
        (this.cap, this.records) = (cap, records);
        (size, scale) = (sample.Length, (double)records / sample.Length);
        keys = new List<ulong>[atoms.Length][];
        (presences, shares) = (new double[atoms.Length], new double[atoms.Length]);
        Parallel.For(0, atoms.Length, atom =>
        {
            keys[atom] = new List<ulong>[size];
            for (var i = 0; i < size; i++)
            {
                atoms[atom].AddKeys(sample[i], keys[atom][i] = new List<ulong>(1));
                if (keys[atom][i].Count > 0) presences[atom]++;
            }

            presences[atom] /= size;
            shares[atom] = Blocks([atom]).Sum(count => (double)count * (count - 1) / 2) / ((double)size * (size - 1) / 2);
        });
    }

    /// <summary>Share of the records that have a key.</summary>
    public double PresenceOf(int atom) => presences[atom];

    /// <summary>Share of all pairs that agree on an atom.</summary>
    public double ShareOf(int atom) => shares[atom];

    /// <summary>Pairs of a rule as if its atoms had nothing to do with each other, at most.</summary>
    public double Estimate(int[] members) => members.Aggregate((double)records * (records - 1) / 2, (pairs, member) => pairs * shares[member]);

    /// <summary>Pairs of a rule as counted.</summary>
    public double Measure(int[] members)
    {
        var sum = 0.0;
        foreach (var count in Blocks(members))
        {
            var block = count * scale;
            sum += block <= cap ? (double)count * (count - 1) / 2 * scale * scale : block * cap / 2;
        }

        return sum;
    }

    /// <summary>Sizes of the blocks of more than one record of the sample.</summary>
    private List<int> Blocks(int[] members)
    {
        var all = new List<ulong>(size);
        var (product, next) = (new List<ulong>(), new List<ulong>());
        for (var i = 0; i < size; i++)
        {
            product.Clear();
            product.Add(1);
            foreach (var member in members)
            {
                next.Clear();
                foreach (var key in product)
                    foreach (var part in keys[member][i]) next.Add(LetterTraits.Combine(key, part));
                (product, next) = (next, product);
            }

            all.AddRange(product);
        }

        all.Sort();
        var blocks = new List<int>();
        for (var start = 0; start < all.Count;)
        {
            var end = start + 1;
            while (end < all.Count && all[end] == all[start]) end++;
            if (end - start > 1) blocks.Add(end - start);
            start = end;
        }

        return blocks;
    }
}
