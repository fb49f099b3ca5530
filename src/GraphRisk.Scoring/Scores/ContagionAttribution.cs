using GraphRisk.Graph.Algorithms;
using GraphRisk.Market.Contagion;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Scores;

/// <summary>What one kind of tie to a neighbour does by itself.</summary>
/// <param name="Tie">Along what.</param>
/// <param name="Points">How the score, before rounding, would change without it, with its sign turned: negative where it lowers the score.</param>
public readonly record struct ContagionTie(NeighbourTie Tie, double Points);

/// <summary>What one neighbour does to a client's score.</summary>
/// <param name="Party">Node of the neighbour.</param>
/// <param name="Points">The same with all its ties taken away together: negative where it lowers the score.</param>
/// <param name="Ties">Each of them by itself, the one that lowers the score most first; they overlap where they do not add up.</param>
public sealed record ContagionTerm(int Party, double Points, IReadOnlyList<ContagionTie> Ties);

/// <summary>
/// Which neighbours make up the contagion part of a score: terms + rest + interaction = contagion points.
/// </summary>
/// <param name="ContagionPoints">The contagion part of the score.</param>
/// <param name="Terms">Every neighbour, the one that lowers the score most first, then by node.</param>
/// <param name="Rest">What the contagion part would be without any of them: that the client stands alone, and its common holdings.</param>
/// <param name="Interaction">What neighbours do together beyond what each does alone.</param>
public sealed record ContagionAnswer(double ContagionPoints, IReadOnlyList<ContagionTerm> Terms, double Rest, double Interaction)
{
    /// <summary>Whether neighbours overlap by more than one point in a hundred: then taking two away moves the score otherwise than their terms say.</summary>
    public bool Interacts => Math.Abs(Interaction) > 0.01 * Math.Max(1, Terms.Sum(term => Math.Abs(term.Points)));
}

/// <summary>
/// Attribution of contagion to neighbours by leaving one out (Lei, G'Sell, Rinaldo, Tibshirani and Wasserman 2018, there for
/// inputs): the features of the client are computed again as if one neighbour, or one tie to it, did not exist, and the model
/// asked again. A term is therefore exactly what the removal does to the score while everybody else stays as they are. Terms of
/// neighbours that overlap do not add up to the whole; what is missing is stated. Cost: a row of features and a margin for every
/// tie, and for every neighbour with several.
/// </summary>
/// <param name="features">The features.</param>
/// <param name="columns">The features the model reads.</param>
/// <param name="ask">The model: the score before rounding of every row, and the contagion part of the first.</param>
internal sealed class ContagionAttribution(
    SnapshotFeatures features, IReadOnlyList<int> columns, Func<FeatureMatrix, WorkMeter, (double Contagion, double[] Points)> ask)
{
    /// <summary>The answer for a client.</summary>
    /// <param name="node">Node of the client.</param>
    /// <param name="meter">Pays.</param>
    public ContagionAnswer Of(int node, WorkMeter meter)
    {
        var party = features.Parties.IndexOf(node);
        var around = new Neighbourhoods(features.Market, meter);
        var edges = around.EdgesOf(party);
        NeighbourEdge[][] neighbours = [.. edges.GroupBy(edge => edge.Other).Select(group => group.ToArray())];
        // What is taken away, row by row: nothing, everything, each tie, then all ties of each neighbour.
        IReadOnlyCollection<NeighbourEdge>[] gone = [[], edges, .. edges.Select(edge => new[] { edge }), .. neighbours];
        var (contagion, points) = ask(FeatureMatrix.Stack([.. gone.Select(some => features.Compute([node], around.Without(party, some), meter, columns))]), meter);
        var tieOf = edges.Select((edge, i) => (edge, Tie: new ContagionTie(edge.Tie, points[0] - points[i + 2]))).ToDictionary(pair => pair.edge, pair => pair.Tie);
        ContagionTerm[] terms = [.. neighbours
            .Select((ties, i) => new ContagionTerm(
                features.Parties.NodeOf(ties[0].Other), points[0] - points[edges.Count + 2 + i], [.. ties.Select(edge => tieOf[edge]).OrderBy(tie => tie.Points).ThenBy(tie => tie.Tie)]))
            .OrderBy(term => term.Points).ThenBy(term => term.Party)];
        var rest = contagion - (points[0] - points[1]);
        return new ContagionAnswer(contagion, terms, rest, contagion - rest - terms.Sum(term => term.Points));
    }
}
