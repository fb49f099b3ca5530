using GraphRisk.Simulation.Names;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.National;

/// <summary>Draws the listed companies and their securities; one in twenty is a fund.</summary>
public static class SecurityList
{
    private sealed record BoardRule(string Board, int FirstCode, string Suffix, double Weight);

    private static readonly WeightedTable<BoardRule> Boards = new(new BoardRule[]
    {
        new("SSE", 600000, "SH", 4),
        new("SZSE", 1, "SZ", 3),
        new("CHINEXT", 300001, "SZ", 2),
        new("STAR", 688001, "SH", 1),
    }.Select(rule => (rule, rule.Weight)));

    public static Security[] Draw(MarketParameters parameters)
    {
        var taken = new Dictionary<string, int>();
        return [.. Enumerable.Range(0, parameters.SecurityCount).Select(i => Draw(parameters, i, taken))];
    }

    private static Security Draw(MarketParameters parameters, int index, Dictionary<string, int> taken)
    {
        var draws = new Draws(parameters.Seed, DrawStream.Issuers, index);
        var fund = index % 20 == 19;
        var rule = fund ? new BoardRule("SSE", 510010, "SH", 0) : Boards.Pick(draws);
        var number = taken[fund ? "FUND" : rule.Board] = taken.GetValueOrDefault(fund ? "FUND" : rule.Board) + 1;
        var code = $"{rule.FirstCode + number - 1:000000}.{rule.Suffix}";
        var listed = parameters.Start.AddDays(-draws.Between(400, 8000));
        var issuer = fund ? null : DrawIssuer(draws, index, listed);
        // Small companies are the crowded ones: the smaller the float, the more of it is held on margin.
        var total = draws.LogNormal(6e8, 0.9);
        var crowded = !fund && draws.Chance(0.45);
        return new Security(
            index,
            code,
            issuer?.ShortName ?? NameTables.Industries[number % NameTables.Industries.Count] + "ETF",
            rule.Board,
            issuer,
            (long)total / 100 * 100,
            (long)(total * draws.Between(0.45, 0.85)) / 100 * 100,
            fund ? 0.90 : crowded ? 0.65 : 0.70,
            listed,
            Math.Round(draws.LogNormal(16, 0.6), 2),
            fund ? 0.005 : crowded ? draws.Between(0.05, 0.14) : draws.Between(0.005, 0.03),
            fund ? 1.0 : draws.Between(0.7, 1.5),
            fund ? 0.006 : draws.Between(0.014, 0.028));
    }

    private static Issuer DrawIssuer(Draws draws, int index, DateOnly listed)
    {
        var name = CompanyName.Draw(draws, NameTables.Places.Pick(draws), LegalForm.Shares);
        var code = CreditCode.OfSerial(Serials.Issuer(index), name.Place);
        return new Issuer(index, code, name, name.BrandText + name.Trade.Word[..2], name.Trade.Industry, listed);
    }
}
