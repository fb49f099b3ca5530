using GraphRisk.Simulation.Names;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.National;

/// <summary>A securities company with margin business.</summary>
/// <param name="Hanzi">Whether its files use the dialect with Chinese headers.</param>
/// <param name="NetCapital">Yuan.</param>
/// <param name="Popularity">Relative share of clients.</param>
public sealed record Broker(int Index, string Code, string Name, Place Place, bool Hanzi, double NetCapital, double Popularity)
{
    public string Source => "broker-" + Code;

    /// <summary>A few large houses and a long tail, as the balance of margin debt is spread in the market.</summary>
    public static Broker Draw(MarketParameters parameters, int index)
    {
        var draws = new Draws(parameters.Seed, DrawStream.Brokers, index);
        var place = NameTables.Places.Pick(draws);
        var brand = string.Concat(CompanyName.DrawBrand(draws).Select(g => g.Simplified));
        return new Broker(
            index,
            $"B{index + 1:000}",
            brand + "证券股份有限公司",
            place,
            Hanzi: index % 2 == 1,
            Math.Round(draws.LogNormal(2.4e10, 0.5) / Math.Sqrt(index + 1), 0),
            1.0 / (index + 3));
    }
}
