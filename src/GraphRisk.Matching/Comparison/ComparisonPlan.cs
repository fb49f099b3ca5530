using System.Collections.Immutable;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Comparison;

/// <summary>Two columns whose values people exchange.</summary>
/// <param name="First">Position of the one comparison, which takes the level of the exchange.</param>
/// <param name="Second">Position of the other, which then says nothing.</param>
/// <param name="Across">For each value of the first the number of the same text in the second, -1 where it has none.</param>
internal sealed record Exchange(int First, int Second, int[] Across);

/// <summary>
/// Which columns are compared and how: at most <see cref="Most"/>, those that tell most. What a column tells is how often two
/// records both have it, times the bits of an agreement by chance; one value everywhere, or another in every record, tells
/// nothing. In the order of kinds and headings, so that it does not matter in which order columns arrive.
/// </summary>
internal sealed class ComparisonPlan
{
    /// <summary>Comparisons at most: a pattern of levels of four bits each is one 64-bit word.</summary>
    public const int Most = 16;

    private static readonly (AttributeKind, AttributeKind)[] Exchanged =
    [
        (AttributeKind.GivenName, AttributeKind.Surname), (AttributeKind.Street, AttributeKind.Street), (AttributeKind.Street, AttributeKind.City),
    ];

    private ComparisonPlan(RecordTable table, ImmutableArray<AttributeComparison> comparisons)
    {
        Comparisons = comparisons;
        Types = table.Attributes.Where(attribute => attribute.Kind == AttributeKind.RecordType).OrderBy(attribute => attribute.Name, StringComparer.Ordinal).FirstOrDefault();
        Exchanges = [.. ExchangesOf(comparisons)];
        Numbers = new StrongNumbers(table, comparisons);
        Generations = new Generations(table);
        Rows = new ValueRows(table.Count, [.. comparisons.Select(comparison => comparison.Attribute)]);
    }

    public ImmutableArray<AttributeComparison> Comparisons { get; }

    public ImmutableArray<Exchange> Exchanges { get; }

    /// <summary>The type of records; two of different types are never one. Null where there is none.</summary>
    public RecordAttribute? Types { get; }

    /// <summary>Numbers by which alone two records are one, or two.</summary>
    public StrongNumbers Numbers { get; }

    /// <summary>What tells fathers from sons of one name.</summary>
    public Generations Generations { get; }

    /// <summary>Values of each record, record by record.</summary>
    public ValueRows Rows { get; }

    public static ComparisonPlan Of(RecordTable table)
    {
        var attributes = table.Attributes
            .Where(attribute => attribute.Kind != AttributeKind.RecordType)
            .Select(attribute => (Attribute: attribute, Telling: TellingOf(attribute, table.Count)))
            .Where(each => each.Telling > 0)
            .OrderByDescending(each => each.Telling).ThenBy(each => each.Attribute.Name, StringComparer.Ordinal)
            .Take(Most).Select(each => each.Attribute)
            .OrderBy(attribute => attribute.Kind).ThenBy(attribute => attribute.Name, StringComparer.Ordinal);
        return new ComparisonPlan(table, [.. attributes.Select(AttributeComparison.Of)]);
    }

    /// <summary>Whether two records are of different types.</summary>
    public bool AreOfDifferentTypes(int left, int right)
    {
        if (Types is null) return false;
        ReadOnlySpan<int> from = Types.Of(left), to = Types.Of(right);
        return !from.IsEmpty && !to.IsEmpty && from.IndexOfAny(to) < 0;
    }

    /// <summary>Whether one of two records is said to be of a type.</summary>
    public bool IsOfType(string type, int left, int right) => Types is not null && (IsOfType(type, left) || IsOfType(type, right));

    private bool IsOfType(string type, int record)
    {
        foreach (var value in Types!.Of(record))
            if (Types.Texts[value] == type) return true;
        return false;
    }

    /// <summary>Share of all pairs that are not of different types.</summary>
    public double ShareOfOneType(int records)
    {
        if (Types is not { IsSingle: true } types) return 1;
        double typed = 0, equal = 0;
        for (var type = 0; type < types.Texts.Length; type++)
        {
            double frequency = types.FrequencyOf(type);
            typed += frequency;
            equal += frequency * frequency;
        }

        return 1 - (((typed * typed) - equal) / ((double)records * records));
    }

    private static double TellingOf(RecordAttribute attribute, int records)
    {
        double holders = 0, repeated = 0, equal = 0;
        for (var value = 0; value < attribute.Texts.Length; value++)
        {
            double frequency = attribute.FrequencyOf(value);
            holders += frequency;
            equal += frequency * frequency;
            if (frequency > 1) repeated += frequency;
        }

        if (holders < 2 || attribute.Texts.Length < 2 || repeated == 0) return 0;
        var present = Math.Min(1, holders / records);
        return present * present * Math.Log2(holders * holders / equal) * (IsLoose(attribute.Kind) ? 0.5 : 1);
    }

    /// <summary>Whether columns of a kind are about anything, so that others come first.</summary>
    private static bool IsLoose(AttributeKind kind) => kind is AttributeKind.Number or AttributeKind.Text or AttributeKind.Category or AttributeKind.Date;

    private static IEnumerable<Exchange> ExchangesOf(ImmutableArray<AttributeComparison> comparisons)
    {
        for (var i = 0; i < comparisons.Length; i++)
            for (var j = 0; j < comparisons.Length; j++)
            {
                var (first, second) = (comparisons[i].Attribute, comparisons[j].Attribute);
                if (i == j || !first.IsSingle || !second.IsSingle || !Exchanged.Contains((first.Kind, second.Kind))) continue;
                if (first.Kind == second.Kind && i > j) continue;
                if (AcrossOf(first, second) is { } across) yield return new Exchange(i, j, across);
            }
    }

    private static int[]? AcrossOf(RecordAttribute first, RecordAttribute second)
    {
        var numbers = new Dictionary<string, int>(second.Texts.Length, StringComparer.Ordinal);
        for (var value = 0; value < second.Texts.Length; value++) numbers.TryAdd(second.Texts[value], value);
        var across = new int[first.Texts.Length];
        var found = 0;
        for (var value = 0; value < across.Length; value++)
        {
            across[value] = numbers.TryGetValue(first.Texts[value], out var number) ? number : -1;
            if (number >= 0 && across[value] >= 0) found++;
        }

        return found > 0 ? across : null;
    }
}
