using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Market.Flows;

/// <summary>An account that closes a circle of transfers: money went from one account to another, on to this one, and back.</summary>
/// <param name="Account">The third account.</param>
/// <param name="BackCount">Transfers from it to the first.</param>
/// <param name="BackSum">Their sum.</param>
/// <param name="BackMax">The largest of them.</param>
/// <param name="OnCount">Transfers from the second to it.</param>
/// <param name="OnSum">Their sum.</param>
/// <param name="OnMax">The largest of them.</param>
public sealed record CycleAccount(
    NodeId Account, int BackCount, decimal BackSum, decimal BackMax, int OnCount, decimal OnSum, decimal OnMax);

/// <summary>Paths of transfers between two accounts within a window; their times need not ascend, and nothing is cut.</summary>
public static class TransferPaths
{
    /// <summary>
    /// TCR3: transfers on the shortest path; 1 where the first transferred to the second, 0 from an account to itself, -1 where there is none. Searched
    /// level by level from both ends, always from the end that has fewer accounts to go on from.
    /// </summary>
    public static int ShortestPath(MoneyFlows flows, int from, int to, FlowWindow window, WorkMeter meter)
    {
        if (from < 0 || to < 0) return -1;
        if (from == to) return 0;
        var (forward, backward) = (new HashSet<int> { from }, new HashSet<int> { to });
        (List<int> ahead, List<int> behind) = ([from], [to]);
        for (var length = 1; ahead.Count > 0 && behind.Count > 0; length++)
        {
            var isForward = ahead.Count <= behind.Count;
            var (near, far) = isForward ? (forward, backward) : (backward, forward);
            var next = new List<int>();
            foreach (var account in isForward ? ahead : behind)
                foreach (var transfer in isForward ? flows.From(account, flows.Transfers, meter) : flows.To(account, flows.Transfers, meter))
                {
                    if (!window.Contains(transfer)) continue;
                    var reached = isForward ? transfer.To : transfer.From;
                    if (far.Contains(reached)) return length;
                    if (near.Add(reached)) next.Add(reached);
                }

            if (isForward) ahead = next;
            else behind = next;
        }

        return -1;
    }

    /// <summary>
    /// TCR4: where one account transferred to another, the third accounts that had money from the second and gave money to the first; the largest sum back
    /// first, then the largest sum on, then by account. Nothing where no transfer leads from the one to the other.
    /// </summary>
    public static ImmutableArray<CycleAccount> Cycles(MoneyFlows flows, int from, int to, FlowWindow window, WorkMeter meter) =>
        flows.From(from, flows.Transfers, meter).Exists(transfer => transfer.To == to && window.Contains(transfer))
            ? ClosedBy(flows, from, to, window, meter) : [];

    /// <summary>The third accounts that a transfer from one account to another closes a circle with, whether it was made or not.</summary>
    public static ImmutableArray<CycleAccount> ClosedBy(MoneyFlows flows, int from, int to, FlowWindow window, WorkMeter meter)
    {
        bool Counts(Flow transfer) => window.Contains(transfer);
        var back = flows.To(from, flows.Transfers, meter).Where(Counts).ToLookup(transfer => transfer.From);
        var closing = new List<CycleAccount>();
        foreach (var on in flows.From(to, flows.Transfers, meter).Where(Counts).GroupBy(transfer => transfer.To))
        {
            if (on.Key == from || on.Key == to || !back.Contains(on.Key)) continue;
            var home = back[on.Key];
            closing.Add(new CycleAccount(
                flows.IdOf(on.Key),
                home.Count(), Figures.Rounded(Figures.Sum(home)), Figures.Rounded(home.Max(transfer => transfer.Amount)),
                on.Count(), Figures.Rounded(Figures.Sum(on)), Figures.Rounded(on.Max(transfer => transfer.Amount))));
        }

        return
        [
            .. closing.OrderByDescending(one => one.BackSum).ThenByDescending(one => one.OnSum)
                .ThenBy(one => one.Account, Comparer<NodeId>.Create(MoneyFlows.CompareIds)),
        ];
    }
}
