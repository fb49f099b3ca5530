using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;

namespace GraphRisk.Server.Plans;

/// <summary>What is asked of objects of one type: the fields of a selection, fragments written out and equal names put together, in the order of the answer.</summary>
/// <param name="Type">The type.</param>
/// <param name="Fields">The fields.</param>
internal sealed record PlannedObject(IObjectGraphType Type, PlannedField[] Fields)
{
    /// <summary>Whether all of them are read from columns of the snapshot, so that many rows are read at once.</summary>
    public bool IsStored { get; } = Fields.Length > 0 && Array.TrueForAll(Fields, field => field.Stored is not null);
}

/// <summary>One field of a selection.</summary>
internal sealed class PlannedField
{
    private readonly ConcurrentDictionary<IObjectGraphType, PlannedObject> below = new();

    /// <summary>Its name in the answer.</summary>
    public required string Name { get; init; }

    /// <summary>The same with what stands around it in JSON: a comma before, a colon after.</summary>
    public required byte[] Lead { get; init; }

    /// <summary>Where it stands in the document first.</summary>
    public required GraphQLField Ast { get; init; }

    public required FieldType Definition { get; init; }

    public required PlannedShape Shape { get; init; }

    /// <summary>Its arguments where the document gives none; null where it takes none.</summary>
    public IDictionary<string, ArgumentValue>? Defaults { get; init; }

    /// <summary>The column it is read from; null where a resolver has more to do than that.</summary>
    public StoredField? Stored { get; init; }

    /// <summary>What the values of an enumeration's column are in JSON, by their place among its names; null where it is not one or the value was not met yet.</summary>
    public NamedCode?[] Codes { get; } = new NamedCode?[byte.MaxValue + 1];

    /// <summary>Whether several places ask for it; its errors then name none of them, as the library has it.</summary>
    public bool IsMerged { get; set; }

    /// <summary>Selections below it, of all places that were put together.</summary>
    public List<GraphQLSelectionSet> Selections { get; } = [];

    /// <summary>What is asked of objects of a type it leads to; planned at the first of them.</summary>
    public PlannedObject Below(IObjectGraphType type, PlanMaker maker) =>
        below.TryGetValue(type, out var known) ? known : below.GetOrAdd(type, maker.ObjectOf(type, Selections));

    /// <summary>What stands in JSON before the value of a field of a name.</summary>
    public static byte[] LeadOf(string name) => [.. ",\""u8, .. JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, .. "\":"u8];
}

/// <summary>A value of an enumeration.</summary>
/// <param name="Json">As JSON has it.</param>
/// <param name="Characters">Characters of its name, which the budget counts.</param>
internal sealed record NamedCode(byte[] Json, int Characters);

/// <summary>What a field's value is made into: exactly one of scalar, object, abstract type and item is there.</summary>
/// <param name="Type">The type, for messages.</param>
/// <param name="IsRequired">It is never null.</param>
/// <param name="Scalar">Writes it.</param>
/// <param name="Object">The object's type.</param>
/// <param name="Abstract">Tells the object's type by its value.</param>
/// <param name="Item">What the items of the list are made into.</param>
internal sealed record PlannedShape(
    IGraphType Type, bool IsRequired, ScalarGraphType? Scalar, IObjectGraphType? Object, IAbstractGraphType? Abstract, PlannedShape? Item)
{
    public static PlannedShape Of(IGraphType type)
    {
        var inner = type is NonNullGraphType required ? required.ResolvedType! : type;
        return new PlannedShape(
            type, inner != type, inner as ScalarGraphType, inner as IObjectGraphType, inner as IAbstractGraphType,
            inner is ListGraphType list ? Of(list.ResolvedType!) : null);
    }
}
