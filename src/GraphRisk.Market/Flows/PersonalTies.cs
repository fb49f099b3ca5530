using GraphRisk.Graph.Algorithms;

namespace GraphRisk.Market.Flows;

/// <summary>Loans of those a guarantee chain leads to.</summary>
/// <param name="Amount">Sum of their amounts.</param>
/// <param name="Loans">Loans, each once.</param>
public sealed record ChainedLoans(decimal Amount, int Loans);

/// <summary>What persons have with each other within a window.</summary>
public static class PersonalTies
{
    /// <summary>
    /// TCR10: companies that two persons both invested in over those that either did (Jaccard), 0 to 1; 0 where neither invested in any, null where one of them is not there.
    /// </summary>
    public static decimal? CommonInvestments(MoneyFlows flows, int one, int other, FlowWindow window, WorkMeter meter)
    {
        if (one < 0 || other < 0) return null;
        HashSet<int> CompaniesOf(int person) => [.. flows.From(person, flows.Investments, meter).Where(flow => window.Contains(flow)).Select(flow => flow.To)];
        var (left, right) = (CompaniesOf(one), CompaniesOf(other));
        var common = left.Count(right.Contains);
        var all = left.Count + right.Count - common;
        return all == 0 ? 0 : Figures.Ratio(common, all);
    }

    /// <summary>
    /// TCR11: loans of all persons that a chain of guarantees leads to from a person, to its end. The person's own count only where the chain comes back.
    /// </summary>
    public static ChainedLoans LoansInChain(MoneyFlows flows, int person, FlowWindow window, Truncation cut, WorkMeter meter)
    {
        var reached = new HashSet<int>();
        var ahead = new Stack<int>([person]);
        while (ahead.TryPop(out var guarantor))
            foreach (var guarantee in flows.From(guarantor, [flows.Guarantees], cut, meter))
                if (window.Contains(guarantee) && IsPerson(flows, guarantee.To) && reached.Add(guarantee.To)) ahead.Push(guarantee.To);
        int[] loans = [.. reached.SelectMany(debtor => flows.From(debtor, flows.Applications, meter)).Select(application => application.To).Distinct()];
        return new ChainedLoans(Figures.Rounded(loans.Sum(flows.AmountOf)), loans.Length);
    }

    private static bool IsPerson(MoneyFlows flows, int node) => flows.Snapshot.Nodes.TypeOf(node).Name == "Person";
}
