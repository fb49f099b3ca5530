using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace GraphRisk.Graph.Schema;

/// <summary>
/// Every node, relationship and field type the graph may hold, loaded from <c>graph-schema/</c>. Validation,
/// constraints, masking, the GraphQL schema and the documentation derive from it. Immutable and thread-safe.
/// </summary>
public sealed class SchemaCatalog
{
    /// <summary>Name of the interface of persons and organisations.</summary>
    public const string Party = "Party";

    /// <summary>Name of the relationship that holds a judgement of resolution.</summary>
    public const string SameAs = "SAME_AS";

    private readonly FrozenDictionary<string, NodeType> nodes;
    private readonly FrozenDictionary<string, RelationshipType> relationships;

    internal SchemaCatalog(
        ImmutableArray<NodeType> nodeTypes, ImmutableArray<RelationshipType> relationshipTypes,
        ImmutableArray<EnumType> enums, ImmutableArray<NodeType> derivedTypes, string hash)
    {
        NodeTypes = nodeTypes;
        RelationshipTypes = relationshipTypes;
        Enums = enums;
        DerivedTypes = derivedTypes;
        Hash = hash;
        for (var i = 0; i < nodeTypes.Length; i++) nodeTypes[i].Ordinal = i;
        for (var i = 0; i < relationshipTypes.Length; i++) relationshipTypes[i].Ordinal = i;
        nodes = nodeTypes.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
        relationships = relationshipTypes.ToFrozenDictionary(type => type.GraphName, StringComparer.Ordinal);
    }

    /// <summary>Node types, ordered by name.</summary>
    public ImmutableArray<NodeType> NodeTypes { get; }

    /// <summary>Relationship types, ordered by graph name.</summary>
    public ImmutableArray<RelationshipType> RelationshipTypes { get; }

    /// <summary>Enumerations, ordered by name.</summary>
    public ImmutableArray<EnumType> Enums { get; }

    /// <summary>Types that are not stored but read off provenance, ordered by name.</summary>
    public ImmutableArray<NodeType> DerivedTypes { get; }

    /// <summary>SHA-256 over the schema's texts, lower-case hexadecimal; stamps stores and snapshots.</summary>
    public string Hash { get; }

    /// <summary>The node type of that name, or null.</summary>
    public NodeType? FindNode(string name) => nodes.GetValueOrDefault(name);

    /// <summary>The relationship type of that graph name (<c>HOLDS</c>), or null.</summary>
    public RelationshipType? FindRelationship(string graphName) => relationships.GetValueOrDefault(graphName);

    /// <summary>The node type of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public NodeType Node(string name) =>
        FindNode(name) ?? throw new KeyNotFoundException($"The schema has no node type '{name}'.");

    /// <summary>The relationship type of that graph name (<c>HOLDS</c>).</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public RelationshipType Relationship(string graphName) =>
        FindRelationship(graphName) ?? throw new KeyNotFoundException($"The schema has no relationship '{graphName}'.");

    /// <summary>The catalog shipped with the program: the repository's <c>graph-schema/</c>, embedded at build time.</summary>
    public static SchemaCatalog LoadEmbedded() => Load(EmbeddedTexts());

    /// <summary>The texts the shipped catalog is made of, by their path in <c>graph-schema/</c>, ordered by it.</summary>
    public static IEnumerable<(string Name, string Text)> EmbeddedTexts()
    {
        var assembly = typeof(SchemaCatalog).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("graph-schema/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => (Name: name["graph-schema/".Length..], Text: ReadResource(assembly, name)));
    }

    /// <summary>Loads every <c>*.graphql</c> file of a folder, and the lists of codes below it.</summary>
    /// <exception cref="SchemaException">A file contradicts the rules.</exception>
    [SuppressMessage("Design", "CA1062", Justification = "nullable reference types")]
    public static SchemaCatalog LoadFolder(string folder) =>
        Load(Directory.GetFiles(folder, "*.graphql", SearchOption.AllDirectories).Concat(Directory.GetFiles(folder, "*.csv", SearchOption.AllDirectories))
            .Select(path => (Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllText(path))));

    /// <summary>Loads the catalog from named texts; their order does not matter.</summary>
    /// <exception cref="SchemaException">A text contradicts the rules.</exception>
    public static SchemaCatalog Load(IEnumerable<(string Name, string Text)> files)
    {
        var ordered = files.OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        var all = new StringBuilder();
        foreach (var (name, text) in ordered) all.Append(name).Append('\n').Append(text).Append('\0');
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString())));
        return new SchemaLoader(ordered).Load(hash);
    }

    private static string ReadResource(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
