using GraphRisk.Market;
using GraphRisk.Market.Publishing;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;

namespace GraphRisk.Cli.Composition;

/// <summary>Puts together what is published of a reading of the market: what the graph, the contracts and the model say.</summary>
internal static class Publications
{
    /// <param name="market">The reading.</param>
    /// <param name="model">The model behind the scores; null where there is none.</param>
    /// <param name="scores">Its scores.</param>
    public static Publication Of(MarketReading market, CreditModel? model, IEnumerable<ScoreLine> scores)
    {
        var published = PublicationBuilder.Of(market);
        return published with
        {
            Parties = [.. published.Parties.Select(party => party with { Readings = PartyReadings.Of(party.Believed) })],
            ModelVersion = model?.Version,
            Scores = [.. scores.Select(line => new PublishedScore(
                market.Snapshot.Nodes.IdOf(line.Node), line.Score, line.Grade, line.ProbabilityOfDefault,
                line.BaselinePoints, line.OwnPoints, line.ContagionPoints, line.HasDebt))],
        };
    }
}
