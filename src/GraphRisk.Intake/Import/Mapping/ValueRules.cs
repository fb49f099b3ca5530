using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>Where a field's value comes from.</summary>
public abstract record ValueRule
{
    /// <summary>When the rule applies; otherwise the field stays absent.</summary>
    public Condition When { get; init; } = Condition.Always;

    /// <summary>When it does not apply; null for never.</summary>
    public Condition? Unless { get; init; }

    /// <summary>The value, or null where the record has none; what is wrong goes to the context.</summary>
    public PropertyValue? Read(Record record, RecordContext context) =>
        When.Holds(record) && Unless?.Holds(record) != true ? ReadValue(record, context) : null;

    private protected abstract PropertyValue? ReadValue(Record record, RecordContext context);
}

/// <summary>A column's value, turned into the field's kind.</summary>
public sealed record ColumnRule(int Column, Conversion Conversion) : ValueRule
{
    private protected override PropertyValue? ReadValue(Record record, RecordContext context)
    {
        if (!record.Has(Column)) return null;
        var value = Conversion.Convert(record[Column], record.SortOf(Column), out var reason);
        if (reason is not null && Conversion.Field.Required) context.Fail(Column, reason);
        else if (reason is not null) context.LeaveOut(Column, reason);
        return value;
    }
}

/// <summary>The same value for every record.</summary>
public sealed record ConstantRule(PropertyValue Value) : ValueRule
{
    private protected override PropertyValue? ReadValue(Record record, RecordContext context) => Value;
}

/// <summary>A text from a template; absent where a column it needs is.</summary>
public sealed record TemplateRule(Template Template) : ValueRule
{
    private protected override PropertyValue? ReadValue(Record record, RecordContext context) =>
        Template.Render(record, context.File, out _) is { } text ? PropertyValue.Of(text) : null;
}

/// <summary>A list of texts from templates; an item whose columns are absent is left out, a list without items is absent.</summary>
public sealed record ListRule(ImmutableArray<(Template Template, Condition When)> Items) : ValueRule
{
    private protected override PropertyValue? ReadValue(Record record, RecordContext context)
    {
        List<string>? texts = null;
        foreach (var (template, when) in Items)
            if (when.Holds(record) && template.Render(record, context.File, out _) is { } text) (texts ??= []).Add(text);
        return texts is null ? null : PropertyValue.Of(texts);
    }
}

/// <summary>The sum of columns; absent where one of them is.</summary>
public sealed record SumRule(ImmutableArray<int> Columns) : ValueRule
{
    private protected override PropertyValue? ReadValue(Record record, RecordContext context) =>
        context.Sum(record, Columns) is { } sum ? PropertyValue.Of(sum) : null;
}

/// <summary>The sum of columns divided by the sum of others, to eight decimals; absent where the divisor is zero or a column absent.</summary>
public sealed record RatioRule(ImmutableArray<int> Of, ImmutableArray<int> To) : ValueRule
{
    private const int Decimals = 8;

    private protected override PropertyValue? ReadValue(Record record, RecordContext context)
    {
        if (context.Sum(record, Of) is not { } of || context.Sum(record, To) is not { } to || to == 0) return null;
        return PropertyValue.Of(Math.Round(of / to, Decimals));
    }
}
