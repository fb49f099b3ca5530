using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Intake.Import.Reading;
using GraphRisk.Matching.Names;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>
/// What a record must say for a rule to apply: every column named must match one of its patterns. A pattern is a value
/// (<c>PERSON</c>), <c>*</c> for any value, the empty text for none, <c>~x</c> for a value that contains x, or <c>=0</c>
/// for a number equal to 0 however it is written, or <c>&lt;masked&gt;</c> for a name of which the publisher hid a part.
/// </summary>
public sealed record Condition(ImmutableArray<ColumnTest> Tests)
{
    /// <summary>Applies to every record.</summary>
    public static Condition Always { get; } = new([]);

    public bool Holds(Record record)
    {
        foreach (var test in Tests)
            if (!test.Holds(record)) return false;
        return true;
    }
}

/// <summary>One column held against its patterns.</summary>
public sealed record ColumnTest(int Column, ImmutableArray<string> Patterns)
{
    public bool Holds(Record record)
    {
        var value = record[Column];
        foreach (var pattern in Patterns)
            if (Matches(pattern, value)) return true;
        return false;
    }

    private static bool Matches(string pattern, ReadOnlySpan<char> value) => pattern switch
    {
        "*" => !value.IsEmpty,
        "" => value.IsEmpty,
        "<masked>" => MaskedName.Is(value.ToString()),
        ['~', .. var part] when part.Length > 0 => value.Contains(part, StringComparison.Ordinal),
        ['=', .. var number] when number.Length > 0 => decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var read)
            && read == decimal.Parse(number, CultureInfo.InvariantCulture),
        _ => value.SequenceEqual(pattern),
    };
}
