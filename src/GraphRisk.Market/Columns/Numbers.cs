namespace GraphRisk.Market.Columns;

/// <summary>Arithmetic in which NaN means "not known".</summary>
public static class Numbers
{
    /// <summary>The smaller of those known.</summary>
    public static double Least(double left, double right) =>
        double.IsNaN(left) ? right : double.IsNaN(right) ? left : Math.Min(left, right);

    /// <summary>The greater of those known.</summary>
    public static double Greatest(double left, double right) =>
        double.IsNaN(left) ? right : double.IsNaN(right) ? left : Math.Max(left, right);

    /// <summary>The value, or 0 where it is not known.</summary>
    public static double OrZero(double value) => double.IsNaN(value) ? 0 : value;

    /// <summary>NaN where the denominator is not a positive number.</summary>
    public static double Ratio(double numerator, double denominator) => denominator > 0 ? numerator / denominator : double.NaN;

    /// <summary>ln(1 + value), so that amounts of all sizes fit on one scale; negative amounts count as 0.</summary>
    public static double LogOnePlus(double value) => double.IsNaN(value) ? double.NaN : Math.Log(1 + Math.Max(value, 0));

    /// <summary>NaN where there was nothing to grow from.</summary>
    public static double Growth(double before, double now) => before > 0 && now > 0 ? Math.Log(now / before) : double.NaN;
}
