using System.Collections.Immutable;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Selection;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Selection;

/// <summary>A field by which rows can be filtered, ordered, grouped and summed.</summary>
/// <param name="Owner">GraphQL type the field is read from, for messages and the audit trail.</param>
/// <param name="Field">Name, kind and meaning.</param>
/// <param name="Access">What reading it needs.</param>
/// <param name="ReadAsync">Its values over a view, as they are.</param>
internal sealed record SelectableField(string Owner, Field Field, FieldAccess Access, Func<SelectionScope, ValueTask<Values>> ReadAsync)
{
    public string Name => Field.Name;

    /// <summary>The field as <c>Type.field</c>.</summary>
    public string FullName => $"{Owner}.{Field.Name}";

    /// <summary>Whether it has sums and means.</summary>
    public bool IsNumber => Field.Kind is FieldKind.Decimal or FieldKind.Integer;

    /// <summary>Whether it has an order.</summary>
    public bool HasOrder => Field.Kind != FieldKind.StringList;

    /// <summary>Whether it is a relationship's own, and not a node's.</summary>
    public bool IsOfRelationship { get; init; }

    /// <summary>Whether rows can be put together by it; by a masked day, too, which is read to the year.</summary>
    public bool Groups => Field.Kind is not (FieldKind.Decimal or FieldKind.StringList)
        && (Field.Kind == FieldKind.Date || Access.Kind is not (ValueKind.Identity or ValueKind.Name or ValueKind.Text));
}

/// <summary>Fields read through a field of their own, such as those of <c>creditScore</c>.</summary>
/// <param name="Name">The field that leads to them.</param>
/// <param name="TypeName">Their GraphQL type.</param>
/// <param name="Description">What they are.</param>
/// <param name="Fields">The fields.</param>
/// <param name="Prefix">What stands before their names where these stand alone; empty where they are clear by themselves.</param>
internal sealed record SelectableGroup(string Name, string TypeName, string Description, ImmutableArray<SelectableField> Fields, string Prefix = "")
{
    /// <summary>Name of one of the fields where it stands beside those of the type itself: <c>grade</c>, <c>marketFactsContracts</c>.</summary>
    public string Alone(SelectableField field) => Prefix.Length == 0 ? field.Name : Prefix + char.ToUpperInvariant(field.Name[0]) + field.Name[1..];
}

/// <summary>A relationship by which rows can be filtered.</summary>
/// <param name="Name">The field that follows it.</param>
/// <param name="Type">The relationship.</param>
/// <param name="FromStart">It is followed from where it starts.</param>
internal sealed record SelectableRelation(string Name, RelationshipType Type, bool FromStart)
{
    /// <summary>Node type or interface at the other end.</summary>
    public string Far => FromStart ? Type.To : Type.From;

    /// <summary>What the names of its types begin with.</summary>
    public string TypeName => Nodes.ElementNames.TypeOf(Type, FromStart);
}

/// <summary>A node type or interface whose nodes can be selected.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Types">The node types of its nodes.</param>
/// <param name="Fields">Its own fields and those derived for it.</param>
/// <param name="Groups">Fields read through another.</param>
/// <param name="Relations">Relationships from and to it.</param>
internal sealed record SelectableType(
    string Name, ImmutableArray<NodeType> Types, ImmutableArray<SelectableField> Fields, ImmutableArray<SelectableGroup> Groups,
    ImmutableArray<SelectableRelation> Relations)
{
    /// <summary>Whether nodes of several types are among its nodes.</summary>
    public bool IsInterface => Types.Length != 1 || Types[0].Name != Name;

    /// <summary>The same name in the plural, as a field: <c>companies</c>, <c>penalties</c>.</summary>
    public string Plural
    {
        get
        {
            var name = char.ToLowerInvariant(Name[0]) + Name[1..];
            return name switch
            {
                [.., 'y'] when !"aeiou".Contains(name[^2], StringComparison.Ordinal) => name[..^1] + "ies",
                [.., 's' or 'x'] or [.., 'c' or 's', 'h'] => name + "es",
                _ => name + "s",
            };
        }
    }

    /// <summary>Fields that some of its node types have and others do not: nodes of the others have no value.</summary>
    public ImmutableArray<SelectableField> SomeFields { get; init; } = [];

    /// <summary>Every field.</summary>
    public IEnumerable<SelectableField> AllFields => Fields.Concat(Groups.SelectMany(group => group.Fields));

    /// <summary>Every field under a name of its own.</summary>
    public IEnumerable<(string Name, SelectableField Field)> NamedFields =>
        Fields.Select(one => (one.Name, one)).Concat(Groups.SelectMany(group => group.Fields.Select(one => (group.Alone(one), one))));

    /// <summary>The node types under the names of fields of a filter: <c>company</c>.</summary>
    public IEnumerable<(string Name, NodeType Type)> Variants =>
        IsInterface ? Types.Select(type => (char.ToLowerInvariant(type.Name[0]) + type.Name[1..], type)) : [];
}
