using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Market.Lending;

namespace GraphRisk.Workflow.Concentration;

/// <summary>
/// Concentration of one broker's financing: each client to net capital, each stock taken as collateral to its market value,
/// all financing to net capital.
/// </summary>
public static class BrokerConcentration
{
    /// <summary>The total, always, and every client and stock at or above its warning line: by measure, then largest ratio first, then by id.</summary>
    /// <param name="contracts">Contracts of the snapshot.</param>
    /// <param name="broker">Node of the broker.</param>
    /// <param name="rules">Limits that hold on the as-of day.</param>
    /// <param name="meter">Pays for it.</param>
    /// <returns>Findings; those against net capital are absent where the broker states none.</returns>
    public static ImmutableArray<ConcentrationFinding> Of(ContractTable contracts, int broker, ConcentrationRules rules, WorkMeter? meter = null)
    {
        var nodes = contracts.Snapshot.Nodes;
        var lent = CollateralOfBroker.Of(contracts, broker, meter ?? WorkMeter.Unlimited);
        var findings = new List<ConcentrationFinding>();
        if (contracts.NetCapitalOf(broker) is > 0 and var capital)
        {
            findings.Add(new ConcentrationFinding(ConcentrationMeasure.TotalToNetCapital, nodes.IdOf(broker), lent.TotalDebt, capital, rules.Total));
            findings.AddRange(lent.Debts.Select(row => new ConcentrationFinding(
                ConcentrationMeasure.ClientToNetCapital, nodes.IdOf(row.Key), row.Value, capital, rules.Client)));
        }

        foreach (var (security, quantity) in lent.Taken)
            if (nodes.GetString(security, "kind") == "SHARE" && nodes.GetDecimal(security, "sharesOutstanding") is > 0 and var outstanding)
                findings.Add(new ConcentrationFinding(ConcentrationMeasure.StockToMarketValue, nodes.IdOf(security), quantity, outstanding, rules.Stock));
        return
        [
            .. findings.Where(finding => finding.Measure == ConcentrationMeasure.TotalToNetCapital || finding.Level != ConcentrationLevel.Kept)
                .OrderBy(finding => finding.Measure).ThenByDescending(finding => finding.Ratio).ThenBy(finding => finding.Subject),
        ];
    }
}
