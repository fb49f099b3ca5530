using System.Collections.Immutable;
using GraphRisk.Market.Lending;

namespace GraphRisk.Workflow.Concentration;

/// <summary>
/// Concentration of one broker's financing: each client to net capital, each stock taken as collateral to its market value,
/// all financing to net capital. Collateral of a margin contract is what its credit account holds, of the others what is
/// pledged. Stocks are measured in shares, so a price is not needed.
/// </summary>
public static class BrokerConcentration
{
    /// <summary>The total, always, and every client and stock at or above its warning line: by measure, then largest ratio first, then by id.</summary>
    /// <param name="contracts">Contracts of the snapshot.</param>
    /// <param name="broker">Node of the broker.</param>
    /// <param name="rules">Limits that hold on the as-of day.</param>
    /// <returns>Findings; those against net capital are absent where the broker states none.</returns>
    public static ImmutableArray<ConcentrationFinding> Of(ContractTable contracts, int broker, ConcentrationRules rules)
    {
        var nodes = contracts.Snapshot.Nodes;
        var debts = new Dictionary<int, decimal>();
        var shares = new Dictionary<int, decimal>();
        var accounts = new HashSet<int>();
        foreach (var contract in contracts.OfBroker(broker).Where(contract => contract.IsOutstanding))
        {
            if (contracts.PartyOf(contract.Node) is >= 0 and var party) debts[party] = debts.GetValueOrDefault(party) + contract.Debt;
            AddShares(contracts, contract, shares, accounts);
        }

        var findings = new List<ConcentrationFinding>();
        if (contracts.NetCapitalOf(broker) is > 0 and var capital)
        {
            findings.Add(new ConcentrationFinding(ConcentrationMeasure.TotalToNetCapital, nodes.IdOf(broker), debts.Values.Sum(), capital, rules.Total));
            findings.AddRange(debts.Select(row => new ConcentrationFinding(
                ConcentrationMeasure.ClientToNetCapital, nodes.IdOf(row.Key), row.Value, capital, rules.Client)));
        }

        foreach (var (security, quantity) in shares)
            if (nodes.GetString(security, "kind") == "SHARE" && nodes.GetDecimal(security, "sharesOutstanding") is > 0 and var outstanding)
                findings.Add(new ConcentrationFinding(ConcentrationMeasure.StockToMarketValue, nodes.IdOf(security), quantity, outstanding, rules.Stock));
        return
        [
            .. findings.Where(finding => finding.Measure == ConcentrationMeasure.TotalToNetCapital || finding.Level != ConcentrationLevel.Kept)
                .OrderBy(finding => finding.Measure).ThenByDescending(finding => finding.Ratio).ThenBy(finding => finding.Subject),
        ];
    }

    private static void AddShares(ContractTable contracts, Contract contract, Dictionary<int, decimal> shares, HashSet<int> accounts)
    {
        if (contract.Kind != ContractKind.Margin)
        {
            Add("PLEDGED", contract.Node);
            return;
        }

        // Several contracts may lean on one account; what it holds counts once.
        foreach (var account in contracts.Snapshot.Relationship("SECURED_BY").Out.Neighbours(contract.Node))
            if (accounts.Add(account)) Add("POSITION", account);

        void Add(string relationship, int node)
        {
            var table = contracts.Snapshot.Relationship(relationship);
            var (start, end) = table.Out.Range(node);
            for (var edge = start; edge < end; edge++)
                shares[table.Out.Target(edge)] = shares.GetValueOrDefault(table.Out.Target(edge)) + (table.GetDecimal(edge, "quantity") ?? 0m);
        }
    }
}
