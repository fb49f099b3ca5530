using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Names;

/// <summary>One or two characters of a name in the three writings sources use.</summary>
public sealed record Glyph(string Simplified, string Traditional, string Latin);

/// <summary>A district with the city it belongs to.</summary>
/// <param name="Code">GB/T 2260, six digits.</param>
/// <param name="Courts">The province's character in case numbers (沪).</param>
public sealed record Place(string Code, string City, string District, string Latin, string Courts)
{
    /// <summary>The regulator's jurisdiction (辖区): the province's two digits.</summary>
    public string Region => Code[..2];

    public string CityWithoutSuffix => City[..^1];

    /// <summary>The district's basic court as case numbers write it: 沪0115.</summary>
    public string CourtCode => Courts + Code[2..];

    public string CourtName => City + District + "人民法院";
}

/// <summary>What a company says it does, in its name.</summary>
public sealed record Trade(string Word, string Latin, string Industry);

/// <summary>The tables names are drawn from, as shipped under Names/Tables.</summary>
public static class NameTables
{
    public static WeightedTable<Glyph> Surnames { get; } = Glyphs("surnames");

    public static WeightedTable<Glyph> GivenMale { get; } = Glyphs("given-male");

    public static WeightedTable<Glyph> GivenFemale { get; } = Glyphs("given-female");

    public static WeightedTable<Glyph> Brands { get; } = Glyphs("brands");

    public static WeightedTable<Place> Places { get; } =
        Load("places", c => new Place(c[0], c[1], c[2], c[3], c[4]));

    public static WeightedTable<Trade> Trades { get; } =
        Load("trades", c => new Trade(c[0], c[1].Replace('-', ' '), c[2]));

    public static IReadOnlyList<string> Industries { get; } =
        [.. Trades.Items.Select(t => t.Industry).Distinct().Append("投资")];

    private static WeightedTable<Glyph> Glyphs(string table) => Load(table, c => new Glyph(c[0], c[1], c[2]));

    private static WeightedTable<T> Load<T>(string table, Func<string[], T> row) =>
        new(Rows(table).Select(cells => (row(cells), double.Parse(cells[^1], System.Globalization.CultureInfo.InvariantCulture))));

    /// <summary>The cells of a table's rows, below its heading.</summary>
    internal static IEnumerable<string[]> Rows(string table)
    {
        using var stream = typeof(NameTables).Assembly.GetManifestResourceStream($"tables/{table}.csv")
            ?? throw new InvalidOperationException($"The table {table} is not in the assembly");
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line) yield return line.Split(',');
    }
}
