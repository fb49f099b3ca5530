using System.Globalization;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Selection;

/// <summary>
/// By what rows are grouped: a field, of days and instants a calendar step of it. A row falls under a value, under null where none is known, or
/// under <see cref="Withheld"/> where it may not be read.
/// </summary>
/// <param name="Values">The field's values.</param>
/// <param name="Step">The step; a day where the field is none.</param>
/// <param name="Across">The relationship that leads to the nodes whose field it is; null for that of the row itself.</param>
public readonly record struct GroupKey(Values Values, CalendarStep Step = CalendarStep.Day, RelationshipWalk? Across = null)
{
    /// <summary>Stands for a value the viewer may not read; whether there is one is not told.</summary>
    public static object Withheld { get; } = new();

    /// <summary>A key's value as people read it: names of an enumeration as texts.</summary>
    public static object? Shown(object? key) => key is RankedName ranked ? ranked.Name : key;

    /// <summary>Under what a row falls.</summary>
    internal Func<Row, object?> Reader()
    {
        var (values, step) = (Values, Step);
        return values switch
        {
            FixedValues<int> days => Of(days, day => StepOf(DateOnly.FromDayNumber(day), step)),
            FixedValues<long> { Field.Kind: FieldKind.DateTime } instants => Of(
                instants, at => StepOf(DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(at).UtcDateTime), step)),
            FixedValues<byte> names when Ranked(names.Field.Enum!) is var ranked => Of(names, name => ranked[name]),
            _ => row => values.Look(row) == Known.Hidden ? Withheld : values.Get(row)?.AsObject(),
        };
    }

    private static Func<Row, object?> Of<T>(FixedValues<T> values, Func<T, object> show)
        where T : unmanaged, IEquatable<T>, IComparable<T> => row => values.Read(row, out var value) switch
        {
            Known.Value => show(value),
            Known.Hidden => Withheld,
            _ => null,
        };

    private static RankedName[] Ranked(EnumType names) => [.. names.Values.Select((name, rank) => new RankedName(rank, name))];

    private static string StepOf(DateOnly day, CalendarStep step) => step switch
    {
        CalendarStep.Year => day.Year.ToString("0000", CultureInfo.InvariantCulture),
        CalendarStep.Quarter => string.Create(CultureInfo.InvariantCulture, $"{day.Year:0000}-Q{(day.Month + 2) / 3}"),
        CalendarStep.Month => day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        _ => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <summary>A name of an enumeration, which comes where the enumeration states it and not where the alphabet does.</summary>
    private sealed record RankedName(int Rank, string Name) : IComparable
    {
        public int CompareTo(object? obj) => obj is RankedName other ? Rank.CompareTo(other.Rank) : 1;
    }
}

/// <summary>Steps of the calendar.</summary>
public enum CalendarStep
{
    Day,
    Month,
    Quarter,
    Year,
}
