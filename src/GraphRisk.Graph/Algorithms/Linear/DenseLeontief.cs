using System.Numerics;
using System.Runtime.InteropServices;

namespace GraphRisk.Graph.Algorithms.Linear;

/// <summary>
/// Dense elimination of I - A for up to a few thousand unknowns.
/// <para>
/// A is not negative, so I - A is a Z-matrix, and for such a matrix the spectral radius of A is below 1 exactly when
/// every pivot of elimination down the diagonal is positive (Fiedler and Pták 1962: I - A is then a nonsingular
/// M-matrix). The factorisation itself thus proves or refutes convergence, and no row is exchanged: with parts that add
/// to at most 1, I - A is diagonally dominant by columns, where partial pivoting would choose the diagonal anyway. Each
/// solution is refined once against the untouched sparse matrix.
/// </para>
/// <para>State: the factors in one row-major matrix, L below the diagonal (unit, not stored), U on and above it. Cost n³/3 once, n² a solution.</para>
/// </summary>
internal sealed class DenseLeontief : LeontiefSystem
{
    /// <summary>A pivot at or below this counts as zero: the sums would exceed what a double can say to nine digits.</summary>
    public const double SmallestPivot = 1e-12;

    /// <summary>Multiplications that count as one step: they run several at a time.</summary>
    private const int PerStep = 32;

    private readonly SparseMatrix matrix;
    private readonly double[] factors;

    public DenseLeontief(SparseMatrix matrix, WorkMeter? meter = null)
    {
        this.matrix = matrix;
        var size = matrix.Size;
        factors = new double[(long)size * size];
        for (var i = 0; i < size; i++) factors[(i * size) + i] = 1;
        for (var e = 0; e < matrix.Rows.Length; e++) factors[(matrix.Rows[e] * size) + matrix.Columns[e]] -= matrix.Weights[e];
        Converges = Factor(meter ?? WorkMeter.Unlimited);
    }

    public override int Size => matrix.Size;

    public override bool Converges { get; }

    public override void Solve(Span<double> values, WorkMeter? meter = null) => Refine(values, transposed: false, meter ?? WorkMeter.Unlimited);

    public override void SolveTransposed(Span<double> values, WorkMeter? meter = null) => Refine(values, transposed: true, meter ?? WorkMeter.Unlimited);

    private bool Factor(WorkMeter meter)
    {
        var size = matrix.Size;
        for (var k = 0; k < size; k++)
        {
            var pivotRow = factors.AsSpan(k * size, size);
            if (!(pivotRow[k] > SmallestPivot)) return false;
            meter.Charge(1 + ((long)(size - k) * (size - k) / PerStep));
            for (var i = k + 1; i < size; i++)
            {
                var row = factors.AsSpan(i * size, size);
                if (row[k] == 0) continue;
                var factor = row[k] /= pivotRow[k];
                Subtract(row[(k + 1)..], pivotRow[(k + 1)..], factor);
            }
        }

        return true;
    }

    /// <summary>row -= factor * other.</summary>
    private static void Subtract(Span<double> row, ReadOnlySpan<double> other, double factor)
    {
        var lanes = MemoryMarshal.Cast<double, Vector<double>>(row);
        var others = MemoryMarshal.Cast<double, Vector<double>>(other);
        var factors = new Vector<double>(factor);
        for (var i = 0; i < lanes.Length; i++) lanes[i] -= factors * others[i];
        for (var i = lanes.Length * Vector<double>.Count; i < row.Length; i++) row[i] -= factor * other[i];
    }

    private void Refine(Span<double> values, bool transposed, WorkMeter meter)
    {
        var size = matrix.Size;
        meter.Charge(1 + (2L * size * size / PerStep) + (matrix.Rows.Length / PerStep));
        var solution = values.ToArray();
        Substitute(solution, transposed);
        var residual = values.ToArray();
        for (var i = 0; i < size; i++) residual[i] -= solution[i];
        var (targets, sources) = transposed ? (matrix.Columns, matrix.Rows) : (matrix.Rows, matrix.Columns);
        for (var e = 0; e < targets.Length; e++) residual[targets[e]] += matrix.Weights[e] * solution[sources[e]];
        Substitute(residual, transposed);
        for (var i = 0; i < size; i++) values[i] = solution[i] + residual[i];
    }

    private void Substitute(double[] x, bool transposed)
    {
        if (transposed) SubstituteTransposed(x);
        else SubstitutePlain(x);
    }

    private void SubstitutePlain(double[] x)
    {
        var size = matrix.Size;
        for (var i = 0; i < size; i++) x[i] -= Dot(factors.AsSpan(i * size, i), x.AsSpan(0, i));
        for (var i = size - 1; i >= 0; i--)
        {
            var row = factors.AsSpan(i * size, size);
            x[i] = (x[i] - Dot(row[(i + 1)..], x.AsSpan(i + 1))) / row[i];
        }
    }

    /// <summary>Uᵀ then Lᵀ, by rows of the factors so that memory is read in order.</summary>
    private void SubstituteTransposed(double[] x)
    {
        var size = matrix.Size;
        for (var i = 0; i < size; i++)
        {
            var row = factors.AsSpan(i * size, size);
            x[i] /= row[i];
            if (x[i] != 0) Subtract(x.AsSpan(i + 1), row[(i + 1)..], x[i]);
        }

        for (var i = size - 1; i > 0; i--)
            if (x[i] != 0) Subtract(x.AsSpan(0, i), factors.AsSpan(i * size, i), x[i]);
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
