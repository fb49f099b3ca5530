using System.Collections.Immutable;
using GraphQL.Types;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Selection;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;

namespace GraphRisk.Server.Selection;

/// <summary>One way to compare a field: its name, the type of what it is compared with, and the condition it makes.</summary>
/// <param name="Name">Name in a filter.</param>
/// <param name="Type">Type of the given value; <c>*</c> stands for the field's own.</param>
/// <param name="Description">What it asks.</param>
/// <param name="Make">The condition; the given value is never null.</param>
internal sealed record FieldOperator(string Name, string Type, string Description, Func<Values, object, Condition> Make);

/// <summary>The operators of each kind of field, as one table; the names are those of the query languages of graph databases.</summary>
internal static class FieldOperators
{
    private static readonly FieldOperator[] Equality =
    [
        new("eq", "*", "It is this.", (values, given) => Condition.In(values, [Value(values, given)])),
        new("ne", "*", "It is known and not this.", (values, given) => Condition.Not(Condition.In(values, [Value(values, given)]))),
        new("in", "[*!]", "It is one of these.", (values, given) => Condition.In(values, List(values, given))),
        new("notIn", "[*!]", "It is known and none of these.", (values, given) => Condition.Not(Condition.In(values, List(values, given)))),
    ];

    private static readonly FieldOperator[] Order =
    [
        new("lt", "*", "It is less.", (values, given) => Condition.Between(values, null, new Bound(Value(values, given), false))),
        new("lte", "*", "It is less or equal.", (values, given) => Condition.Between(values, null, new Bound(Value(values, given), true))),
        new("gt", "*", "It is greater.", (values, given) => Condition.Between(values, new Bound(Value(values, given), false), null)),
        new("gte", "*", "It is greater or equal.", (values, given) => Condition.Between(values, new Bound(Value(values, given), true), null)),
        new("between", "[*!]", "It lies between two values, both included.", (values, given) => List(values, given) is [var low, var high]
            ? Condition.Between(values, new Bound(low, true), new Bound(high, true))
            : throw Problem.BadInput("between", "takes two values, the lower and the upper.")),
    ];

    private static readonly FieldOperator[] Ranks =
    [
        Order[0] with { Description = "It comes before this in the order of the enumeration." },
        Order[1] with { Description = "It comes before this or is this." },
        Order[2] with { Description = "It comes after this in the order of the enumeration." },
        Order[3] with { Description = "It comes after this or is this." },
        Order[4],
    ];

    private static readonly FieldOperator[] Texts =
    [
        new("contains", "String", "The text contains this, letter by letter; 'search' finds spellings.", (values, given) => Condition.Like((TextValues)values, TextPlace.Anywhere, (string)given)),
        new("startsWith", "String", "The text begins with this.", (values, given) => Condition.Like((TextValues)values, TextPlace.Beginning, (string)given)),
        new("endsWith", "String", "The text ends with this.", (values, given) => Condition.Like((TextValues)values, TextPlace.End, (string)given)),
    ];

    private static readonly FieldOperator[] Lists =
    [
        new("has", "String", "The list has this.", (values, given) => Condition.Has((TextListValues)values, [(string)given], all: true)),
        new("hasAny", "[String!]", "The list has one of these.", (values, given) => Condition.Has((TextListValues)values, Strings(given), all: false)),
        new("hasAll", "[String!]", "The list has each of these.", (values, given) => Condition.Has((TextListValues)values, Strings(given), all: true)),
    ];

    private static readonly FieldOperator Null = new("isNull", "Boolean", "True: no source states it. False: one does.", (values, given) => Condition.IsNull(values, (bool)given));

    /// <summary>The operators of a field.</summary>
    public static ImmutableArray<FieldOperator> Of(Field field) => field.Kind switch
    {
        FieldKind.StringList => [.. Lists, Null],
        FieldKind.Boolean => [.. Equality.Take(2), Null],
        FieldKind.Enum => [.. Equality, .. field.Enum!.IsOrdered ? Ranks : [], Null],
        FieldKind.String => [.. Equality, .. Order, .. Texts, Null],
        _ => [.. Equality, .. Order, Null],
    };

    /// <summary>Name of the filter of a field.</summary>
    public static string FilterOf(Field field) => field.Kind == FieldKind.StringList ? "StringListFilter" : $"{ElementFields.TypeOf(field)}Filter";

    /// <summary>The filter of a kind of field.</summary>
    public static InputObjectGraphType Filter(Field field)
    {
        var own = field.Kind == FieldKind.StringList ? "String" : ElementFields.TypeOf(field);
        return Fields.Input(
            FilterOf(field), $"An object such as {{ {Of(field)[0].Name}: … }}; all that is given has to hold. A value that is not known, or that you may not read, fulfils no condition on it.",
            Of(field).Select(one => Fields.Declared(one.Name, one.Type.Replace("*", own, StringComparison.Ordinal), one.Description)));
    }

    /// <summary>A value of an argument as the graph holds it.</summary>
    private static PropertyValue Value(Values values, object given) => values.Field.Kind switch
    {
        FieldKind.Decimal => PropertyValue.Of(Convert.ToDecimal(given, System.Globalization.CultureInfo.InvariantCulture)),
        FieldKind.Integer => PropertyValue.Of(Convert.ToInt64(given, System.Globalization.CultureInfo.InvariantCulture)),
        FieldKind.Boolean => PropertyValue.Of((bool)given),
        FieldKind.Date => PropertyValue.Of((DateOnly)given),
        FieldKind.DateTime => PropertyValue.Of((DateTimeOffset)given),
        FieldKind.Enum => PropertyValue.OfEnum((string)given),
        _ => PropertyValue.Of((string)given),
    };

    private static List<PropertyValue> List(Values values, object given) =>
        [.. ((System.Collections.IEnumerable)given).Cast<object>().Select(one => Value(values, one))];

    private static List<string> Strings(object given) => [.. ((System.Collections.IEnumerable)given).Cast<string>()];
}
