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
    private readonly Snapshot _latest;
    private readonly Csr _befell;
    private readonly NameColumn _kind;
    private readonly DayColumn _day;

    /// <param name="latest">A snapshot as of a day after everything that is to be foreseen.</param>
    public DefaultHistory(Snapshot latest)
    {
        _latest = latest;
        _befell = latest.Relationship("BEFELL").In;
        _kind = NameColumn.Of(latest, "CreditEvent", "kind");
        _day = DayColumn.Of(latest, "CreditEvent", "occurredOn");
    }

    /// <summary>
    /// The id the latest snapshot knows the client by. An earlier snapshot may lack the record that gives it, and call
    /// the same client by another.
    /// </summary>
    public NodeId LatestIdOf(NodeId client) =>
        _latest.Nodes.Find(client) is var node and >= 0 ? _latest.Nodes.IdOf(node) : client;

    /// <summary>Whether the client defaulted or was liquidated in (after, until].</summary>
    /// <param name="client">Any id of the client; one the snapshot does not know has no default.</param>
    public bool DefaultsWithin(NodeId client, DateOnly after, DateOnly until)
    {
        var node = _latest.Nodes.Find(client);
        if (node < 0)
            return false;
        foreach (var happening in _befell.Neighbours(node))
        {
            var row = _latest.Nodes.RowOf(happening);
            if (_kind[row] is "FORCED_LIQUIDATION" or "DEFAULT" && _day[row] > after.DayNumber && _day[row] <= until.DayNumber)
                return true;
        }
        return false;
    }
}
