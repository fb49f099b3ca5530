using GraphQL;
using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Score;

/// <summary>A score with the party it is about.</summary>
internal sealed record ScoreOf(NodeHandle Client, CreditScore Score, bool HasDebt) : IAboutSubject
{
    public string? Subject => Client.Subject;
}

/// <summary>A reason with the party it is about.</summary>
internal sealed record ReasonOf(NodeHandle Client, Reason Reason) : IAboutSubject
{
    public string? Subject => Client.Subject;
}

/// <summary>
/// Credit scores with their reasons: <c>creditScore</c> at the root and on parties. A party alone at another broker has
/// no score for a broker; the score of its own client takes in what the market knows, and its reasons give no one else's numbers.
/// </summary>
internal sealed class ScorePart(GraphSession session, CreditModel? model, Lookup lookup) : ISchemaPart
{
    private static readonly FieldAccess Derived = FieldAccess.Reads(Sensitivity.Confidential);

    public void AddTo(SchemaParts parts)
    {
        ScoreTypes.AddTo(parts, Derived);
        ModelTypes.AddTo(parts);
        parts.Query.AddField(Fields.Resolved(
            "creditScore", "CreditScore", Derived with { Subject = context => lookup.SubjectOf(context.GetArgument<string?>("client") ?? context.Viewer().Of) },
            "How risky a client is and why: 300 to 850, higher is safer. An indication for people to decide on, never by itself a refusal. Level 3.",
            async context =>
            {
                var view = await session.ViewAsync(context);
                var id = context.GetArgument<string?>("client") ?? context.Viewer().Of ?? throw Problem.BadInput("client", "is needed: your token was not given to a client.");
                return await ScoreAsync(lookup.Node(view, context.Viewer(), "client", id, SchemaCatalog.Party), context);
            },
            Moments.And(TypeExpression.Argument("client", "ID", "The client; null for the one a token was given to."))));
        parts.Extend(SchemaCatalog.Party, () => Fields.Resolved(
            "creditScore", "CreditScore", Derived, "How risky the party is and why: 300 to 850, higher is safer. Level 3.",
            async context => await ScoreAsync((NodeHandle)context.Source!, context)));
        parts.Query.AddField(Fields.Resolved(
            "model", "Model", FieldAccess.Structure, "The model that scores, what it was taught on and how it did on what it had not seen.",
            async context => model is null ? throw NoModel : new ModelOf(model.Card, (await session.ViewAsync(context)).Stamp),
            Moments.And()));
    }

    private static Http.TypedError NoModel => Problem.Unavailable("model: train one first");

    private async ValueTask<ScoreOf> ScoreAsync(NodeHandle client, IResolveFieldContext context)
    {
        if (model is null) throw NoModel;
        var whole = await session.WholeAsync(client.View, context.CancellationToken);
        var node = whole.Snapshot.Nodes.Find(client.Id);
        var scorer = whole.Scorer(model);
        return new ScoreOf(client, whole.Derive((nameof(ScorePart), node), _ => scorer.Score(node)), scorer.HasDebt(node));
    }
}
