namespace GraphRisk.Simulation.Credit;

/// <summary>
/// What weighs on a debtor, by cause: intensities where intensities drive the market, yuan lost where payments do. Only
/// their proportions are compared between markets.
/// </summary>
public readonly record struct Loads(double Own, double Guarantee, double Ownership, double CommonHolding)
{
    public double Total => Own + Guarantee + Ownership + CommonHolding;

    public double this[Cause cause] => cause switch
    {
        Cause.Own => Own,
        Cause.Guarantee => Guarantee,
        Cause.Ownership => Ownership,
        _ => CommonHolding,
    };

    /// <summary>The heaviest of the three that are others' doing; the first of equals.</summary>
    public Cause HeaviestOfOthers =>
        Guarantee >= Math.Max(Ownership, CommonHolding) ? Cause.Guarantee
        : Ownership >= CommonHolding ? Cause.Ownership : Cause.CommonHolding;

    public static Loads Of(Cause cause, double amount) => new(
        cause == Cause.Own ? amount : 0,
        cause == Cause.Guarantee ? amount : 0,
        cause == Cause.Ownership ? amount : 0,
        cause == Cause.CommonHolding ? amount : 0);

    /// <summary>The same in parts of the whole.</summary>
    public Loads Parts => this * (1 / Total);

    public static Loads operator +(Loads one, Loads other) => new(
        one.Own + other.Own, one.Guarantee + other.Guarantee, one.Ownership + other.Ownership, one.CommonHolding + other.CommonHolding);

    public static Loads operator *(Loads loads, double factor) => new(
        loads.Own * factor, loads.Guarantee * factor, loads.Ownership * factor, loads.CommonHolding * factor);
}
