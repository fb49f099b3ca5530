using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;

namespace GraphRisk.Workflow.Warnings.DryRun;

/// <summary>A default of a client under a contract with a broker.</summary>
/// <param name="Broker">The broker.</param>
/// <param name="Party">Node of the client in the snapshot it was read from.</param>
/// <param name="Day">Day of it.</param>
public readonly record struct BrokerDefault(NodeId Broker, int Party, DateOnly Day);

/// <summary>What became of the clients of brokers, by all that is known: defaults and forced liquidations by the contract's broker and client. Immutable.</summary>
public sealed class Outcomes
{
    private readonly Snapshot snapshot;
    private readonly ILookup<(NodeId Broker, int Party), DateOnly> days;

    private Outcomes(Snapshot snapshot, IReadOnlyList<BrokerDefault> all)
    {
        (this.snapshot, All) = (snapshot, all);
        days = all.ToLookup(one => (one.Broker, one.Party), one => one.Day);
    }

    /// <summary>All defaults, by day, broker and party.</summary>
    public IReadOnlyList<BrokerDefault> All { get; }

    /// <summary>The defaults a reading of everything knows.</summary>
    public static Outcomes Of(MarketReading market)
    {
        var found = new SortedSet<(DateOnly Day, NodeId Broker, int Party)>();
        foreach (var client in market.Parties.Clients())
            foreach (var happened in market.Events.Of(client))
                if (happened is { IsDefault: true, Contract: >= 0 and var contract } && market.Contracts.BrokerOf(contract) is >= 0 and var broker)
                    found.Add((happened.Day, market.Snapshot.Nodes.IdOf(broker), client));
        return new Outcomes(market.Snapshot, [.. found.Select(one => new BrokerDefault(one.Broker, one.Party, one.Day))]);
    }

    /// <summary>Node of the client that has a record; -1 where it is not known.</summary>
    public int PartyOf(NodeId record) => snapshot.Nodes.Find(record);

    /// <summary>The first default of a client with a broker after a day; null where none is known.</summary>
    public DateOnly? FirstAfter(NodeId broker, NodeId record, DateOnly day)
    {
        DateOnly? first = null;
        foreach (var one in days[(broker, PartyOf(record))])
            if (one > day && !(first <= one)) first = one;
        return first;
    }
}
