using System.Globalization;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Budget;

/// <summary>
/// The worst case of a question before anything is resolved, from the query, its variables and what is known of the
/// schema's fields: pages hold what <c>first</c> or <c>last</c> say, lists what <see cref="FieldCosts"/> says, and what is
/// nested is multiplied. A question whose worst case is far above its limits is refused, with the field that makes it so
/// and the page size that would pass; the number of instants it names is exact, and bounded as such.
/// <para>
/// Fragments are walked where they are spread: the guard has bounded the fields of the query so written out, so the walk
/// is linear in what it let through. Fragments on several types are all counted, which can only overstate.
/// </para>
/// </summary>
internal sealed class QuestionEstimate
{
    private const string AsOf = "asOf";
    private const string KnownAt = "knownAt";
    private const string First = "first";
    private const string Last = "last";

    private static readonly CostUnit[] Bounded = [CostUnit.Rows, CostUnit.Fields, CostUnit.Work];

    private readonly ISchema schema;
    private readonly IReadOnlyDictionary<GraphQLField, IDictionary<string, ArgumentValue>>? argumentsOf;
    private readonly Dictionary<string, GraphQLFragmentDefinition> fragments = new(StringComparer.Ordinal);
    private readonly HashSet<(object?, object?)> instants = [];
    private readonly double[] total = new double[CostUnits.Table.Length];
    private readonly double[] usual = new double[CostUnits.Table.Length];
    private readonly (double Cost, string Field, Place? Place)[] largest = new (double, string, Place?)[CostUnits.Table.Length];

    private ListLengths? usualItems;
    private List<ExplainedField>? fields;

    private QuestionEstimate(ISchema schema, GraphQLDocument document, IReadOnlyDictionary<GraphQLField, IDictionary<string, ArgumentValue>>? argumentsOf)
    {
        (this.schema, this.argumentsOf) = (schema, argumentsOf);
        foreach (var definition in document.Definitions)
            if (definition is GraphQLFragmentDefinition fragment) fragments[fragment.FragmentName.Name.StringValue] = fragment;
    }

    /// <summary>Refuses a hopeless question.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="document">The document, valid.</param>
    /// <param name="operation">The operation to run.</param>
    /// <param name="argumentsOf">What its fields are given, variables read.</param>
    /// <param name="limits">What it may spend.</param>
    /// <param name="leeway">How far its worst case may be above that.</param>
    /// <exception cref="TypedError">Its worst case is farther above it, or it names more instants.</exception>
    public static void Check(
        ISchema schema, GraphQLDocument document, GraphQLOperationDefinition operation,
        IReadOnlyDictionary<GraphQLField, IDictionary<string, ArgumentValue>>? argumentsOf, QuestionLimits limits, int leeway)
    {
        var estimate = new QuestionEstimate(schema, document, argumentsOf);
        estimate.Walk(operation);
        if (estimate.Refusal(limits, leeway) is { } refusal) throw refusal;
    }

    /// <summary>Whether the worst case of a question depends on what an argument of this name is given.</summary>
    public static bool DependsOn(string argument) => argument is AsOf or KnownAt or First or Last;

    /// <summary>What a question would touch: its worst case as <see cref="Check"/> has it, and what is usual where lists are as long as they are on average.</summary>
    /// <param name="context">The question, valid, its variables read.</param>
    /// <param name="limits">What it may spend.</param>
    /// <param name="leeway">How far its worst case may be above that.</param>
    /// <param name="usualItems">How long lists are; null where the asker may not know.</param>
    public static QuestionExplanation Explain(IExecutionContext context, QuestionLimits limits, int leeway, ListLengths? usualItems)
    {
        var estimate = new QuestionEstimate(context.Schema, context.Document, context.ArgumentValues) { usualItems = usualItems, fields = [] };
        estimate.Walk(context.Operation);
        return new QuestionExplanation(
            estimate.Refusal(limits, leeway)?.Message, estimate.instants.Count, leeway,
            [.. Bounded.Select(unit => new ExplainedUnit(unit, estimate.total[(int)unit], estimate.usual[(int)unit], limits[unit]))], estimate.fields, usualItems is not null);
    }

    private void Walk(GraphQLOperationDefinition operation) => Walk(
        operation.SelectionSet,
        (operation.Operation switch
        {
            OperationType.Mutation => schema.Mutation,
            OperationType.Subscription => schema.Subscription,
            _ => schema.Query,
        })!,
        Often.Once, default, null);

    private TypedError? Refusal(QuestionLimits limits, int leeway)
    {
        if (instants.Count > limits.Instants) return Problem.TooManyInstants(instants.Count, limits.Instants);
        var worst = Bounded.MaxBy(unit => total[(int)unit] / limits[unit]);
        return total[(int)worst] > (double)limits[worst] * leeway ? Refusal(worst, limits[worst], leeway) : null;
    }

    /// <param name="set">Selections.</param>
    /// <param name="type">The type they are made on.</param>
    /// <param name="times">How often.</param>
    /// <param name="page">Items of the page that <paramref name="type"/> is; 0 where it is none.</param>
    /// <param name="place">Where they stand in the answer.</param>
    private void Walk(GraphQLSelectionSet? set, IGraphType type, Often times, Often page, Place? place)
    {
        foreach (var selection in set?.Selections ?? [])
        {
            switch (selection)
            {
                case GraphQLField field when FieldOf(type, field) is { } definition:
                    Walk(field, definition, type, times, page, place);
                    break;
                case GraphQLInlineFragment inline:
                    Walk(inline.SelectionSet, TypeOf(inline.TypeCondition) ?? type, times, page, place);
                    break;
                case GraphQLFragmentSpread spread when fragments.TryGetValue(spread.FragmentName.Name.StringValue, out var fragment):
                    Walk(fragment.SelectionSet, TypeOf(fragment.TypeCondition) ?? type, times, page, place);
                    break;
            }
        }
    }

    private void Walk(GraphQLField field, FieldType definition, IGraphType type, Often times, Often page, Place? around)
    {
        var place = new Place((field.Alias?.Name ?? field.Name).StringValue, null, around);
        var arguments = argumentsOf is { } all && all.TryGetValue(field, out var given) ? given : null;
        if (definition.Arguments?.Find(AsOf) is not null) instants.Add((Value(arguments, AsOf), Value(arguments, KnownAt)));
        var name = $"{type.Name}.{definition.Name}";
        var made = definition.ResolvedType!.GetNamedType();
        Add(CostUnit.Fields, times, name, place);
        Add(CostUnit.Work, times * (CostUnits.Table[(int)CostUnit.Fields].Work + FieldCosts.Work.GetValueOrDefault(made.Name)), name, place);
        var first = Value(arguments, First) as int?;
        if (IsConnection(made))
        {
            var size = Math.Clamp(first ?? Value(arguments, Last) as int? ?? PageRequest.Default, 0, PageRequest.Most);
            var items = Usual(type, definition, made, size);
            Tell(name, place, times, items);
            Walk(field.SelectionSet, made, times, new Often(Math.Max(1, items.Worst), items.Usual), place with { Size = size });
            if (size > 0) AddRows(times * items, name, place);
            return;
        }

        if (!IsList(definition))
        {
            if (field.SelectionSet is not null) Tell(name, place, times, Often.Once);
            Walk(field.SelectionSet, made, times, default, place);
            return;
        }

        var listed = page.Worst > 0 ? page : Usual(type, definition, made, Math.Max(0, FieldCosts.ItemsOf(type.Name, definition, first)));
        if (page.Worst == 0) Tell(name, place, times, listed);
        AddRows(times * listed, name, place);
        Walk(field.SelectionSet, made, times * listed, default, place);
    }

    private Often Usual(IGraphType type, FieldType definition, IGraphType made, int most) =>
        new(most, Math.Min(most, usualItems?.Invoke(type.Name, definition.Name, made.Name) ?? most));

    private void Tell(string name, Place place, Often times, Often items) => fields?.Add(new ExplainedField(place.ToString(), name, times.Worst, times.Usual, items.Worst, items.Usual));

    private void AddRows(Often rows, string name, Place place)
    {
        Add(CostUnit.Rows, rows, name, place);
        Add(CostUnit.Work, rows * CostUnits.Table[(int)CostUnit.Rows].Work, name, place);
    }

    private void Add(CostUnit unit, Often cost, string field, Place place)
    {
        total[(int)unit] += cost.Worst;
        usual[(int)unit] += cost.Usual;
        if (cost.Worst > largest[(int)unit].Cost) largest[(int)unit] = (cost.Worst, field, place);
    }

    private TypedError Refusal(CostUnit unit, long limit, int leeway)
    {
        var (_, field, place) = largest[(int)unit];
        var widest = WidestPage(place!);
        return Problem.Hopeless(unit.Name(), field, place!.ToString(), widest is not null, Advice(widest, (double)limit * leeway / total[(int)unit]), total[(int)unit], limit, leeway);
    }

    /// <summary>The largest page around the costly field; null where it stands in none.</summary>
    private static Place? WidestPage(Place costly)
    {
        Place? widest = null;
        for (var at = costly; at is not null; at = at.Around)
            if (at.Size > (widest?.Size ?? 0)) widest = at;
        return widest;
    }

    /// <summary>The page by its way in the answer, and the size of it with which the question would pass.</summary>
    private static string Advice(Place? widest, double part) =>
        widest is not null && Math.Floor(widest.Size!.Value * part) is >= 1 and var size
            ? string.Create(CultureInfo.InvariantCulture, $"it passes with first: {size} on '{widest}'")
            : "ask for it on fewer levels, under fewer aliases, or for one party at a time";

    private FieldType? FieldOf(IGraphType type, GraphQLField field) =>
        type is IComplexGraphType complex && complex.GetField(field.Name) is { } own ? own
        : field.Name == schema.SchemaMetaFieldType.Name ? schema.SchemaMetaFieldType
        : field.Name == schema.TypeMetaFieldType.Name ? schema.TypeMetaFieldType : null;

    private IGraphType? TypeOf(GraphQLTypeCondition? condition) => condition is null ? null : schema.AllTypes[condition.Type.Name];

    private static object? Value(IDictionary<string, ArgumentValue>? arguments, string name) =>
        arguments is not null && arguments.TryGetValue(name, out var value) ? value.Value : null;

    private static bool IsConnection(IGraphType type) => type is IObjectGraphType made && made.Name.EndsWith("Connection", StringComparison.Ordinal);

    private static bool IsList(FieldType field) =>
        (field.ResolvedType is NonNullGraphType required ? required.ResolvedType : field.ResolvedType) is ListGraphType;

    /// <summary>How often something is, at worst and usually.</summary>
    private readonly record struct Often(double Worst, double Usual)
    {
        public static Often Once => new(1, 1);

        public static Often operator *(Often left, Often right) => new(left.Worst * right.Worst, left.Usual * right.Usual);

        public static Often operator *(Often left, double right) => new(left.Worst * right, left.Usual * right);
    }

    /// <summary>Where a field stands in the answer.</summary>
    /// <param name="Key">Its name there.</param>
    /// <param name="Size">Items of the page it is; null where it is none.</param>
    /// <param name="Around">What it stands in; null at the root.</param>
    private sealed record Place(string Key, int? Size, Place? Around)
    {
        public override string ToString() => Around is null ? Key : $"{Around}.{Key}";
    }
}

/// <summary>Estimates every question when it is valid and before it is resolved.</summary>
internal sealed class EstimateListener(BudgetOptions options) : DocumentExecutionListenerBase
{
    public override Task BeforeExecutionAsync(IExecutionContext context)
    {
        if (context.UserContext is RequestContext request) QuestionEstimate.Check(
                context.Schema, context.Document, context.Operation, context.ArgumentValues, request.Budget.Limits, options.Leeway);
        return Task.CompletedTask;
    }
}
