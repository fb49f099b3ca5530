using System.Text.RegularExpressions;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Utilities;
using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;

namespace GraphRisk.Server.Selection;

/// <summary>
/// Which fields an input has where one was named that it has not, such as <c>listings: { some: { kind: … } }</c> for <c>some: { node: { kind: … } }</c>: those of like
/// names, else all of a short input.
/// </summary>
internal static partial class UnknownFields
{
    private const int MostNamed = 8;

    /// <summary>What an error's inputs have; nothing where it is about something else.</summary>
    public static IEnumerable<string> HintsOf(ValidationError error, IExecutionContext context)
    {
        if (OfVariable().Match(error.Message) is { Success: true } variable)
        {
            if (context.Schema.AllTypes[variable.Groups["type"].Value] is IInputObjectGraphType named && Told(named, variable.Groups["field"].Value) is { } hint) yield return hint;
            yield break;
        }

        if (!error.Message.Contains("Unknown field.", StringComparison.Ordinal) || error.Nodes.OfType<GraphQLArgument>().FirstOrDefault() is not { } argument) yield break;
        var type = TypeOf(argument, context);
        foreach (var field in Steps().Matches(error.Message).Select(match => match.Groups["field"].Value))
        {
            if (type is not IInputObjectGraphType input) yield break;
            if (input.Fields.Find(field) is { } known) type = known.ResolvedType?.GetNamedType();
            else if (Told(input, field) is { } hint) yield return hint;
        }
    }

    private static string? Told(IInputObjectGraphType input, string field)
    {
        var names = input.Fields.Select(known => known.Name).ToList();
        var close = StringUtils.SuggestionList(field, names).Take(MostNamed).ToList();
        if (input.Fields.Find("node")?.ResolvedType?.GetNamedType() is IInputObjectGraphType node && node.Fields.Find(field) is not null)
            return $"{input.Name} has no '{field}', but the node it leads to has: write node: {{ {field}: … }}.";
        return close.Count > 0 ? $"{input.Name} has no '{field}'. Did you mean {string.Join(", ", close)}?"
            : names.Count <= MostNamed ? $"{input.Name} has no '{field}', but {string.Join(", ", names)}."
            : null;
    }

    /// <summary>The type of an argument of the document.</summary>
    private static IGraphType? TypeOf(GraphQLArgument argument, IExecutionContext context)
    {
        foreach (var definition in context.Document.Definitions)
        {
            var (selections, type) = definition switch
            {
                GraphQLOperationDefinition { Operation: OperationType.Mutation } mutation => (mutation.SelectionSet, (IGraphType?)context.Schema.Mutation),
                GraphQLOperationDefinition operation => (operation.SelectionSet, context.Schema.Query),
                GraphQLFragmentDefinition fragment => (fragment.SelectionSet, context.Schema.AllTypes[fragment.TypeCondition.Type.Name]),
                _ => default,
            };
            if (selections is not null && Find(selections, type, argument, context.Schema) is { } found) return found;
        }

        return null;
    }

    private static IGraphType? Find(GraphQLSelectionSet selections, IGraphType? type, GraphQLArgument argument, ISchema schema)
    {
        foreach (var selection in selections.Selections)
        {
            var (below, belowType) = ((GraphQLSelectionSet?)null, type);
            if (selection is GraphQLField field)
            {
                var known = (type as IComplexGraphType)?.Fields.Find(field.Name);
                if (field.Arguments?.Contains(argument) == true) return known?.Arguments?.Find(argument.Name)?.ResolvedType?.GetNamedType();
                (below, belowType) = (field.SelectionSet, known?.ResolvedType?.GetNamedType());
            }
            else if (selection is GraphQLInlineFragment inline)
            {
                (below, belowType) = (inline.SelectionSet, inline.TypeCondition is { } condition ? schema.AllTypes[condition.Type.Name] : type);
            }

            if (below is not null && Find(below, belowType, argument, schema) is { } found) return found;
        }

        return null;
    }

    [GeneratedRegex(@"In field '(?<field>\w+)'")]
    private static partial Regex Steps();

    [GeneratedRegex(@"Unrecognized input fields '(?<field>\w+)'.* for type '(?<type>\w+)'")]
    private static partial Regex OfVariable();
}
