using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Market.Flows;

/// <summary>An account that money of a loan may have come to.</summary>
/// <param name="Account">The account.</param>
/// <param name="Ratio">What flowed into it along the traces, over the loan's amount; -1 where the loan states none.</param>
/// <param name="Distance">Steps from the loan, the payout counted: 2 to 4.</param>
public sealed record LoanDownstream(NodeId Account, decimal Ratio, int Distance);

/// <summary>How an account deals with loans; a ratio is -1 where there is nothing to divide by.</summary>
/// <param name="Repaid">Paid out to it over repaid from it.</param>
/// <param name="PaidOut">Paid out to it over transferred from it.</param>
/// <param name="Transferred">Transferred to it over transferred from it.</param>
public sealed record LoanRatios(decimal Repaid, decimal PaidOut, decimal Transferred);

/// <summary>Where money of a loan goes.</summary>
public static class LoanTraces
{
    /// <summary>
    /// TCR8: accounts up to three transfers or withdrawals downstream of those a loan was paid out to; the farthest first, then the largest ratio, then by account.
    /// Their times need only lie in the window.
    /// <para>
    /// FinBench says of the amount that it "should exceed a specified threshold of the upstream transfer", and of the upstream of an edge that it is
    /// "the aggregated total amounts of all transfer-in edges of its source". Implementations differ: some compare an edge with the one edge before it on the path, which lets
    /// the answer depend on which of several parallel paths is looked at, some with the threshold alone. We take the note at its word: a flow is followed when it
    /// exceeds threshold times all that was transferred into its source within the window. A flow into an account counts once in its ratio, on however many traces it
    /// lies, and an account has its least distance.
    /// </para>
    /// </summary>
    public static ImmutableArray<LoanDownstream> Downstream(
        MoneyFlows flows, int loan, decimal threshold, FlowWindow window, Truncation cut, WorkMeter meter)
    {
        if (loan < 0) return [];
        var inflows = new Dictionary<int, (decimal Sum, int Distance)>();
        int[] level = [.. flows.From(loan, flows.Payouts, meter).Where(payout => window.Contains(payout)).Select(payout => payout.To).Distinct()];
        var left = new HashSet<int>(level);
        for (var distance = 2; distance <= FundsTraces.MostSteps + 1 && level.Length > 0; distance++)
        {
            var next = new HashSet<int>();
            foreach (var account in level)
            {
                var least = threshold * Figures.Sum(flows.To(account, flows.Transfers, meter).Where(transfer => window.Contains(transfer)));
                foreach (var flow in flows.From(account, [flows.Transfers, flows.Withdrawals], cut, meter))
                {
                    if (!window.Contains(flow) || flow.Amount <= least) continue;
                    var known = inflows.GetValueOrDefault(flow.To, (0, distance));
                    inflows[flow.To] = known with { Sum = known.Sum + flow.Amount };
                    if (left.Add(flow.To)) next.Add(flow.To);
                }
            }

            level = [.. next];
        }

        var amount = flows.AmountOf(loan);
        return
        [
            .. inflows.Select(inflow => new LoanDownstream(flows.IdOf(inflow.Key), Figures.Ratio(inflow.Value.Sum, amount), inflow.Value.Distance))
                .OrderByDescending(one => one.Distance).ThenByDescending(one => one.Ratio)
                .ThenBy(one => one.Account, Comparer<NodeId>.Create(MoneyFlows.CompareIds)),
        ];
    }

    /// <summary>TCR9: how what loans paid out to an account compares with what it repaid and passed on; flows above a threshold within the window. Null where there is no such account.</summary>
    public static LoanRatios? Ratios(MoneyFlows flows, int account, decimal threshold, FlowWindow window, Truncation cut, WorkMeter meter)
    {
        if (account < 0) return null;
        decimal Sum(List<Flow> all) => Figures.Sum(all.Where(flow => window.Contains(flow) && flow.Amount > threshold));
        var paidOut = Sum(flows.To(account, flows.Payouts, meter));
        var repaid = Sum(flows.From(account, flows.Repayments, meter));
        var received = Sum(flows.To(account, flows.Transfers, cut, meter));
        var sent = Sum(flows.From(account, [flows.Transfers], cut, meter));
        return new LoanRatios(Figures.Ratio(paidOut, repaid), Figures.Ratio(paidOut, sent), Figures.Ratio(received, sent));
    }
}
