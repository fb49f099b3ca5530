using System.Collections.Immutable;
using System.Numerics;
using GraphRisk.Matching.Comparison;
using GraphRisk.Matching.Model;

namespace GraphRisk.Matching.Blocking;

/// <summary>
/// Chooses the rules by which a table is blocked, from the table alone. Candidates are all atoms by themselves, in twos
/// and in threes. What a rule costs is counted in a sample: pairs of equal keys, scaled up, those of blocks beyond the cap as
/// what refinement leaves of them. What it brings is counted in virtual duplicates. Rules are taken greedily by what
/// they newly bring for their cost (the greedy answer to budgeted maximum coverage: Khuller, Moss and Naor 1999); a
/// duplicate that is found already counts again, but less, since the errors of the table are not known and a pair found in one way only is soon
/// lost. Ends when the budget is spent or nothing is brought.
/// </summary>
/// <param name="Rules">In the order in which they were taken.</param>
/// <param name="Cap">Records of a block at most.</param>
/// <param name="IsEverything">The table is so small that all pairs are compared; there are no rules.</param>
internal sealed record BlockingPlan(ImmutableArray<BlockingRule> Rules, int Cap, bool IsEverything)
{
    private const int AllPairsUpTo = 2000, SampleSize = 30_000, MostRules = 24, MostRulesOfMany = 14, Many = 500_000, MostRefinements = 4;
    private const long LeastBudget = 8_000_000;

    /// <summary>What finding a duplicate once more is worth.</summary>
    private const double Again = 0.35;

    /// <summary>Rules by which duplicates are counted, and the share of them each has to bring.</summary>
    private const int Pilots = 15;

    private const double LeastShare = 0.25;

    /// <summary>Rules counted at a time.</summary>
    private const int Batch = 8;

    /// <summary>Duplicates a rule has to bring.</summary>
    private const double LeastGain = VirtualDuplicates.Count * 0.002;

    /// <summary>Chooses rules.</summary>
    /// <param name="plan">What is compared.</param>
    /// <param name="order">All records in an order that does not depend on that of delivery.</param>
    /// <param name="pairsPerRecord">Pairs to be compared for each record on average.</param>
    /// <param name="draws">Random numbers.</param>
    public static BlockingPlan Of(ComparisonPlan plan, int[] order, int pairsPerRecord, Draws draws)
    {
        if (order.Length <= AllPairsUpTo) return new BlockingPlan([], int.MaxValue, IsEverything: true);
        var budget = Math.Max((long)pairsPerRecord * order.Length, LeastBudget);
        var cap = (int)Math.Clamp(budget / order.Length, 200, 2000);
        var atoms = BlockingAtom.Of(plan.Comparisons);
        var costs = new SampleCosts(atoms, SampleOf(order, draws), order.Length, cap);
        var duplicates = new VirtualDuplicates(plan, atoms, order, draws);
        var chosen = Choose(Candidates(atoms, costs, duplicates, budget), costs, budget, order.Length);
        return new BlockingPlan([.. chosen.Select(each => RuleOf(each, atoms, costs))], cap, IsEverything: false);
    }

    /// <summary>Records of a sample. Drawn, since records that say the same stand together in the order.</summary>
    private static int[] SampleOf(int[] order, Draws draws)
    {
        if (order.Length <= SampleSize) return order;
        var ranks = new HashSet<int>(SampleSize);
        while (ranks.Count < SampleSize) ranks.Add(draws.Below(order.Length));
        return [.. ranks.Order().Select(rank => order[rank])];
    }

    /// <summary>
    /// How many duplicates the table has: pairs of rules so particular that by chance they would bring next to none, each for the share of
    /// duplicates it brings; the middle one. All rules bring these same pairs, so they are charged to none.
    /// </summary>
    private static double DuplicatesOf(List<Candidate> candidates, SampleCosts costs)
    {
        var worth = Enumerable.Repeat(1.0, VirtualDuplicates.Count).ToArray();
        var found = candidates.Select(candidate => (candidate.Members, candidate.Cost, Share: candidate.GainOf(worth) / VirtualDuplicates.Count))
            .Where(each => each.Share >= LeastShare).OrderBy(each => each.Cost).Take(Pilots)
            .AsParallel().AsOrdered().Select(each => costs.Measure(each.Members) / each.Share).ToArray();
        Array.Sort(found);
        return found.Length == 0 ? 0 : found[found.Length / 2];
    }

    private static List<Candidate> Candidates(ImmutableArray<BlockingAtom> atoms, SampleCosts costs, VirtualDuplicates duplicates, long budget)
    {
        var candidates = new List<Candidate>();
        for (var i = 0; i < atoms.Length; i++)
        {
            Add([i]);
            for (var j = i + 1; j < atoms.Length; j++)
            {
                if ((atoms[i].Mask & atoms[j].Mask) != 0) continue;
                Add([i, j]);
                for (var k = j + 1; k < atoms.Length; k++)
                    if (((atoms[i].Mask | atoms[j].Mask) & atoms[k].Mask) == 0) Add([i, j, k]);
            }
        }

        return candidates;

        void Add(int[] members)
        {
            var cost = costs.Estimate(members);
            if (cost <= budget / 3.0) candidates.Add(new Candidate(members, members.Aggregate(0u, (mask, member) => mask | atoms[member].Mask), cost, AgreeingOn(members, duplicates)));
        }
    }

    private static ulong[] AgreeingOn(int[] members, VirtualDuplicates duplicates)
    {
        var all = duplicates.AgreeingOn(members[0]).ToArray();
        foreach (var member in members.AsSpan(1))
        {
            var other = duplicates.AgreeingOn(member);
            for (var word = 0; word < all.Length; word++) all[word] &= other[word];
        }

        return all;
    }

    private static List<int[]> Choose(List<Candidate> candidates, SampleCosts costs, double budget, int records)
    {
        var (chosen, taken) = (new List<int[]>(), new List<Candidate>());
        var worth = Enumerable.Repeat(1.0, VirtualDuplicates.Count).ToArray();
        // What a rule brings only falls as others are taken, so the best by an old count is counted anew before it is believed (Minoux 1978).
        var duplicates = DuplicatesOf(candidates, costs);
        var queue = new PriorityQueue<Candidate, double>(candidates.Select(candidate => (candidate, -Ratio(candidate))));
        while (chosen.Count < (records < Many ? MostRules : MostRulesOfMany) && queue.TryDequeue(out var best, out var believed))
        {
            if (best.Cost > budget || best.GainOf(worth) < LeastGain || taken.Exists(best.IsPartOf)) continue;
            var ratio = Ratio(best);
            if (!best.IsMeasured) MeasureNext(best);
            else if (ratio >= -believed - 1e-12)
            {
                chosen.Add(best.Members);
                taken.Add(best);
                budget -= best.Cost;
                best.Discount(worth, Again);
                continue;
            }

            queue.Enqueue(best, -Ratio(best));
        }

        return chosen;

        // Counting takes long, and those that come next will mostly have to be counted too: several at a time. What is chosen does not depend on it, since a cost not counted yet is a lower bound.
        void MeasureNext(Candidate best)
        {
            var batch = new List<(Candidate Candidate, double Believed)>();
            while (batch.Count < Batch && queue.TryDequeue(out var next, out var priority)) batch.Add((next, priority));
            Candidate[] counted = [best, .. batch.Select(each => each.Candidate).Where(candidate => !candidate.IsMeasured)];
            Parallel.ForEach(counted, candidate => candidate.Measure(costs.Measure(candidate.Members) - (duplicates * candidate.Share)));
            foreach (var (candidate, priority) in batch) queue.Enqueue(candidate, counted.Contains(candidate) ? -Ratio(candidate) : priority);
        }

        double Ratio(Candidate candidate) => candidate.GainOf(worth) / (candidate.Cost + (2.0 * records));
    }

    private static BlockingRule RuleOf(int[] members, ImmutableArray<BlockingAtom> atoms, SampleCosts costs)
    {
        var mask = members.Aggregate(0u, (all, member) => all | atoms[member].Mask);
        var refinements = Enumerable.Range(0, atoms.Length)
            .Where(atom => (atoms[atom].Mask & mask) == 0 && atoms[atom].IsSingle && costs.PresenceOf(atom) > 0.02)
            .OrderBy(costs.ShareOf).ThenBy(atom => atom)
            .DistinctBy(atom => atoms[atom].Mask).Take(MostRefinements);
        return new BlockingRule([.. members.Select(member => atoms[member])], [.. refinements.Select(atom => atoms[atom])]);
    }

    /// <summary>A rule that may be taken.</summary>
    private sealed class Candidate(int[] members, uint columns, double cost, ulong[] agreeing)
    {
        private readonly ulong[] agreeing = agreeing;
        private readonly uint columns = columns;

        /// <summary>Whether another asks less of the same columns, so that it brings all this one does.</summary>
        public bool IsPartOf(Candidate other)
        {
            if ((other.columns & ~columns) != 0) return false;
            for (var word = 0; word < agreeing.Length; word++)
                if ((agreeing[word] & ~other.agreeing[word]) != 0) return false;
            return true;
        }

        public int[] Members { get; } = members;

        public double Cost { get; private set; } = cost;

        public bool IsMeasured { get; private set; }

        /// <summary>Share of all duplicates it brings.</summary>
        public double Share { get; } = (double)agreeing.Sum(word => BitOperations.PopCount(word)) / VirtualDuplicates.Count;

        /// <summary>Takes what was counted for the cost where it is more than what chance would bring.</summary>
        public void Measure(double measured) => (Cost, IsMeasured) = (Math.Max(Cost, measured), true);

        public double GainOf(double[] worth)
        {
            var sum = 0.0;
            for (var word = 0; word < agreeing.Length; word++)
                for (var bits = agreeing[word]; bits != 0; bits &= bits - 1) sum += worth[(word * 64) + BitOperations.TrailingZeroCount(bits)];
            return sum;
        }

        public void Discount(double[] worth, double factor)
        {
            for (var word = 0; word < agreeing.Length; word++)
                for (var bits = agreeing[word]; bits != 0; bits &= bits - 1) worth[(word * 64) + BitOperations.TrailingZeroCount(bits)] *= factor;
        }
    }
}
