using System.Runtime.InteropServices;

namespace GraphRisk.Graph.Algorithms.Linear;

/// <summary>The sparse part of an elimination (<see cref="EliminatedLeontief"/>): rows as they change, and who stands in each column.</summary>
internal sealed class SparseElimination
{
    // What is left is dense where a row has this part of all; below so few unknowns it always is.
    private const int DensePart = 4;
    private const int AlwaysDense = 8;
    private const int StepsPerLook = 32;

    private readonly Dictionary<int, double>[] rows;
    private readonly HashSet<int>[] columns;
    private readonly double[] slack;
    private readonly double[] scale;
    private readonly bool[] gone;
    private readonly PriorityQueue<int, (long Cost, int Unknown)> next = new();
    private long entries;

    public SparseElimination(SparseMatrix matrix, double[] slack)
    {
        this.slack = (double[])slack.Clone();
        scale = Array.ConvertAll(slack, Math.Abs);
        rows = new Dictionary<int, double>[matrix.Size];
        columns = new HashSet<int>[matrix.Size];
        gone = new bool[matrix.Size];
        for (var i = 0; i < matrix.Size; i++) (rows[i], columns[i]) = ([], []);
        for (var e = 0; e < matrix.Rows.Length; e++)
        {
            var (row, column) = (matrix.Rows[e], matrix.Columns[e]);
            if (row == column) continue; // the slack knows of it
            rows[row][column] = rows[row].GetValueOrDefault(column) + matrix.Weights[e];
            columns[column].Add(row);
        }

        foreach (var row in rows) entries += row.Count;
        Left = [.. Enumerable.Range(0, matrix.Size)];
    }

    public List<EliminatedLeontief.Pivot> Pivots { get; } = [];

    /// <summary>Unknowns that are left, ascending.</summary>
    public int[] Left { get; private set; }

    /// <summary>Smallest part of a pivot its difference left.</summary>
    public double Cancellation { get; private set; } = 1;

    /// <summary>Eliminates while it is sparse; false where a pivot is not above 0.</summary>
    public bool Run(WorkMeter meter)
    {
        var left = rows.Length;
        for (var unknown = 0; unknown < rows.Length; unknown++) Queue(unknown);
        while (left > AlwaysDense && next.TryDequeue(out var unknown, out var said))
        {
            if (gone[unknown] || said.Cost != CostOf(unknown)) continue;
            if (Pivots.Count % StepsPerLook == 0 && entries > (long)left * left / DensePart) break;
            meter.Charge(1 + said.Cost);
            if (!Eliminate(unknown)) return false;
            left--;
        }

        Left = [.. Enumerable.Range(0, rows.Length).Where(unknown => !gone[unknown])];
        return true;
    }

    /// <summary>What is left, row-major by position among <see cref="Left"/>.</summary>
    public double[] CoreEntries()
    {
        var core = new double[(long)Left.Length * Left.Length];
        for (var i = 0; i < Left.Length; i++)
            foreach (var (column, value) in rows[Left[i]]) core[(i * Left.Length) + Array.BinarySearch(Left, column)] = value;
        return core;
    }

    /// <summary>The slack of what is left.</summary>
    public double[] CoreSlack() => Array.ConvertAll(Left, unknown => slack[unknown]);

    /// <summary>The same as if none of what went into it had been negative: what rounding is relative to.</summary>
    public double[] CoreScale() => Array.ConvertAll(Left, unknown => scale[unknown]);

    private bool Eliminate(int unknown)
    {
        int[] below = [.. rows[unknown].Keys.Order()], above = [.. columns[unknown].Order()];
        var column = Array.ConvertAll(above, row => rows[row][unknown]);
        var sum = 0.0;
        foreach (var value in column) sum += value;
        var pivot = slack[unknown] + sum;
        if (!(pivot > 0)) return false;
        Cancellation = Math.Min(Cancellation, pivot / (scale[unknown] + sum));
        var upper = Array.ConvertAll(below, other => rows[unknown][other] / pivot);
        gone[unknown] = true;
        foreach (var row in above) rows[row].Remove(unknown);
        foreach (var other in below) columns[other].Remove(unknown);
        entries -= above.Length + below.Length;
        for (var j = 0; j < below.Length; j++)
        {
            slack[below[j]] += slack[unknown] * upper[j];
            scale[below[j]] += scale[unknown] * upper[j];
        }

        for (var i = 0; i < above.Length; i++)
            for (var j = 0; j < below.Length; j++)
                if (above[i] != below[j]) Add(above[i], below[j], column[i] * upper[j]);
        Pivots.Add(new EliminatedLeontief.Pivot(unknown, pivot, below, upper, above, Array.ConvertAll(column, value => value / pivot)));
        foreach (var other in below) Queue(other);
        foreach (var other in above) Queue(other);
        return true;
    }

    private void Add(int row, int column, double value)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(rows[row], column, out var exists);
        entry += value;
        if (exists) return;
        columns[column].Add(row);
        entries++;
    }

    private void Queue(int unknown) => next.Enqueue(unknown, (CostOf(unknown), unknown));

    private long CostOf(int unknown) => (long)rows[unknown].Count * columns[unknown].Count;
}
