namespace GraphRisk.Workflow.Concentration;

/// <summary>
/// How unevenly a sum is shared out (Hirschman 1945, Herfindahl 1950): the sum of the squared shares, from 1/n where n have the same to 1 where one has all. Its inverse is the number of equal
/// parts that would be as concentrated. Exact in decimal to 24 digits; no part may be negative.
/// </summary>
public static class Herfindahl
{
    private const int Digits = 12;

    /// <summary>The index, 0 to 1, to twelve decimals; null where there is nothing to share.</summary>
    public static decimal? Of(IEnumerable<decimal> parts)
    {
        var known = parts.ToList();
        var all = known.Sum();
        return all > 0 ? decimal.Round(known.Sum(part => part / all * (part / all)), Digits) : null;
    }
}
