using System.Globalization;
using System.Text.RegularExpressions;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Market.Calendar;

namespace GraphRisk.Workflow.Decisions.Replay;

/// <summary>Cells of a row as values of the schema.</summary>
internal static partial class RecordCells
{
    private const int LongestText = 4_000;

    /// <summary>The value in a column, as a field of that name has it; null where the cell is empty.</summary>
    /// <exception cref="MoveRefusedException">The cell is no value of the field.</exception>
    public static PropertyValue? Value(this MoveRecord row, NodeType type, string column)
    {
        if (row[column] is not { } text) return null;
        var field = type.FindField(column) ?? throw new MoveRefusedException(column, $"is no field of {type.Name}.");
        if (text.Length > LongestText || text.Any(letter => char.IsControl(letter) && letter != '\n')) throw new MoveRefusedException(column, $"must have 1 to {LongestText} characters.");
        if (field.Enum is { } names && names.IndexOf(text) < 0) throw new MoveRefusedException(column, $"'{text}' is none of {string.Join(", ", names.Values)}.");
        if (!PropertyText.TryParse(field.Kind, text, out var value)) throw new MoveRefusedException(column, $"'{text}' is no {field.Kind}.");
        if (value.Kind == FieldKind.Decimal && (value.AsDecimal() < field.Minimum || value.AsDecimal() > field.Maximum))
            throw new MoveRefusedException(column, FormattableString.Invariant($"{value.AsDecimal()} {RangeOf(field)}."));
        if (value.Kind == FieldKind.Date) RequireMarket(column, value.AsDate());
        return value;
    }

    /// <summary>The same where the cell may not be empty.</summary>
    public static PropertyValue Needed(this MoveRecord row, NodeType type, string column)
    {
        _ = row.Need(column);
        return row.Value(type, column)!.Value;
    }

    /// <summary>The instant of a row; it says how far it is from UTC, so that no day is guessed.</summary>
    public static DateTimeOffset Instant(this MoveRecord row)
    {
        var text = row.Need(MoveRecord.At);
        if (!InstantText().IsMatch(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
            throw new MoveRefusedException(MoveRecord.At, $"'{text}' is no instant such as 2024-05-06T10:30:00+08:00.");
        RequireMarket(MoveRecord.At, WorkingCalendar.DayOf(at));
        return at.ToUniversalTime();
    }

    /// <summary>The day on which the first exchange opened, Shanghai: nobody decided on securities financing before.</summary>
    private static readonly DateOnly FirstDay = new(1990, 12, 19);

    private static void RequireMarket(string column, DateOnly day)
    {
        if (day < FirstDay) throw new MoveRefusedException(column, FormattableString.Invariant($"{day:yyyy-MM-dd} lies before {FirstDay:yyyy-MM-dd}, when the first exchange opened."));
    }

    private static string RangeOf(Field field) => field switch
    {
        { Minimum: { } least, Maximum: { } most } => FormattableString.Invariant($"is not within {least} to {most}"),
        { Minimum: { } least } => FormattableString.Invariant($"is below {least}"),
        _ => FormattableString.Invariant($"is above {field.Maximum}"),
    };

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex InstantText();
}
