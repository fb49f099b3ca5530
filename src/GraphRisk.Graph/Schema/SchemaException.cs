namespace GraphRisk.Graph.Schema;

/// <summary>The schema's files contradict themselves or the rules of the catalog; the message names file and line.</summary>
public sealed class SchemaException : Exception
{
    public SchemaException(SourceLocation location, string reason)
        : base($"{location}: {reason}") => Location = location;

    /// <summary>Where the fault is.</summary>
    public SourceLocation Location { get; }
}
