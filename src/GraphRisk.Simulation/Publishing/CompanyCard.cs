using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.Names;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Publishing;

/// <summary>How a broker writes a company down.</summary>
public static class CompanyCard
{
    private enum Writing
    {
        Exact,
        City,
        HalfWidthBrackets,
        Latin,
        Slip,
        Former,
    }

    private static readonly WeightedTable<Writing> Writings = new([
        (Writing.Exact, 80), (Writing.City, 5), (Writing.HalfWidthBrackets, 5), (Writing.Latin, 4), (Writing.Slip, 3), (Writing.Former, 3)]);

    public static ClientCard Draw(Draws draws, Company company, DateOnly openedOn)
    {
        var writing = Writings.Pick(draws);
        // Who became a client before the change of name is often still on file under the old one.
        if (company.RenamedOn > openedOn && draws.Chance(0.4)) writing = Writing.Former;
        var code = draws.Unit() switch
        {
            < 0.93 => company.CreditCode,
            < 0.945 => PersonCard.WithOtherCheck(draws, company.CreditCode),
            _ => null,
        };
        return new ClientCard(
            Write(draws, company, writing),
            company.FormerName is { } former && writing != Writing.Former && draws.Chance(0.3) ? former.Simplified : null,
            "COMPANY",
            code is null ? null : "USCC",
            code,
            null,
            null,
            null,
            draws.Chance(0.85) ? company.Phone : null,
            draws.Chance(0.95) ? company.Address : null);
    }

    private static string Write(Draws draws, Company company, Writing writing) => writing switch
    {
        Writing.City => company.Name.CityVariant,
        Writing.HalfWidthBrackets => company.Name.Simplified.Replace('（', '(').Replace('）', ')'),
        Writing.Latin => company.Name.Latin,
        Writing.Slip => (company.Name with { Brand = [.. company.Name.Brand.Skip(1).Prepend(NameTables.Brands.Pick(draws))] }).Simplified,
        Writing.Former when company.FormerName is { } former => former.Simplified,
        _ => company.Name.Simplified,
    };
}
