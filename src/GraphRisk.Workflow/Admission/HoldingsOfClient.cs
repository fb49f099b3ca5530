using GraphRisk.Graph.Algorithms;
using GraphRisk.Market.Lending;
using GraphRisk.Workflow.Concentration;

namespace GraphRisk.Workflow.Admission;

/// <summary>Securities of one client with one broker, by node, in units.</summary>
/// <param name="Held">In its accounts there.</param>
/// <param name="Securing">Of them those in accounts that secure outstanding margin contracts.</param>
/// <param name="Pledged">Pledged, or sold under agreed repo, by its outstanding contracts with the broker.</param>
/// <param name="MarginDebt">Owed under its outstanding margin contracts with the broker, yuan.</param>
public sealed record HoldingsOfClient(
    IReadOnlyDictionary<int, decimal> Held, IReadOnlyDictionary<int, decimal> Securing, IReadOnlyDictionary<int, decimal> Pledged, decimal MarginDebt)
{
    /// <summary>Of a client; costs its accounts and contracts.</summary>
    public static HoldingsOfClient Of(ContractTable contracts, int broker, int client, IReadOnlyList<int> accounts, WorkMeter meter)
    {
        var (held, securing, pledged, debt) = (new Dictionary<int, decimal>(), new Dictionary<int, decimal>(), new Dictionary<int, decimal>(), 0m);
        var securedBy = contracts.Snapshot.Relationship("SECURED_BY").Out;
        var secured = new HashSet<int>();
        foreach (var contract in meter.Along(contracts.Of(client, broker)).Where(contract => contract.IsOutstanding))
        {
            if (contract.Kind != ContractKind.Margin) CollateralOfBroker.AddUnits(contracts.Snapshot, "PLEDGED", contract.Node, pledged, meter);
            else debt += contract.Debt;
            foreach (var account in securedBy.Neighbours(contract.Node))
                if (contract.Kind == ContractKind.Margin && secured.Add(account)) CollateralOfBroker.AddUnits(contracts.Snapshot, "POSITION", account, securing, meter);
        }

        foreach (var account in accounts) CollateralOfBroker.AddUnits(contracts.Snapshot, "POSITION", account, held, meter);
        return new HoldingsOfClient(held, securing, pledged, debt);
    }
}
