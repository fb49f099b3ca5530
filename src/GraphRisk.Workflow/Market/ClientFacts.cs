using System.Collections.Immutable;
using GraphRisk.Workflow.Contracts;
using GraphRisk.Workflow.Margin;

namespace GraphRisk.Workflow.Market;

/// <summary>Something that happened to a client's financing, at whichever broker.</summary>
public readonly record struct ClientEvent(string Kind, DateOnly OccurredOn);

/// <summary>
/// A client's position over all brokers, in sum: how much, and what happened when, never where. Read off the whole snapshot; who
/// may see it is for the door to say.
/// </summary>
/// <param name="Debt">Owed under all outstanding contracts, yuan.</param>
/// <param name="Contracts">Outstanding contracts.</param>
/// <param name="MaintenanceRatio">Assets to debt over all margin contracts with debt, 1 = 100%; null without such debt.</param>
/// <param name="Securities">Securities in all accounts at the last close, yuan.</param>
/// <param name="Events">Calls, overdues, liquidations, defaults, by day, then kind.</param>
public sealed record ClientFacts(
    decimal Debt, int Contracts, decimal? MaintenanceRatio, decimal Securities, ImmutableArray<ClientEvent> Events)
{
    /// <param name="contracts">Contracts of the whole snapshot.</param>
    /// <param name="client">Node of the client in it.</param>
    public static ClientFacts Of(ContractBook contracts, int client)
    {
        var outstanding = contracts.OfParty(client).Where(contract => contract.IsOutstanding).ToList();
        var margin = outstanding.Where(contract => contract.Kind == ContractKind.Margin && contract.Coverage.HasLiability)
            .Aggregate(default(Coverage), (sum, contract) => sum + contract.Coverage);
        return new ClientFacts(
            outstanding.Sum(contract => contract.Debt), outstanding.Count, margin.Ratio, SecuritiesOf(contracts, client, _ => true), EventsOf(contracts, client));
    }

    /// <summary>Securities in the client's accounts at other brokers than one, yuan.</summary>
    public static decimal SecuritiesElsewhere(ContractBook contracts, int client, int broker)
    {
        var keptAt = contracts.Snapshot.Relationship("KEPT_AT").Out;
        return SecuritiesOf(contracts, client, account => !keptAt.Neighbours(account).Contains(broker));
    }

    private static decimal SecuritiesOf(ContractBook contracts, int client, Func<int, bool> counts)
    {
        var snapshot = contracts.Snapshot;
        var positions = snapshot.Relationship("POSITION");
        var value = 0m;
        foreach (var account in snapshot.Relationship("OWNS_ACCOUNT").Out.Neighbours(client).ToArray().Distinct().Where(counts))
        {
            var (start, end) = positions.Out.Range(account);
            for (var edge = start; edge < end; edge++)
                value += (positions.GetDecimal(edge, "quantity") ?? 0m) * (snapshot.Nodes.GetDecimal(positions.Out.Target(edge), "close") ?? 0m);
        }

        return value;
    }

    private static ImmutableArray<ClientEvent> EventsOf(ContractBook contracts, int client)
    {
        var nodes = contracts.Snapshot.Nodes;
        var today = contracts.Snapshot.Stamp.AsOfDay;
        return
        [
            .. contracts.Snapshot.Relationship("BEFELL").In.Neighbours(client).ToArray().Distinct()
                .Where(happening => nodes.GetDate(happening, "occurredOn") <= today)
                .Select(happening => new ClientEvent(nodes.GetString(happening, "kind")!, nodes.GetDate(happening, "occurredOn")!.Value))
                .OrderBy(happening => happening.OccurredOn).ThenBy(happening => happening.Kind, StringComparer.Ordinal),
        ];
    }
}
