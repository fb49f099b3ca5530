using System.Collections.Immutable;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Market.Calendar;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Resolution;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Recovery;

namespace GraphRisk.Server.Recovery;

/// <summary>What a round filed.</summary>
internal sealed record RoundPayload(GraphView View, ImmutableArray<RoundDone> Done)
{
    /// <summary>The cases a move was made of, as they stand now.</summary>
    public NodeHandle[] Of(string move) =>
        [.. Done.Where(one => one.Move == move).Select(one => View.Snapshot.Nodes.Find(one.Case)).Where(node => node >= 0).Distinct().Select(node => new NodeHandle(View, node))];
}

/// <summary>
/// Commands that file what follows from the records of a day: a broker's for its own contracts, the supervisor's for all. The viewer's own view of the day is read, so a broker's round rests on what
/// the broker itself stated.
/// </summary>
internal sealed class Rounds(GraphSession session, WriteGate gate)
{
    /// <summary>The one argument.</summary>
    public static QueryArgument Day => TypeExpression.Argument("day", "Date!", "The day at whose close it is looked; not after the last day the sources have reached.");

    /// <summary>Goes round the contracts of the viewer's brokers.</summary>
    /// <param name="context">The request.</param>
    /// <param name="stepsOf">The steps of a broker: of the market on the day, of what is known of cases now.</param>
    public async Task<RoundPayload> RunAsync(IResolveFieldContext context, Func<MarketReading, Snapshot, int, IEnumerable<RoundStep>> stepsOf)
    {
        var (viewer, day) = (context.Viewer(), context.GetArgument<DateOnly>("day"));
        var point = new BitemporalPoint(Validity.CloseOf(day), null);
        RequestContext.Of(context).Budget.ChargeInstant(point.AsOf, point.KnownAt);
        return await gate.RunAsync(async () =>
        {
            var then = (await session.ViewAsync(viewer, point, context.CancellationToken)).RequireData();
            var present = await session.ViewAsync(viewer, default, context.CancellationToken);
            try
            {
                var steps = BrokersOf(viewer, then.Snapshot).SelectMany(broker => stepsOf(then.Market(), present.Snapshot, broker)).ToList();
                var done = await new CaseRound(session.Store).RunAsync(steps, new CaseFiling(session.Now, session.Today, $"cases {viewer.Of ?? viewer.Role.ToString().ToLowerInvariant()}"), context.CancellationToken);
                return new RoundPayload(await session.ViewAsync(viewer, default, context.CancellationToken), done);
            }
            catch (YearWithoutCalendarException error)
            {
                throw Problem.BeyondCalendar(error);
            }
        }, context.CancellationToken);
    }

    private static int[] BrokersOf(Viewer viewer, Snapshot snapshot) =>
        viewer.Role == Role.Broker ? snapshot.Nodes.Find(NodeId.Parse(viewer.Of!)) is >= 0 and var own ? [own] : [] : snapshot.Nodes.OfType("Broker").ToArray();
}
