using GraphQL.Types;
using GraphQL.Utilities;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Plans;

/// <summary>
/// A GraphQL field that only reads a column of the snapshot: what is decided of it, charged for it and filed of it does not depend on a resolver,
/// so it can be read for many rows at once. Stated where the field is made, and completed when its schema is guarded.
/// </summary>
/// <param name="Owner">The node type whose column it is.</param>
/// <param name="Field">The field of <c>graph-schema/</c>, which holds one value.</param>
/// <param name="Access">What reading it needs.</param>
/// <param name="Kind">The kind of its value.</param>
/// <param name="FullName">The field as <c>Type.field</c>.</param>
internal sealed record StoredField(NodeType Owner, Field Field, FieldAccess Access, ValueKind Kind, string FullName)
{
    private const string Key = "stored";

    /// <summary>States that a field reads a column.</summary>
    public static FieldType On(FieldType field, NodeType owner, Field read)
    {
        if (read.Kind != FieldKind.StringList) field.Metadata[Key] = (owner, read);
        return field;
    }

    /// <summary>The column a field of a type reads; null where it reads none.</summary>
    public static StoredField? Of(IObjectGraphType type, FieldType field) =>
        field.Metadata.TryGetValue(Key, out var read) && FieldAccess.Of(field) is { Act: Act.Read, Level: not null, IsAggregate: false, Subject: null, Scope: null } access
            && read is (NodeType owner, Field column)
            ? new StoredField(owner, column, access, AccessEnforcement.KindOf(field, access), $"{type.Name}.{field.Name}")
            : null;
}
