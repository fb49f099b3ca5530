using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Comparison;

/// <summary>Values that are the same or differ: sex, type, one of few.</summary>
internal sealed class CategoryJudge : LevelJudge
{
    public override ImmutableArray<Level> Levels { get; } = [new("different")];

    public override int Judge(int left, int right) => 0;
}

/// <summary>Dates as year, year-month or year-month-day in digits.</summary>
internal sealed class DateJudge(RecordAttribute attribute) : LevelJudge
{
    private readonly (int Year, int Month, int Day)[] dates = [.. attribute.Texts.Select(PartsOf)];

    public override ImmutableArray<Level> Levels { get; } =
    [
        new("less precise", IsNear: true), new("day and month exchanged", IsNear: true), new("one slip", IsNear: true), new("two parts same", Chance: 0.02),
        new("same year", Chance: 0.03), new("years near", Chance: 0.02), new("different"),
    ];

    public override int Judge(int left, int right)
    {
        var (from, to) = (dates[left], dates[right]);
        var (year, month, day) = (from.Year == to.Year, from.Month == to.Month, from.Day == to.Day);
        if (year && (from.Month == 0 || to.Month == 0 || (month && (from.Day == 0 || to.Day == 0)))) return 0;
        if (year && from.Month == to.Day && from.Day == to.Month) return 1;
        if (EditDistance.Of(attribute.Texts[left], attribute.Texts[right]) <= 1) return 2;
        if ((year ? 1 : 0) + (month ? 1 : 0) + (day ? 1 : 0) == 2 && from.Month > 0) return 3;
        if (year) return 4;
        return (month || day) && (Math.Abs(from.Year - to.Year) == 1 || IsSlip(from.Year, to.Year)) ? 5 : 6;
    }

    private static bool IsSlip(int left, int right) =>
        (left / 10 == right / 10) || (left % 10 == right % 10 && left / 100 == right / 100);

    /// <summary>Year, month and day; 0 what it does not say. Digits without signs are taken as they stand.</summary>
    public static (int Year, int Month, int Day) PartsOf(string text)
    {
        Span<char> digits = stackalloc char[8];
        var count = 0;
        foreach (var each in text)
            if (char.IsAsciiDigit(each) && count < 8) digits[count++] = each;
        return (Number(digits[..Math.Min(4, count)]), count >= 6 ? Number(digits[4..6]) : 0, count == 8 ? Number(digits[6..]) : 0);
    }

    private static int Number(ReadOnlySpan<char> digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

/// <summary>Numbers of registers, telephones, postal codes, houses: characters that stand or fall one by one.</summary>
internal sealed class CodeJudge(RecordAttribute attribute) : LevelJudge
{
    private const int Tail = 7;

    public override ImmutableArray<Level> Levels { get; } =
        [new("same end", IsNear: true), new("one slip", IsNear: true), new("part of the other", Chance: 1e-3), new("two slips", Chance: 1e-3), new("same beginning", Chance: 0.02), new("different")];

    public override int Judge(int left, int right)
    {
        ReadOnlySpan<char> from = attribute.Texts[left], to = attribute.Texts[right];
        var shorter = Math.Min(from.Length, to.Length);
        if (shorter >= Tail && from[^Tail..].SequenceEqual(to[^Tail..])) return 0;
        var distance = EditDistance.Of(from, to);
        if (distance == 1 && shorter >= 3) return 1;
        if (shorter > 0 && (from.Length > to.Length ? from : to).IndexOf(from.Length > to.Length ? to : from) >= 0) return 2;
        if (distance == 2 && shorter >= 6) return 3;
        return shorter >= 4 && from.CommonPrefixLength(to) >= (shorter + 1) / 2 ? 4 : 5;
    }
}

/// <summary>Mail addresses and web sites.</summary>
internal sealed class EmailJudge(RecordAttribute attribute) : LevelJudge
{
    public override ImmutableArray<Level> Levels { get; } =
    [
        new("same before the @", IsNear: true, Chance: 2e-4), new("one slip", IsNear: true, Chance: 2e-5), new("two slips", IsNear: true, Chance: 5e-5), new("similar before the @", Chance: 1e-3),
        new("same domain", Chance: 0.1), new("different"),
    ];

    public override int Judge(int left, int right)
    {
        ReadOnlySpan<char> from = attribute.Texts[left], to = attribute.Texts[right];
        var user = UserOf(from);
        var other = UserOf(to);
        if (user.Length >= 4 && user.SequenceEqual(other)) return 0;
        var distance = EditDistance.Of(from, to);
        if (distance == 1) return 1;
        if (distance == 2) return 2;
        if (user.Length >= 4 && other.Length >= 4 && JaroWinkler.Of(user, other) >= 0.9) return 3;
        return user.Length < from.Length && from[user.Length..].SequenceEqual(to[other.Length..]) ? 4 : 5;
    }

    private static ReadOnlySpan<char> UserOf(ReadOnlySpan<char> text) => text.IndexOf('@') is var at and > 0 ? text[..at] : text;
}

/// <summary>Measures.</summary>
internal sealed class QuantityJudge(RecordAttribute attribute) : LevelJudge
{
    private readonly double[] numbers =
        [.. attribute.Texts.Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)];

    public override ImmutableArray<Level> Levels { get; } = [new("within 1%"), new("within 5%"), new("within 20%"), new("different")];

    public override int Judge(int left, int right)
    {
        var (from, to) = (numbers[left], numbers[right]);
        var apart = Math.Abs(from - to) / Math.Max(Math.Max(Math.Abs(from), Math.Abs(to)), 1e-12);
        return apart <= 0.01 ? 0 : apart <= 0.05 ? 1 : apart <= 0.2 ? 2 : 3;
    }
}
