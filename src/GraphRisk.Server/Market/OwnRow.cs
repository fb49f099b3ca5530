using GraphRisk.Disclosure.Rules;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;
using GraphRisk.Server.Disclosure;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Authorisations;
using GraphRisk.Workflow.Market;

namespace GraphRisk.Server.Market;

/// <summary>
/// A broker's own row of the market, of its own records as they stand. Scores rest on what others know, so they enter only of
/// clients that allowed them, as means, where there are three or more; to three digits, like a score that is disclosed.
/// </summary>
internal sealed class OwnRow(GraphSession session)
{
    private static readonly DisclosureLimits Limits = DisclosureLimits.Default;

    public async ValueTask<IReadOnlyList<MarketRowOf>> OfAsync(CreditModel? model, GraphView view, Viewer viewer, WorkMeter meter, CancellationToken cancellation)
    {
        var rows = view.Derive(
            (typeof(MarketTable), MarketDivision.Broker), meter, (_, paid) => MarketTable.Of(view.Contracts(), MarketDivision.Broker, new Dictionary<int, ScoreLine>(), null, paid));
        var own = rows.Where(row => $"Broker/{row.Key}" == viewer.Of).ToList();
        if (own.Count == 0 || model is null) return [.. own.Select(row => new MarketRowOf(MarketPart.Figures(view, row), () => MarketPart.Figures(view, row)))];
        var grants = (await Grants.OfAsync(session, viewer, cancellation))!;
        var whole = await session.WholeAsync(view, cancellation);
        return [.. own.Select(row => new MarketRowOf(MarketPart.Figures(view, row), () => WithMeans(MarketPart.Figures(view, row), Scores(model, view, whole, grants, row.Key, meter))))];
    }

    /// <summary>Debt with the broker, and probability, of its clients that owe it something and allowed their score.</summary>
    private static List<(decimal Debt, double Risk)> Scores(CreditModel model, GraphView view, GraphView whole, Grants grants, string broker, WorkMeter meter)
    {
        var contracts = view.Contracts();
        var node = view.Snapshot.Nodes.Find(new NodeId("Broker", broker));
        var owing = contracts.ClientsOf(node).Select(client => (Client: client, Debt: contracts.Of(client, node).Sum(contract => contract.Debt)))
            .Where(one => one.Debt > 0 && grants.Allow(view.Snapshot, one.Client, AuthorisationScope.Score)).ToList();
        var lines = whole.Scorer(model).Score([.. owing.Select(one => whole.Snapshot.Nodes.Find(view.Snapshot.Nodes.IdOf(one.Client)))], meter: meter);
        return [.. owing.Zip(lines, (one, line) => (one.Debt, line.ProbabilityOfDefault))];
    }

    private static MarketFigures WithMeans(MarketFigures figures, List<(decimal Debt, double Risk)> scored)
    {
        if (scored.Count < Limits.FewestParties) return figures with { ScoredClients = scored.Count };
        var debt = scored.Sum(one => one.Debt);
        return figures with
        {
            ScoredClients = scored.Count,
            MeanProbabilityOfDefault = SignificantDigits.Round(scored.Average(one => one.Risk), Limits.Digits),
            DebtWeightedProbabilityOfDefault = SignificantDigits.Round(scored.Sum(one => (double)(one.Debt / debt) * one.Risk), Limits.Digits),
        };
    }
}
