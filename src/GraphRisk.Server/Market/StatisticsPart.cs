using GraphQL;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Resolution;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Statistics;

namespace GraphRisk.Server.Market;

/// <summary>Publishes editions of the market's figures: <c>publishStatistics</c>, the regulator's command.</summary>
internal sealed class StatisticsPart(GraphSession session, Func<CreditModel?> champion, WriteGate gate) : ISchemaPart
{
    private readonly EditionPress press = new(session.Store);

    public void AddTo(SchemaParts parts)
    {
        var counts = FieldAccess.Aggregates(Sensitivity.Public);
        parts.Types.Add(Fields.Object(
            "PublishStatisticsPayload", "An edition that was published.",
            Fields.Of<EditionOf>("edition", "Date!", counts, "Last day of the month it is about.", one => one.Edition.Month),
            Fields.Of<EditionOf>("publishedAt", "DateTime!", counts, "When it was published.", one => one.Edition.PublishedAt),
            Fields.Of<EditionOf>("rows", "Int!", counts, "Rows of jurisdictions and the market.", one => one.Edition.Rows.Length),
            Fields.Of<EditionOf>("stamp", "Stamp!", FieldAccess.Structure, "The store after it.", one => one.View.Stamp)));
        parts.Mutation.AddField(Fields.Resolved(
            "publishStatistics", "PublishStatisticsPayload", FieldAccess.Commands(Act.PublishStatistics),
            "Publishes the market's figures at the end of a month, from what is known now. A month is published once; what becomes known later goes into the next edition.",
            PublishAsync,
            TypeExpression.Argument("month", "String!", "The month, YYYY-MM; it must be over.")));
    }

    private async ValueTask<object?> PublishAsync(IResolveFieldContext context)
    {
        var month = EditionFacts.Month(context.GetArgument<string>("month")) ?? throw Problem.BadInput("month", "must be written YYYY-MM.");
        var viewer = context.Viewer();
        try
        {
            EditionPress.CheckOver(month, session.Today);
            var whole = await session.WholeAsync(new BitemporalPoint(Validity.CloseOf(month), null), context.CancellationToken);
            var scores = champion() is not { } model ? new Dictionary<int, ScoreLine>() : whole.AllScores(model, context.Meter()).ToDictionary(line => line.Node);
            var edition = await gate.RunAsync(
                () => press.PublishAsync(month, whole.Contracts(), scores, viewer.Of ?? "regulator", session.Now, context.CancellationToken),
                context.CancellationToken);
            return new EditionOf(edition, await session.ViewAsync(viewer, default, context.CancellationToken));
        }
        catch (PressRefusedException refused)
        {
            throw refused.Refusal == PressRefusal.NotOver
                ? Problem.BadInput("month", "is not over.")
                : new TypedError(Problem.ConflictCode, refused.Message);
        }
    }

    private sealed record EditionOf(PublishedEdition Edition, GraphView View);
}
