using System.Globalization;

namespace GraphRisk.TestKit.FinBench;

/// <summary>The reads.</summary>
public sealed partial class NaiveFinBench
{
    private static bool In(NaiveAsked asked, Edge edge) => asked.Start < edge.Time && edge.Time < asked.End;

    private static List<Edge> Cut(NaiveAsked asked, IEnumerable<Edge> edges, Func<Edge, long> far)
    {
        var all = edges.ToList();
        if (all.Count <= asked.Limit) return all;
        var ordered = asked.Order switch
        {
            "TIMESTAMP_DESCENDING" => all.OrderByDescending(e => e.Time),
            "TIMESTAMP_ASCENDING" => all.OrderBy(e => e.Time),
            "AMOUNT_DESCENDING" => all.OrderByDescending(e => e.Amount),
            "AMOUNT_ASCENDING" => all.OrderBy(e => e.Amount),
            _ => throw new ArgumentException(asked.Order),
        };
        return [.. ordered.ThenBy(far).ThenByDescending(e => e.Amount).Take(asked.Limit)];
    }

    private List<string> Tcr1(NaiveAsked asked)
    {
        var found = new HashSet<(int Distance, long Account, long Medium)>();
        Walk(asked.Id, long.MinValue, 1);
        return [.. found.Order().Select(one => $"{one.Account}|{one.Distance}|{one.Medium}|{media[one.Medium].Kind}")];

        void Walk(long account, long after, int distance)
        {
            foreach (var e in Cut(asked, transfers.Out(account), e => e.To))
            {
                if (!In(asked, e) || e.Time <= after) continue;
                foreach (var signIn in signIns.In(e.To))
                    if (In(asked, signIn) && media[signIn.From].Blocked) found.Add((distance, e.To, signIn.From));
                if (distance < 3) Walk(e.To, e.Time, distance + 1);
            }
        }
    }

    private List<string> Tcr2(NaiveAsked asked)
    {
        var upstream = new HashSet<long>();
        foreach (var own in personOwns.Out(asked.Id)) Walk(own.To, long.MaxValue, 1);
        var rows = new List<(decimal Amount, long Id, decimal Balance)>();
        foreach (var account in upstream)
        {
            var fed = deposits.In(account).Where(e => In(asked, e)).Select(e => e.From).ToHashSet();
            if (fed.Count > 0) rows.Add((fed.Sum(loan => loans[loan].Amount), account, fed.Sum(loan => loans[loan].Balance)));
        }

        return [.. rows.OrderByDescending(row => row.Amount).ThenBy(row => row.Id).Select(row => $"{row.Id}|{Text(row.Amount)}|{Text(row.Balance)}")];

        void Walk(long account, long before, int step)
        {
            foreach (var e in Cut(asked, transfers.In(account), e => e.From))
            {
                if (!In(asked, e) || e.Time >= before) continue;
                upstream.Add(e.From);
                if (step < 3) Walk(e.From, e.Time, step + 1);
            }
        }
    }

    private List<string> Tcr3(NaiveAsked asked)
    {
        if (!accounts.ContainsKey(asked.Id) || !accounts.ContainsKey(asked.Id2)) return ["-1"];
        var distance = new Dictionary<long, int> { [asked.Id] = 0 };
        var queue = new Queue<long>([asked.Id]);
        while (queue.TryDequeue(out var account))
            foreach (var e in transfers.Out(account))
                if (In(asked, e) && distance.TryAdd(e.To, distance[account] + 1)) queue.Enqueue(e.To);
        return [distance.TryGetValue(asked.Id2, out var found) ? $"{found}" : "-1"];
    }

    private List<string> Tcr4(NaiveAsked asked)
    {
        if (!transfers.Out(asked.Id).Any(e => e.To == asked.Id2 && In(asked, e))) return [];
        var rows = new List<(decimal Back, decimal On, long Id, string Text)>();
        foreach (var other in transfers.Out(asked.Id2).Select(e => e.To).Distinct())
        {
            if (other == asked.Id || other == asked.Id2) continue;
            var back = transfers.Out(other).Where(e => e.To == asked.Id && In(asked, e)).Select(e => e.Amount).ToList();
            var on = transfers.Out(asked.Id2).Where(e => e.To == other && In(asked, e)).Select(e => e.Amount).ToList();
            if (back.Count > 0 && on.Count > 0)
                rows.Add((back.Sum(), on.Sum(), other, $"{other}|{back.Count}|{Text(back.Sum())}|{Text(back.Max())}|{on.Count}|{Text(on.Sum())}|{Text(on.Max())}"));
        }

        return [.. rows.OrderByDescending(row => row.Back).ThenByDescending(row => row.On).ThenBy(row => row.Id).Select(row => row.Text)];
    }

    private List<string> Tcr5(NaiveAsked asked)
    {
        var traces = new Dictionary<string, List<long>>();
        foreach (var own in personOwns.Out(asked.Id)) Walk([own.To], long.MinValue);
        var ordered = traces.Values.OrderByDescending(trace => trace.Count).ThenBy(trace => trace[0]).ThenBy(trace => trace[1])
            .ThenBy(trace => trace.ElementAtOrDefault(2)).ThenBy(trace => trace.ElementAtOrDefault(3));
        return [.. ordered.Select(trace => string.Join(',', trace))];

        void Walk(List<long> trace, long after)
        {
            foreach (var e in Cut(asked, transfers.Out(trace[^1]), e => e.To))
            {
                if (!In(asked, e) || e.Time <= after || trace.Contains(e.To)) continue;
                List<long> longer = [.. trace, e.To];
                traces[string.Join(',', longer)] = longer;
                if (longer.Count < 4) Walk(longer, e.Time);
            }
        }
    }

    private List<string> Tcr6(NaiveAsked asked)
    {
        var rows = new List<(decimal Out, long Id, decimal In)>();
        var withdrawn = Cut(asked, withdrawals.In(asked.Id), e => e.From).Where(e => In(asked, e) && e.Amount > asked.Threshold2).ToList();
        foreach (var mid in withdrawn.Select(e => e.From).Distinct())
        {
            var gathered = Cut(asked, transfers.In(mid), e => e.From).Where(e => In(asked, e) && e.Amount > asked.Threshold).ToList();
            if (gathered.Count > 3) rows.Add((withdrawn.Where(e => e.From == mid).Sum(e => e.Amount), mid, gathered.Sum(e => e.Amount)));
        }

        return [.. rows.OrderByDescending(row => row.Out).ThenBy(row => row.Id).Select(row => $"{row.Id}|{Text(row.In)}|{Text(row.Out)}")];
    }

    private List<string> Tcr7(NaiveAsked asked)
    {
        if (!accounts.ContainsKey(asked.Id)) return [];
        var received = Cut(asked, transfers.In(asked.Id), e => e.From).Where(e => In(asked, e) && e.Amount > asked.Threshold).ToList();
        var sent = Cut(asked, transfers.Out(asked.Id), e => e.To).Where(e => In(asked, e) && e.Amount > asked.Threshold).ToList();
        return [$"{received.DistinctBy(e => e.From).Count()}|{sent.DistinctBy(e => e.To).Count()}|{Ratio(received.Sum(e => e.Amount), sent.Sum(e => e.Amount))}"];
    }

    private List<string> Tcr8(NaiveAsked asked)
    {
        if (!loans.TryGetValue(asked.Id, out var loan)) return [];
        var into = new Dictionary<long, HashSet<Edge>>();
        var distances = new Dictionary<long, int>();
        foreach (var deposit in deposits.Out(asked.Id).Where(e => In(asked, e))) Walk(deposit.To, 2);
        return
        [
            .. into.Select(one => (Distance: distances[one.Key], Ratio: Math.Round(one.Value.Sum(e => e.Amount) / loan.Amount, 3, MidpointRounding.AwayFromZero), Id: one.Key))
                .OrderByDescending(row => row.Distance).ThenByDescending(row => row.Ratio).ThenBy(row => row.Id)
                .Select(row => $"{row.Id}|{Text(row.Ratio)}|{row.Distance}"),
        ];

        void Walk(long account, int distance)
        {
            var upstream = transfers.In(account).Where(e => In(asked, e)).Sum(e => e.Amount);
            foreach (var e in Cut(asked, transfers.Out(account).Concat(withdrawals.Out(account)), e => e.To))
            {
                if (!In(asked, e) || e.Amount <= asked.Threshold * upstream) continue;
                if (!into.TryGetValue(e.To, out var edges)) into.Add(e.To, edges = []);
                edges.Add(e);
                distances[e.To] = Math.Min(distances.GetValueOrDefault(e.To, distance), distance);
                if (distance < 4) Walk(e.To, distance + 1);
            }
        }
    }

    private List<string> Tcr9(NaiveAsked asked)
    {
        if (!accounts.ContainsKey(asked.Id)) return [];
        decimal Sum(IEnumerable<Edge> edges) => edges.Where(e => In(asked, e) && e.Amount > asked.Threshold).Sum(e => e.Amount);
        var (paid, repaid) = (Sum(deposits.In(asked.Id)), Sum(repayments.Out(asked.Id)));
        var (received, sent) = (Sum(Cut(asked, transfers.In(asked.Id), e => e.From)), Sum(Cut(asked, transfers.Out(asked.Id), e => e.To)));
        return [$"{Ratio(paid, repaid)}|{Ratio(paid, sent)}|{Ratio(received, sent)}"];
    }

    private List<string> Tcr10(NaiveAsked asked)
    {
        if (!persons.ContainsKey(asked.Id) || !persons.ContainsKey(asked.Id2)) return [];
        var left = personInvests.Out(asked.Id).Where(e => In(asked, e)).Select(e => e.To).ToHashSet();
        var right = personInvests.Out(asked.Id2).Where(e => In(asked, e)).Select(e => e.To).ToHashSet();
        var all = left.Union(right).Count();
        return [all == 0 ? "0" : Ratio(left.Intersect(right).Count(), all)];
    }

    private List<string> Tcr11(NaiveAsked asked)
    {
        var reached = new HashSet<long>();
        Walk(asked.Id);
        var owed = reached.SelectMany(person => personApplies.Out(person)).Select(e => e.To).ToHashSet();
        return [$"{Text(owed.Sum(loan => loans[loan].Amount))}|{owed.Count}"];

        void Walk(long person)
        {
            foreach (var e in Cut(asked, guarantees.Out(person), e => e.To))
                if (In(asked, e) && reached.Add(e.To)) Walk(e.To);
        }
    }

    private List<string> Tcr12(NaiveAsked asked)
    {
        var sums = new Dictionary<long, decimal>();
        foreach (var own in personOwns.Out(asked.Id))
            foreach (var e in Cut(asked, transfers.Out(own.To), e => e.To))
                if (In(asked, e) && companyOwns.In(e.To).Count > 0) sums[e.To] = sums.GetValueOrDefault(e.To) + e.Amount;
        return [.. sums.OrderByDescending(sum => sum.Value).ThenBy(sum => sum.Key).Select(sum => $"{sum.Key}|{Text(sum.Value)}")];
    }

    private List<string> Tsr2(NaiveAsked asked)
    {
        if (!accounts.ContainsKey(asked.Id)) return [];
        string Told(IEnumerable<Edge> edges)
        {
            var amounts = edges.Where(e => In(asked, e)).Select(e => e.Amount).ToList();
            return $"{Text(amounts.Sum())}|{Text(amounts.Count == 0 ? -1 : amounts.Max())}|{amounts.Count}";
        }

        return [$"{Told(transfers.Out(asked.Id))}|{Told(transfers.In(asked.Id))}"];
    }

    private List<string> Tsr3(NaiveAsked asked)
    {
        if (!accounts.ContainsKey(asked.Id)) return [];
        var received = transfers.In(asked.Id).Where(e => In(asked, e) && e.Amount > asked.Threshold).ToList();
        return [Ratio(received.Count(e => accounts[e.From].Blocked), received.Count)];
    }

    private List<string> Tsr6(NaiveAsked asked) =>
    [
        .. transfers.In(asked.Id).Where(e => In(asked, e)).SelectMany(e => transfers.Out(e.From)).Where(e => In(asked, e) && e.To != asked.Id && accounts[e.To].Blocked)
            .Select(e => e.To).Distinct().Order().Select(id => $"{id}"),
    ];

    private static List<string> Grouped(IEnumerable<Edge> edges, Func<Edge, long> other) =>
    [
        .. edges.GroupBy(other).Select(group => (Sum: group.Sum(e => e.Amount), Id: group.Key, Count: group.Count()))
            .OrderByDescending(row => row.Sum).ThenBy(row => row.Id).Select(row => $"{row.Id}|{row.Count}|{Text(row.Sum)}"),
    ];

    private static string Ratio(decimal part, decimal whole) => whole == 0 ? "-1" : Text(part / whole);

    private static string Text(decimal value) => Math.Round(value, 3, MidpointRounding.AwayFromZero).ToString("0.###", CultureInfo.InvariantCulture);
}
