using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import.Reading;
using GraphRisk.Matching.Identifiers;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>Turns a column's text into a value of a field's kind. Immutable.</summary>
public sealed record Conversion
{
    /// <summary>The field the value is for.</summary>
    public required Field Field { get; init; }

    /// <summary>How days and instants are written.</summary>
    public TimeFormats Times { get; init; } = TimeFormats.Iso;

    /// <summary>Names of the source and what they stand for, of a list each item's; null where values are taken as they are.</summary>
    public ImmutableDictionary<string, string>? Map { get; init; }

    /// <summary>Texts that mean that there is no value, such as <c>-</c>.</summary>
    public ImmutableArray<string> None { get; init; } = [];

    /// <summary>The number is in percent; the field is a fraction.</summary>
    public bool Percent { get; init; }

    /// <summary>Unit of a number that does not name its own, such as 10000 for a column in 万元.</summary>
    public decimal Unit { get; init; } = 1;

    /// <summary>Characters between the items of a list; empty where the text is one item.</summary>
    public string Separators { get; init; } = "";

    /// <summary>Filter for text; a text that is not of the expected form is absent.</summary>
    public TextFilter? Filter { get; init; }

    /// <summary>Converts; null where the text means no value, or with a reason where it is no value of the kind.</summary>
    public PropertyValue? Convert(ReadOnlySpan<char> text, ValueSort sort, out string? reason)
    {
        reason = null;
        foreach (var none in None)
            if (text.SequenceEqual(none)) return null;
        if (Field.Kind is FieldKind.Date or FieldKind.DateTime && NoEnd.Is(text))
        {
            reason = NoEnd.MayBe(Field.Name) ? null : NoEnd.NoDay(Shown(text));
            return null;
        }

        if (Field.IdentifierScheme is not null && Field.Kind == FieldKind.String) text = SpreadsheetDamage.Mend(text);
        if (Field.IdentifierScheme is { } scheme && SpreadsheetDamage.Find(text, scheme) is { } damage)
        {
            reason = $"is '{Shown(text)}', {damage}";
            return null;
        }

        if (sort == ValueSort.List && Field.Kind != FieldKind.StringList)
        {
            reason = "is a list, a plain value is expected";
            return null;
        }

        if (Map is not null && Field.Kind != FieldKind.StringList)
        {
            if (Mapped(text, ref reason) is not { } mapped) return null;
            text = mapped;
        }

        return Field.Kind switch
        {
            FieldKind.String => Text(text, sort, ref reason),
            FieldKind.Enum => Name(text, ref reason),
            FieldKind.Decimal => Number(text, ref reason),
            FieldKind.Integer => Whole(text, ref reason),
            FieldKind.Boolean => Truth(text, ref reason),
            FieldKind.Date => Day(text, ref reason),
            FieldKind.DateTime => Times.TryInstant(text, out var instant)
                ? PropertyValue.Of(instant) : Fail(text, $"an instant as {Times}", ref reason),
            FieldKind.StringList => List(text, ref reason),
            _ => throw new InvalidOperationException($"Unknown kind {Field.Kind}."),
        };
    }

    internal static string Shown(ReadOnlySpan<char> text) => text.Length <= 60 ? text.ToString() : $"{text[..60]}...";

    private string? Mapped(ReadOnlySpan<char> text, ref string? reason)
    {
        if (Map!.TryGetValue(text.ToString(), out var mapped)) return mapped;
        reason = $"is '{Shown(text)}', which is none of {string.Join(", ", Map.Keys.Order(StringComparer.Ordinal))}";
        return null;
    }

    private PropertyValue? Text(ReadOnlySpan<char> text, ValueSort sort, ref string? reason)
    {
        if (sort is ValueSort.Number or ValueSort.Truth) return Fail(text, "text", ref reason);
        if (Controls.FindIn(text) is var control && control >= 0)
        {
            reason = $"holds the control character U+{(int)text[control]:X4}";
            return null;
        }

        if (Filter is { } filter) text = filter(text);
        return text.IsEmpty ? null : PropertyValue.Of(text.ToString());
    }

    private PropertyValue? Name(ReadOnlySpan<char> text, ref string? reason)
    {
        var name = text.ToString();
        return Field.Enum!.IndexOf(name) >= 0
            ? PropertyValue.OfEnum(name) : Fail(text, string.Join(", ", Field.Enum.Values), ref reason);
    }

    private PropertyValue? Day(ReadOnlySpan<char> text, ref string? reason)
    {
        if (!Times.TryDay(text, out var day)) return Fail(text, $"a day as {Times}", ref reason);
        reason = day.DayNumber > 365 ? null : NoEnd.Placeholder(day, Shown(text), NoEnd.MayBe(Field.Name));
        return reason is null ? PropertyValue.Of(day) : null;
    }

    private PropertyValue? Number(ReadOnlySpan<char> text, ref string? reason)
    {
        if (!(Percent ? Numbers.TryPercent(text, out var number) : Numbers.TryDecimal(text, Unit, out number)))
            return Fail(text, "a number", ref reason);
        if (number < Field.Minimum || number > Field.Maximum)
        {
            reason = $"is {PropertyText.Normal(number).ToString(CultureInfo.InvariantCulture)}, which is outside {Field.Minimum} to {Field.Maximum}";
            return null;
        }

        return PropertyValue.Of(number);
    }

    private static PropertyValue? Whole(ReadOnlySpan<char> text, ref string? reason) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? PropertyValue.Of(number) : Fail(text, "a whole number", ref reason);

    private static PropertyValue? Truth(ReadOnlySpan<char> text, ref string? reason) => text switch
    {
        "true" or "True" or "TRUE" or "1" or "是" => PropertyValue.Of(true),
        "false" or "False" or "FALSE" or "0" or "否" => PropertyValue.Of(false),
        _ => Fail(text, "true or false", ref reason),
    };

    private PropertyValue? List(ReadOnlySpan<char> text, ref string? reason)
    {
        var items = new List<string>();
        foreach (var range in text.SplitAny(Separators + Record.ListSeparator))
        {
            var item = text[range].Trim();
            if (item.IsEmpty) continue;
            if (Controls.FindIn(item) is var control && control >= 0)
            {
                reason = $"holds the control character U+{(int)item[control]:X4}";
                return null;
            }

            if ((Map is null ? item.ToString() : Mapped(item, ref reason)) is not { } name) return null;
            items.Add(name);
        }

        return items.Count == 0 ? null : PropertyValue.Of(items);
    }

    private static PropertyValue? Fail(ReadOnlySpan<char> text, string expected, ref string? reason)
    {
        reason = $"is '{Shown(text)}', which is not {expected}";
        return null;
    }
}
