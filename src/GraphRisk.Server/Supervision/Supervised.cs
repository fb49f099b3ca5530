using System.Collections.Immutable;
using GraphQL;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Supervision.Quality;

namespace GraphRisk.Server.Supervision;

/// <summary>What the questions of supervision share: who asks them, the days they look at, and what is gathered of a day once.</summary>
internal static class Supervised
{
    /// <summary>Most days of one question: a year by months, both ends among them.</summary>
    public const int MostDays = 13;

    /// <summary>A figure over many.</summary>
    public static FieldAccess Sum { get; } = FieldAccess.Aggregates(Sensitivity.Confidential);

    /// <summary>A figure of one client, broker or security.</summary>
    public static FieldAccess OfOne { get; } = FieldAccess.Reads(Sensitivity.Confidential);

    /// <summary>Lets those ask who supervise.</summary>
    /// <exception cref="TypedError">Another asks.</exception>
    public static void Require(IResolveFieldContext context, string field)
    {
        if (AccessPolicy.Decide(context.Viewer(), Act.AskSupervision, Standing.Visible) is { Code: not null } denial) throw AccessDenied.Of(denial, $"Query.{field}");
    }

    /// <summary>Several days, last to be the day of the question, seen with its knowledge; that one day where none is named.</summary>
    /// <exception cref="TypedError">Too many, or one of which nothing is known.</exception>
    public static async ValueTask<IReadOnlyList<GraphView>> DaysAsync(GraphSession session, GraphView last, IResolveFieldContext context)
    {
        last.RequireDebts();
        var until = last.Snapshot.Stamp.AsOfDay;
        List<DateOnly> days = [.. (context.GetArgument<List<DateOnly>?>("days") ?? [until]).Distinct().Order()];
        if (days.Count is 0 or > MostDays) throw Problem.BadInput("days", $"must be 1 to {MostDays} days.");
        if (days[^1] > until) throw Problem.BadInput("days", FormattableString.Invariant($"must not be after 'asOf', {until:yyyy-MM-dd}."));
        context.Meter().Charge(WorkUnit.Steps, (long)days.Count * last.Snapshot.Nodes.Count * GraphSession.StepsOfNode);
        var views = await session.ViewsAsync(last, days, context.CancellationToken);
        return views.FirstOrDefault(view => !view.Contracts().StatesDebts) is not { } early ? views
            : throw Problem.BadInput("days", FormattableString.Invariant($"must not be before the first debt was stated, as {early.Snapshot.Stamp.AsOfDay:yyyy-MM-dd} is: silence would look like safety."));
    }

    /// <summary>Who owes whom on the day of a view.</summary>
    public static ImmutableArray<Lent> Book(this GraphView view, WorkMeter meter) => view.Derive(typeof(LentBook), meter, (_, paid) => LentBook.Of(view.Contracts(), paid));

    /// <summary>Scores by node; none where no model scores.</summary>
    public static IReadOnlyDictionary<int, ScoreLine> ScoresByNode(this GraphView view, CreditModel? model, WorkMeter meter) =>
        model is null ? new Dictionary<int, ScoreLine>() : view.AllScores(model, meter).ToDictionary(line => line.Node);

    /// <summary>A ratio to twelve decimals.</summary>
    public static decimal? Rounded(decimal? number) => number is { } known ? decimal.Round(known, 12) : null;
}
