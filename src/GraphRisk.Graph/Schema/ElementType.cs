using System.Collections.Frozen;
using System.Collections.Immutable;

namespace GraphRisk.Graph.Schema;

/// <summary>What node types and relationship types have in common: a name, a level and fields.</summary>
public abstract class ElementType
{
    private readonly FrozenDictionary<string, Field> byName;

    private protected ElementType(
        string name, string graphName, string description, Sensitivity level, ImmutableArray<Field> fields, SourceLocation location)
    {
        Name = name;
        GraphName = graphName;
        Description = description;
        Level = level;
        Fields = fields;
        Location = location;
        byName = fields.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);
    }

    /// <summary>Name of the type in the schema, in Pascal case.</summary>
    public string Name { get; }

    /// <summary>Name in the graph: a node's label (<c>Person</c>) or a relationship's name (<c>HOLDS</c>).</summary>
    public string GraphName { get; }

    /// <summary>What the type means.</summary>
    public string Description { get; }

    /// <summary>Sensitivity of the existence of an element of the type.</summary>
    public Sensitivity Level { get; }

    /// <summary>Fields in the schema's order.</summary>
    public ImmutableArray<Field> Fields { get; }

    /// <summary>Where the schema states the type.</summary>
    public SourceLocation Location { get; }

    /// <summary>Position of the type in the catalog, from 0, among types of its sort.</summary>
    public int Ordinal { get; internal set; }

    /// <summary>The field of that name, or null.</summary>
    public Field? FindField(string name) => byName.GetValueOrDefault(name);

    /// <summary>The field of that name.</summary>
    /// <exception cref="KeyNotFoundException">The type has no such field.</exception>
    public Field GetField(string name) =>
        FindField(name) ?? throw new KeyNotFoundException($"{Name} has no field '{name}'.");

    public override string ToString() => GraphName;
}
