using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Market.Lending;

namespace GraphRisk.Workflow.Supervision.Quality;

/// <summary>What a broker lent a client under contracts of one kind.</summary>
/// <param name="Broker">Node of the broker.</param>
/// <param name="Client">Node of the client.</param>
/// <param name="Kind">Which kind.</param>
/// <param name="Debt">Owed, yuan; positive.</param>
public readonly record struct Lent(int Broker, int Client, ContractKind Kind, decimal Debt);

/// <summary>
/// Who owes whom how much on the day of a snapshot, by kind of contract: what every table of supervision is added up from. Contracts under which nothing is owed are
/// left out, and so are those whose client no source tells. One pass over the contracts.
/// </summary>
public static class LentBook
{
    /// <summary>The rows, by broker, then client, then kind.</summary>
    public static ImmutableArray<Lent> Of(ContractTable contracts, WorkMeter meter)
    {
        var sums = new SortedDictionary<(int Broker, int Client, ContractKind Kind), decimal>();
        foreach (var broker in contracts.Snapshot.Nodes.OfType("Broker"))
            foreach (var contract in meter.Along(contracts.OfBroker(broker)))
                if (contract.IsOutstanding && contract.Debt > 0 && contracts.PartyOf(contract.Node) is >= 0 and var client)
                    sums[(broker, client, contract.Kind)] = sums.GetValueOrDefault((broker, client, contract.Kind)) + contract.Debt;
        return [.. sums.Select(row => new Lent(row.Key.Broker, row.Key.Client, row.Key.Kind, row.Value))];
    }
}
