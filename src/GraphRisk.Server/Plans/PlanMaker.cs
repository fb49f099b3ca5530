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
        var collected = new Collected();
        Collect(type, selections.SelectMany(set => set.Selections), collected, 0);
        return new PlannedObject(type, [.. collected.Fields]);
    }

    /// <param name="type">The type of the object.</param>
    /// <param name="selections">What is asked of it.</param>
    /// <param name="collected">What was collected so far.</param>
    /// <param name="spread">Fragments spread so far on the way here; those spread inside other fragments are forgotten when these end, as the library forgets them.</param>
    private void Collect(IObjectGraphType type, IEnumerable<ASTNode> selections, Collected collected, int spread)
    {
        foreach (var selection in selections)
        {
            if (!IsAsked((IHasDirectivesNode)selection)) continue;
            switch (selection)
            {
                case GraphQLField field:
                    Add(type, field, collected);
                    break;
                case GraphQLInlineFragment inline when Fits(inline.TypeCondition, type):
                    Collect(type, inline.SelectionSet.Selections, collected, spread);
                    break;
                case GraphQLFragmentSpread named when !collected.IsSpread(named.FragmentName.Name.StringValue, spread):
                    collected.Spread(named.FragmentName.Name.StringValue, spread++);
                    var fragment = FragmentOf(named);
                    if (Fits(fragment.TypeCondition, type)) Collect(type, fragment.SelectionSet.Selections, collected, spread);
                    break;
            }
        }
    }

    private void Add(IObjectGraphType type, GraphQLField ast, Collected collected)
    {
        var name = (ast.Alias?.Name ?? ast.Name).StringValue;
        if (collected.Find(name) is { } planned) planned.IsMerged = true;
        else collected.Add(planned = Plan(type, name, ast));
        if (ast.SelectionSet is { } below && !planned.Selections.Contains(below)) planned.Selections.Add(below);
    }

    private PlannedField Plan(IObjectGraphType type, string name, GraphQLField ast)
    {
        var definition = ast.Name.Value == schema.TypeNameMetaFieldType.Name ? schema.TypeNameMetaFieldType : type.GetField(ast.Name.Value)!;
        return new PlannedField
        {
            Name = name,
            Lead = PlannedField.LeadOf(name),
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

    /// <summary>The fields of an object in the order of the answer, and the fragments they came from.</summary>
    private sealed class Collected
    {
        private readonly Dictionary<string, PlannedField> byName = new(StringComparer.Ordinal);
        private readonly List<string> spread = [];

        public List<PlannedField> Fields { get; } = [];

        public PlannedField? Find(string name) => byName.GetValueOrDefault(name);

        public void Add(PlannedField field)
        {
            byName.Add(field.Name, field);
            Fields.Add(field);
        }

        public bool IsSpread(string fragment, int among) => spread.IndexOf(fragment, 0, Math.Min(among, spread.Count)) >= 0;

        public void Spread(string fragment, int at)
        {
            if (at < spread.Count) spread[at] = fragment;
            else spread.Add(fragment);
        }
    }
}
