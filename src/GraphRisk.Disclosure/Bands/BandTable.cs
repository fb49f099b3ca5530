using System.Collections.Immutable;
using System.Globalization;

namespace GraphRisk.Disclosure.Bands;

/// <summary>
/// Limits of all bands: the same for every viewer, and fixed for a quarter, so that nobody narrows a figure down by asking
/// again with other limits. Data, one row a quantity and day: <c>band-limits.csv</c>. Later rows replace earlier ones from the first day
/// of a quarter on, and no other day is allowed.
/// </summary>
public sealed class BandTable
{
    private readonly ImmutableDictionary<Quantity, ImmutableArray<BandLimits>> rows;

    private BandTable(ImmutableDictionary<Quantity, ImmutableArray<BandLimits>> rows) => this.rows = rows;

    /// <summary>The table that comes with the product.</summary>
    public static BandTable Default { get; } = LoadEmbedded();

    /// <summary>All rows, by quantity and day.</summary>
    public IEnumerable<BandLimits> Rows => rows.OrderBy(row => row.Key).SelectMany(row => row.Value);

    /// <summary>Reads a table with the columns quantity, from, low, medium, high.</summary>
    /// <exception cref="FormatException">A row is broken, begins within a quarter, or a quantity is without limits.</exception>
    public static BandTable Parse(string csv)
    {
        var read = csv.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Row)
            .GroupBy(row => row.Quantity).ToImmutableDictionary(group => group.Key, group => group.OrderBy(row => row.From).ToImmutableArray());
        foreach (var quantity in Enum.GetValues<Quantity>())
            if (!read.ContainsKey(quantity)) throw new FormatException($"There are no band limits of {quantity}.");
        return new BandTable(read);
    }

    /// <summary>The limits of a quantity in the quarter of a day; before the first row the first row's.</summary>
    public BandLimits Of(Quantity quantity, DateOnly day)
    {
        var ofQuantity = rows[quantity];
        return ofQuantity.LastOrDefault(row => row.From <= day) ?? ofQuantity[0];
    }

    private static BandLimits Row(string line)
    {
        if (line.Split(',', StringSplitOptions.TrimEntries) is not [var quantity, var from, var low, var medium, var high])
            throw new FormatException($"'{line}' is not quantity,from,low,medium,high.");
        var row = new BandLimits(
            Enum.Parse<Quantity>(quantity), DateOnly.ParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture), Number(low), Number(medium), Number(high));
        if (row.From is not { Day: 1, Month: 1 or 4 or 7 or 10 }) throw new FormatException($"'{line}' does not begin with a quarter.");
        return 0 < row.Low && row.Low < row.Medium && row.Medium < row.High ? row : throw new FormatException($"'{line}' does not rise.");
    }

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static BandTable LoadEmbedded()
    {
        using var stream = typeof(BandTable).Assembly.GetManifestResourceStream("band-limits.csv")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }
}
