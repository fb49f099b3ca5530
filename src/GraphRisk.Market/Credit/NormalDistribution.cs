namespace GraphRisk.Market.Credit;

/// <summary>
/// The standard normal distribution and its inverse, to about 1e-15.
///
/// Cumulative: Marsaglia's series (2004, "Evaluating the Normal Distribution") inside |x| below 6, where it
/// converges to machine precision; Laplace's continued fraction of the tail outside. Inverse: bisection to
/// a bracket, then Newton; slow beside a rational approximation, but exact to the last digits and short.
/// </summary>
public static class NormalDistribution
{
    public static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    public static double Cumulative(double x) =>
        Math.Abs(x) < 6 ? 0.5 + Density(x) * Series(x)
        : x < 0 ? Tail(-x)
        : 1 - Tail(x);

    /// <param name="probability">Strictly between 0 and 1.</param>
    public static double Inverse(double probability)
    {
        if (!(probability > 0 && probability < 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "the inverse lives on (0, 1)");
        double low = -38, high = 38;
        while (high - low > 1e-3)
        {
            var middle = (low + high) / 2;
            if (Cumulative(middle) < probability)
                low = middle;
            else
                high = middle;
        }
        var x = (low + high) / 2;
        for (var step = 0; step < 4; step++)
            x -= (Cumulative(x) - probability) / Density(x);
        return x;
    }

    private static double Series(double x)
    {
        double sum = x, term = x, previous = 0;
        for (var i = 3; sum != previous; i += 2)
        {
            previous = sum;
            term *= x * x / i;
            sum += term;
        }
        return sum;
    }

    private static double Tail(double x)
    {
        double fraction = 0;
        for (var k = 60; k >= 1; k--)
            fraction = k / (x + fraction);
        return Density(x) / (x + fraction);
    }
}
