using System.Collections.Immutable;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Facts;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Warnings.Work;

namespace GraphRisk.Server.Supervision;

/// <summary>How brokers worked the warnings of some days.</summary>
internal sealed record WarningWorkOf(GraphView View, DateOnly From, DateOnly To, ImmutableArray<WarningWorkRow> Rows);

/// <summary>A row of it.</summary>
internal sealed record WarningWorkRowOf(GraphView View, WarningWorkRow Row)
{
    public NodeHandle Broker => new(View, View.Snapshot.Nodes.Find(new NodeId("Broker", Row.Broker)));
}

/// <summary>How many warnings each broker's desk was given, and what became of them: <c>warningWork</c>. The supervisor's.</summary>
internal sealed class WarningWorkPart(GraphSession session) : ISchemaPart
{
    private const string Name = "warningWork";

    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Enum(
            "WarningDivision", "By what warnings of a broker are told apart.",
            ("ALL", WarningDivision.All, "All in one row."),
            ("SEVERITY", WarningDivision.Severity, "By the greatest urgency of their signs."),
            ("RULE", WarningDivision.Rule, "By the rules of their signs; a warning with signs of several counts under each.")));
        parts.Types.Add(Fields.Object(
            "WarningWork", "How brokers worked the warnings found on some days.",
            Fields.Of<WarningWorkOf>("from", "Date!", FieldAccess.Structure, "First day on which they were found.", one => one.From),
            Fields.Of<WarningWorkOf>("to", "Date!", FieldAccess.Structure, "Last day.", one => one.To),
            Fields.Of<WarningWorkOf>("rows", "[WarningWorkRow!]!", FieldAccess.Structure, "By broker, then by key: severities from the most urgent on. A broker without a warning or round has none.", one => one.Rows.Select(row => new WarningWorkRowOf(one.View, row))),
            Fields.Of<WarningWorkOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on: warnings are followed up to it.", one => one.View.Stamp)));
        parts.Types.Add(Row());
        parts.Query.AddField(Fields.Resolved(
            Name, "WarningWork", FieldAccess.Structure,
            "Early warnings by broker and how they were worked: opened, taken and after how many days, done with, found to be nothing, passed on, still open, and how many were cut since a desk cannot work more. For supervision.",
            ResolveAsync,
            BitemporalArguments.And(
                TypeExpression.Argument("from", "Date!", "First day on which they were found."),
                TypeExpression.Argument("to", "Date", "Last day; the day of asOf where not given."),
                TypeExpression.Argument("by", "WarningDivision", "By what to tell them apart; all in one where not given."))));
    }

    private static ObjectGraphType Row()
    {
        FieldType Figure(string name, string type, string description, Func<WarningWorkRow, object?> read) => Fields.Of<WarningWorkRowOf>(name, type, Supervised.Sum, description, one => read(one.Row));
        return Fields.Object(
            "WarningWorkRow", "What became of the warnings of one broker: opened = resolved + false alarms + open.",
            Fields.Of<WarningWorkRowOf>("broker", "Broker", FieldAccess.Structure, "The broker.", one => one.Broker),
            Fields.Of<WarningWorkRowOf>("key", "String!", FieldAccess.Structure, "Severity or rule; ALL where they are not told apart.", one => one.Row.Key),
            Figure("opened", "Int", "Warnings that were opened.", row => row.Opened),
            Figure("taken", "Int", "Of them those a person took.", row => row.Taken),
            Figure("medianDaysToTake", "Decimal", "Median of the days until one was first taken, of those taken; null where none was.", row => row.MedianDaysToTake),
            Figure("resolved", "Int", "Done with.", row => row.Resolved),
            Figure("falseAlarms", "Int", "Found to be nothing.", row => row.FalseAlarms),
            Figure("escalated", "Int", "Passed on at least once, by a person or since nobody took them in time, whatever became of them after.", row => row.Escalated),
            Figure("open", "Int", "Not settled yet.", row => row.Open),
            Figure("untaken", "Int", "Of the open ones those nobody has taken.", row => row.Untaken),
            Figure("rounds", "Int", "Rounds of early warning made in the days; null where warnings are told apart.", row => row.Rounds),
            Figure("cut", "Long", "Clients cut from the rounds, each as often as it was: what the desk was not told of, since it cannot work more; null where warnings are told apart.", row => row.Cut));
    }

    private async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        Supervised.Require(context, Name);
        var view = await session.ViewAsync(context);
        var (from, to) = (context.GetArgument<DateOnly>("from"), context.GetArgument<DateOnly?>("to") ?? view.Snapshot.Stamp.AsOfDay);
        if (from > to) throw Problem.BadInput("from", FormattableString.Invariant($"must not be after {to:yyyy-MM-dd}."));
        return new WarningWorkOf(view, from, to, WarningWork.Of(view.Snapshot, from, to, context.GetArgument<WarningDivision?>("by") ?? WarningDivision.All, context.Meter()));
    }
}
