namespace GraphRisk.Market;

/// <summary>
/// How far the sources reach: the last day for which every broker has delivered.
/// <para>
/// A broker reaches the day up to which half of its live contracts (those under which something is owed and no disposal runs)
/// are stated: single rows dated ahead, or left behind, do not move it. The market reaches the earliest of these days. Cost: a
/// pass over the contracts.
/// </para>
/// </summary>
/// <param name="First">Day of the first statement of a debt.</param>
/// <param name="Last">Last day reached in full.</param>
public readonly record struct DataReach(DateOnly First, DateOnly Last)
{
    /// <summary>The reach, or null where no broker states a live contract.</summary>
    public static DataReach? Find(MarketReading market)
    {
        var lastByBroker = new SortedDictionary<int, List<int>>();
        var first = int.MaxValue;
        foreach (var node in market.Contracts.All)
        {
            var days = market.Contracts.StatedDays(node);
            if (days.IsEmpty) continue;
            first = Math.Min(first, days[0]);
            var contract = market.Contracts.Read(node);
            if (contract.Status == Lending.ContractStatus.InDisposal || contract.Debt == 0) continue;
            var broker = market.Contracts.BrokerOf(node);
            if (!lastByBroker.TryGetValue(broker, out var lasts)) lastByBroker.Add(broker, lasts = []);
            lasts.Add(days[^1]);
        }

        if (lastByBroker.Count == 0) return null;
        return new DataReach(DateOnly.FromDayNumber(first), DateOnly.FromDayNumber(lastByBroker.Values.Min(DayOfHalf)));
    }

    /// <summary>The day a question without as-of is about: the last one reached, never after today; null where no broker states a live contract.</summary>
    /// <param name="market">A reading as of today.</param>
    /// <param name="today">The clock's day.</param>
    public static DateOnly? LastUntil(MarketReading market, DateOnly today) =>
        Find(market) is { } reach ? (reach.Last < today ? reach.Last : today) : null;

    /// <summary>The reach.</summary>
    /// <exception cref="InvalidOperationException">No broker states a live contract.</exception>
    public static DataReach Of(MarketReading market) =>
        Find(market) ?? throw new InvalidOperationException("no contract states a debt: there is nothing to learn from");

    /// <summary>The last day up to which at least half are stated.</summary>
    private static int DayOfHalf(List<int> days)
    {
        days.Sort();
        return days[days.Count / 2];
    }
}
