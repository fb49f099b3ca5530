using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Graph.Selection;

/// <summary>
/// What can be said of the numbers of a field over some rows; what is not known or may not be read is left out. Sums and means are
/// exact decimals; the standard deviation is that of a sample (divided by n - 1), percentiles lie between the nearest two values as
/// their ranks do (the inverse of the empirical distribution of Hyndman and Fan 1996, type 7, as <c>percentile_cont</c> of SQL).
/// </summary>
public sealed class NumberFigures
{
    private const int RowsPerCharge = 1024;

    private readonly decimal[] numbers;
    private readonly Lazy<decimal[]> sorted;

    private NumberFigures(decimal[] numbers)
    {
        this.numbers = numbers;
        sorted = new(() =>
        {
            var copy = (decimal[])numbers.Clone();
            Array.Sort(copy);
            return copy;
        });
    }

    /// <summary>Rows with a number.</summary>
    public int Count => numbers.Length;

    /// <summary>Their sum; null where there are none.</summary>
    /// <exception cref="OverflowException">It has more than 28 digits.</exception>
    public decimal? Sum => Count == 0 ? null : numbers.Sum();

    /// <summary>Their mean; null where there are none.</summary>
    public decimal? Average => Count == 0 ? null : numbers.Sum() / Count;

    /// <summary>The smallest; null where there are none.</summary>
    public decimal? Min => Count == 0 ? null : numbers.Min();

    /// <summary>The largest; null where there are none.</summary>
    public decimal? Max => Count == 0 ? null : numbers.Max();

    /// <summary>Their standard deviation as a sample; null for fewer than two.</summary>
    public double? StandardDeviation
    {
        get
        {
            if (Count < 2) return null;
            var mean = (double)Average!.Value;
            var squares = 0d;
            foreach (var number in numbers) squares += ((double)number - mean) * ((double)number - mean);
            return Math.Sqrt(squares / (Count - 1));
        }
    }

    /// <summary>The numbers of a field over some rows.</summary>
    /// <exception cref="ArgumentException">The field has no numbers.</exception>
    public static NumberFigures Of(Values values, ReadOnlySpan<Row> rows, WorkMeter meter)
    {
        var numbers = new List<decimal>(Math.Min(rows.Length, RowsPerCharge));
        for (var i = 0; i < rows.Length; i++)
        {
            if (i % RowsPerCharge == 0) meter.Charge(WorkUnit.Steps, RowsPerCharge);
            switch (values)
            {
                case FixedValues<decimal> decimals:
                    if (decimals.Read(rows[i], out var number) == Known.Value) numbers.Add(number);
                    break;
                case FixedValues<long> { Field.Kind: Schema.FieldKind.Integer } integers:
                    if (integers.Read(rows[i], out var integer) == Known.Value) numbers.Add(integer);
                    break;
                default:
                    throw new ArgumentException($"{values.Field.Name} has no numbers.", nameof(values));
            }
        }

        return new NumberFigures([.. numbers]);
    }

    /// <summary>The number below which a part of all lies; null where there are none.</summary>
    /// <param name="part">0 to 1.</param>
    public decimal? Percentile(double part)
    {
        if (part is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(part), part, "must be between 0 and 1.");
        if (Count == 0) return null;
        var rank = (decimal)part * (Count - 1);
        var below = (int)decimal.Floor(rank);
        var low = sorted.Value[below];
        return below == Count - 1 ? low : low + ((sorted.Value[below + 1] - low) * (rank - below));
    }

    /// <summary>How many numbers lie in each of some ranges of equal width between the smallest and the largest.</summary>
    /// <param name="ranges">How many ranges, 1 or more.</param>
    /// <returns>Each range includes its lower end; the last its upper end too. Where all numbers are equal there is one range.</returns>
    public ImmutableArray<(decimal From, decimal To, int Count)> Histogram(int ranges)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ranges, 1);
        if (Count == 0) return [];
        var (low, high) = (Min!.Value, Max!.Value);
        if (low == high) return [(low, high, Count)];
        var counts = new int[ranges];
        foreach (var number in numbers) counts[Math.Min(ranges - 1, (int)((number - low) / (high - low) * ranges))]++;
        return [.. counts.Select((count, at) => (low + ((high - low) * at / ranges), low + ((high - low) * (at + 1) / ranges), count))];
    }
}

/// <summary>What can be said of values that are no numbers.</summary>
/// <param name="Count">Rows with a value.</param>
/// <param name="Distinct">Different values.</param>
/// <param name="Min">The first in order; null where there are none, and of lists.</param>
/// <param name="Max">The last in order.</param>
public sealed record ValueFigures(int Count, int Distinct, PropertyValue? Min, PropertyValue? Max)
{
    private const int RowsPerCharge = 1024;

    /// <summary>The values of a field over some rows.</summary>
    public static ValueFigures Of(Values values, ReadOnlySpan<Row> rows, WorkMeter meter)
    {
        var different = new HashSet<PropertyValue>();
        var hasOrder = values is not TextListValues;
        var count = 0;
        Row? least = null, most = null;
        for (var i = 0; i < rows.Length; i++)
        {
            if (i % RowsPerCharge == 0) meter.Charge(WorkUnit.Steps, 4 * RowsPerCharge);
            if (values.Get(rows[i]) is not { } value) continue;
            count++;
            different.Add(value);
            if (!hasOrder) continue;
            if (least is not { } low || values.Compare(rows[i], low) < 0) least = rows[i];
            if (most is not { } high || values.Compare(rows[i], high) > 0) most = rows[i];
        }

        return new ValueFigures(count, different.Count, least is { } first ? values.Get(first) : null, most is { } end ? values.Get(end) : null);
    }
}
