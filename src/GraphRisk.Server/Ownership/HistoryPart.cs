using System.Globalization;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.History;
using GraphRisk.Graph.Algorithms.Ownership.Rules;
using GraphRisk.Graph.Schema;
using GraphRisk.Market;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Ownership;

/// <summary>
/// How ownership of a company moved: <c>ownershipHistory</c> at the root and on companies. The days on which something begins or ends are read from the
/// facts around the company, and seen in one pass over the store with the knowledge of the question.
/// </summary>
internal sealed class HistoryPart(GraphSession session, Lookup lookup, HistoryTypes types) : ISchemaPart
{
    /// <summary>Most days looked at, as of a course.</summary>
    private const int MostDays = 25;

    private const int MostDaysOfPart = 13;

    private static QueryArgument[] Arguments =>
    [
        TypeExpression.Argument("from", "Date!", "The day at whose close the history begins; it ends with asOf."),
        TypeExpression.Argument("semantics", "OwnershipSemantics", "How chains add up; CORRECTED where not given."),
        TypeExpression.Argument("measure", "OwnershipMeasure", "Whether parts of the equity or of the votes are told; EQUITY where not given. Steps are of what the rule measures."),
        TypeExpression.Argument("atLeast", "Decimal", "Stakes are told from this part on, such as 0.05; 0 where not given."),
        TypeExpression.Argument("bound", "OwnershipBound", "Which end of a stake must reach it; STATED where not given."),
        RuleFields.Argument("rule", "cn-disclosure", RuleTopic.Disclosure),
    ];

    public void AddTo(SchemaParts parts)
    {
        parts.Types.AddRange(types.All());
        parts.Query.AddField(Fields.Resolved(
            "ownershipHistory", "OwnershipHistory", FieldAccess.Structure,
            "How ownership of a company moved from a day up to asOf, known alike on all days: who came, went, rose and fell, and who crossed a step of disclosure.",
            async context => await AskAsync(lookup.Node(await session.ViewAsync(context), context.Viewer(), "company", context.GetArgument<string>("company"), "Company"), context),
            BitemporalArguments.And([TypeExpression.Argument("company", "ID!", "The company."), .. Arguments])));
        parts.Extend("Company", () => Fields.Resolved(
            "ownershipHistory", "OwnershipHistory", FieldAccess.Structure, "How ownership of the company moved from a day up to that of the question.",
            async context => await AskAsync((NodeHandle)context.Source!, context), Arguments));
    }

    private async Task<HistoryOf> AskAsync(NodeHandle company, IResolveFieldContext context)
    {
        var (view, meter, from) = (company.View, context.Meter(), context.GetArgument<DateOnly>("from"));
        if (from > view.Snapshot.Stamp.AsOfDay) throw Problem.BadInput("from", "must not be after 'asOf'.");
        var question = new HistoryQuestion(
            new LookThroughQuestion(context.GetArgument<OwnershipSemantics?>("semantics") ?? OwnershipSemantics.Corrected)
            {
                Threshold = RuleFields.PartOf(context, "atLeast") ?? 0, Bound = context.GetArgument<ShareBound?>("bound") ?? ShareBound.Stated,
            },
            context.GetArgument<ShareMeasure?>("measure") ?? ShareMeasure.Equity, RuleFields.RuleOf(context, "rule", "cn-disclosure", RuleTopic.Disclosure), MarketReading.OfLaw);
        var changing = await ChangeDays.FindAsync(session.Store, view.Snapshot, company.Number, from, meter, context.CancellationToken);
        List<DateOnly> days = [from, .. changing.Days];
        var most = view.Snapshot.Entitlement.IsWhole ? MostDays : MostDaysOfPart;
        if (days.Count > most)
            throw Problem.BadInput("from", string.Create(CultureInfo.InvariantCulture, $"leads over more than {most - 1} days on which something begins or ends; from {days[^most]:yyyy-MM-dd} on there are as many as are looked at."));
        meter.Charge(WorkUnit.Steps, (long)days.Count * view.Snapshot.Nodes.Count * GraphSession.StepsOfNode);
        var seen = (await session.ViewsAsync(view, days, context.CancellationToken))
            .Select(day => OwnershipDay.Of(day.Snapshot, day.Holdings(meter), view.Snapshot, company.Number, question, meter));
        return new HistoryOf(company, from, question, OwnershipHistory.Between(seen), changing.IsComplete);
    }
}
