namespace GraphRisk.Disclosure.Rules;

/// <summary>
/// Dominance, the (1, k) rule of official statistics: a figure that one contributor makes up almost alone is that
/// contributor's figure, however many others stand beside it. Holds where nobody gives more than the share allowed;
/// exactly the share is allowed. Nothing contributed is nobody's.
/// <para>Hundepool and others, Statistical Disclosure Control (Wiley 2012), section 4.2.</para>
/// </summary>
public static class DominanceRule
{
    public static bool Holds(Contributions contributions, decimal largestShare) =>
        contributions.Largest <= largestShare * contributions.Total;
}
