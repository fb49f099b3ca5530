using GraphQL;
using GraphRisk.Market.Flows;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Flows;

/// <summary>
/// Questions on money that moves between accounts: one root field for each row of <see cref="FlowQuestions"/>, the reads of LDBC FinBench, over whatever of
/// accounts, transfers, withdrawals, loans, guarantees and sign-ins the viewer may read (<see cref="ViewerFlows"/>).
/// </summary>
internal sealed class FlowsPart(GraphSession session, Lookup lookup, Pager pager) : ISchemaPart
{
    public void AddTo(SchemaParts parts)
    {
        parts.Types.AddRange(FlowTypes.All());
        foreach (var question in FlowQuestions.All)
            parts.Query.AddField(Fields.Resolved(
                question.Name, FlowTypes.AnswerOf(question), FieldAccess.Structure, $"{question.Title}. {question.Rules} Level 3. {question.Code} of LDBC FinBench.",
                context => AnswerAsync(question, context),
                BitemporalArguments.And([.. FlowInputs.Of(question), .. question.Row is null ? [] : PageRequest.Arguments])));
    }

    private async ValueTask<object?> AnswerAsync(FlowQuestion question, IResolveFieldContext context)
    {
        var asked = FlowInputs.Read(context);
        var view = await session.ViewAsync(context);
        var subject = Named(view, context, FlowInputs.SubjectOf(question), question);
        var flows = await ViewerFlows.OfAsync(session, view, RequestContext.Of(context), subject, $"Query.{question.Name}", context.CancellationToken);
        if (question.Parameters.Contains(FlowParameter.Other)) asked = asked with { Other = flows.Find(Named(view, context, FlowInputs.Other, question).Id) };
        var rows = question.Ask(flows, asked with { Subject = flows.Find(subject.Id) }, context.Meter());
        if (question.Row is null) return rows.Count == 0 ? null : new FlowRow(view, rows[0]);
        return pager.Cut(PageRequest.Of(context), view.Stamp, [.. rows.Select(row => new FlowRow(view, row))], row => row.Key);
    }

    private NodeHandle Named(GraphView view, IResolveFieldContext context, string argument, FlowQuestion question) =>
        lookup.Node(view, context.Viewer(), argument, context.GetArgument<string>(argument), question.Subject);
}
