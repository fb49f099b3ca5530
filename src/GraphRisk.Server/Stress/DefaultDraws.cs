using GraphQL;
using GraphRisk.Disclosure.Rules;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Scoring.Models;
using GraphRisk.Server.Disclosure;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Authorisations;
using GraphRisk.Workflow.Stress;

namespace GraphRisk.Server.Stress;

/// <summary>Correlated defaults drawn on top of a scenario.</summary>
/// <param name="Whole">The scenario's answer.</param>
/// <param name="Parameters">How they were drawn.</param>
/// <param name="Drawn">The losses.</param>
/// <param name="Unscored">Clients without a probability that the viewer may know: they default only where they failed in the scenario.</param>
internal sealed record DefaultsOf(StressOf Whole, DrawParameters Parameters, StressedLosses Drawn, int Unscored) : IAboutSubject
{
    public string? Subject => Whole.Subject;
}

/// <summary>
/// Draws years of correlated defaults over the accounts of a stress test: <c>correlatedDefaults</c>. Probabilities are those of the champion. A broker's rest on
/// scores, and those on what others know, so it draws with the ones its clients allowed it, to the digits they are disclosed with, where there are three or more.
/// </summary>
internal sealed class DefaultDraws(GraphSession session, Func<CreditModel?> champion)
{
    /// <summary>Most draws of a question.</summary>
    public const int MostDraws = 50_000;

    private static readonly DisclosureLimits Limits = DisclosureLimits.Default;

    public async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        var (whole, usual) = ((StressOf)context.Source!, new DrawParameters());
        if (champion() is not { } model) throw Problem.NoModel;
        whole.View.RequireDebts();
        var parameters = usual with
        {
            Draws = Within(context, "draws", usual.Draws, 1, MostDraws),
            Seed = (ulong)Within(context, "seed", (int)usual.Seed, 0, int.MaxValue),
            Correlation = Part(context, "correlation", usual.Correlation, above: false),
            Confidence = Part(context, "confidence", usual.Confidence, above: true),
        };
        var lossGivenDefault = Part(context, "lossGivenDefault", 0.25, above: false);
        if (whole.IsCoarse) CoarseSteps.Check(parameters.Draws, parameters.Correlation, parameters.Confidence, lossGivenDefault);
        var meter = context.Meter();
        var probabilities = await ProbabilitiesAsync(model, whole, context.Viewer(), meter, context.CancellationToken);
        var drawn = StressedDefaults.Draw(whole.Answer, probabilities, lossGivenDefault, parameters, meter);
        return new DefaultsOf(whole, parameters, drawn, drawn.Clients.Count(client => !probabilities.ContainsKey(client)));
    }

    /// <summary>Probability by node of the viewer's own view.</summary>
    private async ValueTask<Dictionary<int, double>> ProbabilitiesAsync(
        CreditModel model, StressOf stress, Viewer viewer, WorkMeter meter, CancellationToken cancellation)
    {
        var view = stress.View;
        if (await Grants.OfAsync(session, viewer, cancellation) is not { } grants)
            return view.AllScores(model, meter).ToDictionary(line => line.Node, line => line.ProbabilityOfDefault);
        var whole = await session.WholeAsync(view, cancellation);
        var parties = stress.Answer.Market.Parties;
        int[] allowed =
        [
            .. stress.Answer.Book.Accounts.Where(account => account.Party < parties.Count).Select(account => parties.NodeOf(account.Party)).Distinct().Order()
                .Where(client => grants.Allow(view.Snapshot, client, AuthorisationScope.Score)),
        ];
        if (allowed.Length < Limits.FewestParties) return [];
        var lines = whole.Scorer(model).Score([.. allowed.Select(client => whole.Snapshot.Nodes.Find(view.Snapshot.Nodes.IdOf(client)))], meter: meter);
        return allowed.Zip(lines).ToDictionary(pair => pair.First, pair => SignificantDigits.Round(pair.Second.ProbabilityOfDefault, Limits.Digits));
    }

    private static int Within(IResolveFieldContext context, string name, int usual, int least, int most) =>
        context.GetArgument<int?>(name) is not { } given ? usual
        : given >= least && given <= most ? given
        : throw Problem.BadInput(name, FormattableString.Invariant($"must be between {least} and {most}."));

    private static double Part(IResolveFieldContext context, string name, double usual, bool above) =>
        context.GetArgument<double?>(name) is not { } given ? usual
        : given < 1 && (above ? given > 0 : given >= 0) ? given
        : throw Problem.BadInput(name, $"must be {(above ? "above" : "from")} 0 {(above ? "and" : "to")} below 1.");
}
