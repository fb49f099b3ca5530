using System.IO.Hashing;
using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Market;
using GraphRisk.Market.Credit;

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

    /// <summary>A number for the client, the same whatever an early quarter called it.</summary>
    public ulong NumberOf(NodeId client) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(LatestIdOf(client).ToString()));

    /// <summary>The first default or liquidation after a day, and the first cure on or after it; null where there was none.</summary>
    /// <param name="client">Any id of the client.</param>
    /// <param name="after">Day of observation.</param>
    public (DateOnly? Default, DateOnly? Cure) FirstAfter(NodeId client, DateOnly after)
    {
        var node = latest.Snapshot.Nodes.Find(client);
        if (node < 0) return (null, null);
        var events = latest.Events.Of(node);
        return First(events, one => one.IsDefault && one.Day > after) is { } day
            ? (day, First(events, one => one.Kind == CreditEventKind.Cured && one.Day >= day))
            : (null, null);
    }

    private static DateOnly? First(List<CreditEvent> events, Func<CreditEvent, bool> counts)
    {
        DateOnly? first = null;
        foreach (var one in events)
            if (counts(one) && !(first <= one.Day)) first = one.Day;
        return first;
    }
}
