using System.Numerics;
using System.Runtime.CompilerServices;

namespace GraphRisk.Scoring.Trees;

/// <summary>
/// Contributions of many rows at little more than the price of their margins (the idea of Yang 2021, "Fast TreeSHAP": what does not
/// depend on the row is computed once).
/// <para>
/// A row meets a tree only by which way it goes at each node. So for a tree of n nodes there are 2^n answers, laid out in a
/// table by the bits of the ways (<see cref="PathContributions"/>). A row then costs n comparisons, made for several rows at
/// once and whatever the ways above, and the additions of one entry, made feature by feature for many rows, so that no branch
/// depends on a row. Entries hold the single terms of each feature in LightGBM's
/// order of adding, so the sums are those of LightGBM to the last bit, which filed scores rest on.
/// </para>
/// <para>
/// Memory: 2^n x leaves x depth x 8 bytes a tree, 25 kB at 8 leaves; models whose tables would take more than
/// <see cref="MostBytes"/> have none. Safe for concurrent readers.
/// </para>
/// </summary>
internal sealed class ContributionTables
{
    /// <summary>Bytes of a model's tables at most.</summary>
    private const long MostBytes = 64 << 20;

    /// <summary>Rows that go through all trees together: their contributions stay near the processor.</summary>
    private const int Block = 256;

    /// <summary>LightGBM takes values nearer to zero for zero.</summary>
    private const float Nil = 1e-35f;

    private readonly Table[] tables;
    private readonly int columns;
    private readonly double baseline;

    private ContributionTables(Table[] tables, int columns, double baseline) => (this.tables, this.columns, this.baseline) = (tables, columns, baseline);

    /// <summary>The tables of a model; null where its trees are too large or of another kind.</summary>
    /// <param name="text">LightGBM's text.</param>
    /// <param name="columns">Features it reads.</param>
    public static ContributionTables? Of(string text, int columns)
    {
        if (DecisionTree.ReadAll(text) is not { } trees || trees.Sum(BytesOf) > MostBytes) return null;
        var baseline = 0.0;
        foreach (var tree in trees) baseline += tree.Expected();
        return new ContributionTables([.. trees.Where(tree => tree.Features.Length > 0).Select(Table.Of)], columns, baseline);
    }

    /// <summary>Writes per row one value per feature, then the baseline; all of it is zero before.</summary>
    /// <param name="matrix">The rows.</param>
    /// <param name="into">As many values as rows x (features + 1).</param>
    /// <param name="threads">The answer does not depend on it.</param>
    public void Write(FeatureMatrix matrix, double[] into, int threads)
    {
        var blocks = (matrix.Rows + Block - 1) / Block;
        if (threads <= 1 || blocks == 1)
        {
            var scratch = new Scratch(columns);
            for (var block = 0; block < blocks; block++) Write(matrix, block * Block, into, scratch);
            return;
        }

        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => new Scratch(columns), (block, _, scratch) =>
        {
            Write(matrix, block * Block, into, scratch);
            return scratch;
        }, static _ => { });
    }

    private void Write(FeatureMatrix matrix, int first, double[] into, Scratch scratch)
    {
        var rows = Math.Min(Block, matrix.Rows - first);
        scratch.Turn(matrix, first, rows);
        foreach (var table in tables)
        {
            table.Decide(scratch.Values, scratch.Answers);
            table.Add(scratch.Answers, scratch.Sums);
        }

        scratch.TurnBack(into.AsSpan(first * (columns + 1), rows * (columns + 1)), baseline);
    }

    /// <summary>Terms of one answer: every leaf has at most as many features above it as there are nodes.</summary>
    private static long BytesOf(DecisionTree tree) =>
        tree.Features.Length > 16 ? long.MaxValue / 4096 : (1L << tree.Features.Length) * tree.LeafValues.Length * Math.Min(tree.Features.Length, 4) * sizeof(double);

    /// <summary>A block column by column: its values and sums, and where each row's answer begins in a tree's table.</summary>
    private sealed class Scratch(int columns)
    {
        public float[] Values { get; } = new float[columns * Block];

        public double[] Sums { get; } = new double[columns * Block];

        public int[] Answers { get; } = new int[Block];

        public void Turn(FeatureMatrix matrix, int first, int rows)
        {
            Array.Clear(Sums);
            for (var row = 0; row < rows; row++)
            {
                var values = matrix.Row(first + row);
                for (var column = 0; column < values.Length; column++)
                    Values[(column * Block) + row] = Math.Abs(values[column]) <= Nil ? 0 : values[column];
            }
        }

        public void TurnBack(Span<double> into, double baseline)
        {
            for (var row = 0; into.Length > 0; row++)
            {
                for (var column = 0; column < columns; column++) into[column] = Sums[(column * Block) + row];
                into[columns] = baseline;
                into = into[(columns + 1)..];
            }
        }
    }

    /// <summary>One tree laid out.</summary>
    /// <param name="Tree">The tree.</param>
    /// <param name="Columns">Its features, each once.</param>
    /// <param name="Ends">Where the terms of each feature end within an answer.</param>
    /// <param name="Terms">Answer after answer.</param>
    private sealed record Table(DecisionTree Tree, int[] Columns, int[] Ends, double[] Terms)
    {
        public static Table Of(DecisionTree tree)
        {
            int[] features = [.. tree.Features.Distinct()];
            var found = features.ToDictionary(feature => feature, _ => new List<double>());
            var paths = new PathContributions(tree, (feature, term) => found[feature].Add(term));
            var (ends, terms) = (new int[features.Length], new List<double>());
            for (var ways = 0; ways < 1 << tree.Features.Length; ways++)
            {
                paths.Tell(ways);
                for (var i = 0; i < features.Length; i++)
                {
                    var own = found[features[i]];
                    terms.AddRange(own);
                    if (ways == 0) ends[i] = terms.Count;
                    own.Clear();
                }
            }

            return new Table(tree, features, ends, [.. terms]);
        }

        /// <summary>Where the answer of each row begins: which way it goes at every node, a bit each, times the terms of an answer.</summary>
        public void Decide(float[] values, int[] answers)
        {
            Array.Clear(answers);
            for (var node = 0; node < Tree.Features.Length; node++)
            {
                var (threshold, bit) = (new Vector<float>(Tree.Thresholds[node]), new Vector<int>(Ends[^1] << node));
                var unknown = Tree.UnknownLeft[node] ? Vector<int>.AllBitsSet : Vector<int>.Zero;
                for (var (row, at) = (0, Tree.Features[node] * Block); row < Block; row += Vector<float>.Count)
                {
                    var value = new Vector<float>(values, at + row);
                    var left = Vector.LessThanOrEqual(value, threshold) | Vector.AndNot(unknown, Vector.Equals(value, value));
                    (new Vector<int>(answers, row) + (left & bit)).CopyTo(answers, row);
                }
            }
        }

        /// <summary>Adds the terms of each row's answer to its contributions, term by term.</summary>
        public void Add(int[] answers, double[] sums)
        {
            var term = 0;
            for (var i = 0; i < Columns.Length; i++)
            {
                var own = sums.AsSpan(Columns[i] * Block, Block);
                for (; term + 4 <= Ends[i]; term += 4) AddFour(ref Terms[term], answers, own);
                for (; term < Ends[i]; term++) AddOne(ref Terms[term], answers, own);
            }
        }

        /// <param name="terms">The first of the four terms in the first answer; an answer's begin is within the table.</param>
        private static void AddFour(ref double terms, int[] answers, Span<double> sums)
        {
            for (var row = 0; row < sums.Length && row < answers.Length; row++)
            {
                ref var own = ref Unsafe.Add(ref terms, answers[row]);
                sums[row] = sums[row] + own + Unsafe.Add(ref own, 1) + Unsafe.Add(ref own, 2) + Unsafe.Add(ref own, 3);
            }
        }

        private static void AddOne(ref double terms, int[] answers, Span<double> sums)
        {
            for (var row = 0; row < sums.Length && row < answers.Length; row++) sums[row] += Unsafe.Add(ref terms, answers[row]);
        }
    }
}
