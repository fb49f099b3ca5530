namespace GraphRisk.Simulation.Credit;

/// <summary>Where a default can come from.</summary>
public enum Cause
{
    Own,
    Guarantee,
    Ownership,
    CommonHolding,
}

/// <summary>The own condition of a debtor in a month.</summary>
/// <param name="Stress">Collateral stress, worst of its contracts; see <see cref="Hazard.StressOf"/>.</param>
/// <param name="StressWithoutFireSales">The same with forced sales taken out of prices; no higher.</param>
/// <param name="Accounts">Weakness of the published accounts, about standard normal, 0 for persons.</param>
/// <param name="Overdue">Was overdue within half a year.</param>
/// <param name="Concentrated">All collateral is one security.</param>
/// <param name="Frailty">Unobserved, standard normal.</param>
public readonly record struct Condition(
    double Stress, double StressWithoutFireSales, double Accounts, bool Overdue, bool Concentrated, double Frailty);

/// <summary>The four intensities of a debtor in a month.</summary>
public readonly record struct Intensity(double Own, double Guarantee, double Ownership, double CommonHolding)
{
    public double Total => Own + Guarantee + Ownership + CommonHolding;

    /// <summary>Chance of default within the month.</summary>
    public double Probability => 1 - Math.Exp(-Total);

    public Loads Loads => new(Own, Guarantee, Ownership, CommonHolding);

    /// <summary>The cause that struck, given that one did: a draw in proportion; <paramref name="unit"/> in [0, 1).</summary>
    public Cause Struck(double unit)
    {
        var rest = unit * Total;
        foreach (var cause in new[] { Cause.Own, Cause.Guarantee, Cause.Ownership })
            if ((rest -= Loads[cause]) < 0) return cause;
        return Cause.CommonHolding;
    }
}

/// <summary>
/// The default process.
/// </summary>
/// <remarks>
/// <para>Each month each debtor defaults with probability 1 - exp(-(own + guarantee + ownership + common holding)): competing
/// causes with additive intensities, a discrete form of the contagion intensities of Jarrow and Yu (2001).</para>
/// <para>own = exp(base + a.stress + b.accounts + c.overdue + d.concentration + e.frailty), with the stress the month's prices
/// would have made without forced sales; common holding = the same with actual prices, less own: it is what other holders'
/// forced sales of the same securities did to the debtor. guarantee and ownership are heats: a default of a neighbour
/// adds to them from the next month on, in proportion to the amount guaranteed or the share held, and they fade by a
/// constant factor a month. So a chain of defaults takes months, and its beginning can be seen before its end.</para>
/// <para>A default that strikes a contract below its call line is a forced liquidation (the call was not met), any other is a
/// failure to pay.</para>
/// </remarks>
public static class Hazard
{
    private const double NoStress = 0.5;

    /// <summary>0 where the ratio is twice the call line or more, 1 at the line, at most 1.25 below it.</summary>
    public static double StressOf(double ratio, double callLine) =>
        Math.Clamp(((callLine / ratio) - NoStress) / (1 - NoStress), 0, 1.25);

    public static Intensity Of(HazardParameters p, in Condition condition, double guaranteeIntensity, double ownershipIntensity)
    {
        var rest = p.Base + (p.Accounts * condition.Accounts) + (p.Frailty * condition.Frailty)
            + (condition.Overdue ? p.Overdue : 0) + (condition.Concentrated ? p.Concentration : 0);
        var own = Math.Exp(rest + (p.Stress * condition.StressWithoutFireSales));
        var actual = Math.Exp(rest + (p.Stress * condition.Stress));
        var landing = p.Robustness * (1 + (p.Fragility * condition.Stress));
        return new Intensity(own, guaranteeIntensity * landing, ownershipIntensity * landing, Math.Max(0, actual - own));
    }
}
