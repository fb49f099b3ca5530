namespace GraphRisk.Graph.Algorithms.Linear;

/// <summary>
/// (I - A)⁻¹ of a few unknowns in exact fractions, each entry rounded once: for circles that close but for the last digits of a
/// double, where companies above one leave nothing else to trust.
/// <para>
/// Elimination down the diagonal; every pivot above 0 exactly where the sum has an end (Fiedler and Pták 1962). Numbers grow with every step,
/// hence the limit on unknowns. Cost n³ operations on numbers of up to n times the digits given.
/// </para>
/// </summary>
internal sealed class ExactLeontief : LeontiefSystem
{
    private const int BitsPerStep = 512;

    private readonly double[,] inverse;

    private ExactLeontief(int size, Rational[,]? exact)
    {
        (Size, Converges, inverse) = (size, exact is not null, new double[size, size]);
        for (var i = 0; exact is not null && i < size; i++)
            for (var j = 0; j < size; j++)
                inverse[i, j] = exact[i, j].ToDouble();
    }

    public override int Size { get; }

    public override bool Converges { get; }

    /// <summary>The system.</summary>
    /// <param name="entries">A.</param>
    /// <param name="meter">Pays for it.</param>
    public static ExactLeontief Of(Rational[,] entries, WorkMeter meter) => new(entries.GetLength(0), Invert(entries, meter));

    public override void Solve(Span<double> values, WorkMeter? meter = null) => Multiply(values, transposed: false);

    public override void SolveTransposed(Span<double> values, WorkMeter? meter = null) => Multiply(values, transposed: true);

    public override double Returns(int unknown, WorkMeter? meter = null) => inverse[unknown, unknown];

    /// <summary>Gauss and Jordan without exchange of rows; null where a pivot is not above 0.</summary>
    private static Rational[,]? Invert(Rational[,] entries, WorkMeter meter)
    {
        var size = entries.GetLength(0);
        var left = new Rational[size, size];
        var right = new Rational[size, size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
                (left[i, j], right[i, j]) = ((i == j ? Rational.One : Rational.Zero) - entries[i, j], i == j ? Rational.One : Rational.Zero);
        for (var k = 0; k < size; k++)
        {
            var pivot = left[k, k];
            if (pivot.Sign <= 0) return null;
            meter.Charge(1 + ((long)size * size * pivot.Size / BitsPerStep));
            for (var j = 0; j < size; j++) (left[k, j], right[k, j]) = (left[k, j] / pivot, right[k, j] / pivot);
            for (var i = 0; i < size; i++)
            {
                var factor = left[i, k];
                if (i == k || factor.Sign == 0) continue;
                for (var j = 0; j < size; j++)
                {
                    if (left[k, j].Sign != 0) left[i, j] -= factor * left[k, j];
                    if (right[k, j].Sign != 0) right[i, j] -= factor * right[k, j];
                }
            }
        }

        return right;
    }

    private void Multiply(Span<double> values, bool transposed)
    {
        var given = values.ToArray();
        values.Clear();
        for (var i = 0; i < Size; i++)
            for (var j = 0; j < Size; j++)
                values[i] += (transposed ? inverse[j, i] : inverse[i, j]) * given[j];
    }
}
