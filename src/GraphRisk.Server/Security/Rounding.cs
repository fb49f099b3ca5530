namespace GraphRisk.Server.Security;

/// <summary>Numbers to two significant digits, so that nobody is found again by the digits of a debt.</summary>
public static class Rounding
{
    private const decimal Finest = 1e-27m;

    /// <summary>The rounded value: a number, a list of numbers or a series; null for anything else, such as a text that quotes one.</summary>
    public static object? Apply(object? value) => value switch
    {
        decimal number => ToTwoDigits(number),
        double number => ToTwoDigits(number),
        int number => (int)ToTwoDigits((decimal)number),
        long number => (long)ToTwoDigits((decimal)number),
        (int day, decimal amount) => (day, ToTwoDigits(amount)),
        string => null,
        System.Collections.IEnumerable list => list.Cast<object?>().Select(Apply).ToArray(),
        _ => null,
    };

    /// <summary>To two significant digits, halves away from zero.</summary>
    public static decimal ToTwoDigits(decimal number)
    {
        if (number == 0) return 0;
        var unit = 1m;
        while (Math.Abs(number) / unit >= 100) unit *= 10;
        while (Math.Abs(number) / unit < 10 && unit > Finest) unit /= 10;
        return decimal.Round(number / unit, 0, MidpointRounding.AwayFromZero) * unit;
    }

    private static double ToTwoDigits(double number) =>
        number == 0 || !double.IsFinite(number) || Math.Abs(number) is > 1e27 or < 1e-26 ? number : (double)ToTwoDigits((decimal)number);
}
