namespace GraphRisk.Simulation.National;

/// <summary>A crowd of its own behind each security; no crowd where <paramref name="crowding"/> is 0. See <see cref="CrowdSelling"/>.</summary>
/// <param name="crowding">Part of the float held on margin, by security.</param>
public sealed class CrowdSales(IEnumerable<double> crowding) : IForcedSales
{
    private readonly CrowdSelling[] crowds = [.. crowding.Select(c => new CrowdSelling(CrowdParameters.Default, c))];

    public double Trade(int security) => crowds[security].Trade();

    public double PriceImpact(int security) => crowds[security].PriceImpact;

    public void Mark(ReadOnlySpan<double> returns, ReadOnlySpan<bool> suspended)
    {
        for (var i = 0; i < crowds.Length; i++) crowds[i].Mark(returns[i]);
    }
}
