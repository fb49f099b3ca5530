namespace GraphRisk.Matching.Records;

/// <summary>What a column is used for.</summary>
public enum ColumnRole
{
    /// <summary>Its values are compared.</summary>
    Evidence,

    /// <summary>It names the record within its source.</summary>
    Key,

    /// <summary>It names the source.</summary>
    Source,

    /// <summary>It holds the truth that results are measured against, and is never compared.</summary>
    Truth,

    /// <summary>It is not used.</summary>
    Ignored,
}

/// <summary>What was found of a column, or said of it by a mapping.</summary>
/// <param name="Name">Heading.</param>
/// <param name="Role">What it is used for.</param>
/// <param name="Kind">What it says; null where it is not compared.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Filled">Records that have a value.</param>
/// <param name="Distinct">Different values.</param>
public sealed record ColumnFinding(string Name, ColumnRole Role, AttributeKind? Kind, string Reason, int Filled, int Distinct)
{
    /// <summary>Scheme of identifiers whose inner rules the values keep; null for others.</summary>
    public string? Scheme { get; init; }
}
