using GraphQL;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Resolution;
using GraphRisk.Intake.Resolution.Evaluation;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Resolution;

/// <summary>What resolution looks like, for those who judge: <c>resolution { charts }</c> at the root. It rests on the records of all.</summary>
internal sealed class ChartsPart(GraphSession session, ResolutionOptions options) : ISchemaPart
{
    private static readonly FieldAccess Drawn = FieldAccess.Reads(Sensitivity.Confidential);

    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Object(
            "Resolution", "How records are resolved to parties.",
            Fields.Of<GraphView>("charts", "ResolutionCharts", Drawn, "What it looks like: weights as they are now, judgements as known at knownAt.",
                (view, context) => view.Derive(typeof(ResolutionCharts), context.Meter(), (_, paid) => Draw(view, paid))),
            Fields.Of<GraphView>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", view => view.Stamp)));
        parts.Types.Add(Fields.Object(
            "ResolutionCharts", "Charts as SVG documents.",
            Fields.Of<ResolutionCharts>("personWeights", "String", Drawn, "What agreement of persons' records weighs, in bits; null before anything was learned.", charts => charts.PersonWeights),
            Fields.Of<ResolutionCharts>("companyWeights", "String", Drawn, "The same of companies.", charts => charts.CompanyWeights),
            Fields.Of<ResolutionCharts>("probabilities", "String", Drawn, "How many pairs were judged how probable.", charts => charts.Probabilities),
            Fields.Of<ResolutionCharts>("clusterSizes", "String", Drawn, "How many parties have how many records, from two on.", charts => charts.ClusterSizes)));
        parts.Query.AddField(Fields.Resolved(
            "resolution", "Resolution", Drawn, "How records are resolved to parties, for those who may judge them; the purpose must be data-quality or complaint. Level 3.",
            async context =>
            {
                if (AccessPolicy.Decide(context.Viewer(), Act.Judge) is { Code: not null } denial) throw AccessDenied.Of(denial, "Query.resolution");
                return await session.ViewAsync(context);
            },
            BitemporalArguments.And()));
    }

    private ResolutionCharts Draw(GraphView view, WorkMeter meter) =>
        ResolutionCharts.DrawAsync(session.Store, view.Version, options.ModelFile, () => meter.Charge(WorkUnit.Nodes, 1), meter.Cancellation).GetAwaiter().GetResult();
}
