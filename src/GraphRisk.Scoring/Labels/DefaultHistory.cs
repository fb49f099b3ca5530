using GraphRisk.Graph.Facts;
using GraphRisk.Market;

namespace GraphRisk.Scoring.Labels;

/// <summary>
/// What a model is asked to foresee: on which days a client entered default (a default or a forced liquidation, 强平), as a
/// later reading of the market knows it. Only training and monitoring read it; no feature does.
/// </summary>
/// <param name="latest">A reading as of a day after everything that is to be foreseen.</param>
public sealed class DefaultHistory(MarketReading latest)
{
    /// <summary>
    /// The id the latest reading knows the client by. An earlier snapshot may lack the record that gives it, and call
    /// the same client by another.
    /// </summary>
    public NodeId LatestIdOf(NodeId client) =>
        latest.Snapshot.Nodes.Find(client) is var node and >= 0 ? latest.Snapshot.Nodes.IdOf(node) : client;

    /// <summary>Whether the client defaulted or was liquidated in (after, until].</summary>
    /// <param name="client">Any id of the client; one the reading does not know has no default.</param>
    /// <param name="after">Day of observation; what happened on it is known, not foreseen.</param>
    /// <param name="until">Last day of the horizon.</param>
    public bool DefaultsWithin(NodeId client, DateOnly after, DateOnly until)
    {
        var node = latest.Snapshot.Nodes.Find(client);
        return node >= 0 && latest.Events.Of(node).Exists(one => one.IsDefault && one.Day > after && one.Day <= until);
    }
}
