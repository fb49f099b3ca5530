using System.Collections.Frozen;
using System.Collections.Immutable;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Selection;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Selection;

/// <summary>What can be selected and by what, read off <c>graph-schema/</c>: a new type or field there needs no line here.</summary>
internal sealed class SelectableTypes
{
    private readonly FrozenDictionary<string, SelectableType> types;
    private readonly FrozenDictionary<string, ImmutableArray<SelectableField>> ofRelationships;

    /// <param name="catalog">The schema.</param>
    /// <param name="derived">What is derived for types and interfaces beside it.</param>
    public SelectableTypes(SchemaCatalog catalog, DerivedFields derived)
    {
        Relationships = [.. catalog.RelationshipTypes.Where(type => type.GraphName != SchemaCatalog.SameAs)];
        var interfaces = catalog.NodeTypes.SelectMany(type => type.Interfaces).Distinct(StringComparer.Ordinal)
            .Select(name => Made(name, [.. catalog.NodeTypes.Where(type => type.Is(name))], derived));
        types = catalog.NodeTypes.Select(type => Made(type.Name, [type], derived)).Concat(interfaces)
            .ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
        ofRelationships = Relationships.ToFrozenDictionary(
            type => type.Name, type => type.Fields.Select(field => new SelectableField(
                type.Name, field, FieldAccess.Reads(field),
                scope => new(FieldValues.OfRelationships(scope.View.Snapshot.Relationships[type.Ordinal], field))) { IsOfRelationship = true }).ToImmutableArray(),
            StringComparer.Ordinal);
    }

    /// <summary>The relationships of a snapshot; judgements are none: they made it what it is.</summary>
    public ImmutableArray<RelationshipType> Relationships { get; }

    /// <summary>Every node type and interface, by name.</summary>
    public IEnumerable<SelectableType> All => types.Values.OrderBy(type => type.Name, StringComparer.Ordinal);

    /// <summary>A node type or interface.</summary>
    public SelectableType this[string name] => types[name];

    /// <summary>The fields of a relationship.</summary>
    public ImmutableArray<SelectableField> FieldsOf(RelationshipType type) => ofRelationships[type.Name];

    private SelectableType Made(string name, ImmutableArray<NodeType> nodes, DerivedFields derived)
    {
        var shared = nodes[0].Fields.Where(field => nodes.All(type =>
            type.FindField(field.Name) is { } other && other.Kind == field.Kind && other.Enum == field.Enum));
        return new SelectableType(
            name, nodes,
            [
                .. shared.Select(field => new SelectableField(
                    name, field, Strictest(nodes.Select(type => type.GetField(field.Name))),
                    scope => new(FieldValues.OfNodes(scope.View.Snapshot.Nodes, nodes, field)))),
                .. derived.Of(nodes).Select(field => field with { Owner = name }),
            ],
            derived.GroupsOf(nodes),
            [
                .. Relationships.Where(type => Leads(type.From)).Select(type => new SelectableRelation(ElementNames.FieldOf(type, true), type, true)),
                .. Relationships.Where(type => Leads(type.To)).Select(type => new SelectableRelation(ElementNames.FieldOf(type, false), type, false)),
            ])
        {
            SomeFields = [.. OfSome(name, nodes)],
        };

        bool Leads(string end) => nodes.All(type => type.Is(end));
    }

    /// <summary>The fields that some of several types have, where all that have one mean the same by it.</summary>
    private static IEnumerable<SelectableField> OfSome(string name, ImmutableArray<NodeType> nodes)
    {
        foreach (var fields in nodes.SelectMany(type => type.Fields).GroupBy(field => field.Name, StringComparer.Ordinal))
        {
            ImmutableArray<NodeType> having = [.. nodes.Where(type => type.FindField(fields.Key) is not null)];
            if (having.Length == nodes.Length || fields.DistinctBy(field => (field.Kind, field.Enum)).Count() > 1) continue;
            yield return new SelectableField(
                name, fields.First(), Strictest(fields),
                scope => new(FieldValues.OfNodes(scope.View.Snapshot.Nodes, having, fields.First(), areOthers: true)));
        }
    }

    /// <summary>Of fields that several types have under one name, the access of the one that is hardest to read.</summary>
    private static FieldAccess Strictest(IEnumerable<Field> fields) =>
        FieldAccess.Reads(fields.OrderByDescending(field => field.Level).ThenByDescending(field => field.Mask != MaskKind.None).First());
}
