using System.Collections.Immutable;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Server.Security;

/// <summary>
/// What a GraphQL field reads, stated where the field is built and enforced around its resolver. A schema with an
/// object field that states nothing does not start (<see cref="AccessEnforcement"/>).
/// </summary>
public sealed record FieldAccess
{
    private const string Key = "access";

    private FieldAccess()
    {
    }

    /// <summary>The level of what is read; null for a field that reads nothing of its own.</summary>
    public Sensitivity? Level { get; private init; }

    /// <summary>How the value looks to a viewer who gets it masked.</summary>
    public MaskKind Mask { get; private init; }

    /// <summary>The value is a sum over many subjects.</summary>
    public bool IsAggregate { get; private init; }

    /// <summary>Who may give the command; empty for a field that only reads.</summary>
    public ImmutableArray<Role> Commanders { get; private init; } = [];

    /// <summary>
    /// Whom the value is about, where that is not the <see cref="IAboutSubject"/> the field belongs to, such as the
    /// argument of a root field. A null answer means not known.
    /// </summary>
    public Func<IResolveFieldContext, string?>? Subject { get; init; }

    /// <summary>A field that only leads to others, each guarded itself: edges, node, page information.</summary>
    public static FieldAccess Structure { get; } = new();

    /// <summary>A field that reads data of one level.</summary>
    public static FieldAccess Reads(Sensitivity level, MaskKind mask = MaskKind.None) => new() { Level = level, Mask = mask };

    /// <summary>A field that reads a sum in which no single subject can be told apart.</summary>
    public static FieldAccess Aggregates(Sensitivity level) => new() { Level = level, IsAggregate = true };

    /// <summary>A mutation: only these roles may give it, and every one given is filed.</summary>
    public static FieldAccess Commands(params ImmutableArray<Role> roles) => new() { Commanders = roles };

    /// <summary>The access stated for a field, or null.</summary>
    public static FieldAccess? Of(FieldType field) => field.GetMetadata<FieldAccess?>(Key);

    internal void StateOn(IMetadataWriter field) => field.Metadata[Key] = this;
}

public static class FieldAccessExtensions
{
    /// <summary>States what a field reads; for a <see cref="FieldType"/> or a field builder.</summary>
    public static TField Access<TField>(this TField field, FieldAccess access) where TField : IMetadataWriter
    {
        access.StateOn(field);
        return field;
    }
}
