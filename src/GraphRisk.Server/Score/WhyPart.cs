using System.Globalization;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Disclosure.Scores;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Registry;
using GraphRisk.Scoring.Texts;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Selection;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Authorisations;

namespace GraphRisk.Server.Score;

/// <summary>Why a score is another than it was.</summary>
/// <param name="Client">The client on the second day.</param>
/// <param name="Before">The score of the first day.</param>
/// <param name="Rebased">The same day's by the model of the second.</param>
/// <param name="After">The score of the second day.</param>
/// <param name="Moved">The records that differ; looked for where they are asked for.</param>
/// <param name="SeesAllOwn">Whether the viewer knows every record of the client.</param>
internal sealed record WhyOf(NodeHandle Client, ScoreOnDay Before, ScoreOf Rebased, ScoreOnDay After, Lazy<Task<Moved>> Moved, bool SeesAllOwn) : IAboutSubject
{
    public string? Subject => Client.Subject;

    public ScoreDifference Difference { get; } = Between(Before, Rebased, After, Language.English);

    public ScoreDifference In(Language language) => language == Language.English ? Difference : Between(Before, Rebased, After, language);

    private static ScoreDifference Between(ScoreOnDay before, ScoreOf rebased, ScoreOnDay after, Language language) =>
        ScoreDifference.Between(before.Score.In(language), rebased.In(language), after.Score.In(language), language);
}

/// <summary>What one reason moved, with whose score it is.</summary>
internal sealed record ReasonMoveOf(WhyOf Why, ReasonDifference Move) : IAboutSubject
{
    /// <summary>The feature; null of what is told together.</summary>
    public Feature? Feature => FeatureSet.Features.FirstOrDefault(feature => feature.Name == Move.Reason.Feature);

    public string? Subject => Why.Subject;
}

/// <summary>
/// Why a score is another than it was: <c>whyChanged</c> at the root and on parties, between any two days. Score, reasons and parts leave through <c>ScoreDoor</c>, each day
/// for itself, and the differences are of what left; records are read off the viewer's own view of either day. So the rules of <c>creditScore</c> are those of this question.
/// </summary>
internal sealed class WhyPart(ScoresOnDays days, SelectableTypes selectable, Lookup lookup) : ISchemaPart
{
    private static readonly FieldAccess Derived = FieldAccess.Reads(Sensitivity.Confidential);
    private static readonly FieldAccess Authorised = Derived.Needs(AuthorisationScope.Score);

    private readonly MovedRecords records = new(selectable);

    private static QueryArgument From => TypeExpression.Argument("from", "Date!", "The first day.");

    private static QueryArgument To => TypeExpression.Argument("to", "Date", "The second day; that of the question where not given.");

    public void AddTo(SchemaParts parts)
    {
        WhyTypes.AddTo(parts, Derived);
        parts.Query.AddField(Fields.Resolved(
            "whyChanged", "ScoreChange", Authorised with { Subject = context => lookup.SubjectOf(context.Viewer(), context.GetArgument<string?>("client") ?? context.Viewer().Of) },
            "Why a client's score is another than it was: score, grade and probability on two days, the difference reason by reason, and the records that made it. A score that was filed for a day is told as it was filed. By the rules of creditScore. Level 3.",
            async context => await AskAsync(await ClientAsync(days.Session, lookup, context), context),
            BitemporalArguments.And(TypeExpression.Argument("client", "ID", "The client; null for the one a token was given to."), From, To)));
        parts.Extend(SchemaCatalog.Party, () => Fields.Resolved(
            "whyChanged", "ScoreChange", Authorised, "Why the party's score is another than it was. A broker needs the client's authorisation. Level 3.",
            async context => await AskAsync((NodeHandle)context.Source!, context), From, To));
    }

    /// <summary>The client that the arguments name, in the view of the question; where they name a second day and no as-of, of that day.</summary>
    internal static async ValueTask<NodeHandle> ClientAsync(GraphSession session, Lookup lookup, IResolveFieldContext context)
    {
        var (viewer, point) = (context.Viewer(), BitemporalArguments.Of(context));
        if (point.AsOf is null && context.GetArgument<DateOnly?>("to") is { } to) point = point with { AsOf = Validity.CloseOf(to) };
        RequestContext.Of(context).Budget.ChargeInstant(point.AsOf, point.KnownAt);
        var id = context.GetArgument<string?>("client") ?? viewer.Of ?? throw Problem.BadInput("client", "is needed: your token was not given to a client.");
        return lookup.Node(await session.ViewAsync(viewer, point, context.CancellationToken), viewer, "client", id, SchemaCatalog.Party);
    }

    private async ValueTask<WhyOf> AskAsync(NodeHandle client, IResolveFieldContext context)
    {
        var (from, to) = (context.GetArgument<DateOnly>("from"), context.GetArgument<DateOnly?>("to") ?? client.View.Snapshot.Stamp.AsOfDay);
        if (from > to) throw Problem.BadInput("from", "must not be after 'to'.");
        if (to > client.View.Snapshot.Stamp.AsOfDay) throw Problem.BadInput("to", string.Create(CultureInfo.InvariantCulture, $"must not be after 'asOf', {client.View.Snapshot.Stamp.AsOfDay:yyyy-MM-dd}."));
        foreach (var day in (DateOnly[])[from, to]) RequestContext.Of(context).Budget.ChargeInstant(Validity.CloseOf(day), client.View.Point.KnownAt);
        return await BetweenAsync(client, await days.OnAsync(client, from, "from", context), await days.OnAsync(client, to, "to", context), context);
    }

    /// <summary>Why one score is another than another.</summary>
    public async ValueTask<WhyOf> BetweenAsync(NodeHandle client, ScoreOnDay before, ScoreOnDay after, IResolveFieldContext context)
    {
        var rebased = await days.ByAsync(before, after.Model, context);
        // A field's context is used again for another field: what is looked for later takes with it what it needs.
        var (was, now) = (await SelectionScope.OfAsync(days.Session, before.Score.Client.View, context), await SelectionScope.OfAsync(days.Session, after.Score.Client.View, context));
        return new WhyOf(
            client, before, rebased, after, new(() => records.BetweenAsync(was, before.Score.Client.Number, now, after.Score.Client)),
            context.Viewer().Role is Role.Regulator or Role.Analyst or Role.Client);
    }
}
