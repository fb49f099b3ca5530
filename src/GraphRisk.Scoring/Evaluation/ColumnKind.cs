namespace GraphRisk.Scoring.Evaluation;

/// <summary>What a column of a table is for.</summary>
public enum ColumnKind
{
    /// <summary>An input: a number.</summary>
    Number,

    /// <summary>An input: one of a few texts or codes.</summary>
    Category,

    /// <summary>An input: a day, read as the number of days.</summary>
    Date,

    /// <summary>Names the row or its client; no input. Rows of one client are kept together where it is asked for.</summary>
    Identifier,

    /// <summary>The same everywhere, or empty; no input.</summary>
    Constant,

    /// <summary>Says the outcome itself; no input.</summary>
    Leak,

    /// <summary>Texts of which hardly two are alike; no input.</summary>
    FreeText,

    /// <summary>Left out because the user says so.</summary>
    Ignored,

    /// <summary>The outcome.</summary>
    Target,

    /// <summary>When the row was observed.</summary>
    Time,
}

/// <summary>What was made of one column.</summary>
/// <param name="Distinct">Distinct known values.</param>
/// <param name="Missing">Rows without a value.</param>
/// <param name="Infinite">Rows whose number is infinite, or greater than a model's numbers go; these are not missing.</param>
/// <param name="Note">What a reader should know; null where nothing is unusual.</param>
public sealed record ColumnFinding(string Name, ColumnKind Kind, int Direction, int Distinct, int Missing, int Infinite, string? Note);
