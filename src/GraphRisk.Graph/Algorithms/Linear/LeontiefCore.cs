using System.Numerics;
using System.Runtime.InteropServices;

namespace GraphRisk.Graph.Algorithms.Linear;

/// <summary>
/// The dense end of an elimination (<see cref="EliminatedLeontief"/>), with pivots from slack in the same way, in panels so that what
/// is read from memory is used for many pivots at once.
/// <para>State: row-major, L below the diagonal over the pivots, U above it as it came, the pivots apart. Cost n³/3.</para>
/// </summary>
internal sealed class LeontiefCore
{
    private const int Panel = 48;
    private const int PerStep = 32;

    private readonly int[] unknowns;
    private readonly double[] factors;
    private readonly double[] pivots;
    private readonly double[] slack;
    private readonly double[] scale;

    /// <param name="unknowns">Numbers of its unknowns, ascending.</param>
    /// <param name="entries">A, row-major, without its diagonal; becomes the factors.</param>
    /// <param name="slack">For each column 1 less the sum of its entries; used up.</param>
    /// <param name="scale">The same as if none of what went into it had been negative; used up.</param>
    /// <param name="meter">Pays for it.</param>
    public LeontiefCore(int[] unknowns, double[] entries, double[] slack, double[] scale, WorkMeter meter)
    {
        this.unknowns = unknowns;
        this.slack = slack;
        this.scale = scale;
        factors = entries;
        pivots = new double[Size];
        Converges = Factor(meter);
    }

    public int Size => unknowns.Length;

    public ReadOnlySpan<int> Unknowns => unknowns;

    public bool Converges { get; }

    /// <summary>Smallest part of a pivot its difference left.</summary>
    public double Cancellation { get; private set; } = 1;

    public void Solve(Span<double> values)
    {
        var x = Gather(values);
        for (var i = 0; i < Size; i++) x[i] += Dot(Row(i)[..i], x);
        for (var i = Size - 1; i >= 0; i--) x[i] = (x[i] + Dot(Row(i)[(i + 1)..], x.AsSpan(i + 1))) / pivots[i];
        Scatter(x, values);
    }

    public void SolveTransposed(Span<double> values)
    {
        var x = Gather(values);
        for (var i = 0; i < Size; i++)
        {
            x[i] /= pivots[i];
            if (x[i] != 0) Add(x.AsSpan(i + 1), Row(i)[(i + 1)..], x[i]);
        }

        for (var i = Size - 1; i > 0; i--)
            if (x[i] != 0) Add(x.AsSpan(0, i), Row(i)[..i], x[i]);
        Scatter(x, values);
    }

    /// <summary>The inverse, row-major: from the last pivot back, one pass over the rows below for each.</summary>
    public double[] Inverse(WorkMeter meter)
    {
        var n = Size;
        var inverse = new double[(long)n * n];
        var lower = new double[n];
        var sums = new double[n];
        for (var k = n - 1; k >= 0; k--)
        {
            meter.Charge(1 + (2L * (n - k) * (n - k) / PerStep));
            var after = n - k - 1;
            var row = Row(k)[(k + 1)..];
            var below = lower.AsSpan(0, after);
            var total = sums.AsSpan(0, after);
            total.Clear();
            for (var i = 0; i < after; i++) below[i] = factors[((k + 1 + i) * n) + k];
            var own = 0.0;
            for (var i = 0; i < after; i++)
            {
                var other = inverse.AsSpan(((k + 1 + i) * n) + k + 1, after);
                var part = row[i] / pivots[k];
                if (part != 0) Add(total, other, part);
                var entry = Dot(other, below);
                inverse[((k + 1 + i) * n) + k] = entry;
                own += part * entry;
            }

            total.CopyTo(inverse.AsSpan((k * n) + k + 1, after));
            inverse[(k * n) + k] = (1 / pivots[k]) + own;
        }

        return inverse;
    }

    private bool Factor(WorkMeter meter)
    {
        for (var start = 0; start < Size; start += Panel)
        {
            var end = Math.Min(start + Panel, Size);
            for (var k = start; k < end; k++)
                if (!Eliminate(k, end, meter)) return false;
            for (var k = start; k < end; k++)
            {
                for (var q = start; q < k; q++) AddRow(k, q, end);
                for (var j = end; j < Size; j++) Pass(k, j);
            }

            meter.Charge(1 + ((long)(Size - end) * (Size - end) * (end - start) / PerStep));
            for (var i = end; i < Size; i++)
                for (var q = start; q < end; q++) AddRow(i, q, end);
        }

        return true;
    }

    /// <summary>One pivot within the columns of its panel.</summary>
    private bool Eliminate(int k, int end, WorkMeter meter)
    {
        meter.Charge(1 + ((long)(Size - k) * (end - k) / PerStep));
        var sum = 0.0;
        for (var i = k + 1; i < Size; i++) sum += factors[(i * Size) + k];
        var pivot = pivots[k] = slack[k] + sum;
        if (!(pivot > 0)) return false;
        Cancellation = Math.Min(Cancellation, pivot / (scale[k] + sum));
        for (var j = k + 1; j < end; j++) Pass(k, j);
        for (var i = k + 1; i < Size; i++)
        {
            if (factors[(i * Size) + k] == 0) continue;
            var factor = factors[(i * Size) + k] /= pivot;
            for (var j = k + 1; j < end; j++)
                if (j != i) factors[(i * Size) + j] += factor * factors[(k * Size) + j];
        }

        return true;
    }

    /// <summary>What a pivot's column has to spare goes to the columns its row stands in.</summary>
    private void Pass(int pivot, int column)
    {
        var part = factors[(pivot * Size) + column] / pivots[pivot];
        slack[column] += slack[pivot] * part;
        scale[column] += scale[pivot] * part;
    }

    private void AddRow(int row, int pivot, int from)
    {
        if (factors[(row * Size) + pivot] is var factor && factor != 0) Add(Row(row)[from..], Row(pivot)[from..], factor);
    }

    private Span<double> Row(int row) => factors.AsSpan(row * Size, Size);

    private double[] Gather(ReadOnlySpan<double> values)
    {
        var x = new double[Size];
        for (var i = 0; i < Size; i++) x[i] = values[unknowns[i]];
        return x;
    }

    private void Scatter(double[] x, Span<double> values)
    {
        for (var i = 0; i < Size; i++) values[unknowns[i]] = x[i];
    }

    /// <summary>row += factor * other.</summary>
    private static void Add(Span<double> row, ReadOnlySpan<double> other, double factor)
    {
        var lanes = MemoryMarshal.Cast<double, Vector<double>>(row);
        var others = MemoryMarshal.Cast<double, Vector<double>>(other);
        var factors = new Vector<double>(factor);
        for (var i = 0; i < lanes.Length; i++) lanes[i] += factors * others[i];
        for (var i = lanes.Length * Vector<double>.Count; i < row.Length; i++) row[i] += factor * other[i];
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var lefts = MemoryMarshal.Cast<double, Vector<double>>(left);
        var rights = MemoryMarshal.Cast<double, Vector<double>>(right);
        var sums = Vector<double>.Zero;
        for (var i = 0; i < lefts.Length; i++) sums += lefts[i] * rights[i];
        var sum = Vector.Sum(sums);
        for (var i = lefts.Length * Vector<double>.Count; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }
}
