using System.Collections.Immutable;
using GraphQL;
using GraphRisk.Graph.Facts;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Server.Applications;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Admission;
using GraphRisk.Workflow.Concentration;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Server.Decisions;

/// <summary>
/// What is recommended on a filed application, as who decides on it may know it: the answer of <c>recommend</c> to the same viewer at the same instants, made into a document to keep.
/// </summary>
internal sealed class Recommending(ScorePart scores)
{
    /// <summary>The recommendation at the instants of the request.</summary>
    /// <param name="application">The application's node in the view of those instants or another of the same viewer.</param>
    /// <param name="view">What the viewer may know at those instants.</param>
    /// <param name="parties">Whose the application is.</param>
    /// <param name="context">The request.</param>
    /// <exception cref="Http.TypedError">It cannot be made: no authorisation, no model, no data.</exception>
    public async Task<AdmissionDocument> OnAsync(NodeHandle application, GraphView view, CaseParties parties, IResolveFieldContext context)
    {
        var meter = context.Meter();
        var client = At(view, parties.Client) ?? throw Problem.NotFound("client of this application at that instant");
        var broker = At(view, parties.Broker!) ?? throw Problem.NotFound("broker of this application at that instant");
        var (asked, guarantor) = ApplicationFacts.Read(application.View.Snapshot, application.Number);
        var exposure = view.Exposure(meter).Of(broker.Number, client.Number, meter) ?? throw Problem.NotFound("client of this broker at that instant");
        var rules = RulesOf(broker.Id.Key, view.Snapshot.Stamp.AsOfDay);
        var advisor = new AdmissionAdvisor(rules.Admission, rules.Concentration);
        var score = (await scores.ScoreAsync(client, context)).Score;
        var rests = new AdmissionCase(
            asked, AdmissionFacts.Read(view.Market(), broker.Number, client.Number, rules.Admission, asked, meter),
            new ClientRisk(client.Id, score.Score, score.Grade, score.ProbabilityOfDefault, score.HorizonQuarters), exposure, view.Snapshot.Stamp.AsOfDay)
        {
            Guarantor = await GuarantorAsync(application, guarantor, view, context),
        };
        var advice = advisor.Advise(rests);
        var changes = new SmallestChanges(advisor).Of(rests, meter);
        return new AdmissionDocument(
            client.Id, broker.Id, asked, rests.Guarantor?.Name, new ScoreOnFile(score.Score, score.Grade.Name, score.ProbabilityOfDefault, score.HorizonQuarters, score.ModelVersion),
            advice, changes, AdmissionDocument.WordsOf(advice, changes), rules, view.Stamp.AsOf, view.Stamp.KnownAt);
    }

    /// <summary>The rules of a broker on a day.</summary>
    public static RulesOnFile RulesOf(string brokerCode, DateOnly day) => new(AdmissionPolicy.Common.For(brokerCode, day), ConcentrationRules.Common.For(brokerCode, day));

    /// <summary>The document a briefing keeps; null where the viewer's view holds none.</summary>
    public static AdmissionDocument? DocumentOf(NodeHandle briefing) =>
        briefing.View.Snapshot.Nodes.GetString(briefing.Number, "document") is { } text ? CanonicalJson.Read<AdmissionDocument>(text) : null;

    /// <summary>A recommendation that was kept, in the types of one that is asked for.</summary>
    /// <param name="document">What was kept.</param>
    /// <param name="then">What the viewer may know at the instants it was made of.</param>
    public static RecommendationOf? Kept(AdmissionDocument document, GraphView then) =>
        At(then, document.Client.ToString()) is { } client && At(then, document.Broker.ToString()) is { } broker
            ? new RecommendationOf(client, broker, document.Recommendation, new Lazy<ImmutableArray<AdmissionChange>>(document.Changes)) : null;

    private async Task<Grade?> GuarantorAsync(NodeHandle application, int guarantor, GraphView view, IResolveFieldContext context) =>
        guarantor < 0 ? null
        : At(view, application.At(guarantor).Id.ToString()) is { } party ? (await scores.ScoreAsync(party, context)).Score.Grade
        : throw Problem.NotFound("guarantor of this application at that instant");

    private static NodeHandle? At(GraphView view, string id) => view.Snapshot.Nodes.Find(NodeId.Parse(id)) is >= 0 and var node ? new NodeHandle(view, node) : null;
}
