namespace GraphRisk.Scoring.Models;

/// <summary>Where the known, finite values of an input lay among the training rows: what a value is held against when it is explained.</summary>
/// <param name="Least">The least of them.</param>
/// <param name="Low">A tenth lies at or below it.</param>
/// <param name="Median">Half lies at or below it.</param>
/// <param name="High">Nine tenths lie at or below it.</param>
/// <param name="Greatest">The greatest of them.</param>
public sealed record InputRange(double Least, double Low, double Median, double High, double Greatest)
{
    /// <summary>The range of a column; null where no value was known. Quantiles are values that occurred.</summary>
    public static InputRange? Of(IEnumerable<float> values)
    {
        var known = values.Where(float.IsFinite).Order().ToArray();
        return known.Length == 0 ? null : new InputRange(known[0], At(0.1), At(0.5), At(0.9), known[^1]);

        double At(double share) => known[(int)Math.Round(share * (known.Length - 1), MidpointRounding.ToEven)];
    }

    /// <summary>
    /// On which side of the median a value lies: -1 safer, +1 riskier, 0 neither. At the median it is on the side on which
    /// no training row lay beyond it: no margin call is the best there is, though most clients have none.
    /// </summary>
    /// <param name="value">Known; may be infinite.</param>
    /// <param name="direction">The input's; 0 has no sides.</param>
    public int SideOf(double value, int direction)
    {
        if (value != Median) return direction * Math.Sign(value - Median);
        return Least == Greatest ? 0 : value == Least ? -direction : value == Greatest ? direction : 0;
    }
}
