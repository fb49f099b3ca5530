using System.Collections;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQL.Utilities;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Budget;

/// <summary>
/// Stands around the resolver of every field, those of introspection too, and charges what comes out of it: the field
/// itself, every item of a list or a page, and the bytes that are certain to leave. A list is counted while it is made,
/// so none is longer than what may still be spent. A field of introspection reads what is there already: a quarter of the work, counted in steps.
/// </summary>
internal sealed class MeteredResolver(IFieldResolver inner, bool isList, bool isOfIntrospection) : IFieldResolver
{
    private const long StepsOfIntrospection = 100;

    /// <summary>Bytes around a name and its value, at the least.</summary>
    public const int BytesOfPunctuation = 4;

    public async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        var budget = RequestContext.Of(context).Budget;
        try
        {
            if (isOfIntrospection) budget.Charge(CostUnit.Steps, StepsOfIntrospection);
            else budget.Charge(CostUnit.Fields, 1);
            var value = await inner.ResolveAsync(context).ConfigureAwait(false);
            budget.Charge(CostUnit.Bytes, BytesOfPunctuation + NameOf(context).Length + (value is string text ? text.Length : 0));
            if (value is Page page) budget.Charge(CostUnit.Rows, page.Edges.Count);
            return isList && value is IEnumerable items and not string ? Counted(items, budget) : value;
        }
        catch (BudgetSpentException why)
        {
            throw budget.Error(why);
        }
    }

    private static ReadOnlySpan<char> NameOf(IResolveFieldContext context) => (context.FieldAst.Alias?.Name ?? context.FieldAst.Name).Value.Span;

    private static IEnumerable Counted(IEnumerable items, QuestionBudget budget)
    {
        if (items is ICollection collection)
        {
            budget.Charge(CostUnit.Rows, collection.Count);
            return items;
        }

        var counted = new List<object?>();
        foreach (var item in items)
        {
            budget.Charge(CostUnit.Rows, 1);
            counted.Add(item);
        }

        return counted;
    }
}

/// <summary>Puts a <see cref="MeteredResolver"/> around every field. Registered after access control, so that what is refused costs too.</summary>
internal sealed class BudgetEnforcement : BaseSchemaNodeVisitor
{
    public override void VisitObjectFieldDefinition(FieldType field, IObjectGraphType type, ISchema schema)
    {
        var inner = field.ResolvedType is NonNullGraphType required ? required.ResolvedType : field.ResolvedType;
        field.Resolver = new MeteredResolver(field.Resolver ?? NameFieldResolver.Instance, inner is ListGraphType, type.Name.StartsWith("__", StringComparison.Ordinal));
    }
}
