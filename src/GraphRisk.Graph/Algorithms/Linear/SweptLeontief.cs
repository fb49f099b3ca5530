namespace GraphRisk.Graph.Algorithms.Linear;

/// <summary>
/// I - A of too many unknowns for a dense matrix, solved by sweeps over its edges.
/// <para>
/// Gauss-Seidel: x is run through forwards and backwards in turn, each value set from the newest of the others. For
/// A ≥ 0 of spectral radius below 1 the sweeps converge, from below and monotonely (Varga 1962, chapter 3). Convergence
/// is proved, not hoped for: a positive x with A x &lt; x in every place bounds the spectral radius below 1 (Collatz
/// 1942, Wielandt 1950), and the solution of (I - A) x = 1 is such an x. Where the sweeps do not find one within their
/// number, the system is reported as divergent.
/// </para>
/// <para>State: the entries by row and by column. Cost entries × sweeps a solution; sweeps grow as 1 / (1 - radius).</para>
/// </summary>
internal sealed class SweptLeontief : LeontiefSystem
{
    private const int MostSweeps = 20_000;
    private const double Accuracy = 1e-14;
    private const int RowsPerCharge = 512;

    private readonly Rows plain;
    private readonly Rows transposed;

    public SweptLeontief(SparseMatrix matrix, WorkMeter? meter = null)
    {
        plain = Rows.Of(matrix.Size, matrix.Rows, matrix.Columns, matrix.Weights);
        transposed = Rows.Of(matrix.Size, matrix.Columns, matrix.Rows, matrix.Weights);
        var ones = new double[matrix.Size];
        Array.Fill(ones, 1);
        Converges = plain.Sweep(ones, meter ?? WorkMeter.Unlimited) && plain.ShrinksBelow(ones);
    }

    public override int Size => plain.Self.Length;

    public override bool Converges { get; }

    public override void Solve(Span<double> values, WorkMeter? meter = null) => plain.Sweep(values, meter ?? WorkMeter.Unlimited);

    public override void SolveTransposed(Span<double> values, WorkMeter? meter = null) => transposed.Sweep(values, meter ?? WorkMeter.Unlimited);

    private sealed record Rows(int[] Starts, int[] Columns, double[] Weights, double[] Self)
    {
        public static Rows Of(int size, int[] rows, int[] columns, double[] weights)
        {
            var graph = Snapshots.Csr.Build(size, rows, columns, out var order);
            var ordered = Array.ConvertAll(order, edge => weights[edge]);
            var self = new double[size];
            for (var e = 0; e < rows.Length; e++)
                if (rows[e] == columns[e]) self[rows[e]] += weights[e];
            return new Rows(graph.Offsets.ToArray(), graph.Targets.ToArray(), ordered, self);
        }

        /// <summary>Whether A x is below x in every place.</summary>
        public bool ShrinksBelow(ReadOnlySpan<double> x)
        {
            for (var row = 0; row < x.Length; row++)
                if (!(x[row] > 0 && double.IsFinite(x[row]) && Gather(row, x) + (Self[row] * x[row]) < x[row])) return false;
            return true;
        }

        /// <summary>Solves in place; false where the sweeps ended before the values settled.</summary>
        public bool Sweep(Span<double> values, WorkMeter meter)
        {
            var wanted = values.ToArray();
            values.Clear();
            for (var sweep = 0; sweep < MostSweeps; sweep++)
            {
                var change = 0.0;
                for (var i = 0; i < wanted.Length; i++)
                {
                    if (i % RowsPerCharge == 0) meter.Charge(RowsPerCharge + (RowsPerCharge * (long)Columns.Length / wanted.Length));
                    var row = sweep % 2 == 0 ? i : wanted.Length - 1 - i;
                    var value = (wanted[row] + Gather(row, values)) / (1 - Self[row]);
                    change = Math.Max(change, Math.Abs(value - values[row]) / Math.Max(1, Math.Abs(value)));
                    values[row] = value;
                }

                if (change <= Accuracy) return true;
            }

            return false;
        }

        /// <summary>Sum of the row's weights times the values elsewhere.</summary>
        private double Gather(int row, ReadOnlySpan<double> x)
        {
            var sum = 0.0;
            for (var e = Starts[row]; e < Starts[row + 1]; e++)
                if (Columns[e] != row) sum += Weights[e] * x[Columns[e]];
            return sum;
        }
    }
}
