namespace GraphRisk.Workflow.Admission;

/// <summary>What a figure of a text is.</summary>
public enum FigureKind
{
    Yuan,
    Percent,
    Number,
    Day,
    Name,
    Truth,
}

/// <summary>A figure at a place of a text, to be shown as its reader's language does.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">Decimal, day, name or truth; null for "not known".</param>
public readonly record struct Figure(FigureKind Kind, object? Value)
{
    public static Figure Yuan(decimal? amount) => new(FigureKind.Yuan, amount);

    /// <param name="part">1 = 100%.</param>
    public static Figure Percent(decimal? part) => new(FigureKind.Percent, part);

    public static Figure Number(decimal count) => new(FigureKind.Number, count);

    public static Figure Day(DateOnly? day) => new(FigureKind.Day, day);

    public static Figure Truth(bool? truth) => new(FigureKind.Truth, truth);

    public static Figure Name(string? name) => new(FigureKind.Name, name);
}
