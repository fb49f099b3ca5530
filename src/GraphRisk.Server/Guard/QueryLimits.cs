namespace GraphRisk.Server.Guard;

/// <summary>
/// The most a query may ask for before anything is parsed, validated or resolved. Every bound is inclusive:
/// a query exactly at the limit passes. "After expansion" counts a fragment once for each time it is spread.
/// The defaults leave an analyst's longest query, and GraphiQL's introspection, several times the room they use.
/// </summary>
public sealed record QueryLimits
{
    public static QueryLimits Default { get; } = new();

    /// <summary>Bytes of the whole HTTP body.</summary>
    public int MaxBodyBytes { get; init; } = 512 * 1024;

    /// <summary>UTF-8 bytes of the query text.</summary>
    public int MaxQueryBytes { get; init; } = 64 * 1024;

    /// <summary>UTF-8 bytes of the variables as sent.</summary>
    public int MaxVariablesBytes { get; init; } = 256 * 1024;

    /// <summary>UTF-8 bytes of the extensions as sent.</summary>
    public int MaxExtensionsBytes { get; init; } = 16 * 1024;

    /// <summary>Lexical tokens, commas and comments not counted.</summary>
    public int MaxTokens { get; init; } = 4_000;

    /// <summary>Brackets of any kind open at once, in selections and in argument values.</summary>
    public int MaxNesting { get; init; } = 64;

    /// <summary>Fields on the longest path from the root to a leaf, after expansion.</summary>
    public int MaxDepth { get; init; } = 32;

    public int MaxOperations { get; init; } = 10;

    public int MaxFragments { get; init; } = 100;

    /// <summary>Fields, after expansion.</summary>
    public int MaxFields { get; init; } = 2_000;

    /// <summary>Aliased fields, after expansion.</summary>
    public int MaxAliases { get; init; } = 100;

    /// <summary>Fragment spreads, after expansion.</summary>
    public int MaxSpreads { get; init; } = 200;

    /// <summary>Pairs of fields, and of fragment spreads, that validation must compare (see <see cref="MergePairs"/>).</summary>
    public int MaxMergePairs { get; init; } = 5_000;

    public int MaxDirectives { get; init; } = 50;
}
