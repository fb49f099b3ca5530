namespace GraphRisk.Graph.Algorithms.Linear;

/// <summary>
/// I - A of a sparse matrix, eliminated along the diagonal; the solutions, and the diagonal of the inverse at the cost of one more
/// pass.
/// <para>
/// Order: the unknown with the fewest products of entries in its row and its column comes next (Markowitz 1957), until what is left
/// is no longer sparse (<see cref="LeontiefCore"/>). A component of 8,000 companies with 20,000 holdings among them leaves a core of about 1,100.
/// </para>
/// <para>
/// Accuracy: a pivot is never computed as one minus something near one. It is the slack of its column, what parties outside have of
/// the company, and the sum of the column's other entries; both are passed on by sums and products of what is not negative
/// (Grassmann, Taksar and Heyman 1985; for M-matrices Alfa, Xue and Ye 2002). Where no column adds to more than one, every entry of the
/// inverse has the digits of a double however close the circle is to closing, and the sum has no end exactly where a pivot is
/// 0. Columns above one give pivots by a difference; <see cref="Cancellation"/> tells how much of them is left.
/// </para>
/// <para>
/// The diagonal of the inverse needs only its entries at places of the factors (Takahashi, Fagan and Chen 1973; Erisman and Tinney 1975):
/// from the last pivot back, Z(k, k) = 1 / d(k) + Σ u(k, m) Z(m, k), again without a difference. Cost of it: as of the factors.
/// </para>
/// <para>State: for each pivot its row of U and its column of L, both unit, by number of the unknown, and the pivot.</para>
/// </summary>
internal sealed class EliminatedLeontief : LeontiefSystem
{
    private const int PerStep = 32;

    private readonly Pivot[] pivots;
    private readonly LeontiefCore? core;
    private readonly Lock gate = new();
    private double[]? diagonal;

    private EliminatedLeontief(Pivot[] pivots, LeontiefCore? core, double cancellation)
    {
        this.pivots = pivots;
        this.core = core;
        Converges = core is not null;
        Cancellation = cancellation;
    }

    public override int Size => pivots.Length + (core?.Size ?? 0);

    public override bool Converges { get; }

    /// <summary>Smallest part of a pivot that differences left, 1 or nearly where no column adds to more than one; digits lost are its logarithm.</summary>
    public double Cancellation { get; }

    /// <summary>The factors; null where what is left of the matrix is larger than the limit.</summary>
    /// <param name="matrix">A.</param>
    /// <param name="slack">For each column 1 less the sum of its entries, as exact as it is known.</param>
    /// <param name="coreLimit">Most unknowns of the dense core.</param>
    /// <param name="meter">Pays for it.</param>
    public static EliminatedLeontief? Of(SparseMatrix matrix, double[] slack, int coreLimit, WorkMeter meter)
    {
        var elimination = new SparseElimination(matrix, slack);
        if (!elimination.Run(meter)) return new EliminatedLeontief([], null, elimination.Cancellation);
        if (elimination.Left.Length > coreLimit) return null;
        var core = new LeontiefCore(elimination.Left, elimination.CoreEntries(), elimination.CoreSlack(), elimination.CoreScale(), meter);
        var cancellation = Math.Min(elimination.Cancellation, core.Cancellation);
        return new EliminatedLeontief([.. elimination.Pivots], core.Converges ? core : null, cancellation);
    }

    public override void Solve(Span<double> values, WorkMeter? meter = null)
    {
        Pay(meter);
        foreach (var pivot in pivots)
            if (values[pivot.Unknown] is var value && value != 0)
                for (var e = 0; e < pivot.Above.Length; e++) values[pivot.Above[e]] += pivot.Lower[e] * value;
        core!.Solve(values);
        for (var k = pivots.Length - 1; k >= 0; k--)
        {
            var pivot = pivots[k];
            var sum = values[pivot.Unknown] / pivot.Value;
            for (var e = 0; e < pivot.Below.Length; e++) sum += pivot.Upper[e] * values[pivot.Below[e]];
            values[pivot.Unknown] = sum;
        }
    }

    public override void SolveTransposed(Span<double> values, WorkMeter? meter = null)
    {
        Pay(meter);
        foreach (var pivot in pivots)
            if (values[pivot.Unknown] is var value && value != 0)
                for (var e = 0; e < pivot.Below.Length; e++) values[pivot.Below[e]] += pivot.Upper[e] * value;
        core!.SolveTransposed(values);
        for (var k = pivots.Length - 1; k >= 0; k--)
        {
            var pivot = pivots[k];
            var sum = values[pivot.Unknown] / pivot.Value;
            for (var e = 0; e < pivot.Above.Length; e++) sum += pivot.Lower[e] * values[pivot.Above[e]];
            values[pivot.Unknown] = sum;
        }
    }

    public override double Returns(int unknown, WorkMeter? meter = null) => Diagonal(meter ?? WorkMeter.Unlimited)[unknown];

    /// <summary>The diagonal of the inverse; computed by the first who asks, kept for all.</summary>
    private double[] Diagonal(WorkMeter meter)
    {
        if (Volatile.Read(ref diagonal) is { } known) return known;
        lock (gate)
        {
            if (diagonal is { } made) return made;
            var found = new SelectedInverse(pivots, core!).Diagonal(meter);
            Volatile.Write(ref diagonal, found);
            return found;
        }
    }

    private void Pay(WorkMeter? meter)
    {
        if (meter is null) return;
        var entries = 2L * core!.Size * core.Size;
        foreach (var pivot in pivots) entries += pivot.Above.Length + pivot.Below.Length;
        meter.Charge(1 + (entries / PerStep));
    }

    /// <summary>One step of the elimination.</summary>
    /// <param name="Unknown">Which unknown.</param>
    /// <param name="Value">The pivot.</param>
    /// <param name="Below">Unknowns of its row that come later, ascending.</param>
    /// <param name="Upper">What its row has of them, over the pivot.</param>
    /// <param name="Above">Unknowns of its column that come later, ascending.</param>
    /// <param name="Lower">What its column has of them, over the pivot.</param>
    internal sealed record Pivot(int Unknown, double Value, int[] Below, double[] Upper, int[] Above, double[] Lower);
}
