using System.Globalization;
using GraphQL;
using GraphRisk.Graph.Facts;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Registry;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Score;

/// <summary>A client's score on a day, as it was filed or as it is computed.</summary>
/// <param name="Score">The score, disclosed to who asks.</param>
/// <param name="Model">The model that made it.</param>
/// <param name="Filed">As it was filed; null where none was filed for the day.</param>
internal sealed record ScoreOnDay(ScoreOf Score, CreditModel Model, FiledScore? Filed);

/// <summary>
/// The score of a client on a day: where one was filed for it, that one, computed again with the model and from the knowledge it names, which gives the same to the last
/// bit (<see cref="ScoreFile"/>); else the score the champion gives the day with the knowledge of the question.
/// </summary>
internal sealed class ScoresOnDays(GraphSession session, ScorePart scores, FiledScores? filed, Func<string, CreditModel?> models)
{
    /// <summary>Where views come from.</summary>
    public GraphSession Session => session;

    /// <summary>Scores as they were filed for a client, day by day, without those that tell the same as the one before.</summary>
    /// <param name="client">The client.</param>
    /// <param name="cancellation">Ends it.</param>
    public async ValueTask<IReadOnlyList<FiledScore>> LifeOfAsync(NodeHandle client, CancellationToken cancellation)
    {
        var ids = await FiledUnderAsync(client, cancellation);
        return Read(() => filed?.LifeOf(ids, client.View.Point.KnownAt)) ?? [];
    }

    /// <summary>The score of a day.</summary>
    /// <param name="client">The client in the question's view.</param>
    /// <param name="day">The day.</param>
    /// <param name="argument">The argument that names it, for messages.</param>
    /// <param name="context">Who asks and pays.</param>
    public async ValueTask<ScoreOnDay> OnAsync(NodeHandle client, DateOnly day, string argument, IResolveFieldContext context)
    {
        var ids = await FiledUnderAsync(client, context.CancellationToken);
        return await OfAsync(client, Read(() => filed?.On(ids, day, client.View.Point.KnownAt)), day, argument, context);
    }

    /// <summary>A score as it was filed.</summary>
    public async ValueTask<ScoreOnDay> OfAsync(NodeHandle client, FiledScore score, IResolveFieldContext context) => await OfAsync(client, score, score.AsOf, "from", context);

    /// <summary>The score of the same day and knowledge by another model, for comparison.</summary>
    public async ValueTask<ScoreOf> ByAsync(ScoreOnDay day, CreditModel model, IResolveFieldContext context) =>
        day.Model.Version == model.Version ? day.Score : await scores.ScoreAsync(day.Score.Client, model, context);

    private async ValueTask<ScoreOnDay> OfAsync(NodeHandle client, FiledScore? score, DateOnly day, string argument, IResolveFieldContext context)
    {
        var instant = Validity.CloseOf(day);
        var view = score is { } known ? await session.ViewAsync(client.View, instant, known.KnownAt, context.CancellationToken)
            : instant == client.View.Stamp.AsOf ? client.View : await session.ViewAsync(client.View, instant, context.CancellationToken);
        var node = RecordsOf(client).Select(view.Snapshot.Nodes.Find).FirstOrDefault(found => found >= 0, -1);
        if (node < 0) throw Problem.BadInput(argument, string.Create(CultureInfo.InvariantCulture, $"is {day:yyyy-MM-dd}, on which nothing was known of the client."));
        if (score is null)
        {
            var computed = await scores.ScoreAsync(new NodeHandle(view, node), context);
            return new ScoreOnDay(computed, models(computed.Score.ModelVersion)!, null);
        }

        var model = models(score.Model) ?? throw Problem.Unavailable($"model {score.Model}, with which the score was filed,");
        return new ScoreOnDay(await scores.ScoreAsync(new NodeHandle(view, node), model, context), model, score);
    }

    /// <summary>Scores are filed under the id a client has on the whole view, which may be that of a record the viewer does not know; that there is one is what the score tells.</summary>
    private async ValueTask<IReadOnlyList<NodeId>> FiledUnderAsync(NodeHandle client, CancellationToken cancellation)
    {
        var nodes = (await session.WholeAsync(client.View, cancellation)).Snapshot.Nodes;
        return nodes.MembersOf(nodes.Find(client.Id));
    }

    private static IEnumerable<NodeId> RecordsOf(NodeHandle client) => client.View.Snapshot.Nodes.MembersOf(client.Number).Prepend(client.Id);

    /// <summary>What was filed, unless it was altered.</summary>
    private static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException)
        {
            throw Problem.Unavailable("file of scores is not as it was left, so nothing is told on its word; 'graphrisk score verify' names the line. It");
        }
    }
}
