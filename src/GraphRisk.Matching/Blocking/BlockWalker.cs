using GraphRisk.Matching.Comparison;

namespace GraphRisk.Matching.Blocking;

internal sealed partial class CandidatePairs
{
    /// <summary>Goes through blocks of one rule: first marks those too large, then shows the pairs the rule owns. One for each thread.</summary>
    private sealed class BlockWalker(CandidatePairs all, int rule, IPairVisitor visitor, CancellationToken cancellation)
    {
        private long brought;

        /// <summary>What is done with the records of a block.</summary>
        public delegate void Action(ulong key, Span<int> members);

        public long Pairs { get; private set; }

        public int Largest { get; private set; }

        public int Refined { get; private set; }

        public long Skipped { get; private set; }

        /// <summary>Pairs next to each other in blocks beyond the cap, whoever brings them.</summary>
        public List<ulong> Neighbours { get; } = [];

        /// <summary>Does something with each block of more than one record.</summary>
        public void Walk(SortedEntries entries, int from, int to, Action action)
        {
            for (var start = from; start < to;)
            {
                cancellation.ThrowIfCancellationRequested();
                var end = start + 1;
                while (end < to && entries.Keys[end] == entries.Keys[start]) end++;
                if (end - start > 1) action(entries.Keys[start], entries.Records.AsSpan(start, end - start));
                start = end;
            }
        }

        /// <summary>Marks a block that is too large, and what of it still is.</summary>
        public void Mark(ulong key, Span<int> members)
        {
            Largest = Math.Max(Largest, members.Length);
            Mark(key, 0, members);
        }

        /// <summary>Shows the pairs of a block.</summary>
        public void Show(ulong key, Span<int> members)
        {
            brought = 0;
            Show(key, key, 0, members);
            if (members.Length <= all.cap) return;
            Skipped += ((long)members.Length * (members.Length - 1) / 2) - brought;
            var inOrder = members.ToArray();
            Array.Sort(Array.ConvertAll(inOrder, record => all.ranks[record]), inOrder);
            for (var i = 1; i < inOrder.Length; i++) Neighbours.Add(PairOf(inOrder[i - 1], inOrder[i]));
        }

        private void Mark(ulong path, int from, Span<int> members)
        {
            if (members.Length <= all.cap) return;
            Refined++;
            all.oversized.TryAdd(path, true);
            TakeApart(path, from, members, Mark);
        }

        private void Show(ulong top, ulong path, int from, Span<int> members)
        {
            if (members.Length <= all.cap) ShowAll(top, path, members);
            else TakeApart(path, from, members, (finer, next, part) => Show(top, finer, next, part));
        }

        private delegate void PartAction(ulong path, int next, Span<int> members);

        private void TakeApart(ulong path, int from, Span<int> members, PartAction action)
        {
            for (var refinement = from; refinement < all.refinements[rule].Length; refinement++)
            {
                var (keys, records) = (new ulong[members.Length], members.ToArray());
                for (var i = 0; i < keys.Length; i++) keys[i] = all.refinements[rule][refinement].Single(records[i]);
                Array.Sort(keys, records);
                for (var start = 0; start < keys.Length;)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var end = start + 1;
                    while (end < keys.Length && keys[end] == keys[start]) end++;
                    if (keys[start] != 0 && end - start > 1)
                        action(PathOf(path, refinement, keys[start]), refinement + 1, records.AsSpan(start, end - start));
                    start = end;
                }
            }
        }

        private void ShowAll(ulong top, ulong path, Span<int> members)
        {
            for (var i = 0; i < members.Length; i++)
                for (var j = i + 1; j < members.Length; j++)
                {
                    var (left, right) = members[i] < members[j] ? (members[i], members[j]) : (members[j], members[i]);
                    if (path != top && all.FirstPath(rule, top, 0, left, right) != path) continue;
                    brought++;
                    if (IsOwnedBefore(top, left, right)) continue;
                    Pairs++;
                    visitor.Visit(left, right);
                }
        }

        /// <summary>Whether an earlier rule, or a lesser key of this one, brings the pair.</summary>
        private bool IsOwnedBefore(ulong top, int left, int right) =>
            all.IsOwnedBefore(rule, left, right) || (!all.keys[rule].IsSingle && all.IsOwnedBelow(top, rule, left, right));
    }
}
