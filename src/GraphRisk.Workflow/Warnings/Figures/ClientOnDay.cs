using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Lending;

namespace GraphRisk.Workflow.Warnings.Figures;

/// <summary>A client of a broker on a day, as figures of early warning are read of it.</summary>
/// <param name="Market">The reading of what the broker may know.</param>
/// <param name="Node">Node of the client.</param>
/// <param name="Contracts">Its contracts with the broker under which something is owed, at the close.</param>
/// <param name="Score">Its score, where the broker may be told one.</param>
/// <param name="Meter">Pays.</param>
public sealed record ClientOnDay(MarketReading Market, int Node, ImmutableArray<DailyCoverage> Contracts, ClientScore? Score, WorkMeter Meter)
{
    /// <summary>Its number among parties.</summary>
    public int Party => Market.Parties.IndexOf(Node);
}

/// <summary>A client's score as it is told to a broker the client authorised.</summary>
/// <param name="Score">300 to 850.</param>
/// <param name="Probability">Probability of default.</param>
public readonly record struct ClientScore(double Score, double Probability);
