using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using GraphRisk.Matching.Comparison;

namespace GraphRisk.Matching.Blocking;

/// <summary>What rules cost, counted in a sample of the records and scaled up to all.</summary>
internal sealed class SampleCosts
{
    private readonly int cap;
    private readonly List<ulong>[][] keys;

    /// <summary>By atom the key of each record, 0 where it has none; null where a record may have several.</summary>
    private readonly ulong[]?[] single;
    private readonly int records;
    private readonly double scale;
    private readonly double[] presences;
    private readonly double[] shares;
    private readonly int size;
    private readonly ConcurrentBag<Scratch> scratches = [];

    public SampleCosts(ImmutableArray<BlockingAtom> atoms, int[] sample, int records, int cap)
    {
        (this.cap, this.records) = (cap, records);
        (size, scale) = (sample.Length, (double)records / sample.Length);
        (keys, single) = (new List<ulong>[atoms.Length][], new ulong[]?[atoms.Length]);
        (presences, shares) = (new double[atoms.Length], new double[atoms.Length]);
        Parallel.For(0, atoms.Length, atom =>
        {
            keys[atom] = new List<ulong>[size];
            for (var i = 0; i < size; i++)
            {
                atoms[atom].AddKeys(sample[i], keys[atom][i] = new List<ulong>(1));
                if (keys[atom][i].Count > 0) presences[atom]++;
            }

            if (Array.TrueForAll(keys[atom], own => own.Count <= 1)) single[atom] = [.. keys[atom].Select(own => own.Count == 1 ? own[0] : 0)];
            presences[atom] /= size;
            shares[atom] = SumOf([atom], count => (double)count * (count - 1) / 2) / ((double)size * (size - 1) / 2);
        });
    }

    /// <summary>Share of the records that have a key.</summary>
    public double PresenceOf(int atom) => presences[atom];

    /// <summary>Share of all pairs that agree on an atom.</summary>
    public double ShareOf(int atom) => shares[atom];

    /// <summary>Pairs of a rule as if its atoms had nothing to do with each other, at most.</summary>
    public double Estimate(int[] members) => members.Aggregate((double)records * (records - 1) / 2, (pairs, member) => pairs * shares[member]);

    /// <summary>Pairs of a rule as counted.</summary>
    public double Measure(int[] members) => SumOf(members, count =>
    {
        var block = count * scale;
        return block <= cap ? (double)count * (count - 1) / 2 * scale * scale : block * cap / 2;
    });

    /// <summary>The sum of something over the sizes of the blocks of more than one record of the sample.</summary>
    private double SumOf(int[] members, Func<int, double> pairs)
    {
        if (!scratches.TryTake(out var scratch)) scratch = new Scratch();
        if (Array.TrueForAll(members, member => single[member] is not null)) AddOfSingle(members, scratch.Keys);
        else AddOfSeveral(members, scratch);
        // Counted by a table with open addressing, a third of which is free at least: five times as fast as sorting.
        var slots = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, scratch.Keys.Count * 3 / 2));
        var table = scratch.TableOf(slots, out var counts);
        foreach (var key in CollectionsMarshal.AsSpan(scratch.Keys))
        {
            var slot = (int)(key >> 20) & (slots - 1);
            while (counts[slot] > 0 && table[slot] != key) slot = (slot + 1) & (slots - 1);
            table[slot] = key;
            counts[slot]++;
        }

        var sum = 0.0;
        foreach (var count in counts)
            if (count > 1) sum += pairs(count);
        scratches.Add(scratch);
        return sum;
    }

    private void AddOfSingle(int[] members, List<ulong> all)
    {
        all.Clear();
        for (var i = 0; i < size; i++)
        {
            var key = 1ul;
            for (var at = 0; at < members.Length && key != 0; at++) key = single[members[at]]![i] is not 0 and var part ? LetterTraits.Combine(key, part) : 0;
            if (key != 0) all.Add(key);
        }
    }

    private void AddOfSeveral(int[] members, Scratch scratch)
    {
        scratch.Keys.Clear();
        var (product, next) = (scratch.Product, scratch.Next);
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

            scratch.Keys.AddRange(product);
        }
    }

    /// <summary>What is counted in, by one thread at a time: a table is half a megabyte, and rules are counted by the thousand.</summary>
    private sealed class Scratch
    {
        private ulong[] table = [];
        private int[] counts = [];

        public List<ulong> Keys { get; } = [];

        public List<ulong> Product { get; } = [];

        public List<ulong> Next { get; } = [];

        /// <summary>A table of so many slots, none of them counted yet; keys of slots not counted are whatever they were.</summary>
        public Span<ulong> TableOf(int slots, out Span<int> numbers)
        {
            if (table.Length < slots) (table, counts) = (new ulong[slots], new int[slots]);
            numbers = counts.AsSpan(0, slots);
            numbers.Clear();
            return table.AsSpan(0, slots);
        }
    }
}
