using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Lending;

namespace GraphRisk.Workflow.Concentration;

/// <summary>
/// What a broker lends, and the securities it has taken for it. Collateral of a margin contract is what its credit account holds, an
/// account that secures several once; of the others what is pledged. Stocks are measured in shares, so a price is not needed.
/// </summary>
/// <param name="Debts">Owed under outstanding contracts by node of the client, yuan.</param>
/// <param name="Taken">Securities taken as collateral by node, in units.</param>
/// <param name="Pledged">Of them those pledged, or sold under agreed repo.</param>
public sealed record CollateralOfBroker(
    IReadOnlyDictionary<int, decimal> Debts, IReadOnlyDictionary<int, decimal> Taken, IReadOnlyDictionary<int, decimal> Pledged)
{
    /// <summary>Owed to the broker in all, yuan.</summary>
    public decimal TotalDebt => Debts.Values.Sum();

    /// <summary>Of one broker's contracts; one pass over them.</summary>
    public static CollateralOfBroker Of(ContractTable contracts, int broker, WorkMeter meter)
    {
        var (debts, taken, pledged, accounts) = (new Dictionary<int, decimal>(), new Dictionary<int, decimal>(), new Dictionary<int, decimal>(), new HashSet<int>());
        foreach (var contract in meter.Along(contracts.OfBroker(broker)).Where(contract => contract.IsOutstanding))
        {
            if (contracts.PartyOf(contract.Node) is >= 0 and var party) debts[party] = debts.GetValueOrDefault(party) + contract.Debt;
            if (contract.Kind != ContractKind.Margin)
            {
                AddUnits(contracts.Snapshot, "PLEDGED", contract.Node, pledged, meter);
                AddUnits(contracts.Snapshot, "PLEDGED", contract.Node, taken, meter);
                continue;
            }

            foreach (var account in contracts.Snapshot.Relationship("SECURED_BY").Out.Neighbours(contract.Node))
                if (accounts.Add(account)) AddUnits(contracts.Snapshot, "POSITION", account, taken, meter);
        }

        return new CollateralOfBroker(debts, taken, pledged);
    }

    /// <summary>Adds the units of each security that an edge of a kind leads to: positions of an account, securities pledged under a contract.</summary>
    internal static void AddUnits(Snapshot snapshot, string relationship, int node, Dictionary<int, decimal> into, WorkMeter meter)
    {
        var table = snapshot.Relationship(relationship);
        meter.ChargeNode(table.Out.Degree(node));
        for (var (edge, end) = table.Out.Range(node); edge < end; edge++)
            into[table.Out.Target(edge)] = into.GetValueOrDefault(table.Out.Target(edge)) + (table.GetDecimal(edge, "quantity") ?? 0m);
    }
}
