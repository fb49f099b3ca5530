using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Composition;

/// <summary>Short forms to state fields: name, type as in SDL, what it reads, what it means, how it is read.</summary>
internal static class Fields
{
    /// <summary>A field read from its source object.</summary>
    public static FieldType Of<TSource>(
        string name, string type, FieldAccess access, string description, Func<TSource, object?> read) =>
        Resolved(name, type, access, description, context => new ValueTask<object?>(read((TSource)context.Source!)));

    /// <summary>A field read from its source object and the request.</summary>
    public static FieldType Of<TSource>(
        string name, string type, FieldAccess access, string description, Func<TSource, IResolveFieldContext, object?> read,
        params QueryArgument[] arguments) =>
        Resolved(name, type, access, description, context => new ValueTask<object?>(read((TSource)context.Source!, context)), arguments);

    /// <summary>A field whose value takes time.</summary>
    public static FieldType Resolved(
        string name, string type, FieldAccess access, string description,
        Func<IResolveFieldContext, ValueTask<object?>> resolve, params QueryArgument[] arguments)
    {
        var field = TypeExpression.Field(name, type);
        field.Description = description;
        field.Arguments = arguments.Length == 0 ? null : new QueryArguments(arguments);
        field.Resolver = new FuncFieldResolver<object?>(resolve);
        return field.Access(access);
    }

    /// <summary>A field of an interface or input type, which is not resolved itself.</summary>
    public static FieldType Declared(string name, string type, string description)
    {
        var field = TypeExpression.Field(name, type);
        field.Description = description;
        return field;
    }

    /// <summary>An object type.</summary>
    public static ObjectGraphType Object(string name, string description, params IEnumerable<FieldType> fields)
    {
        var type = new ObjectGraphType { Name = name, Description = description };
        foreach (var field in fields) type.AddField(field);
        return type;
    }

    /// <summary>An input type.</summary>
    public static InputObjectGraphType Input(string name, string description, params IEnumerable<FieldType> fields)
    {
        var type = new InputObjectGraphType { Name = name, Description = description };
        foreach (var field in fields) type.AddField(field);
        return type;
    }

    /// <summary>An enumeration whose GraphQL names are given beside its values.</summary>
    public static EnumerationGraphType Enum<TValue>(
        string name, string description, params IEnumerable<(string Name, TValue Value, string Description)> values)
        where TValue : notnull
    {
        var type = new EnumerationGraphType { Name = name, Description = description };
        foreach (var (text, value, meaning) in values) type.Add(text, value, meaning);
        return type;
    }
}
