using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;

namespace GraphRisk.Server.Plans;

/// <summary>
/// Plans the selections of one operation as the specification collects fields (section 6.3.2): fragments that fit the type are written out, fields of one
/// name in the answer are put together under the first of them. Which selections are skipped is decided before, by the values of the
/// variables their directives name. Thread-safe.
/// </summary>
/// <param name="schema">The guarded schema.</param>
/// <param name="document">A valid document.</param>
/// <param name="isOn">Variables that <c>@skip</c> and <c>@include</c> name, with their values.</param>
internal sealed class PlanMaker(ISchema schema, GraphQLDocument document, IReadOnlyDictionary<string, bool> isOn)
{
    public ISchema Schema => schema;

    public PlannedObject ObjectOf(IObjectGraphType type, IReadOnlyList<GraphQLSelectionSet> selections)
    {
        var fields = new List<PlannedField>();
        var byName = new Dictionary<string, PlannedField>(StringComparer.Ordinal);
        var spread = new HashSet<string>(StringComparer.Ordinal);
        foreach (var set in selections) Collect(type, set, fields, byName, spread);
        return new PlannedObject(type, [.. fields]);
    }

    private void Collect(
        IObjectGraphType type, GraphQLSelectionSet set, List<PlannedField> fields, Dictionary<string, PlannedField> byName, HashSet<string> spread)
    {
        foreach (var selection in set.Selections)
        {
            if (!IsAsked((IHasDirectivesNode)selection)) continue;
            switch (selection)
            {
                case GraphQLField field:
                    Add(type, field, fields, byName);
                    break;
                case GraphQLInlineFragment inline when Fits(inline.TypeCondition, type):
                    Collect(type, inline.SelectionSet, fields, byName, spread);
                    break;
                case GraphQLFragmentSpread named when spread.Add(named.FragmentName.Name.StringValue):
                    var fragment = FragmentOf(named);
                    if (Fits(fragment.TypeCondition, type)) Collect(type, fragment.SelectionSet, fields, byName, spread);
                    break;
            }
        }
    }

    private void Add(IObjectGraphType type, GraphQLField ast, List<PlannedField> fields, Dictionary<string, PlannedField> byName)
    {
        var name = (ast.Alias?.Name ?? ast.Name).StringValue;
        if (!byName.TryGetValue(name, out var planned))
        {
            byName.Add(name, planned = Plan(type, name, ast));
            fields.Add(planned);
        }

        if (ast.SelectionSet is { } below && !planned.Selections.Contains(below)) planned.Selections.Add(below);
    }

    private PlannedField Plan(IObjectGraphType type, string name, GraphQLField ast)
    {
        var definition = ast.Name.Value == schema.TypeNameMetaFieldType.Name ? schema.TypeNameMetaFieldType : type.GetField(ast.Name.Value)!;
        return new PlannedField
        {
            Name = name,
            Key = PlannedField.Encode(name),
            Ast = ast,
            Definition = definition,
            Shape = PlannedShape.Of(definition.ResolvedType!),
            Defaults = ExecutionHelper.GetArguments(definition.Arguments, null, null, document, ast, null),
            Stored = StoredField.Of(type, definition),
        };
    }

    private bool IsAsked(IHasDirectivesNode node)
    {
        if (node.Directives is not { } directives) return true;
        foreach (var directive in directives)
        {
            var condition = directive.Arguments![0].Value;
            var holds = condition is GraphQLVariable variable ? isOn[variable.Name.StringValue] : ((GraphQLBooleanValue)condition).BoolValue;
            if (holds == (directive.Name.StringValue == "skip")) return false;
        }

        return true;
    }

    private GraphQLFragmentDefinition FragmentOf(GraphQLFragmentSpread spread) =>
        document.Definitions.OfType<GraphQLFragmentDefinition>().First(fragment => fragment.FragmentName.Name.Value == spread.FragmentName.Name.Value);

    private bool Fits(GraphQLTypeCondition? condition, IObjectGraphType type) => condition is null || schema.AllTypes[condition.Type.Name] switch
    {
        IObjectGraphType only => only == type,
        IAbstractGraphType several => several.IsPossibleType(type),
        _ => false,
    };
}
