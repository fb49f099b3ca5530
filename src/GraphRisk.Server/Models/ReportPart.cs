using GraphQL.Types;
using GraphRisk.Scoring.Registry;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Models;

/// <summary>
/// The report of the model that scores: <c>report</c> on <c>model</c>, for supervision and those who validate. The server makes none, which would take a
/// snapshot a quarter: it reads the newest that <c>graphrisk model report</c> kept beside the model. To analysts counts of few are left out.
/// </summary>
/// <param name="reports">The reports kept; null where there is no shelf.</param>
internal sealed class ReportPart(ModelReports? reports) : ISchemaPart
{
    public void AddTo(SchemaParts parts) => ReportTypes.AddTo(parts);

    /// <summary>The field of a model.</summary>
    public FieldType Field() => Fields.Resolved(
        "report", "ModelReport", FieldAccess.Structure,
        "Validation and monitoring: how it did out of time, how scores and features moved, what became of those called high-risk. The newest report kept by the command 'model report'. For supervision and model validation.",
        context =>
        {
            var viewer = context.Viewer();
            if (AccessPolicy.Decide(viewer, Act.AskModelReport, Standing.Visible) is { Code: not null } denial) throw AccessDenied.Of(denial, "Model.report");
            var version = ((ModelOf)context.Source!).Card.Version;
            return new ValueTask<object?>(Newest(version) is { } report
                ? new ReportOf(report, viewer.Role == Role.Regulator)
                : throw Problem.Unavailable($"report on model {version}: 'graphrisk model report' makes one"));
        });

    private Scoring.Monitoring.ModelReport? Newest(string version)
    {
        try
        {
            return reports?.Newest(version);
        }
        catch (InvalidDataException)
        {
            throw Problem.Unavailable($"sound report on model {version}: its record was altered");
        }
    }
}
