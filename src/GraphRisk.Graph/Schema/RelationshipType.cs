using System.Collections.Immutable;

namespace GraphRisk.Graph.Schema;

/// <summary>A type of relationship, with its direction.</summary>
public sealed class RelationshipType : ElementType
{
    internal RelationshipType(
        string name, string graphName, string description, Sensitivity level, ImmutableArray<Field> fields,
        string from, string to, Parallels parallel, SourceLocation location)
        : base(name, graphName, description, level, fields, location)
    {
        From = from;
        To = to;
        Parallel = parallel;
    }

    /// <summary>Node type or interface the relationship starts at.</summary>
    public string From { get; }

    /// <summary>Node type or interface the relationship ends at.</summary>
    public string To { get; }

    /// <summary>How parallel relationships between the same two nodes are read.</summary>
    public Parallels Parallel { get; }
}

/// <summary>How parallel relationships between the same two nodes are read.</summary>
public enum Parallels
{
    /// <summary>Several sources describe the same thing: the most reliable source's statements are kept.</summary>
    Statements,

    /// <summary>Each is an event of its own: all are kept.</summary>
    Events,
}
