using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Market.Calendar;
using GraphRisk.Market.Lending;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Decisions;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Resolution;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Recovery;

namespace GraphRisk.Server.Recovery;

/// <summary>Margin calls: filed for a day by the broker or the supervisor for all, met, put off once, passed, disposed of, taken back.</summary>
internal sealed class MarginCallCases(GraphSession session, Lookup lookup, WriteGate gate, WorkingCalendar calendar) : ISchemaPart
{
    private static readonly CaseKind Kind = CaseKind.MarginCall;

    public void AddTo(SchemaParts parts)
    {
        new MoveCommands(session, lookup, gate, Kind) { Acts = (Act.HandleCall, Act.HandleCall), Complete = CompleteAsync }.AddTo(parts);
        parts.Types.Add(Fields.Object(
            "MarginCallsFiled", "What was filed about margin calls for a day.",
            Fields.Of<RoundPayload>("called", "[MarginCall!]!", FieldAccess.Structure, "Calls that were filed.", one => one.Of("call")),
            Fields.Of<RoundPayload>("met", "[MarginCall!]!", FieldAccess.Structure, "Calls whose line was found restored.", one => one.Of("meet")),
            Fields.Of<RoundPayload>("passed", "[MarginCall!]!", FieldAccess.Structure, "Calls whose day was found to have passed.", one => one.Of("pass")),
            Fields.Of<RoundPayload>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", one => one.View.Stamp)));
        parts.Mutation.AddField(Fields.Resolved(
            "fileMarginCalls", "MarginCallsFiled", FieldAccess.Commands(Act.FileCalls) with { Subject = context => context.Viewer().Of },
            "Files what is due about margin calls at the close of a day: new calls, calls that are met, calls whose day has passed. A broker's own contracts; the supervisor's command is for all. Given again it files nothing.",
            async context => await new Rounds(session, gate).RunAsync(context, (then, present, broker) => new CallRound(then, present, calendar).StepsOf(broker, context.Meter())), Rounds.Day));
    }

    private ValueTask<MoveAsked> CompleteAsync(MoveInHand hand)
    {
        if (Kind.Again(hand.Filed.History, hand.Asked) is { } again) return new(again);
        if (hand.Asked.Move == "meet") RequireMet(hand);
        if (hand.Asked.Move == "dispose") RequireOver(hand, WorkingCalendar.DayOf(session.Now));
        try
        {
            var lines = MarginLines.Common.For(NodeId.Parse(hand.Filed.History.Parties.Broker!).Key, session.Today);
            return new(hand.Asked with { Carried = Properties.Of([.. hand.Asked.Carried, .. CallTerms.Computed(hand.Filed, hand.Asked, lines, calendar)]) });
        }
        catch (YearWithoutCalendarException error)
        {
            throw Problem.BeyondCalendar(error);
        }
    }

    /// <summary>What secures the contract is not sold before the day to top up is over, unless the contract stands at or below its closing line, where the day is the same.</summary>
    private static void RequireOver(MoveInHand hand, DateOnly today)
    {
        var sold = hand.Asked.Carried.TryGet(HappenedDay.Field, out var day) ? day.AsDate() : today;
        if (!hand.Filed.Content.TryGet("dueOn", out var due) || sold > due.AsDate()) return;
        if (hand.Filed.Content.TryGet("calledOn", out var called) && called.AsDate() == due.AsDate()) return;
        var market = hand.Node.View.Market();
        if (hand.Filed.Ties.Any(tie => market.Snapshot.Nodes.Find(tie) is >= 0 and var contract && market.Contracts.Read(contract).IsBelowClosingLine)) return;
        throw new Http.TypedError(Problem.ConflictCode, FormattableString.Invariant($"The client may top up until {due.AsDate():yyyy-MM-dd}, and the contract stands above its closing line: nothing is sold before that day is over."));
    }

    /// <summary>A person finds a call met where the line stands restored by what is recorded, or says that as much came in as was called for.</summary>
    private static void RequireMet(MoveInHand hand)
    {
        var (market, called) = (hand.Node.View.Market(), hand.Filed.Content.TryGet("amount", out var amount) ? amount.AsDecimal() : 0m);
        if (hand.Asked.Carried.TryGet("amount", out var came) && came.AsDecimal() >= called) return;
        var restoreTo = hand.Filed.Content.TryGet("restoreTo", out var line) ? line.AsDecimal() : 0m;
        foreach (var tie in hand.Filed.Ties)
            if (market.Snapshot.Nodes.Find(tie) is >= 0 and var contract && CallTerms.IsRestored(market.Contracts.Read(contract), restoreTo)) return;
        throw Problem.BadInput("amount", string.Create(CultureInfo.InvariantCulture, $"has to be at least the {called} that was called for: by what is recorded the line is not restored."));
    }
}
