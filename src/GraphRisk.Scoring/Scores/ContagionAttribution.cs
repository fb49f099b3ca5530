using GraphRisk.Graph.Algorithms;
using GraphRisk.Market.Contagion;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Scores;

/// <summary>What one neighbour does to a client's score along one kind of tie.</summary>
/// <param name="Party">Node of the neighbour.</param>
/// <param name="Tie">Along what.</param>
/// <param name="Points">How far the score, before rounding, would fall if the tie were taken away: negative where the tie lowers it.</param>
public readonly record struct ContagionTerm(int Party, NeighbourTie Tie, double Points);

/// <summary>
/// Which neighbours make up the contagion part of a score: terms + rest + interaction = contagion points.
/// </summary>
/// <param name="ContagionPoints">The contagion part of the score.</param>
/// <param name="Terms">Every tie, the one that lowers the score most first, then by node and tie.</param>
/// <param name="Rest">What the contagion part would be without any of these ties: that the client stands alone, and its common holdings.</param>
/// <param name="Interaction">What the ties do together beyond what each does alone.</param>
public sealed record ContagionAnswer(double ContagionPoints, IReadOnlyList<ContagionTerm> Terms, double Rest, double Interaction)
{
    /// <summary>Whether ties overlap by more than one point in a hundred: then taking two away moves the score otherwise than their terms say.</summary>
    public bool Interacts => Math.Abs(Interaction) > 0.01 * Math.Max(1, Terms.Sum(term => Math.Abs(term.Points)));
}

/// <summary>
/// Attribution of contagion to neighbours by leaving one out (Lei, G'Sell, Rinaldo, Tibshirani and Wasserman 2018, there for
/// inputs): the features of the client are computed again as if one tie did not exist, and the model asked again. A term is
/// therefore exactly what removing the tie does to the score while everybody else stays as they are. Terms of ties that overlap
/// do not add up to the whole; what is missing is stated. Cost: a row of features and a margin for every tie.
/// </summary>
/// <param name="features">The features.</param>
/// <param name="ask">The model: the score before rounding of every row, and the contagion part of the first.</param>
internal sealed class ContagionAttribution(SnapshotFeatures features, Func<FeatureMatrix, WorkMeter, (double Contagion, double[] Points)> ask)
{
    /// <summary>The answer for a client.</summary>
    /// <param name="node">Node of the client.</param>
    /// <param name="meter">Pays.</param>
    public ContagionAnswer Of(int node, WorkMeter meter)
    {
        var party = features.Parties.IndexOf(node);
        var around = new Neighbourhoods(features.Market, meter);
        var edges = around.EdgesOf(party);
        // Row 0: as it is. Row 1: without any tie. Then one row a tie.
        var rows = new List<FeatureMatrix> { features.Compute([node], around, meter), features.Compute([node], around.Without(party, edges), meter) };
        foreach (var edge in edges) rows.Add(features.Compute([node], around.Without(party, [edge]), meter));
        var (contagion, points) = ask(FeatureMatrix.Stack(rows), meter);
        ContagionTerm[] terms = [.. edges
            .Select((edge, i) => new ContagionTerm(features.Parties.NodeOf(edge.Other), edge.Tie, points[0] - points[i + 2]))
            .OrderBy(term => term.Points).ThenBy(term => term.Party).ThenBy(term => term.Tie)];
        var rest = contagion - (points[0] - points[1]);
        return new ContagionAnswer(contagion, terms, rest, contagion - rest - terms.Sum(term => term.Points));
    }
}
