namespace GraphRisk.Graph.Algorithms.Linear;

/// <summary>
/// The entries of an inverse at the places of its transposed factors (<see cref="EliminatedLeontief"/>), of which the diagonal is wanted.
/// <para>
/// Of pivot k the entries Z(k, a) for each a of its column and Z(b, k) for each b of its row are found from entries of later pivots,
/// which all are such places: elimination of k has put an entry of row a and column b there. State: by pivot, in step with its lists.
/// </para>
/// </summary>
internal sealed class SelectedInverse
{
    private const int PerStep = 8;

    private readonly EliminatedLeontief.Pivot[] pivots;
    private readonly LeontiefCore core;
    private readonly int[] orders;
    private readonly int[] places;
    private readonly double[][] along;
    private readonly double[][] down;
    private readonly double[] own;

    public SelectedInverse(EliminatedLeontief.Pivot[] pivots, LeontiefCore core)
    {
        (this.pivots, this.core) = (pivots, core);
        var size = pivots.Length + core.Size;
        (orders, places, own) = (new int[size], new int[size], new double[size]);
        Array.Fill(places, -1);
        (along, down) = (new double[pivots.Length][], new double[pivots.Length][]);
        for (var k = 0; k < pivots.Length; k++) orders[pivots[k].Unknown] = k;
        for (var i = 0; i < core.Size; i++) (orders[core.Unknowns[i]], places[core.Unknowns[i]]) = (pivots.Length, i);
    }

    public double[] Diagonal(WorkMeter meter)
    {
        var inverse = core.Inverse(meter);
        for (var i = 0; i < core.Size; i++) own[core.Unknowns[i]] = inverse[(i * core.Size) + i];
        for (var k = pivots.Length - 1; k >= 0; k--)
        {
            var pivot = pivots[k];
            var (below, above) = (pivot.Below, pivot.Above);
            meter.Charge(1 + ((long)below.Length * above.Length / PerStep));
            (along[k], down[k]) = (new double[above.Length], new double[below.Length]);
            for (var b = 0; b < below.Length; b++)
            {
                for (var a = 0; a < above.Length; a++)
                {
                    var entry = EntryAt(below[b], above[a], inverse);
                    along[k][a] += pivot.Upper[b] * entry;
                    down[k][b] += entry * pivot.Lower[a];
                }
            }

            var sum = 1 / pivot.Value;
            for (var b = 0; b < below.Length; b++) sum += pivot.Upper[b] * down[k][b];
            own[pivot.Unknown] = sum;
        }

        return own;
    }

    /// <summary>Z at a place where both unknowns come after the pivot that is being looked at.</summary>
    private double EntryAt(int row, int column, double[] inverse)
    {
        if (row == column) return own[row];
        var (first, second) = (orders[row], orders[column]);
        if (first == second) return inverse[(places[row] * core.Size) + places[column]];
        return first < second
            ? along[first][Array.BinarySearch(pivots[first].Above, column)]
            : down[second][Array.BinarySearch(pivots[second].Below, row)];
    }
}
