using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Graph.Selection;

/// <summary>By what rows are grouped: a field, of days and instants a calendar step of it.</summary>
/// <param name="Values">The field's values.</param>
/// <param name="Step">The step; a day where the field is none.</param>
public readonly record struct GroupKey(Values Values, CalendarStep Step = CalendarStep.Day)
{
    /// <summary>Under what a row falls; null where that is not known or may not be read.</summary>
    public object? Of(in Row row) => Values switch
    {
        FixedValues<int> days => days.Read(row, out var day) == Known.Value ? StepOf(DateOnly.FromDayNumber(day)) : null,
        FixedValues<long> { Field.Kind: Schema.FieldKind.DateTime } instants => instants.Read(row, out var at) == Known.Value
            ? StepOf(DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(at).UtcDateTime)) : null,
        FixedValues<byte> names => names.Read(row, out var name) == Known.Value ? names.Show(name).AsString() : null,
        _ => Values.Get(row)?.AsObject(),
    };

    private string StepOf(DateOnly day) => Step switch
    {
        CalendarStep.Year => day.Year.ToString("0000", CultureInfo.InvariantCulture),
        CalendarStep.Quarter => string.Create(CultureInfo.InvariantCulture, $"{day.Year:0000}-Q{(day.Month + 2) / 3}"),
        CalendarStep.Month => day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        _ => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}

/// <summary>Steps of the calendar.</summary>
public enum CalendarStep
{
    Day,
    Month,
    Quarter,
    Year,
}

/// <summary>Rows that have the same keys.</summary>
/// <param name="Keys">The keys, as <see cref="GroupKey.Of"/> gives them.</param>
/// <param name="Rows">The rows, in the order in which they were given.</param>
public sealed record RowGroup(ImmutableArray<object?> Keys, ReadOnlyMemory<Row> Rows);

/// <summary>Puts rows of equal keys together.</summary>
public static class Grouping
{
    private const int RowsPerCharge = 1024;

    /// <summary>The groups, ascending by their keys; the unknown comes last. Without keys all rows are one group.</summary>
    public static ImmutableArray<RowGroup> Of(Row[] rows, ImmutableArray<GroupKey> keys, WorkMeter meter)
    {
        if (keys.IsEmpty) return [new RowGroup([], rows)];
        var (groupOf, found) = Number(rows, keys, meter);
        var starts = new int[found.Count + 1];
        foreach (var group in groupOf) starts[group + 1]++;
        for (var group = 0; group < found.Count; group++) starts[group + 1] += starts[group];
        var next = starts.AsSpan(0, found.Count).ToArray();
        var together = new Row[rows.Length];
        for (var i = 0; i < rows.Length; i++) together[next[groupOf[i]]++] = rows[i];
        return [.. found.Select((key, group) => new RowGroup(key, together.AsMemory(starts[group]..starts[group + 1]))).OrderBy(group => group.Keys, KeyOrder.Instance)];
    }

    /// <summary>Numbers the groups as they are met: keys become numbers one field at a time, so that rows are told apart by integers.</summary>
    private static (int[] GroupOf, List<ImmutableArray<object?>> Keys) Number(Row[] rows, ImmutableArray<GroupKey> keys, WorkMeter meter)
    {
        var groupOf = new int[rows.Length];
        List<ImmutableArray<object?>> found = [[]];
        foreach (var key in keys)
        {
            var codeOf = new Dictionary<object, int>();
            var values = new List<object?> { null };
            var numbers = new Dictionary<(int Group, int Code), int>();
            var longer = new List<ImmutableArray<object?>>();
            for (var i = 0; i < rows.Length; i++)
            {
                if (i % RowsPerCharge == 0) meter.Charge(WorkUnit.Steps, 4 * RowsPerCharge);
                var code = 0;
                if (key.Of(rows[i]) is { } value && !codeOf.TryGetValue(value, out code))
                {
                    codeOf.Add(value, code = values.Count);
                    values.Add(value);
                }

                if (!numbers.TryGetValue((groupOf[i], code), out var number))
                {
                    numbers.Add((groupOf[i], code), number = longer.Count);
                    longer.Add(found[groupOf[i]].Add(values[code]));
                }

                groupOf[i] = number;
            }

            found = longer;
        }

        return (groupOf, found);
    }

    private sealed class KeyOrder : IComparer<ImmutableArray<object?>>
    {
        public static KeyOrder Instance { get; } = new();

        public int Compare(ImmutableArray<object?> left, ImmutableArray<object?> right)
        {
            for (var i = 0; i < left.Length; i++)
                if (Compare(left[i], right[i]) is not 0 and var order) return order;
            return 0;
        }

        private static int Compare(object? left, object? right) => (left, right) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            (string one, string other) => string.CompareOrdinal(one, other),
            _ => Comparer<object>.Default.Compare(left, right),
        };
    }
}
