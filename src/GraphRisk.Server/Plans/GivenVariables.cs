using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace GraphRisk.Server.Plans;

/// <summary>
/// Variables of a prepared document that are read without walking it again: all of them are texts, ids, whole numbers or truth values, and each stands in the
/// document as a whole argument. What is given otherwise, or not at all, is left to the library, which also words what is wrong with it.
/// Immutable; it holds nothing of any question.
/// </summary>
internal sealed class GivenVariables
{
    private readonly (string Name, GraphQLVariableDefinition Definition, Type Kind)[] variables;
    private readonly Dictionary<GraphQLField, IDictionary<string, ArgumentValue>> constant;
    private readonly (GraphQLField Field, (string Argument, int Variable)[] Places)[] filled;

    private GivenVariables(
        (string Name, GraphQLVariableDefinition Definition, Type Kind)[] variables, Dictionary<GraphQLField, IDictionary<string, ArgumentValue>> constant,
        (GraphQLField Field, (string Argument, int Variable)[] Places)[] filled) => (this.variables, this.constant, this.filled) = (variables, constant, filled);

    /// <summary>How the variables of a valid document are read; null where only the library can.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="arguments">What the library made of the document's arguments for some variables.</param>
    /// <param name="given">Those variables.</param>
    /// <param name="isSpread">Whether a variable is a part of an argument, or decides whether a field is asked for, of which the library then makes nothing.</param>
    public static GivenVariables? Of(
        ISchema schema, GraphQLOperationDefinition operation, IReadOnlyDictionary<GraphQLField, IDictionary<string, ArgumentValue>>? arguments, Variables? given, bool isSpread)
    {
        if (isSpread || given is null || operation.Variables is not { Count: > 0 } definitions) return null;
        var variables = new (string Name, GraphQLVariableDefinition Definition, Type Kind)[definitions.Count];
        for (var at = 0; at < variables.Length; at++)
        {
            var definition = definitions.Items[at];
            if (KindOf(schema, definition.Type) is not { } kind || definition.Directives is { Count: > 0 }) return null;
            variables[at] = (definition.Variable.Name.StringValue, definition, kind);
        }

        var (constant, filled) = (new Dictionary<GraphQLField, IDictionary<string, ArgumentValue>>(), new List<(GraphQLField, (string, int)[])>());
        foreach (var (field, values) in arguments ?? new Dictionary<GraphQLField, IDictionary<string, ArgumentValue>>())
        {
            var (kept, places) = (new Dictionary<string, ArgumentValue>(values), new List<(string, int)>());
            foreach (var argument in field.Arguments?.Items ?? [])
            {
                if (argument.Value is not GraphQLVariable variable) continue;
                var name = argument.Name.StringValue;
                var number = Array.FindIndex(variables, one => one.Name == variable.Name.StringValue);

                // An argument that makes something else of what it is given is the library's.
                if (number < 0 || !IsWhole(given, variables[number].Name, values, name)) return null;
                kept[name] = ArgumentValue.NullVariable;
                places.Add((name, number));
            }

            constant.Add(field, kept);
            if (places.Count > 0) filled.Add((field, [.. places]));
        }

        return new GivenVariables(variables, constant, [.. filled]);
    }

    /// <summary>Reads the variables of a question; false where the library has to.</summary>
    /// <param name="given">What was sent.</param>
    /// <param name="read">The variables.</param>
    /// <param name="arguments">What the document's fields are given.</param>
    public bool TryRead(Inputs? given, out Variables? read, out IReadOnlyDictionary<GraphQLField, IDictionary<string, ArgumentValue>>? arguments)
    {
        (read, arguments) = (null, null);
        var values = new ArgumentValue[variables.Length];
        var made = new Variables();
        for (var at = 0; at < values.Length; at++)
        {
            var (name, definition, kind) = variables[at];
            if (given is null || !given.TryGetValue(name, out var value) || value?.GetType() != kind) return false;
            values[at] = new ArgumentValue(value, ArgumentSource.Variable);
            made.Add(new Variable(name, definition) { Value = value });
        }

        var all = new Dictionary<GraphQLField, IDictionary<string, ArgumentValue>>(constant);
        foreach (var (field, places) in filled)
        {
            var own = new Dictionary<string, ArgumentValue>((Dictionary<string, ArgumentValue>)constant[field]);
            foreach (var (argument, variable) in places) own[argument] = values[variable];
            all[field] = own;
        }

        (read, arguments) = (made, all);
        return true;
    }

    private static bool IsWhole(Variables given, string variable, IDictionary<string, ArgumentValue> values, string argument) =>
        given.ValueFor(variable, out var value) && values.TryGetValue(argument, out var made)
        && made.Source == ArgumentSource.Variable && value.Source == ArgumentSource.Variable && Equals(made.Value, value.Value);

    /// <summary>What a value of a type is as it comes, where the library takes it as it is; null for other types.</summary>
    private static Type? KindOf(ISchema schema, GraphQLType type)
    {
        var inner = type is GraphQLNonNullType required ? required.Type : type;
        var made = inner is GraphQLNamedType named ? schema.AllTypes[named.Name.StringValue]?.GetType() : null;
        return made == typeof(IdGraphType) || made == typeof(StringGraphType) ? typeof(string)
            : made == typeof(IntGraphType) ? typeof(int)
            : made == typeof(BooleanGraphType) ? typeof(bool) : null;
    }
}
