using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Numerics;
using GraphRisk.Matching.Comparison;

namespace GraphRisk.Matching.Blocking;

/// <summary>
/// The pairs of records that agree on all atoms of at least one rule, each shown once, rule by rule, block by block.
///
/// Each rule gives a record 64-bit keys; sorted, equal keys stand together and are a block. A block with more records than
/// the cap is not dropped but taken apart by each of the rule's further atoms in turn, and what is still too large by the
/// atoms after that one: a pair in a large block is kept where some further atom brings it into a block within the cap. Of the rest each
/// record is shown with the one next to it in an order in which records that say the same stand together (sorted neighbourhood: Hernandez and Stolfo 1995), so that
/// a party with more records than the cap still hangs together; what is left is counted as skipped.
///
/// A pair that several rules, keys or refinements bring is shown at the first of them. That is decided from the two
/// records' keys alone, without a table of pairs seen: an earlier rule owns the pair where both have a key of it
/// whose block was within the cap, or a refinement of that block owns it. So memory is that of the keys, and of one
/// rule's sorted entries. Cost: O(n log n) a rule and the pairs.
/// </summary>
internal sealed partial class CandidatePairs
{
    private const int Chunks = 256;

    private readonly int cap;
    private readonly RuleKeys[] keys;
    private readonly KeyLanes lanes;
    private readonly RuleKeys[][] refinements;
    private readonly ConcurrentDictionary<ulong, bool> oversized = new();
    private readonly BlockingRule[] rules;
    private readonly int[] ranks;
    private HashSet<ulong> neighbours = [];

    /// <param name="rules">In order.</param>
    /// <param name="ranks">Place of each record in an order that does not depend on that of delivery, records that say the same next to each other.</param>
    /// <param name="cap">Records of a block at most.</param>
    public CandidatePairs(IReadOnlyList<BlockingRule> rules, int[] ranks, int cap, CancellationToken cancellation)
    {
        (this.rules, this.ranks, this.cap) = ([.. rules], ranks, cap);
        var records = ranks.Length;
        keys = new RuleKeys[rules.Count];
        refinements = new RuleKeys[rules.Count][];
        var known = new Dictionary<BlockingAtom, RuleKeys>();
        for (var rule = 0; rule < rules.Count; rule++)
        {
            keys[rule] = RuleKeys.Of(rules[rule], records, LetterTraits.Combine(17, (ulong)rule + 1), cancellation);
            refinements[rule] = [.. rules[rule].Refinements.Select(atom => known.TryGetValue(atom, out var made) ? made : known[atom] = RuleKeys.Of(atom, records, cancellation))];
        }

        lanes = new KeyLanes(keys, records, cancellation);
    }

    /// <summary>Shows all pairs.</summary>
    /// <param name="visitors">One for each thread.</param>
    /// <param name="sampling">Shows the pairs of one block in this many; 1 for all. Needs to be a power of two.</param>
    public ImmutableArray<RuleReport> Show(IReadOnlyList<IPairVisitor> visitors, int sampling, CancellationToken cancellation)
    {
        var reports = ImmutableArray.CreateBuilder<RuleReport>();
        var next = new List<ulong>();
        for (var rule = 0; rule < rules.Length; rule++) reports.Add(Show(rule, visitors, (ulong)sampling - 1, next, cancellation));
        ShowNeighbours(next, visitors, cancellation);
        if (neighbours.Count > 0) reports.Add(new RuleReport("next to each other in a block beyond the cap", neighbours.Count, 0, 0, 0));
        return reports.ToImmutable();
    }

    /// <summary>Shows the neighbours of blocks beyond the cap that no rule has brought; only now is it known what each rule brings.</summary>
    private void ShowNeighbours(List<ulong> next, IReadOnlyList<IPairVisitor> visitors, CancellationToken cancellation)
    {
        neighbours = [];
        neighbours = [.. next.Distinct().Where(pair => !Holds((int)(pair >> 32), (int)pair))];
        var pairs = neighbours.ToArray();
        Parallel.For(0, visitors.Count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = visitors.Count }, worker =>
        {
            for (var at = worker; at < pairs.Length; at += visitors.Count)
            {
                if (at % 4096 < visitors.Count) cancellation.ThrowIfCancellationRequested();
                visitors[worker].Visit((int)(pairs[at] >> 32), (int)pairs[at]);
            }
        });
    }

    private static ulong PairOf(int left, int right) => ((ulong)Math.Min(left, right) << 32) | (uint)Math.Max(left, right);

    /// <summary>Whether two records are shown as a pair; right only after all pairs were shown.</summary>
    public bool Holds(int left, int right) => IsOwnedBefore(rules.Length, left, right) || neighbours.Contains(PairOf(left, right));

    private RuleReport Show(int rule, IReadOnlyList<IPairVisitor> visitors, ulong mask, List<ulong> next, CancellationToken cancellation)
    {
        var entries = SortedEntries.Of(keys[rule], ranks.Length, mask, cancellation);
        var bounds = entries.Bounds(Chunks, cap);
        var walkers = visitors.Select(visitor => new BlockWalker(this, rule, visitor, cancellation)).ToArray();
        // What is too large must be known of all blocks before the first pair is shown: it decides who owns a pair.
        ForChunks(walkers, bounds, (walker, from, to) => walker.Walk(entries, from, to, walker.Mark), cancellation);
        ForChunks(walkers, bounds, (walker, from, to) => walker.Walk(entries, from, to, walker.Show), cancellation);
        foreach (var walker in walkers) next.AddRange(walker.Neighbours);
        return new RuleReport(
            rules[rule].Name, walkers.Sum(walker => walker.Pairs), walkers.Max(walker => walker.Largest),
            walkers.Sum(walker => walker.Refined), walkers.Sum(walker => walker.Skipped));
    }

    private static void ForChunks(BlockWalker[] walkers, int[] bounds, Action<BlockWalker, int, int> body, CancellationToken cancellation)
    {
        var next = -1;
        Parallel.For(0, walkers.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = walkers.Length }, worker =>
        {
            for (var chunk = Interlocked.Increment(ref next); chunk < bounds.Length - 1; chunk = Interlocked.Increment(ref next))
                body(walkers[worker], bounds[chunk], bounds[chunk + 1]);
        });
    }

    /// <summary>Whether a rule before another brings two records together.</summary>
    private bool IsOwnedBefore(int rule, int left, int right)
    {
        var before = (uint)((1ul << rule) - 1);
        for (var common = lanes.Common(left, right) & before; common != 0; common &= common - 1)
            if (IsOwned(BitOperations.TrailingZeroCount(common), left, right)) return true;
        for (var several = lanes.Several & before; several != 0; several &= several - 1)
            if (IsOwned(BitOperations.TrailingZeroCount(several), left, right)) return true;
        return false;
    }

    /// <summary>Whether a rule brings two records together.</summary>
    private bool IsOwned(int rule, int left, int right)
    {
        if (keys[rule].IsSingle)
        {
            var key = keys[rule].Single(left);
            return key != 0 && key == keys[rule].Single(right) && IsOwned(rule, key, 0, left, right);
        }

        return IsOwnedBelow(ulong.MaxValue, rule, left, right);
    }

    /// <summary>Whether one of the keys of a rule below a bound brings two records together.</summary>
    private bool IsOwnedBelow(ulong bound, int rule, int left, int right)
    {
        var from = keys[rule].Of(left);
        var to = keys[rule].Of(right);
        for (var (i, j) = (0, 0); i < from.Length && j < to.Length;)
        {
            if (from[i] < to[j]) i++;
            else if (to[j] < from[i]) j++;
            else
            {
                if (from[i] >= bound) return false;
                if (IsOwned(rule, from[i], 0, left, right)) return true;
                (i, j) = (i + 1, j + 1);
            }
        }

        return false;
    }

    /// <summary>Whether a block, or what it is taken apart into by the atoms from one on, brings two of its records together.</summary>
    private bool IsOwned(int rule, ulong block, int from, int left, int right)
    {
        if (!oversized.ContainsKey(block)) return true;
        for (var i = from; i < refinements[rule].Length; i++)
            if (IsRefined(rule, block, i, left, right)) return true;
        return false;
    }

    private bool IsRefined(int rule, ulong block, int refinement, int left, int right)
    {
        var key = refinements[rule][refinement].Single(left);
        return key != 0 && key == refinements[rule][refinement].Single(right)
            && IsOwned(rule, PathOf(block, refinement, key), refinement + 1, left, right);
    }

    private static ulong PathOf(ulong block, int refinement, ulong key) => LetterTraits.Combine(block + (ulong)refinement + 1, key);

    /// <summary>The path of refinements by which a block first brings two records together; 0 where none does.</summary>
    private ulong FirstPath(int rule, ulong block, int from, int left, int right)
    {
        if (!oversized.ContainsKey(block)) return block;
        for (var i = from; i < refinements[rule].Length; i++)
        {
            var key = refinements[rule][i].Single(left);
            if (key == 0 || key != refinements[rule][i].Single(right)) continue;
            var path = FirstPath(rule, PathOf(block, i, key), i + 1, left, right);
            if (path != 0) return path;
        }

        return 0;
    }
}
