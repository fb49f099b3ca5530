namespace GraphRisk.Disclosure.Rules;

/// <summary>
/// The p%-rule: nobody who gives a part of a sum may subtract it and so estimate another's part within p percent.
/// <para>
/// A contributor i that knows the total T and its own x(i) knows that x(j) is at most T - x(i), and errs by what the rest
/// gives, T - x(i) - x(j). That is least, and against x(j) smallest, for the two largest; so the rule holds for everyone where
/// T - x(1) - x(2) is more than p of x(1). With one contributor there is no rest, and it does not hold; with none there is
/// nothing to estimate.
/// </para>
/// <para>Hundepool and others, Statistical Disclosure Control (Wiley 2012), section 4.2.</para>
/// </summary>
public static class PercentRule
{
    /// <param name="contributions">Parts of the sum.</param>
    /// <param name="estimate">p as a fraction, such as 0.10.</param>
    public static bool Holds(Contributions contributions, decimal estimate) =>
        contributions.Count == 0
        || contributions.Total - contributions.Largest - contributions.Second > estimate * contributions.Largest;
}
