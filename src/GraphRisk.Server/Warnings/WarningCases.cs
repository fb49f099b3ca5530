using GraphQL;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Calendar;
using GraphRisk.Scoring.Models;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Decisions;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Recovery;
using GraphRisk.Server.Resolution;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Warnings.Filing;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Server.Warnings;

/// <summary>The round of a day as it was filed, and the graph since.</summary>
internal sealed record WarningsFiled(FiledDay Day, GraphView View);

/// <summary>
/// Early warnings: filed for a day by the broker or the supervisor for all, and at the desk taken, put off, passed on, settled. Whose a warning becomes that is passed on is what the rules say.
/// </summary>
/// <param name="session">Views.</param>
/// <param name="lookup">Nodes by id.</param>
/// <param name="gate">One write at a time.</param>
/// <param name="snapshots">Where each broker's days come from.</param>
/// <param name="champion">The model that scores.</param>
/// <param name="rules">The rules of early warning, by broker.</param>
/// <param name="calendar">Which days are worked.</param>
internal sealed class WarningCases(GraphSession session, Lookup lookup, WriteGate gate, SnapshotProvider snapshots, Func<CreditModel?> champion, WarningRuleShelf rules, WorkingCalendar calendar) : ISchemaPart
{
    /// <summary>Steps of a node of a day whose figures are looked at.</summary>
    private const int StepsOfNode = 150;

    public void AddTo(SchemaParts parts)
    {
        new MoveCommands(session, lookup, gate, CaseKind.Warning) { Acts = (Act.WorkWarning, Act.WorkWarning), Complete = CompleteAsync }.AddTo(parts);
        parts.Types.Add(Fields.Object(
            "WarningRoundFiled", "The round of a day for one broker.",
            Fields.Of<(FiledBroker One, GraphView View)>("broker", "Broker!", FieldAccess.Structure, "The broker.", of => new NodeHandle(of.View, of.View.Snapshot.Nodes.Find(of.One.Found.Broker))),
            Fields.Of<(FiledBroker One, GraphView View)>("rules", "String!", FieldAccess.Structure, "Version of the rules it went by.", of => of.One.Found.RulesVersion),
            Fields.Of<(FiledBroker One, GraphView View)>("named", "Int!", FieldAccess.Structure, "Clients it warns of.", of => of.One.Found.Named.Length),
            Fields.Of<(FiledBroker One, GraphView View)>("cut", "Int!", FieldAccess.Structure, "Clients that meet a rule and are beyond what the desk can work.", of => of.One.Found.Cut.Length),
            Fields.Of<(FiledBroker One, GraphView View)>("opened", "Int!", FieldAccess.Structure, "Warnings opened.", of => of.One.Filed.Opened),
            Fields.Of<(FiledBroker One, GraphView View)>("addedTo", "Int!", FieldAccess.Structure, "Open warnings that got further signs.", of => of.One.Filed.Added),
            Fields.Of<(FiledBroker One, GraphView View)>("woken", "Int!", FieldAccess.Structure, "Warnings whose day had come until which they were put off.", of => of.One.Filed.Woken),
            Fields.Of<(FiledBroker One, GraphView View)>("escalated", "Int!", FieldAccess.Structure, "Warnings that nobody took in time.", of => of.One.Filed.Escalated)));
        parts.Types.Add(Fields.Object(
            "WarningsFiled", "What was filed about early warnings for a day.",
            Fields.Of<WarningsFiled>("day", "Date!", FieldAccess.Structure, "The trading day whose round it is.", of => of.Day.Day),
            Fields.Of<WarningsFiled>("rules", "String!", FieldAccess.Structure, "Version of the rules of brokers that have none of their own.", of => of.Day.RulesVersion),
            Fields.Of<WarningsFiled>("model", "String", FieldAccess.Structure, "Version of the model that scored; null where none did.", of => of.Day.Model),
            Fields.Of<WarningsFiled>("rounds", "[WarningRoundFiled!]!", FieldAccess.Structure, "The round of each broker that lent on the day.", of => of.Day.Brokers.Select(one => (one, of.View))),
            Fields.Of<WarningsFiled>("findings", "[String!]!", FieldAccess.Structure, "Files of rules that could not count, and why: their brokers went by the common rules. A broker is told of its own.", of => of.Day.Findings.Select(finding => finding.Reason)),
            Fields.Of<WarningsFiled>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", of => of.View.Stamp)));
        parts.Mutation.AddField(Fields.Resolved(
            "fileWarnings", "WarningsFiled", FieldAccess.Commands(Act.FileWarnings) with { Subject = context => context.Viewer().Of },
            "Files the early warnings of the last trading day up to a day: finds whom the rules name, gathers their signs in warnings that are open, opens new ones, wakes those put off until the day, passes on those nobody took in time. A broker's own clients, from what it may know; the supervisor's command is for all. Given again it files nothing.",
            async context => await FileAsync(context), Rounds.Day));
    }

    /// <summary>Charges days whose figures are looked at: making one, scoring it whole and reading each figure takes a second for 20,000 nodes.</summary>
    internal static void Charge(IResolveFieldContext context, int days, GraphView view) => context.Meter().Charge(WorkUnit.Steps, (long)days * view.Snapshot.Nodes.Count * StepsOfNode);

    private async Task<WarningsFiled> FileAsync(IResolveFieldContext context)
    {
        var (viewer, day) = (context.Viewer(), context.GetArgument<DateOnly>("day"));
        return await gate.RunAsync(async () =>
        {
            var then = (await session.ViewAsync(viewer, new BitemporalPoint(Validity.CloseOf(day), null), context.CancellationToken)).RequireData();
            var rounds = new WarningRounds(session.Store, snapshots, champion(), rules, calendar) { Only = viewer.Role == Role.Broker ? NodeId.Parse(viewer.Of!) : null };
            try
            {
                var filed = await rounds.FileAsync(day, session.Today, session.Now, days => Charge(context, days.Count, then), context.CancellationToken)
                    ?? throw Problem.BadInput("day", "lies before the first day of which a price is known.");
                return new WarningsFiled(filed, await session.ViewAsync(viewer, default, context.CancellationToken));
            }
            catch (YearWithoutCalendarException error)
            {
                throw Problem.BeyondCalendar(error);
            }
        }, context.CancellationToken);
    }

    private ValueTask<MoveAsked> CompleteAsync(MoveInHand hand)
    {
        var asked = hand.Asked;
        if (asked.Move == "snooze" && asked.Carried.TryGet("snoozedUntil", out var until) && until.AsDate() <= session.Today)
            throw Problem.BadInput("snoozedUntil", FormattableString.Invariant($"must be later than {session.Today:yyyy-MM-dd}."));
        if (asked.Move == "escalate" && FiledWarnings.Read(hand.Node.View.Snapshot, hand.Node.Number) is { } filed)
            asked = asked with { Carried = Properties.Of([.. asked.Carried, new("team", PropertyValue.Of(filed.NextTeam(rules.For(NodeId.Parse(hand.Filed.History.Parties.Broker!).Key))))]) };
        return new ValueTask<MoveAsked>(asked);
    }
}
