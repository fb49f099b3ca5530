using System.Collections.Immutable;
using GraphQL;
using GraphRisk.Disclosure.Scores;
using GraphRisk.Graph.Facts;
using GraphRisk.Server.Applications;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Admission;
using GraphRisk.Workflow.Concentration;
using GraphRisk.Workflow.CreditReviews;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Recovery;

namespace GraphRisk.Server.Decisions;

/// <summary>A recommendation with all it rests on.</summary>
internal sealed record Recommended(AdmissionAdvisor Advisor, AdmissionCase Case, RulesOnFile Rules, DisclosedScore Score);

/// <summary>
/// What is recommended on an application, as a viewer may know it: facts, exposure and collateral of the viewer's own view, the score as it was disclosed. Asked for by <c>recommend</c>, and
/// of a filed application made into a document to keep with what is decided on it.
/// </summary>
internal sealed class Recommending(ScorePart scores)
{
    /// <summary>What a recommendation rests on.</summary>
    /// <param name="broker">The broker, in the view.</param>
    /// <param name="client">The client, in the view.</param>
    /// <param name="read">Reads what is asked for and who guarantees, once it is known that the score may be.</param>
    /// <param name="context">The request.</param>
    /// <exception cref="Http.TypedError">It cannot be made: no authorisation, no model, no such client.</exception>
    public async Task<Recommended> RestsOnAsync(NodeHandle broker, NodeHandle client, Func<(FinancingApplication Application, NodeHandle? Guarantor)> read, IResolveFieldContext context)
    {
        var (view, meter) = (client.View, context.Meter());
        var score = (await scores.ScoreAsync(client, context)).Score;
        var (application, guarantor) = read();
        var isApplicant = ApplicationFacts.IsApplicant(view.Snapshot, broker.Number, client.Number);
        var exposure = view.Exposure(meter).Of(broker.Number, client.Number, meter, isApplicant) ?? throw Problem.NotFound("client of this broker by this id");
        var day = view.Snapshot.Stamp.AsOfDay;
        var rules = RulesOf(broker.Id.Key, day);
        var undrawn = UndrawnLines.Of(view.Market().Contracts, broker.Number, rules.Admission, meter);
        var rests = new AdmissionCase(
            application, AdmissionFacts.Read(view.Market(), broker.Number, client.Number, rules.Admission, application, meter),
            new ClientRisk(client.Id, score.Score, score.Grade, score.ProbabilityOfDefault, score.HorizonQuarters), exposure, day)
        {
            Undrawn = new Commitments(undrawn.Of(client.Number), undrawn.Of(client.Number) + exposure.Linked.Sum(one => undrawn.Of(one.Exposure.Party)), undrawn.Total),
            PersonsByGrade = GradedManagement.PersonsFor(broker.Id.Key, day, score.Grade.Name),
            Guarantor = guarantor is null ? null : (await scores.ScoreAsync(guarantor, context)).Score.Grade,
        };
        return new Recommended(new AdmissionAdvisor(rules.Admission, rules.Concentration), rests, rules, score);
    }

    /// <summary>The recommendation on a filed application, to keep.</summary>
    /// <param name="application">The application's node in a view of the viewer.</param>
    /// <param name="view">What the viewer may know at the instants it is made for.</param>
    /// <param name="parties">Whose the application is.</param>
    /// <param name="context">The request.</param>
    /// <exception cref="Http.TypedError">It cannot be made.</exception>
    public async Task<AdmissionDocument> OnAsync(NodeHandle application, GraphView view, CaseParties parties, IResolveFieldContext context)
    {
        var client = At(view, parties.Client) ?? throw Problem.NotFound("client of this application at that instant");
        var broker = At(view, parties.Broker!) ?? throw Problem.NotFound("broker of this application at that instant");
        var made = await RestsOnAsync(broker, client, () =>
        {
            var (asked, guarantor) = ApplicationFacts.Read(application.View.Snapshot, application.Number);
            return (asked, guarantor < 0 ? null : At(view, application.At(guarantor).Id.ToString()) ?? throw Problem.NotFound("guarantor of this application at that instant"));
        }, context);
        var (advice, changes, score) = (made.Advisor.Advise(made.Case), SmallestChanges.Of(made.Advisor, made.Case, context.Meter()), made.Score);
        return new AdmissionDocument(
            client.Id, broker.Id, made.Case.Application, made.Case.Guarantor?.Name,
            new ScoreOnFile(score.Score, score.Grade.Name, score.ProbabilityOfDefault, score.HorizonQuarters, score.ModelVersion),
            advice, changes, AdmissionDocument.WordsOf(advice, changes), made.Rules, view.Stamp.AsOf, view.Stamp.KnownAt);
    }

    /// <summary>The rules of a broker on a day.</summary>
    public static RulesOnFile RulesOf(string brokerCode, DateOnly day) => new(AdmissionPolicy.Common.For(brokerCode, day), ConcentrationRules.Common.For(brokerCode, day));

    /// <summary>The recommendation a briefing keeps; null where the viewer's view holds none, or it keeps something else.</summary>
    public static AdmissionDocument? DocumentOf(NodeHandle briefing) =>
        briefing.View.Snapshot.Nodes is var nodes && nodes.GetString(briefing.Number, "advice") != FreezeDocument.Advice && nodes.GetString(briefing.Number, "document") is { } text ? CanonicalJson.Read<AdmissionDocument>(text) : null;

    /// <summary>A recommendation that was kept, in the types of one that is asked for.</summary>
    /// <param name="document">What was kept.</param>
    /// <param name="then">What the viewer may know at the instants it was made of.</param>
    public static RecommendationOf? Kept(AdmissionDocument document, GraphView then) =>
        At(then, document.Client.ToString()) is { } client && At(then, document.Broker.ToString()) is { } broker
            ? new RecommendationOf(client, broker, document.Recommendation, new Lazy<ImmutableArray<AdmissionChange>>(document.Changes)) : null;

    private static NodeHandle? At(GraphView view, string id) => view.Snapshot.Nodes.Find(NodeId.Parse(id)) is >= 0 and var node ? new NodeHandle(view, node) : null;
}
