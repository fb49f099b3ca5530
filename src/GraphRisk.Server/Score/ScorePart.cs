using GraphQL;
using GraphRisk.Disclosure.Scores;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;
using GraphRisk.Scoring.Texts;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Disclosure;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Models;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Resolution;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Authorisations;

namespace GraphRisk.Server.Score;

/// <summary>A score as it was disclosed, with the party it is about.</summary>
internal sealed record ScoreOf(
    NodeHandle Client, Func<Language, DisclosedScore> In, Lazy<Task<Interval>> Probability, Func<Language, IEnumerable<DisclosedImprovement>> Improvements) : IAboutSubject
{
    public DisclosedScore Score { get; } = In(Language.English);

    public string? Subject => Client.Subject;
}

/// <summary>A chapter of the reasons with the party it is about.</summary>
internal sealed record GroupOf(NodeHandle Client, DisclosedGroup Group) : IAboutSubject
{
    public string? Subject => Client.Subject;
}

/// <summary>An improvement with the party it is about.</summary>
internal sealed record ImprovementOf(NodeHandle Client, DisclosedImprovement Change) : IAboutSubject
{
    public string? Subject => Client.Subject;
}

/// <summary>A reason with the party it is about.</summary>
internal sealed record ReasonOf(NodeHandle Client, DisclosedReason Reason) : IAboutSubject
{
    public string? Subject => Client.Subject;
}

/// <summary>
/// Credit scores with their reasons: <c>creditScore</c> at the root and on parties. A score is computed on the whole view and
/// leaves through <see cref="ScoreDoor"/>: to a broker with the client's authorisation only, and to nobody but the regulator with
/// the figures of others.
/// </summary>
internal sealed class ScorePart(GraphSession session, Func<CreditModel?> champion, Lookup lookup, ReportPart reports) : ISchemaPart
{
    private static readonly FieldAccess Derived = FieldAccess.Reads(Sensitivity.Confidential);

    private static readonly FieldAccess Authorised = Derived.Needs(AuthorisationScope.Score);

    public void AddTo(SchemaParts parts)
    {
        ScoreTypes.AddTo(parts, Derived);
        ModelTypes.AddTo(parts, reports.Field());
        parts.Query.AddField(Fields.Resolved(
            "creditScore", "CreditScore", Authorised with { Subject = context => lookup.SubjectOf(context.Viewer(), context.GetArgument<string?>("client") ?? context.Viewer().Of) },
            "How risky a client is and why: 300 to 850, higher is safer. An indication for people to decide on, never by itself a refusal. A broker needs the client's authorisation. Level 3.",
            async context =>
            {
                var view = await session.ViewAsync(context);
                var id = context.GetArgument<string?>("client") ?? context.Viewer().Of ?? throw Problem.BadInput("client", "is needed: your token was not given to a client.");
                return await ScoreAsync(lookup.Node(view, context.Viewer(), "client", id, SchemaCatalog.Party), context);
            },
            BitemporalArguments.And(TypeExpression.Argument("client", "ID", "The client; null for the one a token was given to."))));
        parts.Extend(SchemaCatalog.Party, () => Fields.Resolved(
            "creditScore", "CreditScore", Authorised, "How risky the party is and why: 300 to 850, higher is safer. A broker needs the client's authorisation. Level 3.",
            async context => await ScoreAsync((NodeHandle)context.Source!, context)));
        parts.Query.AddField(Fields.Resolved(
            "model", "Model", FieldAccess.Structure, "The model that scores, what it was taught on and how it did on what it had not seen.",
            async context => champion() is not { } model ? throw Problem.NoModel : new ModelOf(model.Card, (await session.ViewAsync(context)).Stamp),
            BitemporalArguments.And()));
    }

    /// <summary>The score of a party as it is disclosed to who asks.</summary>
    /// <exception cref="AccessDenied">A broker without the party's authorisation.</exception>
    public ValueTask<ScoreOf> ScoreAsync(NodeHandle client, IResolveFieldContext context) => ScoreAsync(client, champion() ?? throw Problem.NoModel, context);

    /// <summary>The same by a given model.</summary>
    public async ValueTask<ScoreOf> ScoreAsync(NodeHandle client, CreditModel model, IResolveFieldContext context)
    {
        client.View.RequireDebts();
        var grants = await Grants.OfAsync(session, context.Viewer(), context.CancellationToken);
        var audience = grants?.AudienceOf(client);
        var whole = await session.WholeAsync(client.View, context.CancellationToken);
        var node = whole.Snapshot.Nodes.Find(client.Id);
        var scorer = whole.Scorer(model);
        var score = whole.Derive((nameof(ScorePart), model.Version, node), _ => scorer.Score(node, context.Meter()));
        // A field's context is used again for another field: nothing that is asked later may read it.
        var (viewer, meter, cancellation) = (context.Viewer(), context.Meter(), context.CancellationToken);
        return new ScoreOf(client, In,
            new(() => RangeAsync(new NodeHandle(whole, node), scorer, audience is { } to ? ScoreOpening.For(to) : OpeningOf(viewer), meter, cancellation)),
            language => ImprovementDoor.Open(
                whole.Derive((nameof(Improvements), model.Version, node), meter, (_, paid) => scorer.ImprovementsOf(node, paid)),
                (audience is { } to ? ScoreOpening.For(to) : OpeningOf(viewer)) with { Language = language }));

        DisclosedScore In(Language language) => audience is { } broker
            ? Open(new ScoreOpening(broker, party => grants!.Allow(whole.Snapshot, party, AuthorisationScope.Facts)) { Language = language })
            : whole.Derive((nameof(ScoreDoor), model.Version, node, viewer.Role, DigitsFor(viewer), language), _ => Open(OpeningOf(viewer) with { Language = language }));

        DisclosedScore Open(ScoreOpening opening) => ScoreDoor.Default.Open(score, feature => scorer.Others.Of(node, feature), opening);
    }

    /// <summary>The interval of the probability, asked for only where it is wanted: it reads the ledger of judgements.</summary>
    private async Task<Interval> RangeAsync(NodeHandle client, SnapshotScorer scorer, ScoreOpening opening, WorkMeter meter, CancellationToken cancellation)
    {
        var doubted = await Doubts.OfAsync(session.Store, client, meter, cancellation);
        return ScoreDoor.Default.Open(scorer.RangeOf(client.Number, [.. doubted.Select(doubt => doubt.Other)], meter), opening);
    }

    /// <summary>To whom other viewers than brokers belong, the same for all of a role: analysts work on pseudonyms.</summary>
    private static ScoreOpening OpeningOf(Viewer viewer) => viewer.Role switch
    {
        Role.Regulator => ScoreOpening.For(Audience.Regulator),
        Role.Analyst => ScoreOpening.For(Audience.Regulator) with { AmountDigits = DigitsFor(viewer) },
        _ => ScoreOpening.For(Audience.Client),
    };

    /// <summary>Digits to which amounts are shown: two to analysts unless they validate the model, else all.</summary>
    private static int? DigitsFor(Viewer viewer) => viewer.Role == Role.Analyst && viewer.Purpose?.Id != "model-validation" ? 2 : null;
}
