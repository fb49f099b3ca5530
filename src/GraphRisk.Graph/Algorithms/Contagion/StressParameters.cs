namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>Along what a party's stress reaches another.</summary>
public enum StressChannel
{
    /// <summary>From the guaranteed party to its guarantor, who will be called.</summary>
    Guarantee,

    /// <summary>From a company to those who hold it, whose holding loses value.</summary>
    Holding,

    /// <summary>From a party with the majority in a company to that company, which lends to it and pledges for it.</summary>
    Controller,
}

/// <summary>How much of a party's stress reaches its neighbours; each factor 0 to 1, the product's own and configurable.</summary>
/// <param name="Guarantee">
/// Times the guaranteed amount over the guarantor's means, at most 1; coverage takes the place of the amount where that
/// is unknown, and <paramref name="UnknownMeans"/> that of the ratio where the means are.
/// </param>
/// <param name="UnknownMeans">Ratio of a guarantee to means nobody knows, such as a person's.</param>
/// <param name="Holding">Times the direct share of the company.</param>
/// <param name="Controller">Times 1 for every company in which the party has the majority directly.</param>
/// <param name="Tolerance">Increases at or below this are not passed on.</param>
/// <param name="MaxRounds">Rounds after which the propagation stops.</param>
public sealed record StressParameters(
    double Guarantee, double UnknownMeans, double Holding, double Controller, double Tolerance, int MaxRounds)
{
    /// <summary>Guarantees 0.6, unknown means 0.5, holdings 0.4, control 0.4; to 1e-6 within 100 rounds.</summary>
    public static StressParameters Default { get; } = new(0.6, 0.5, 0.4, 0.4, 1e-6, 100);
}
