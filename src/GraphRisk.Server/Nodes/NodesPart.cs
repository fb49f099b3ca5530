using System.Collections.Immutable;
using GraphQL.Types;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Selection;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Nodes;

/// <summary>
/// Makes the GraphQL types of everything <c>graph-schema/</c> states: an object type for each node type, an interface for
/// each interface (with what all who implement it share), an enumeration for each enumeration, edges and connections for
/// both directions of each relationship. Added last, when the nouns have said which fields they add to nodes.
/// </summary>
internal sealed class NodesPart(GraphSession session, NodeIds ids, Pager pager, SelectableTypes types) : ISchemaPart
{
    private readonly SchemaCatalog catalog = session.Catalog;
    private readonly RelationshipFields relationshipFields = new(pager, session, types);
    private readonly Dictionary<string, ObjectGraphType> objects = new(StringComparer.Ordinal);

    private ImmutableArray<RelationshipType> Relationships => types.Relationships;

    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Connections.PageInfo());
        parts.Types.Add(ElementFields.SeriesPoint());
        parts.Types.Add(BitemporalArguments.StampType());
        parts.Types.AddRange(catalog.Enums.Select(Enumeration));
        foreach (var type in Relationships) parts.Types.AddRange(RelationshipFields.TypesOf(type, parts));
        var interfaces = Interfaces(parts);
        parts.Types.AddRange(interfaces.Values);
        foreach (var type in catalog.NodeTypes)
        {
            var made = Fields.Object(type.Name, Describe(type), FieldsOf(type, parts));
            foreach (var name in type.Interfaces.Prepend("Node")) made.AddResolvedInterface(interfaces[name]);
            objects.Add(type.Name, made);
            parts.Types.Add(made);
        }

        foreach (var name in parts.Extended)
            if (catalog.FindNode(name) is null && !interfaces.ContainsKey(name))
                throw new InvalidOperationException($"Fields are added to '{name}', which is neither a node type nor an interface.");
    }

    private static string Describe(ElementType type) => $"{type.Description.Trim()} Level {(int)type.Level}.";

    private static EnumerationGraphType Enumeration(EnumType type) => Fields.Enum(
        type.Name, type.Description.Length > 0 ? type.Description : $"Values of {type.Name}.",
        type.Values.Select(value => (value, value, value)));

    private IEnumerable<FieldType> FieldsOf(NodeType type, SchemaParts parts) =>
    [
        Fields.Of<NodeHandle>("id", "ID!", FieldAccess.Reads(type.Level), "Global id, to be handed back unread.", (handle, context) => ids.Of(context.Viewer(), handle.Id)),
        .. ElementFields.OfNode(type),
        .. Relationships.Where(relationship => type.Is(relationship.From)).SelectMany(relationship => Following(relationship, fromStart: true)),
        .. Relationships.Where(relationship => type.Is(relationship.To)).SelectMany(relationship => Following(relationship, fromStart: false)),
        .. type.Interfaces.Prepend("Node").Append(type.Name).SelectMany(parts.ExtensionsOf),
        Fields.Of<NodeHandle>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", handle => handle.View.Stamp),
    ];

    private Dictionary<string, InterfaceGraphType> Interfaces(SchemaParts parts)
    {
        var result = new Dictionary<string, InterfaceGraphType>(StringComparer.Ordinal)
        {
            ["Node"] = Interface("Node", "Anything with a global id.", [], parts.ExtensionsOf("Node")),
        };
        foreach (var name in catalog.NodeTypes.SelectMany(type => type.Interfaces).Distinct(StringComparer.Ordinal))
        {
            var implementers = catalog.NodeTypes.Where(type => type.Is(name)).ToList();
            result.Add(name, Interface(
                name, $"What {string.Join(", ", implementers.Select(type => type.Name))} share.",
                Shared(implementers), [.. RelationshipsOf(name), .. parts.ExtensionsOf("Node"), .. parts.ExtensionsOf(name)]));
        }

        return result;
    }

    private IEnumerable<FieldType> RelationshipsOf(string type) =>
        Relationships.Where(relationship => relationship.From == type).SelectMany(relationship => Following(relationship, fromStart: true))
            .Concat(Relationships.Where(relationship => relationship.To == type).SelectMany(relationship => Following(relationship, fromStart: false)));

    private IEnumerable<FieldType> Following(RelationshipType type, bool fromStart) =>
        [relationshipFields.Of(type, fromStart), relationshipFields.FiguresOf(type, fromStart)];

    /// <summary>The fields that all of some node types have under one name with one GraphQL type.</summary>
    private static IEnumerable<FieldType> Shared(List<NodeType> implementers) =>
        implementers[0].Fields
            .Where(field => implementers.TrueForAll(type =>
                type.FindField(field.Name) is { } other && ElementFields.TypeOf(other) == ElementFields.TypeOf(field)))
            .Select(field => Fields.Declared(field.Name, ElementFields.TypeOf(field), ElementFields.Describe(field)));

    private InterfaceGraphType Interface(string name, string description, IEnumerable<FieldType> fields, IEnumerable<FieldType> resolved)
    {
        var made = new InterfaceGraphType { Name = name, Description = description, ResolveType = value => objects[((NodeHandle)value).Type.Name] };
        made.AddField(Fields.Declared("id", "ID!", "Global id, to be handed back unread."));
        foreach (var field in fields) made.AddField(field);
        foreach (var field in resolved)
        {
            field.Resolver = null;
            made.AddField(field);
        }

        made.AddField(Fields.Declared("stamp", "Stamp!", "What the answer stands on."));
        return made;
    }
}
