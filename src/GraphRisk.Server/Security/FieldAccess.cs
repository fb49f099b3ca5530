using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Schema;
using GraphRisk.Workflow.Authorisations;

namespace GraphRisk.Server.Security;

/// <summary>
/// What a GraphQL field reads, stated where the field is built and enforced around its resolver. A schema with an
/// object field that states nothing does not start (<see cref="AccessEnforcement"/>).
/// </summary>
public sealed record FieldAccess
{
    private const string Key = "access";
    private const string FiguresKey = "figures";
    private const string LooksKey = "looks";

    private FieldAccess()
    {
    }

    /// <summary>What the field asks of the platform: to read, or the command it is.</summary>
    public Act Act { get; private init; }

    /// <summary>The level of what is read; null for a field that reads nothing of its own.</summary>
    public Sensitivity? Level { get; private init; }

    /// <summary>How the value looks to a viewer who gets it masked.</summary>
    public MaskKind Mask { get; private init; }

    /// <summary>The kind of the value; null where the field's GraphQL type says it.</summary>
    public ValueKind? Kind { get; private init; }

    /// <summary>What the client must have authorised before its broker reads it; null for what a broker reads of every client.</summary>
    public AuthorisationScope? Scope { get; private init; }

    /// <summary>The value is a sum over many subjects.</summary>
    public bool IsAggregate { get; private init; }

    /// <summary>
    /// Whom the value is about, where that is not the <see cref="IAboutSubject"/> the field belongs to, such as the
    /// argument of a root field. A null answer means not known.
    /// </summary>
    public Func<IResolveFieldContext, string?>? Subject { get; init; }

    /// <summary>A field that only leads to others, each guarded itself: edges, node, page information.</summary>
    public static FieldAccess Structure { get; } = new();

    /// <summary>A field that reads data of one level.</summary>
    public static FieldAccess Reads(Sensitivity level, MaskKind mask = MaskKind.None) =>
        new() { Level = level, Mask = mask, Kind = mask == MaskKind.None ? null : KindOf(mask) };

    /// <summary>A field that reads what <c>graph-schema/</c> states.</summary>
    public static FieldAccess Reads(Field field) => Reads(field.Level, field.Mask) with { Kind = KindOf(field) };

    /// <summary>A field that reads a sum in which no single subject can be told apart.</summary>
    public static FieldAccess Aggregates(Sensitivity level) => new() { Level = level, IsAggregate = true };

    /// <summary>A mutation: only those to whom the table opens the act may give it, and every one given is filed.</summary>
    public static FieldAccess Commands(Act act) => new() { Act = act };

    /// <summary>The same, read by a broker of its client only while the client's authorisation is in force.</summary>
    public FieldAccess Needs(AuthorisationScope scope) => this with { Scope = scope };

    /// <summary>The same, with a value of a kind that its GraphQL type does not say.</summary>
    public FieldAccess As(ValueKind kind) => this with { Kind = kind };

    /// <summary>The kind of what a field of <c>graph-schema/</c> holds.</summary>
    public static ValueKind KindOf(Field field) =>
        field.Mask != MaskKind.None ? KindOf(field.Mask) : field.Kind == FieldKind.Decimal ? ValueKind.Amount : ValueKind.Other;

    /// <summary>The access stated for a field, or null.</summary>
    public static FieldAccess? Of(FieldType field) => field.GetMetadata<FieldAccess?>(Key);

    /// <summary>The access of the values that a field gives figures over; null for other fields.</summary>
    public static FieldAccess? OfFigures(FieldType field) => field.GetMetadata<FieldAccess?>(FiguresKey);

    /// <summary>States that a field gives figures over values, each taken as the viewer reads it.</summary>
    public static FieldType WithFigures(FieldType field, FieldAccess values)
    {
        field.Metadata[FiguresKey] = values;
        return field;
    }

    /// <summary>The access of the values that a field shows as their own fields would; empty for other fields.</summary>
    public static IReadOnlyList<FieldAccess> OfLooks(FieldType field) => field.GetMetadata<IReadOnlyList<FieldAccess>?>(LooksKey) ?? [];

    /// <summary>States that a field shows values of other fields, one or the other by row, each as that field would, and none where it would be refused.</summary>
    public static FieldType WithLooks(FieldType field, IReadOnlyList<FieldAccess> values)
    {
        field.Metadata[LooksKey] = values;
        return field;
    }

    internal void StateOn(IMetadataWriter field) => field.Metadata[Key] = this;

    private static ValueKind KindOf(MaskKind mask) => mask switch
    {
        MaskKind.Text or MaskKind.Reasons => ValueKind.Text,
        MaskKind.Name => ValueKind.Name,
        _ => ValueKind.Identity,
    };
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
