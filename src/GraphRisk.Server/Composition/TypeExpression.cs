using GraphQL.Types;
using GraphRisk.Server.Scalars;

namespace GraphRisk.Server.Composition;

/// <summary>
/// A GraphQL type written as in SDL: <c>Decimal!</c>, <c>[Company!]!</c>. Scalars stand for their classes, every other
/// name for the type registered under it, so that types may refer to each other in circles.
/// </summary>
internal static class TypeExpression
{
    private const string MostKey = "most";

    private static readonly Dictionary<string, Type> Scalars = new(StringComparer.Ordinal)
    {
        ["ID"] = typeof(IdGraphType),
        ["String"] = typeof(StringGraphType),
        ["Int"] = typeof(IntGraphType),
        ["Float"] = typeof(FloatGraphType),
        ["Boolean"] = typeof(BooleanGraphType),
        ["Decimal"] = typeof(DecimalType),
        ["Long"] = typeof(LongType),
        ["Date"] = typeof(DateType),
        ["DateTime"] = typeof(DateTimeType),
        ["AsOf"] = typeof(AsOfType),
    };

    /// <summary>A field of the type.</summary>
    public static FieldType Field(string name, string type) =>
        ClassOf(type) is { } scalar
            ? new FieldType { Name = name, Type = scalar }
            : new FieldType { Name = name, ResolvedType = Reference(type) };

    /// <summary>An argument of the type.</summary>
    public static QueryArgument Argument(string name, string type, string description) =>
        ClassOf(type) is { } scalar
            ? new QueryArgument(scalar) { Name = name, Description = description }
            : new QueryArgument(Reference(type)) { Name = name, Description = description };

    /// <summary>An argument <c>first</c> of a list that is no connection and never gives more.</summary>
    public static QueryArgument First(int most, string description)
    {
        var first = Argument("first", "Int", description);
        first.Metadata[MostKey] = most;
        return first;
    }

    /// <summary>The most that a list gives by its argument <c>first</c>; null where it has none, or no bound.</summary>
    public static int? MostOf(FieldType list) => list.Arguments?.Find("first") is { } first && first.Metadata.TryGetValue(MostKey, out var most) ? (int?)most : null;

    private static Type? ClassOf(string type)
    {
        if (type.EndsWith('!')) return ClassOf(type[..^1]) is { } inner ? typeof(NonNullGraphType<>).MakeGenericType(inner) : null;
        if (type.StartsWith('[')) return ClassOf(type[1..^1]) is { } item ? typeof(ListGraphType<>).MakeGenericType(item) : null;
        return Scalars.GetValueOrDefault(type);
    }

    private static IGraphType Reference(string type)
    {
        if (type.EndsWith('!')) return new NonNullGraphType(Reference(type[..^1]));
        return type.StartsWith('[') ? new ListGraphType(Reference(type[1..^1])) : new GraphQLTypeReference(type);
    }
}
