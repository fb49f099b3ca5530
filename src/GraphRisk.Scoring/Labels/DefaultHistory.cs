using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Scoring.Features.Reading;

namespace GraphRisk.Scoring.Labels;

/// <summary>
/// What a model is asked to foresee: on which days a client's contract ended in default or forced liquidation (强平),
/// as the latest snapshot knows it. Only training and monitoring read it; no feature does.
/// </summary>
public sealed class DefaultHistory
{
    private readonly Snapshot latest;
    private readonly Csr befell;
    private readonly NameColumn kind;
    private readonly DayColumn day;

    /// <param name="latest">A snapshot as of a day after everything that is to be foreseen.</param>
    public DefaultHistory(Snapshot latest)
    {
        this.latest = latest;
        befell = latest.Relationship("BEFELL").In;
        kind = NameColumn.Of(latest, "CreditEvent", "kind");
        day = DayColumn.Of(latest, "CreditEvent", "occurredOn");
    }

    /// <summary>
    /// The id the latest snapshot knows the client by. An earlier snapshot may lack the record that gives it, and call
    /// the same client by another.
    /// </summary>
    public NodeId LatestIdOf(NodeId client) =>
        latest.Nodes.Find(client) is var node and >= 0 ? latest.Nodes.IdOf(node) : client;

    /// <summary>Whether the client defaulted or was liquidated in (after, until].</summary>
    /// <param name="client">Any id of the client; one the snapshot does not know has no default.</param>
    public bool DefaultsWithin(NodeId client, DateOnly after, DateOnly until)
    {
        var node = latest.Nodes.Find(client);
        if (node < 0)
            return false;
        foreach (var happening in befell.Neighbours(node))
        {
            var row = latest.Nodes.RowOf(happening);
            if (kind[row] is "FORCED_LIQUIDATION" or "DEFAULT" && day[row] > after.DayNumber && day[row] <= until.DayNumber)
                return true;
        }
        return false;
    }
}
