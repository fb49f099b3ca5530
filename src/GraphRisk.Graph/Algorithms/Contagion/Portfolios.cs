using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>
/// Who holds how much of which security, in money. Sparse: memory goes with the positions. Positions are numbered by
/// holder, then by security. Immutable and thread-safe.
/// </summary>
public sealed class Portfolios
{
    private readonly Csr rows;
    private readonly double[] values;

    private Portfolios(int holders, int securities, Csr rows, double[] values)
    {
        (HolderCount, SecurityCount, this.rows, this.values) = (holders, securities, rows, values);
    }

    /// <summary>Number of holders.</summary>
    public int HolderCount { get; }

    /// <summary>Number of securities.</summary>
    public int SecurityCount { get; }

    /// <summary>Value of each position.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>First position of a holder and the position after its last.</summary>
    public (int Start, int End) Range(int holder) => rows.Range(holder);

    /// <summary>Security of a position.</summary>
    public int SecurityOf(int position) => rows.Target(position);

    /// <summary>Value of all that a holder has.</summary>
    public double TotalOf(int holder)
    {
        var (start, end) = rows.Range(holder);
        var sum = 0.0;
        for (var position = start; position < end; position++) sum += values[position];
        return sum;
    }

    /// <summary>Portfolios from positions in any order; several of one holder in one security are one.</summary>
    /// <param name="holders">Number of holders.</param>
    /// <param name="securities">Number of securities.</param>
    /// <param name="positions">Holder, security and value, not negative.</param>
    /// <exception cref="ArgumentException">A value is negative or not a number.</exception>
    public static Portfolios Build(int holders, int securities, IEnumerable<(int Holder, int Security, double Value)> positions)
    {
        var whole = new Dictionary<(int Holder, int Security), double>();
        foreach (var (holder, security, value) in positions)
        {
            if (!(value >= 0 && double.IsFinite(value))) throw new ArgumentException($"{value} is not a value.", nameof(positions));
            whole[(holder, security)] = whole.GetValueOrDefault((holder, security)) + value;
        }

        int[] from = [.. whole.Keys.Select(key => key.Holder)], to = [.. whole.Keys.Select(key => key.Security)];
        double[] given = [.. whole.Values];
        var rows = Csr.Build(Math.Max(holders, securities), from, to, out var order);
        return new Portfolios(holders, securities, rows, Array.ConvertAll(order, position => given[position]));
    }
}
