using GraphRisk.Graph.Facts;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Decisions;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Resolution;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Warnings.Filing;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Server.Warnings;

/// <summary>
/// Early warnings at the desk: taken, put off, passed on, settled. They are opened by the platform's round of a day alone; whose a warning becomes that is passed on is what the rules say.
/// </summary>
internal sealed class WarningCases(GraphSession session, Lookup lookup, WriteGate gate, WarningRuleShelf rules) : ISchemaPart
{
    public void AddTo(SchemaParts parts) => new MoveCommands(session, lookup, gate, CaseKind.Warning) { Acts = (Act.WorkWarning, Act.WorkWarning), Complete = CompleteAsync }.AddTo(parts);

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
