namespace GraphRisk.Graph.Algorithms.Linear;

/// <summary>
/// The linear system (I - A) x = b of a matrix A without negative entries, the form of input and output (Leontief 1936):
/// companies that own each other, debtors that pay each other. Thread-safe once made.
/// </summary>
internal abstract class LeontiefSystem
{
    /// <summary>Whether I + A + A² + ... has a sum: the spectral radius of A is below 1. Only then may the system be solved.</summary>
    public abstract bool Converges { get; }

    /// <summary>Solves (I - A) x = b in place.</summary>
    public abstract void Solve(Span<double> values, WorkMeter? meter = null);

    /// <summary>Solves (I - A)ᵀ x = b in place.</summary>
    public abstract void SolveTransposed(Span<double> values, WorkMeter? meter = null);

    /// <summary>The diagonal entry of the inverse at an unknown, at least 1.</summary>
    public virtual double Returns(int unknown, WorkMeter? meter = null)
    {
        var values = new double[Size];
        values[unknown] = 1;
        Solve(values, meter);
        return values[unknown];
    }

    /// <summary>Number of unknowns.</summary>
    public abstract int Size { get; }

    /// <summary>The system of a matrix, in the form that suits its size; the meter pays for its factors.</summary>
    public static LeontiefSystem Of(SparseMatrix matrix, int denseLimit, WorkMeter? meter = null) => matrix.Size switch
    {
        1 => new SingleLeontief(1 - matrix.Weights.Sum(), DenseLeontief.SmallestPivot),
        var size when size <= denseLimit => new DenseLeontief(matrix, meter),
        _ => new SweptLeontief(matrix, meter),
    };

    /// <summary>The system of one unknown of which 1 less its own entry is known exactly.</summary>
    public static LeontiefSystem OfSlack(double slack) => new SingleLeontief(slack, 0);

    /// <summary>One unknown: treasury shares s scale everything by 1 / (1 - s).</summary>
    private sealed class SingleLeontief(double pivot, double limit) : LeontiefSystem
    {
        public override int Size => 1;

        public override bool Converges => pivot > limit;

        public override void Solve(Span<double> values, WorkMeter? meter = null) => values[0] /= pivot;

        public override void SolveTransposed(Span<double> values, WorkMeter? meter = null) => values[0] /= pivot;

        public override double Returns(int unknown, WorkMeter? meter = null) => 1 / pivot;
    }
}
