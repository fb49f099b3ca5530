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

    /// <summary>The system of a matrix, in the form that suits its size; the meter pays for its factors.</summary>
    public static LeontiefSystem Of(SparseMatrix matrix, int denseLimit, WorkMeter? meter = null) => matrix.Size switch
    {
        1 => new SingleLeontief(matrix.Weights.Sum()),
        var size when size <= denseLimit => new DenseLeontief(matrix, meter),
        _ => new SweptLeontief(matrix, meter),
    };

    /// <summary>One unknown: treasury shares s scale everything by 1 / (1 - s).</summary>
    private sealed class SingleLeontief(double self) : LeontiefSystem
    {
        private readonly double pivot = 1 - self;

        public override bool Converges => pivot > DenseLeontief.SmallestPivot;

        public override void Solve(Span<double> values, WorkMeter? meter = null) => values[0] /= pivot;

        public override void SolveTransposed(Span<double> values, WorkMeter? meter = null) => values[0] /= pivot;
    }
}
