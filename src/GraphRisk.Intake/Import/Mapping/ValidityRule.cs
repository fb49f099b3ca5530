using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>When a fact holds, read off a record.</summary>
/// <param name="Since">Columns of the start; the first that has a value counts. Without one the fact has always held.</param>
/// <param name="Until">Columns of the end, exclusive. Without one no end is known.</param>
/// <param name="Ended">
/// When the record says that what it describes is no more, such as a position of quantity 0: the fact then holds for a
/// millisecond, which is enough to take the place of the earlier statements.
/// </param>
/// <param name="Times">How days and instants are written.</param>
public sealed record ValidityRule(ImmutableArray<int> Since, ImmutableArray<int> Until, Condition? Ended, TimeFormats Times)
{
    private static readonly DateTimeOffset SecondYear = new(2, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The end is the last day on which the fact holds.</summary>
    public bool Through { get; init; }

    /// <summary>The validity; null, with a fault noted, where a column holds no day or instant or the end is not behind the start.</summary>
    public Validity? Read(Record record, RecordContext context)
    {
        if (First(record, Since, DateTimeOffset.MinValue, context, isEnd: false) is not { } from) return null;
        if (Ended?.Holds(record) == true) return new Validity(from, from.AddMilliseconds(1));
        if (First(record, Until, DateTimeOffset.MaxValue, context, isEnd: true) is not { } to) return null;
        if (Through && to < DateTimeOffset.MaxValue.AddDays(-1)) to = to.AddDays(1);
        if (from < to) return new Validity(from, to);
        context.Fail(Until[0], $"is an end, {to:yyyy-MM-dd}, that is not behind the start, {from:yyyy-MM-dd}");
        return null;
    }

    private DateTimeOffset? First(Record record, ImmutableArray<int> columns, DateTimeOffset absent, RecordContext context, bool isEnd)
    {
        foreach (var column in columns)
        {
            if (!record.Has(column)) continue;
            var never = NoEnd.Is(record[column]);
            if (isEnd && never) return absent;
            if (!Times.TryInstant(record[column], out var instant) && !never)
            {
                context.Fail(column, $"is '{Conversion.Shown(record[column])}', which is not a time as {Times}");
                return null;
            }

            if (!never && instant >= SecondYear) return instant;
            context.LeaveOut(column, NoEnd.Placeholder(never ? DateOnly.MaxValue : DateOnly.MinValue, Conversion.Shown(record[column]), isEnd)!);
            return absent;
        }

        return absent;
    }
}
