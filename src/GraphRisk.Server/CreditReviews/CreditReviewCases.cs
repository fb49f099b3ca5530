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
using GraphRisk.Workflow.CreditReviews;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Server.CreditReviews;

/// <summary>The round of a day as it was filed, and the graph since.</summary>
internal sealed record ReviewsFiled(ReviewedDay Day, GraphView View);

/// <summary>Reviews of clients by grade: filed for a day by the broker or the supervisor for all, taken at the desk and concluded, by two persons where the grade or a milder treatment asks for it.</summary>
/// <param name="session">Views.</param>
/// <param name="lookup">Nodes by id.</param>
/// <param name="gate">One write at a time.</param>
/// <param name="snapshots">Where each broker's day comes from.</param>
/// <param name="champion">The model that grades.</param>
/// <param name="calendar">Which days are worked.</param>
internal sealed class CreditReviewCases(GraphSession session, Lookup lookup, WriteGate gate, SnapshotProvider snapshots, Func<CreditModel?> champion, WorkingCalendar calendar) : ISchemaPart
{
    private static readonly CaseKind Kind = CaseKind.CreditReview;

    /// <summary>Views the round of a day is read from: the whole one for grades, one that opens the day, each broker's.</summary>
    private const int Views = 3;

    public void AddTo(SchemaParts parts)
    {
        new MoveCommands(session, lookup, gate, Kind) { Acts = (Act.ConcludeReview, Act.ConcludeReview), Complete = Complete, Brief = BriefAsync }.AddTo(parts);
        parts.Types.Add(Fields.Object(
            "ReviewRoundFiled", "The round of reviews of a day for one broker.",
            Fields.Of<(ReviewedBroker One, GraphView View)>("broker", "Broker!", FieldAccess.Structure, "The broker.", of => new NodeHandle(of.View, of.View.Snapshot.Nodes.Find(of.One.Broker))),
            Fields.Of<(ReviewedBroker One, GraphView View)>("due", "Int!", FieldAccess.Structure, "Clients that had to be reviewed and had no review under way.", of => of.One.Due),
            Fields.Of<(ReviewedBroker One, GraphView View)>("required", "Int!", FieldAccess.Structure, "Reviews filed: as many as its desk is given a day.", of => of.One.Required),
            Fields.Of<(ReviewedBroker One, GraphView View)>("regraded", "Int!", FieldAccess.Structure, "Reviews under way whose client has another grade since.", of => of.One.Regraded),
            Fields.Of<(ReviewedBroker One, GraphView View)>("lapsed", "Int!", FieldAccess.Structure, "Reviews under way whose client owes nothing any more.", of => of.One.Lapsed)));
        parts.Types.Add(Fields.Object(
            "ReviewsFiled", "What was filed about reviews of clients for a day.",
            Fields.Of<ReviewsFiled>("day", "Date!", FieldAccess.Structure, "The trading day whose round it is.", of => of.Day.Day),
            Fields.Of<ReviewsFiled>("rules", "String!", FieldAccess.Structure, "Version of the graded management of brokers that have none of their own.", of => of.Day.RulesVersion),
            Fields.Of<ReviewsFiled>("model", "String", FieldAccess.Structure, "Version of the model that graded; null where none did.", of => of.Day.Model),
            Fields.Of<ReviewsFiled>("rounds", "[ReviewRoundFiled!]!", FieldAccess.Structure, "The round of each broker that lent on the day.", of => of.Day.Brokers.Select(one => (one, of.View))),
            Fields.Of<ReviewsFiled>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", of => of.View.Stamp)));
        parts.Mutation.AddField(Fields.Resolved(
            "fileReviews", "ReviewsFiled", FieldAccess.Commands(Act.FileReviews) with { Subject = context => context.Viewer().Of },
            "Files which clients have to be reviewed on the last trading day up to a day: those whose debt did not come down as decided, whose grade fell, whose interval is over, who were never reviewed since they owe; and of reviews under way whose grade is another, and whose client owes nothing any more. A broker's own clients, from what it may know; the supervisor's command is for all. Given again it files nothing.",
            async context => await FileAsync(context), Rounds.Day));
    }

    private async Task<ReviewsFiled> FileAsync(IResolveFieldContext context)
    {
        var (viewer, day) = (context.Viewer(), context.GetArgument<DateOnly>("day"));
        return await gate.RunAsync(async () =>
        {
            var then = (await session.ViewAsync(viewer, new BitemporalPoint(Validity.CloseOf(day), null), context.CancellationToken)).RequireData();
            context.Meter().Charge(WorkUnit.Steps, (long)Views * then.Snapshot.Nodes.Count * GraphSession.StepsOfNode);
            var rounds = new ReviewRounds(session.Store, snapshots, champion(), calendar) { Only = viewer.Role == Role.Broker ? NodeId.Parse(viewer.Of!) : null };
            try
            {
                var filed = await rounds.FileAsync(day, session.Today, session.Now, context.CancellationToken) ?? throw Problem.BadInput("day", "lies before the first day of which a price is known.");
                return new ReviewsFiled(filed, await session.ViewAsync(viewer, default, context.CancellationToken));
            }
            catch (YearWithoutCalendarException error)
            {
                throw Problem.BeyondCalendar(error);
            }
        }, context.CancellationToken);
    }

    private ValueTask<MoveAsked> Complete(MoveInHand hand)
    {
        if (Kind.Again(hand.Filed.History, hand.Asked) is { } again) return new(again);
        if (ReviewTerms.FaultOf(hand.Filed, hand.Asked, session.Today) is var (field, fault)) throw Problem.BadInput(field, fault);
        return new(ReviewTerms.Completed(hand.Filed, hand.Asked, RulesOf(hand), session.Today));
    }

    private Task<Briefing?> BriefAsync(MoveInHand hand) => Task.FromResult(
        hand.Asked.Move == "conclude" ? ReviewTerms.BriefingOf(hand.Filed, RulesOf(hand), Validity.CloseOf(session.Today), session.Now, hand.Node.View.Version) : null);

    private GradedManagement RulesOf(MoveInHand hand) => GradedManagement.Common.For(NodeId.Parse(hand.Filed.History.Parties.Broker!).Key, session.Today);
}
