using System.Collections.Immutable;

namespace GraphRisk.Graph.Schema;

/// <summary>A type of node.</summary>
public sealed class NodeType : ElementType
{
    internal NodeType(
        string name, string description, Sensitivity level, ImmutableArray<Field> fields,
        ImmutableArray<string> interfaces, SourceLocation location)
        : base(name, name, description, level, fields, location)
    {
        Interfaces = interfaces;
        CaptionFields = [.. fields.Where(field => field.Caption)];
        IdentifierFields = [.. fields.Where(field => field.IdentifierScheme is not null)];
    }

    /// <summary>Interfaces the type implements, such as <c>Party</c>.</summary>
    public ImmutableArray<string> Interfaces { get; }

    /// <summary>Fields that together are the node's caption in drawings of the graph, in the schema's order.</summary>
    public ImmutableArray<Field> CaptionFields { get; }

    /// <summary>Fields whose values identify a node in the world, in the schema's order.</summary>
    public ImmutableArray<Field> IdentifierFields { get; }

    /// <summary>Whether the type is the named one or implements the named interface.</summary>
    public bool Is(string nameOrInterface) =>
        Name == nameOrInterface || Interfaces.Contains(nameOrInterface, StringComparer.Ordinal);

    /// <summary>Whether nodes of the type are parties: persons and organisations that resolution may merge.</summary>
    public bool IsParty => Is(SchemaCatalog.Party);
}
