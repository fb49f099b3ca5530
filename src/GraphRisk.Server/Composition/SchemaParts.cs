using GraphQL.Types;

namespace GraphRisk.Server.Composition;

/// <summary>What one noun adds to the GraphQL schema.</summary>
internal interface ISchemaPart
{
    void AddTo(SchemaParts parts);
}

/// <summary>Where the nouns put their root fields, their types and the fields they add to node types.</summary>
internal sealed class SchemaParts
{
    private readonly Dictionary<string, List<Func<FieldType>>> extensions = new(StringComparer.Ordinal);

    /// <summary>Questions.</summary>
    public ObjectGraphType Query { get; } = new() { Name = "Query", Description = "What can be asked." };

    /// <summary>Commands.</summary>
    public ObjectGraphType Mutation { get; } = new() { Name = "Mutation", Description = "What can be commanded." };

    /// <summary>Types that fields name.</summary>
    public List<IGraphType> Types { get; } = [];

    /// <summary>Adds a field to a node type, or to every node type that implements an interface.</summary>
    /// <param name="type">Name of the node type or interface.</param>
    /// <param name="field">Makes the field; called once for each type that gets it.</param>
    public void Extend(string type, Func<FieldType> field)
    {
        if (!extensions.TryGetValue(type, out var fields)) extensions.Add(type, fields = []);
        fields.Add(field);
    }

    /// <summary>Adds a field to the edges of every relationship of the schema; its source is the <see cref="Paging.Edge"/>.</summary>
    public void ExtendEdges(Func<FieldType> field) => EdgeExtensions.Add(field);

    /// <summary>The fields added to edges.</summary>
    public List<Func<FieldType>> EdgeExtensions { get; } = [];

    /// <summary>The fields added to a type under its own name, in the order in which they were added.</summary>
    public IEnumerable<FieldType> ExtensionsOf(string type) =>
        extensions.TryGetValue(type, out var fields) ? fields.Select(field => field()) : [];

    /// <summary>Names of the types that fields were added to.</summary>
    public IEnumerable<string> Extended => extensions.Keys;
}
