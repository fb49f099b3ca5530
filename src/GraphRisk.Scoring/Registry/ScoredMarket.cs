using System.IO.Hashing;
using System.Runtime.InteropServices;
using GraphRisk.Market;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Registry;

/// <summary>Clients of one reading scored by one model, with a hash of what the model was given for each.</summary>
/// <param name="Model">The model.</param>
/// <param name="Market">The reading.</param>
/// <param name="Lines">The scores.</param>
/// <param name="Inputs">Per line, XXH128 of the client's row of features as the model read it.</param>
public sealed record ScoredMarket(CreditModel Model, MarketReading Market, IReadOnlyList<ScoreLine> Lines, IReadOnlyList<string> Inputs)
{
    /// <summary>Scores clients, in their order; all of the reading where none are named.</summary>
    public static ScoredMarket Of(CreditModel model, MarketReading market, IReadOnlyList<int>? clients = null, int threads = 1)
    {
        var inputs = new List<string>();
        var lines = model.Open(market).Score(clients ?? market.Parties.Clients(), threads, seen: matrix => Hash(matrix, inputs)).ToArray();
        return new ScoredMarket(model, market, lines, inputs);
    }

    /// <summary>The scores as they are filed.</summary>
    /// <param name="at">When; null where they are computed again.</param>
    /// <param name="isBeside">Whether the model is not the champion.</param>
    public IEnumerable<FiledScore> Filed(DateTimeOffset? at = null, bool isBeside = false)
    {
        var stamp = Market.Snapshot.Stamp;
        return Lines.Select((line, i) => new FiledScore(
            Model.Version, Inputs[i], stamp.Version, stamp.AsOfDay, stamp.KnownAt, Market.Snapshot.Nodes.IdOf(line.Node).ToString(),
            line.ProbabilityOfDefault, line.Score, line.Grade, line.BaselinePoints, line.OwnPoints, line.ContagionPoints)
        { FiledAt = at, IsBeside = isBeside });
    }

    private static void Hash(FeatureMatrix matrix, List<string> into)
    {
        for (var row = 0; row < matrix.Rows; row++)
            into.Add(Convert.ToHexStringLower(XxHash128.Hash(MemoryMarshal.AsBytes(matrix.Row(row)))));
    }
}
