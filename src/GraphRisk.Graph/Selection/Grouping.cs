using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;

namespace GraphRisk.Graph.Selection;

/// <summary>Rows that have the same keys.</summary>
/// <param name="Keys">The keys, as <see cref="GroupKey"/> gives them.</param>
/// <param name="Rows">The rows, in the order in which they were given.</param>
public sealed record RowGroup(ImmutableArray<object?> Keys, ReadOnlyMemory<Row> Rows);

/// <summary>
/// Puts rows of equal keys together. By what relationships lead to, a row stands once in the group of each different value met there, and one
/// that leads nowhere in that of what is not known; so the groups may have more rows than there are. Keys that one walk leads to, side by
/// side, are read of one node at a time.
/// </summary>
public static class Grouping
{
    private const int RowsPerCharge = 1024;

    /// <summary>Groups in the order of their keys: first what is known, then what is not, then what is withheld.</summary>
    public static IComparer<ImmutableArray<object?>> Ascending { get; } = new KeyOrder(1);

    /// <summary>The other way round; what is not known or withheld comes last all the same.</summary>
    public static IComparer<ImmutableArray<object?>> Descending { get; } = new KeyOrder(-1);

    /// <summary>The groups, ascending by their keys. Without keys all rows are one group.</summary>
    public static ImmutableArray<RowGroup> Of(Row[] rows, ImmutableArray<GroupKey> keys, WorkMeter meter)
    {
        if (keys.IsEmpty) return [new RowGroup([], rows)];
        var places = new Places(rows);
        for (var (at, end) = (0, 0); at < keys.Length; at = end)
        {
            while (end < keys.Length && (end == at || (keys[at].Across is { } walk && ReferenceEquals(keys[end].Across, walk)))) end++;
            places.Divide(keys[at..end], meter);
        }

        return places.Groups();
    }

    /// <summary>
    /// Which row stands in which group, as two columns. Keys become numbers one at a time, so that rows are told apart by integers.
    /// </summary>
    private sealed class Places(Row[] rows)
    {
        private int[]? rowAt;
        private int[] groupAt = new int[rows.Length];
        private List<ImmutableArray<object?>> found = [[]];

        private Row RowAt(int place) => rows[rowAt is null ? place : rowAt[place]];

        /// <summary>Divides each group by a further key, or by several that one walk leads to.</summary>
        public void Divide(ImmutableArray<GroupKey> keys, WorkMeter meter)
        {
            var codes = new Codes(keys);
            var numbers = new Dictionary<(int Group, int Code), int>();
            var longer = new List<ImmutableArray<object?>>();
            if (keys[0].Across is { } walk) Multiply(walk);
            else
                for (var place = 0; place < groupAt.Length; place++)
                {
                    if (place % RowsPerCharge == 0) meter.Charge(WorkUnit.Steps, 4 * RowsPerCharge);
                    groupAt[place] = NumberOf(groupAt[place], codes.Of(RowAt(place)));
                }

            found = longer;

            void Multiply(RelationshipWalk across)
            {
                var (longerRows, longerGroups, met) = (new List<int>(), new List<int>(), new HashSet<int>());
                for (var place = 0; place < groupAt.Length; place++)
                {
                    met.Clear();
                    var row = RowAt(place);
                    if (!across.IsOpen(row.Node)) met.Add(codes.OfAll(GroupKey.Withheld));
                    else
                    {
                        var (start, end) = across.Range(row.Node);
                        meter.ChargeNode(end - start);
                        meter.Charge(WorkUnit.Steps, 4);
                        if (start == end) met.Add(codes.OfAll(null));
                        for (var at = start; at < end; at++) met.Add(codes.Of(new Row(across.At(row.Node, at).Node)));
                    }

                    foreach (var code in met)
                    {
                        longerRows.Add(rowAt is null ? place : rowAt[place]);
                        longerGroups.Add(NumberOf(groupAt[place], code));
                    }
                }

                (rowAt, groupAt) = ([.. longerRows], [.. longerGroups]);
            }

            int NumberOf(int group, int code)
            {
                if (numbers.TryGetValue((group, code), out var number)) return number;
                numbers.Add((group, code), number = longer.Count);
                longer.Add(found[group].AddRange(codes[code]));
                return number;
            }
        }

        public ImmutableArray<RowGroup> Groups()
        {
            var starts = new int[found.Count + 1];
            foreach (var group in groupAt) starts[group + 1]++;
            for (var group = 0; group < found.Count; group++) starts[group + 1] += starts[group];
            var next = starts.AsSpan(0, found.Count).ToArray();
            var together = new Row[groupAt.Length];
            for (var place = 0; place < groupAt.Length; place++) together[next[groupAt[place]]++] = RowAt(place);
            return [.. found.Select((key, group) => new RowGroup(key, together.AsMemory(starts[group]..starts[group + 1]))).OrderBy(group => group.Keys, Ascending)];
        }
    }

    /// <summary>Numbers of the values of keys read together, in the order in which they are met.</summary>
    private sealed class Codes(ImmutableArray<GroupKey> keys)
    {
        private readonly Level[] levels = [.. keys.Select(key => new Level(key.Reader()))];

        /// <summary>The values of a number.</summary>
        public ImmutableArray<object?> this[int code] => levels[^1].Values[code];

        public int Of(in Row row)
        {
            var code = 0;
            for (var level = 0; level < levels.Length; level++) code = Next(level, code, levels[level].Read(row));
            return code;
        }

        /// <summary>The number of one value for every key.</summary>
        public int OfAll(object? value)
        {
            var code = 0;
            for (var level = 0; level < levels.Length; level++) code = Next(level, code, value);
            return code;
        }

        private int Next(int level, int before, object? value)
        {
            var at = levels[level];
            if (at.Numbers.TryGetValue((before, value ?? at), out var code)) return code;
            at.Numbers.Add((before, value ?? at), code = at.Values.Count);
            at.Values.Add(level == 0 ? [value] : levels[level - 1].Values[before].Add(value));
            return code;
        }

        private sealed class Level(Func<Row, object?> read)
        {
            public Func<Row, object?> Read => read;

            public Dictionary<(int Before, object Value), int> Numbers { get; } = [];

            public List<ImmutableArray<object?>> Values { get; } = [];
        }
    }

    private sealed class KeyOrder(int sign) : IComparer<ImmutableArray<object?>>
    {
        public int Compare(ImmutableArray<object?> left, ImmutableArray<object?> right)
        {
            for (var i = 0; i < left.Length; i++)
                if (Compare(left[i], right[i]) is not 0 and var order) return order;
            return 0;
        }

        private int Compare(object? left, object? right)
        {
            var (one, other) = (Rank(left), Rank(right));
            if (one > 0 || other > 0) return one.CompareTo(other);
            return sign * ((left, right) is (string text, string otherText) ? string.CompareOrdinal(text, otherText) : Comparer<object>.Default.Compare(left, right));
        }

        private static int Rank(object? value) => value is null ? 1 : value == GroupKey.Withheld ? 2 : 0;
    }
}
