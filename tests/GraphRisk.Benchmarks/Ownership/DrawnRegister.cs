using GraphRisk.Graph.Algorithms.Ownership;

namespace GraphRisk.Benchmarks.Ownership;

/// <summary>
/// A register of the shape of a large country's: half of the nodes are persons, most companies have one holder, groups go down some ten
/// layers, a few parents have thousands of companies, and some companies in the middle own each other in circles. The same seed
/// draws the same register.
/// </summary>
internal static class DrawnRegister
{
    private const int Layers = 10;

    // One company held by companies in so many has a member of a circle among its holders.
    private const int BelowCircles = 50;

    private static readonly int[] Circles = [500, 64, 457];

    /// <summary>Draws a register.</summary>
    /// <param name="nodes">Parties; half of them persons.</param>
    /// <param name="holdings">Holdings, about.</param>
    /// <param name="seed">Seed of it.</param>
    public static IEnumerable<Holding> Draw(int nodes, int holdings, int seed)
    {
        var random = new Random(seed);
        var persons = nodes / 2;
        var held = (int)(holdings / 1.41);
        int[] starts = LayerStarts(persons, held);
        int[] members = [.. Enumerable.Range(starts[4], Circles.Sum())];
        for (var company = persons; company < persons + held; company++)
        {
            var layer = Array.FindLastIndex(starts, start => start <= company);
            if (layer == 4 && company < members[^1] + 1) continue;
            var owners = Owners(random, company, layer, persons, starts, members);
            var shares = Shares(random, owners.Count);
            for (var i = 0; i < owners.Count; i++) yield return Holding.Of(owners[i], company, shares[i]);
        }

        var first = 0;
        foreach (var size in Circles)
        {
            foreach (var holding in Circle(random, members.AsMemory(first, size), persons, starts)) yield return holding;
            first += size;
        }
    }

    /// <summary>Where each layer of companies begins: each is less than half of the one above.</summary>
    private static int[] LayerStarts(int persons, int companies)
    {
        var (starts, left, start) = (new int[Layers], companies, persons);
        for (var layer = 0; layer < Layers; layer++)
        {
            starts[layer] = start;
            var size = layer == 0 ? companies * 7L / 10 : left * 55L / 100;
            start += (int)size;
            left -= (int)size;
        }

        return starts;
    }

    private static List<int> Owners(Random random, int company, int layer, int persons, int[] starts, int[] members)
    {
        var drawn = random.Next(100);
        var count = drawn < 70 ? 1 : drawn < 92 ? 2 : drawn < 98 ? 3 : 4;
        var owners = new List<int>();
        if (layer > 0) owners.Add(layer > 4 && random.Next(BelowCircles) == 0 ? members[random.Next(members.Length)] : Parent(random, layer - 1, starts, members));
        while (owners.Count < count)
        {
            var owner = layer > 0 && random.Next(4) == 0 ? Parent(random, random.Next(layer), starts, members) : random.Next(persons);
            if (owner != company && !owners.Contains(owner)) owners.Add(owner);
        }

        return owners;
    }

    /// <summary>A company of a layer, the first ones far more often, and none of a circle.</summary>
    private static int Parent(Random random, int layer, int[] starts, int[] members)
    {
        var size = (layer + 1 < Layers ? starts[layer + 1] : starts[layer] + 1) - starts[layer];
        var at = starts[layer] + (int)(size * Math.Pow(random.NextDouble(), 3));
        return layer == 4 && at <= members[^1] ? Math.Min(at + members.Length, starts[5] - 1) : at;
    }

    /// <summary>Parts to four digits that add to one: all, halves, thirds, or as drawn.</summary>
    private static decimal[] Shares(Random random, int count)
    {
        if (count == 1) return [random.Next(10) < 8 ? 1 : random.Next(5001, 10_000) / 10_000m];
        if (random.Next(2) == 0) return [.. Enumerable.Repeat(decimal.Round(1m / count, 4), count)];
        var cuts = Enumerable.Range(0, count - 1).Select(_ => random.Next(1, 10_000)).Append(0).Append(10_000).Order().ToArray();
        return [.. Enumerable.Range(0, count).Select(i => Math.Max(1, cuts[i + 1] - cuts[i]) / 10_000m)];
    }

    /// <summary>Companies in a ring with chords, about half of each held among them, the rest by persons and a parent above.</summary>
    private static IEnumerable<Holding> Circle(Random random, ReadOnlyMemory<int> members, int persons, int[] starts)
    {
        for (var i = 0; i < members.Length; i++)
        {
            var (company, owners) = (members.Span[i], new HashSet<int> { members.Span[(i + 1) % members.Length] });
            for (var chord = 0; chord < 3; chord++) owners.Add(members.Span[random.Next(members.Length)]);
            owners.Remove(company);
            foreach (var owner in owners) yield return Holding.Of(owner, company, random.Next(200, 1800) / 10_000m);
            yield return Holding.Of(random.Next(persons), company, 0.2m);
            yield return Holding.Of(starts[3] + random.Next(starts[4] - starts[3]), company, 0.05m);
        }
    }
}
