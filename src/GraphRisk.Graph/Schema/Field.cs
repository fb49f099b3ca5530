namespace GraphRisk.Graph.Schema;

/// <summary>One field of a node or relationship type, as <c>graph-schema/</c> states it.</summary>
/// <param name="Name">Name in camel case.</param>
/// <param name="Kind">Kind of value.</param>
/// <param name="Description">What the field means, for documentation and the GraphQL schema.</param>
/// <param name="Level">Sensitivity of the value.</param>
/// <param name="Location">Where the schema states the field.</param>
public sealed record Field(string Name, FieldKind Kind, string Description, Sensitivity Level, SourceLocation Location)
{
    /// <summary>Position among the fields of its type, from 0.</summary>
    public int Ordinal { get; init; }

    /// <summary>Every fact of the type states the field; of nodes, every fact but those that state no required field and only add.</summary>
    public bool Required { get; init; }

    /// <summary>The field repeats the node's key: unique among nodes of its type.</summary>
    public bool Unique { get; init; }

    /// <summary>Scheme under which the value identifies its node in the world, such as <c>USCC</c>; null for other fields.</summary>
    public string? IdentifierScheme { get; init; }

    /// <summary>Earlier values stay in the snapshot as a series.</summary>
    public bool Series { get; init; }

    /// <summary>Field of the same type with the last day of the period a figure of a series speaks of; null where the day from which it holds is all there is.</summary>
    public string? Period { get; init; }

    /// <summary>Field of the same type from which the source computes the value; null where it is stated for itself.</summary>
    public string? ComputedFrom { get; init; }

    /// <summary>The field is indexed for full-text search.</summary>
    public bool Searchable { get; init; }

    /// <summary>The field is part of the node's caption in drawings of the graph.</summary>
    public bool Caption { get; init; }

    /// <summary>The list whose codes the values are; null for values that speak for themselves.</summary>
    public CodeList? Codes { get; init; }

    /// <summary>How the value is masked.</summary>
    public MaskKind Mask { get; init; }

    /// <summary>Inclusive lower bound of a number; null where there is none.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>Inclusive upper bound of a number; null where there is none.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>The enumeration whose names are allowed; null unless <see cref="Kind"/> is <see cref="FieldKind.Enum"/>.</summary>
    public EnumType? Enum { get; init; }
}

/// <summary>A place in the schema's files, for error messages.</summary>
/// <param name="File">File name.</param>
/// <param name="Line">Line from 1.</param>
public readonly record struct SourceLocation(string File, int Line)
{
    public override string ToString() => $"{File}:{Line}";
}
