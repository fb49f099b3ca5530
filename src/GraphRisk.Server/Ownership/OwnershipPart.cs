using GraphQL;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Records;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Ownership;

/// <summary>Look-through ownership: <c>ownershipLookThrough</c> at the root, and on companies and parties.</summary>
internal sealed class OwnershipPart(GraphSession session, Lookup lookup, Pager pager) : ISchemaPart
{
    private static GraphQL.Types.QueryArgument[] Arguments =>
    [
        TypeExpression.Argument("semantics", "OwnershipSemantics", "How chains add up; CORRECTED where not given."),
        TypeExpression.Argument("threshold", "Decimal", "Stakes that do not reach it are left out, such as 0.25; 0 where not given. Compared exactly: direct stakes as decimals, sums in fractions where rounding could decide."),
        TypeExpression.Argument("operator", "ThresholdOperator", "Whether the threshold itself counts; AT_LEAST where not given."),
        TypeExpression.Argument("bound", "OwnershipBound", "Which end of a stake must reach the threshold; STATED where not given."),
        TypeExpression.Argument("selfPairs", "Boolean", "True to list companies among their own holders, under WALK; false where not given."),
        TypeExpression.Argument("treasury", "TreasuryShares", "What becomes of shares companies hold of themselves; COUNTED where not given, which under WALK and CORRECTED gives other holders the same as CANCELLED."),
        TypeExpression.Argument("ultimate", "Boolean", "True for holders only of whom nobody is known to hold a part."),
    ];

    public void AddTo(SchemaParts parts)
    {
        parts.Types.AddRange(new OwnershipTypes(session.Catalog, pager, new HoldingContradictions(new FactReads(session))).All());
        parts.Query.AddField(Fields.Resolved(
            "ownershipLookThrough", "OwnershipLookThrough", FieldAccess.Structure,
            "Who owns a company in the end, or what a holder owns in the end, through any chain and any cycle; exact, never rescaled.",
            ResolveAsync,
            BitemporalArguments.And([
                TypeExpression.Argument("company", "ID", "The company whose owners are asked for."),
                TypeExpression.Argument("holder", "ID", "The party whose holdings are asked for; exactly one of the two."),
                .. Arguments])));
        parts.Extend("Company", () => Fields.Of<NodeHandle>(
            "owners", "OwnershipLookThrough", FieldAccess.Structure, "Who owns the company in the end.",
            (handle, context) => Answer(handle, owners: true, context), Arguments));
        parts.Extend(SchemaCatalog.Party, () => Fields.Of<NodeHandle>(
            "owns", "OwnershipLookThrough", FieldAccess.Structure, "What the party owns in the end.",
            (handle, context) => Answer(handle, owners: false, context), Arguments));
    }

    private async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        var (company, holder) = (context.GetArgument<string?>("company"), context.GetArgument<string?>("holder"));
        if ((company is null) == (holder is null)) throw Problem.BadInput("company", "or 'holder' must be given, and only one of them.");
        var view = await session.ViewAsync(context);
        return company is not null
            ? Answer(lookup.Node(view, context.Viewer(), "company", company, "Company"), owners: true, context)
            : Answer(lookup.Node(view, context.Viewer(), "holder", holder!, SchemaCatalog.Party), owners: false, context);
    }

    private static LookThroughOf Answer(NodeHandle asked, bool owners, IResolveFieldContext context)
    {
        var question = new LookThroughQuestion(context.GetArgument<OwnershipSemantics?>("semantics") ?? OwnershipSemantics.Corrected)
        {
            Threshold = RuleFields.PartOf(context, "threshold") ?? 0,
            Operator = context.GetArgument<ThresholdOperator?>("operator") ?? ThresholdOperator.AtLeast,
            Bound = context.GetArgument<ShareBound?>("bound") ?? ShareBound.Stated,
            SelfPairs = context.GetArgument<bool?>("selfPairs") ?? false,
            Treasury = context.GetArgument<TreasuryShares?>("treasury") ?? TreasuryShares.Counted,
        };
        var ultimate = context.GetArgument<bool?>("ultimate") ?? false;
        var look = asked.View.LookThrough(context.Meter());
        var answer = owners ? look.OwnersOf(asked.Number, question, context.Meter()) : look.HoldingsOf(asked.Number, question, context.Meter());
        var stakes = answer.Stakes.Where(stake => !ultimate || stake.IsUltimate).Select(stake => new StakeOf(asked.View, stake, question)).ToList();
        return new LookThroughOf(asked.View, asked, question, answer, stakes);
    }
}
