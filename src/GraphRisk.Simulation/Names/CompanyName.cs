using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Names;

/// <summary>A company's legal form, as the end of its name writes it.</summary>
public sealed record LegalForm(string Suffix, string Latin, string Registered)
{
    public static LegalForm Limited { get; } = new("有限公司", "Co., Ltd.", "有限责任公司");

    public static LegalForm LimitedLiability { get; } = new("有限责任公司", "Co., Ltd.", "有限责任公司");

    public static LegalForm Shares { get; } = new("股份有限公司", "Co., Ltd.", "股份有限公司");

    public static LegalForm Group { get; } = new("集团有限公司", "Group Co., Ltd.", "有限责任公司");

    public static LegalForm Partnership { get; } =
        new("投资合伙企业（有限合伙）", "Investment Partnership (L.P.)", "有限合伙企业");
}

/// <summary>Company = place + brand + trade + form.</summary>
public sealed record CompanyName(Place Place, IReadOnlyList<Glyph> Brand, Trade Trade, LegalForm Form, bool CitySuffix)
{
    public string BrandText => string.Concat(Brand.Select(g => g.Simplified));

    private string TradeText => Form == LegalForm.Partnership ? "" : Trade.Word;

    public string Simplified => Compose(CitySuffix);

    /// <summary>The same name with 市 left out or put in, as careless records have it.</summary>
    public string CityVariant => Compose(!CitySuffix);

    public string Latin
    {
        get
        {
            var brand = string.Concat(Brand.Select((g, i) => i == 0 ? g.Latin : g.Latin.ToLowerInvariant()));
            var trade = Form == LegalForm.Partnership ? "" : Trade.Latin + " ";
            return $"{Place.Latin} {brand} {trade}{Form.Latin}";
        }
    }

    public static CompanyName Draw(Draws draws, Place place, LegalForm form, IReadOnlyList<Glyph>? brand = null)
    {
        var glyphs = brand ?? DrawBrand(draws);
        return new CompanyName(place, glyphs, NameTables.Trades.Pick(draws), form, draws.Chance(0.5));
    }

    public static IReadOnlyList<Glyph> DrawBrand(Draws draws)
    {
        var length = draws.Chance(0.6) ? 2 : 3;
        return [.. Enumerable.Range(0, length).Select(_ => NameTables.Brands.Pick(draws))];
    }

    private string Compose(bool suffix) =>
        (suffix ? Place.City : Place.CityWithoutSuffix) + BrandText + TradeText + Form.Suffix;
}
