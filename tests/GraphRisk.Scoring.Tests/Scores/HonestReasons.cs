using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;

namespace GraphRisk.Scoring.Tests.Scores;

/// <summary>What must hold of the reasons of every score, whatever the model and the market.</summary>
internal static class HonestReasons
{
    private static readonly Dictionary<string, Feature> ByName = FeatureSet.Features.ToDictionary(feature => feature.Name, StringComparer.Ordinal);

    /// <summary>What misleads in a score, in words; empty where nothing does.</summary>
    /// <param name="score">The score.</param>
    /// <param name="definition">Of the model that gave it.</param>
    /// <param name="row">The client's features, all of them.</param>
    internal static IEnumerable<string> Faults(CreditScore score, ModelDefinition definition, IReadOnlyDictionary<string, float> row)
    {
        foreach (var reason in score.Reasons.Where(reason => reason.IsSingle))
        {
            var (feature, value) = (ByName[reason.Feature], row[reason.Feature]);
            if (float.IsNaN(value)) yield return $"{reason.Feature} is not known and told by itself";
            if (reason.IsBoundless && score.HasDebt) yield return $"{reason.Feature} is said to be without debt of one who owes";
            if (definition.Ranges[definition.Features.ToList().IndexOf(reason.Feature)] is not { } range) continue;
            var goodness = -feature.Direction * Math.Sign(value - range.Median);
            if (goodness > 0 && reason.Points < 0) yield return $"{reason.Feature} {value} is blamed, the median being {range.Median}";
            if (goodness < 0 && reason.Points > 0) yield return $"{reason.Feature} {value} is praised, the median being {range.Median}";
        }
        foreach (var (scope, points) in new[] { (FeatureScope.Own, score.OwnPoints), (FeatureScope.Graph, score.ContagionPoints) })
        {
            if (Math.Abs(score.Reasons.Where(reason => reason.Scope == scope).Sum(reason => reason.Points) - points) > 1e-9) yield return $"the reasons of {scope} do not add up";
            if (Math.Abs(score.Groups.Where(group => group.Scope == scope).Sum(group => group.Points) - points) > 1e-9) yield return $"the chapters of {scope} do not add up";
            if (score.Reasons.Count(reason => reason.Scope == scope && reason.Kind == ReasonKind.NotKnown) > 1) yield return "what is not known is told twice";
            if (score.Reasons.Any(reason => reason.Scope == scope && reason.Kind == ReasonKind.NotKnown && reason.Points > 0)) yield return "what is not known is praised";
        }
        if (Math.Abs(score.BaselinePoints + score.OwnPoints + score.ContagionPoints - score.Points) > 1e-9) yield return "the score does not add up";
        if (score.Reasons.Take(4).Any(reason => reason.IsOfNothing)) yield return "a count of nothing is among the first four";
        var told = score.Reasons.Where(reason => reason.IsSingle).Select(reason => reason.Feature).ToHashSet(StringComparer.Ordinal);
        if (!told.SetEquals(row.Where(cell => !float.IsNaN(cell.Value) && definition.Features.Contains(cell.Key)).Select(cell => cell.Key))) yield return "not every known fact is told";
    }

    /// <summary>The faults of every client of a reading.</summary>
    internal static List<string> FaultsOf(CreditModel model, Market.MarketReading market)
    {
        var (scorer, features) = (model.Open(market), FeatureSet.Open(market));
        return [.. market.Parties.Clients().SelectMany(node =>
        {
            var matrix = features.Compute([node]);
            var row = FeatureSet.Features.Select((feature, column) => (feature.Name, Value: matrix[0, column])).ToDictionary(cell => cell.Name, cell => cell.Value, StringComparer.Ordinal);
            return Faults(scorer.Score(node), model.Definition, row).Select(fault => $"{market.Snapshot.Nodes.IdOf(node)}: {fault}");
        })];
    }
}
