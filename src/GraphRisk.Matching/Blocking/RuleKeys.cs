using GraphRisk.Matching.Comparison;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Blocking;

/// <summary>
/// Keys of all records by one rule or atom: 64-bit hashes, never 0, ascending within a record. A key is computed once a
/// value and not once a record.
/// </summary>
internal sealed class RuleKeys
{
    /// <summary>Keys of a record at most; those beyond are left out, the greatest hashes first.</summary>
    private const int MostKeys = 16;

    private const int Chunk = 1 << 16;

    private readonly ulong[] keys;
    private readonly int[]? starts;

    private RuleKeys(ulong[] keys, int[]? starts) => (this.keys, this.starts) = (keys, starts);

    /// <summary>Keys of a record; none where one of the atoms has none.</summary>
    public ReadOnlySpan<ulong> Of(int record) =>
        starts is not null ? keys.AsSpan(starts[record], starts[record + 1] - starts[record])
        : keys[record] == 0 ? []
        : keys.AsSpan(record, 1);

    /// <summary>Whether no record has more than one key.</summary>
    public bool IsSingle => starts is null;

    /// <summary>The key of a record, 0 where it has none; only where there is one at most.</summary>
    public ulong Single(int record) => keys[record];

    public static RuleKeys Of(BlockingRule rule, int records, ulong salt, CancellationToken cancellation)
    {
        var parts = rule.Atoms.Select(AtomValues).ToArray();
        return rule.Atoms.All(atom => atom.IsSingle) ? OfSingle(rule, parts, records, salt, cancellation) : OfSeveral(parts, rule, records, salt, cancellation);
    }

    public static RuleKeys Of(BlockingAtom atom, int records, CancellationToken cancellation) => Of(new BlockingRule([atom], []), records, 0, cancellation);

    private static RuleKeys OfSingle(BlockingRule rule, (ulong[] Keys, int[]? Starts)[][] parts, int records, ulong salt, CancellationToken cancellation)
    {
        var keys = new ulong[records];
        ForChunks(records, (from, to) =>
        {
            for (var record = from; record < to; record++)
            {
                var key = salt | 1;
                for (var i = 0; i < parts.Length && key != 0; i++)
                {
                    var values = rule.Atoms[i].Columns[0].Of(record);
                    var part = values.IsEmpty ? 0 : parts[i][0].Keys[values[0]];
                    key = part == 0 ? 0 : LetterTraits.Combine(key, part);
                }

                keys[record] = key;
            }
        }, cancellation);
        return new RuleKeys(keys, null);
    }

    private static RuleKeys OfSeveral((ulong[] Keys, int[]? Starts)[][] parts, BlockingRule rule, int records, ulong salt, CancellationToken cancellation)
    {
        var chunks = new List<ulong>[(records + Chunk - 1) / Chunk];
        var starts = new int[records + 1];
        ForChunks(records, (from, to) =>
        {
            var (found, product, next, own) = (new List<ulong>(), new List<ulong>(), new List<ulong>(), new List<ulong>());
            for (var record = from; record < to; record++)
            {
                product.Clear();
                product.Add(salt | 1);
                for (var i = 0; i < parts.Length && product.Count > 0; i++)
                {
                    own.Clear();
                    for (var c = 0; c < rule.Atoms[i].Columns.Length; c++)
                        foreach (var value in rule.Atoms[i].Columns[c].Of(record)) AddOf(parts[i][c], value, own);
                    next.Clear();
                    foreach (var key in product)
                        foreach (var part in own) next.Add(LetterTraits.Combine(key, part));
                    (product, next) = (next, product);
                }

                BlockingAtom.SortDistinct(product);
                if (product.Count > MostKeys) product.RemoveRange(MostKeys, product.Count - MostKeys);
                starts[record + 1] = product.Count;
                found.AddRange(product);
            }

            chunks[from / Chunk] = found;
        }, cancellation);
        for (var record = 0; record < records; record++) starts[record + 1] += starts[record];
        var keys = new ulong[starts[records]];
        for (var (chunk, at) = (0, 0); chunk < chunks.Length; at += chunks[chunk++].Count) chunks[chunk].CopyTo(keys, at);
        return new RuleKeys(keys, starts);
    }

    private static void AddOf((ulong[] Keys, int[]? Starts) part, int value, List<ulong> keys)
    {
        if (part.Starts is null)
        {
            if (part.Keys[value] != 0) keys.Add(part.Keys[value]);
            return;
        }

        for (var i = part.Starts[value]; i < part.Starts[value + 1]; i++) keys.Add(part.Keys[i]);
    }

    /// <summary>Keys of each value of each column of an atom.</summary>
    private static (ulong[] Keys, int[]? Starts)[] AtomValues(BlockingAtom atom) => [.. atom.Columns.Select(column => ValuesOf(column, atom.Part))];

    private static (ulong[] Keys, int[]? Starts) ValuesOf(RecordAttribute column, KeyPart part)
    {
        var row = new List<ulong>();
        if (!KeyParts.IsSeveral(part))
        {
            var keys = new ulong[column.Texts.Length];
            for (var value = 0; value < keys.Length; value++)
            {
                row.Clear();
                KeyParts.Add(part, column.Texts[value], row);
                if (row.Count > 0) keys[value] = row[0];
            }

            return (keys, null);
        }

        var (all, starts) = (new List<ulong>(), new int[column.Texts.Length + 1]);
        for (var value = 0; value < column.Texts.Length; value++)
        {
            row.Clear();
            KeyParts.Add(part, column.Texts[value], row);
            BlockingAtom.SortDistinct(row);
            all.AddRange(row);
            starts[value + 1] = all.Count;
        }

        return ([.. all], starts);
    }

    /// <summary>Does something with ranges of records, the last of each exclusive, on all processors.</summary>
    public static void ForChunks(int records, Action<int, int> body, CancellationToken cancellation) =>
        Parallel.For(0, (records + Chunk - 1) / Chunk, new ParallelOptions { CancellationToken = cancellation },
            chunk => body(chunk * Chunk, Math.Min(records, (chunk + 1) * Chunk)));
}
