using GraphQL;
using GraphQL.Types;
using GraphRisk.Disclosure.Scores;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Registry;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Disclosure;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Authorisations;

namespace GraphRisk.Server.Score;

/// <summary>How a client's score went.</summary>
/// <param name="Client">The client.</param>
/// <param name="Steps">The scores filed, by day.</param>
internal sealed record ScoreHistoryOf(NodeHandle Client, IReadOnlyList<ScoreStepOf> Steps) : IAboutSubject
{
    public string? Subject => Client.Subject;
}

/// <summary>A score that was filed because it was another than the one before.</summary>
/// <param name="Client">The client.</param>
/// <param name="Before">The one before; null of the first.</param>
/// <param name="Now">The score.</param>
/// <param name="Told">A probability as it is told to who asks.</param>
internal sealed record ScoreStepOf(NodeHandle Client, FiledScore? Before, FiledScore Now, Func<double, double> Told) : IAboutSubject
{
    public string? Subject => Client.Subject;
}

/// <summary>
/// The life of a client's score as it was filed: <c>scoreHistory</c> at the root and on parties. Steps are read from the file; why one is another than the one before is
/// <see cref="WhyPart"/>'s answer for both as they were filed, each from the version of the store it names, so it is the same whenever it is asked for.
/// </summary>
internal sealed class ScoreHistoryPart(ScoresOnDays days, WhyPart why, Lookup lookup) : ISchemaPart
{
    private static readonly FieldAccess Derived = FieldAccess.Reads(Sensitivity.Confidential);
    private static readonly FieldAccess Authorised = Derived.Needs(AuthorisationScope.Score);

    private static QueryArgument[] Arguments =>
    [
        TypeExpression.Argument("from", "Date", "The first day; all there are where not given."),
        TypeExpression.Argument("to", "Date", "The last day; that of the question where not given."),
    ];

    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Object(
            "ScoreHistory", "How a client's score went, as it was filed.",
            Fields.Of<ScoreHistoryOf>("client", "Party", FieldAccess.Structure, "The client.", one => one.Client),
            Fields.Of<ScoreHistoryOf>("steps", "[ScoreStep!]", Derived, "The scores that were filed and tell another score, grade or model than the one before, by day; of more than are told the latest.", Steps,
                TypeExpression.First(PageRequest.Most, $"The latest so many at most, up to {PageRequest.Most}, which is also where none is given.")),
            Fields.Of<ScoreHistoryOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", one => one.Client.View.Stamp)));
        parts.Types.Add(Fields.Object(
            "ScoreStep", "A score that was filed, beside the one filed before it.",
            Fields.Of<ScoreStepOf>("day", "Date", Derived, "The day whose close it is about.", one => one.Now.AsOf),
            Fields.Of<ScoreStepOf>("filedAt", "DateTime", Derived, "When it was filed; null in the files of an older program.", one => one.Now.FiledAt),
            Fields.Of<ScoreStepOf>("dayBefore", "Date", Derived, "The day of the one before; null of the first.", one => one.Before?.AsOf),
            Fields.Of<ScoreStepOf>("scoreBefore", "Int", Derived, "The score before.", one => one.Before?.Score),
            Fields.Of<ScoreStepOf>("score", "Int", Derived, "The score.", one => one.Now.Score),
            Fields.Of<ScoreStepOf>("gradeBefore", "String", Derived, "The grade before.", one => one.Before?.Grade),
            Fields.Of<ScoreStepOf>("grade", "String", Derived, "The grade.", one => one.Now.Grade),
            Fields.Of<ScoreStepOf>("probabilityBefore", "Float", Derived, "The probability before.", one => one.Before is { } before ? ScoreTypes.Rounded(one.Told(before.Probability)) : null),
            Fields.Of<ScoreStepOf>("probabilityOfDefault", "Float", Derived, "The probability of default.", one => ScoreTypes.Rounded(one.Told(one.Now.Probability))),
            Fields.Of<ScoreStepOf>("modelBefore", "String", Derived, "Content hash of the model before.", one => one.Before?.Model),
            Fields.Of<ScoreStepOf>("model", "String", Derived, "Content hash of the model.", one => one.Now.Model),
            Fields.Resolved("why", "ScoreChange", Derived, "Why it is another than the one before: reason by reason, with the events that moved it; null of the first. Both are computed again from the versions of the store they name.",
                async context => await WhyAsync((ScoreStepOf)context.Source!, context))));
        parts.Query.AddField(Fields.Resolved(
            "scoreHistory", "ScoreHistory", Authorised with { Subject = context => lookup.SubjectOf(context.Viewer(), context.GetArgument<string?>("client") ?? context.Viewer().Of) },
            "The life of a client's score as it was filed: each change with when, from, to and why. By the rules of creditScore. Level 3.",
            async context => await AskAsync(await WhyPart.ClientAsync(days.Session, lookup, context), context),
            BitemporalArguments.And([TypeExpression.Argument("client", "ID", "The client; null for the one a token was given to."), .. Arguments])));
        parts.Extend(SchemaCatalog.Party, () => Fields.Resolved(
            "scoreHistory", "ScoreHistory", Authorised, "The life of the party's score as it was filed. A broker needs the client's authorisation. Level 3.",
            async context => await AskAsync((NodeHandle)context.Source!, context), Arguments));
    }

    private async ValueTask<ScoreHistoryOf> AskAsync(NodeHandle client, IResolveFieldContext context)
    {
        var asOf = client.View.Snapshot.Stamp.AsOfDay;
        var (from, to) = (context.GetArgument<DateOnly?>("from") ?? DateOnly.MinValue, context.GetArgument<DateOnly?>("to") ?? asOf);
        if (from > to) throw Problem.BadInput("from", "must not be after 'to'.");
        if (to > asOf) throw Problem.BadInput("to", "must not be after 'asOf'.");
        var grants = await Grants.OfAsync(days.Session, context.Viewer(), context.CancellationToken);
        var opening = ScoreOpening.For(grants?.AudienceOf(client) ?? Audience.Client);
        var life = await days.LifeOfAsync(client, context.CancellationToken);
        context.Meter().Charge(WorkUnit.Steps, 100L * life.Count);
        return new ScoreHistoryOf(client, [.. life.Select((score, i) => new ScoreStepOf(client, i > 0 ? life[i - 1] : null, score, Told)).Where(step => step.Now.AsOf >= from && step.Now.AsOf <= to)]);

        double Told(double probability) => ScoreDoor.Default.Open(new Interval(probability, probability), opening).Lower;
    }

    private static IEnumerable<ScoreStepOf> Steps(ScoreHistoryOf history, IResolveFieldContext context)
    {
        var first = context.GetArgument<int?>("first") ?? PageRequest.Most;
        if (first is < 0 or > PageRequest.Most) throw Problem.BadInput("first", $"must be between 0 and {PageRequest.Most}.");
        return history.Steps.Skip(Math.Max(0, history.Steps.Count - first));
    }

    private async ValueTask<WhyOf?> WhyAsync(ScoreStepOf step, IResolveFieldContext context)
    {
        if (step.Before is not { } before) return null;
        context.Meter().Charge(WorkUnit.Steps, 2L * step.Client.View.Snapshot.Nodes.Count * GraphSession.StepsOfNode);
        return await why.BetweenAsync(step.Client, await days.OfAsync(step.Client, before, context), await days.OfAsync(step.Client, step.Now, context), context);
    }
}
