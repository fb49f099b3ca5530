using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Market.Flows;

/// <summary>An account a trace of transfers reaches that a blocked device signed in to.</summary>
/// <param name="Account">The account.</param>
/// <param name="Distance">Transfers from the start, 1 to 3.</param>
/// <param name="Device">The device.</param>
/// <param name="DeviceKind">Its kind as the source writes it; null where it gives none.</param>
public sealed record BlockedSignIn(NodeId Account, int Distance, NodeId Device, string? DeviceKind);

/// <summary>An account upstream that loans were paid out to.</summary>
/// <param name="Account">The account.</param>
/// <param name="LoanAmount">Amounts of these loans, each once.</param>
/// <param name="LoanBalance">What is still owed of them.</param>
public sealed record LoanFedAccount(NodeId Account, decimal LoanAmount, decimal LoanBalance);

/// <summary>
/// Traces of transfers: up to three, each strictly later than the one before it, all within a window.
/// <para>
/// What a trace can still reach depends on its last transfer's time alone, and an earlier one can do whatever a later one can. So of all traces
/// that end in an account after as many steps, the one that arrived first stands for all: a step costs the transfers of the accounts it starts
/// from, whatever the number of traces. Only <see cref="AllTraces"/>, which names each, costs their number. Backwards the latest stands for all.
/// </para>
/// </summary>
public static class FundsTraces
{
    /// <summary>Transfers of a trace at most.</summary>
    public const int MostSteps = 3;

    /// <summary>
    /// TCR1: accounts up to three transfers downstream that a blocked device signed in to within the window. An account is named at each distance at which it
    /// is reached; by distance, account, device.
    /// </summary>
    public static ImmutableArray<BlockedSignIn> BlockedSignIns(MoneyFlows flows, int account, FlowWindow window, Truncation cut, WorkMeter meter)
    {
        var found = new List<(int Distance, int Account, int Device)>();
        var arrivals = new Dictionary<int, long> { [account] = Flow.Undated };
        for (var distance = 1; distance <= MostSteps; distance++)
        {
            arrivals = Downstream(flows, arrivals, window, cut, meter);
            foreach (var reached in arrivals.Keys)
                foreach (var device in flows.To(reached, flows.SignIns, meter)
                    .Where(signIn => window.Contains(signIn) && flows.IsBlocked(signIn.From)).Select(signIn => signIn.From).Distinct())
                    found.Add((distance, reached, device));
        }

        return
        [
            .. found.OrderBy(one => one.Distance).ThenBy(one => one.Account, Comparer<int>.Create(flows.CompareIds))
                .ThenBy(one => one.Device, Comparer<int>.Create(flows.CompareIds))
                .Select(one => new BlockedSignIn(
                    flows.IdOf(one.Account), one.Distance, flows.IdOf(one.Device), flows.ValueOf(one.Device, "kind")?.AsString())),
        ];
    }

    /// <summary>
    /// TCR2: accounts up to three transfers upstream of a person's own to which loans were paid out within the window, with these loans; the largest sum of
    /// loans first, then by account.
    /// </summary>
    public static ImmutableArray<LoanFedAccount> LoanFedAccounts(MoneyFlows flows, int person, FlowWindow window, Truncation cut, WorkMeter meter)
    {
        var departures = flows.AccountsOf(person, meter).ToDictionary(account => account, _ => long.MaxValue);
        var upstream = new HashSet<int>();
        for (var step = 1; step <= MostSteps; step++)
        {
            departures = Upstream(flows, departures, window, cut, meter);
            upstream.UnionWith(departures.Keys);
        }

        var fed = new List<LoanFedAccount>();
        foreach (var account in upstream)
        {
            int[] loans = [.. flows.To(account, flows.Payouts, meter).Where(payout => window.Contains(payout)).Select(payout => payout.From).Distinct()];
            if (loans.Length > 0)
                fed.Add(new LoanFedAccount(flows.IdOf(account), Figures.Rounded(loans.Sum(flows.AmountOf)), Figures.Rounded(loans.Sum(flows.BalanceOf))));
        }

        return [.. fed.OrderByDescending(one => one.LoanAmount).ThenBy(one => one.Account, Comparer<NodeId>.Create(MoneyFlows.CompareIds))];
    }

    /// <summary>
    /// TCR5: every trace from an account of a person, as the accounts it passes, none twice; parallel transfers make one trace. The longest first, then by
    /// the accounts in their order.
    /// </summary>
    public static ImmutableArray<ImmutableArray<NodeId>> AllTraces(MoneyFlows flows, int person, FlowWindow window, Truncation cut, WorkMeter meter)
    {
        var traces = new List<ImmutableArray<int>>();
        void Follow(ImmutableArray<int> trace, long arrived)
        {
            foreach (var (next, at) in Downstream(flows, new Dictionary<int, long> { [trace[^1]] = arrived }, window, cut, meter))
            {
                if (trace.Contains(next)) continue;
                var longer = trace.Add(next);
                traces.Add(longer);
                if (longer.Length <= MostSteps) Follow(longer, at);
            }
        }

        foreach (var account in flows.AccountsOf(person, meter)) Follow([account], Flow.Undated);
        traces.Sort((left, right) =>
        {
            var order = right.Length.CompareTo(left.Length);
            for (var i = 0; order == 0 && i < left.Length; i++) order = flows.CompareIds(left[i], right[i]);
            return order;
        });
        return [.. traces.Select(trace => ImmutableArray.CreateRange(trace, flows.IdOf))];
    }

    /// <summary>One step on: where transfers lead that are later than the arrival, with the earliest of them.</summary>
    private static Dictionary<int, long> Downstream(
        MoneyFlows flows, Dictionary<int, long> arrivals, FlowWindow window, Truncation cut, WorkMeter meter)
    {
        var next = new Dictionary<int, long>();
        foreach (var (account, arrived) in arrivals)
            foreach (var transfer in flows.From(account, [flows.Transfers], cut, meter))
                if (window.Contains(transfer) && transfer.At > arrived && (!next.TryGetValue(transfer.To, out var first) || transfer.At < first))
                    next[transfer.To] = transfer.At;
        return next;
    }

    /// <summary>One step back: where transfers come from that are earlier than the departure, with the latest of them.</summary>
    private static Dictionary<int, long> Upstream(
        MoneyFlows flows, Dictionary<int, long> departures, FlowWindow window, Truncation cut, WorkMeter meter)
    {
        var next = new Dictionary<int, long>();
        foreach (var (account, departed) in departures)
            foreach (var transfer in flows.To(account, flows.Transfers, cut, meter))
                if (window.Contains(transfer) && transfer.At < departed && (!next.TryGetValue(transfer.From, out var last) || transfer.At > last))
                    next[transfer.From] = transfer.At;
        return next;
    }
}
