namespace GraphRisk.Disclosure.Rules;

/// <summary>Rounding to significant digits, half away from zero: 1,234,567 to three is 1,230,000; 0.012345 is 0.0123.</summary>
public static class SignificantDigits
{
    /// <param name="number">Any number.</param>
    /// <param name="digits">1 or more.</param>
    public static decimal Round(decimal number, int digits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(digits, 1);
        var (size, scale) = (Math.Abs(number), 1m);
        if (size == 0) return 0m;
        var upper = Power(digits);
        var lower = upper / 10;
        for (; size / scale >= upper; scale *= 10) { }
        for (; size / scale < lower; scale /= 10) { }
        return Math.Round(number / scale, MidpointRounding.AwayFromZero) * scale / 1.000000000000000000000000000m;
    }

    /// <summary>The same of a double; beyond what a decimal holds it is left as it is.</summary>
    public static double Round(double number, int digits) =>
        double.IsFinite(number) && Math.Abs(number) is < 1e27 and > 1e-20 ? (double)Round((decimal)number, digits) : number;

    private static decimal Power(int digits)
    {
        var power = 1m;
        for (var i = 0; i < digits; i++) power *= 10;
        return power;
    }
}
