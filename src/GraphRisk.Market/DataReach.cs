namespace GraphRisk.Market;

/// <summary>
/// How far the sources reach: the last day for which every broker that keeps up has delivered.
/// <para>
/// A broker reaches the day up to which half of its live contracts (those under which something is owed and no disposal runs)
/// are stated: single rows dated ahead, or left behind, do not move it. The market reaches the earliest of these days; but a
/// broker that is more than <see cref="LongestWait"/> behind the middle one is not waited for, lest one that has stopped
/// delivering holds the day of all still: what it stated last stands, and <see cref="Behind"/> names it. Where there are but two
/// the later waits for the earlier, since neither tells what is usual. Cost: a pass over the contracts.
/// </para>
/// </summary>
/// <param name="First">Day of the first statement of a debt.</param>
/// <param name="Last">Last day reached in full.</param>
public readonly record struct DataReach(DateOnly First, DateOnly Last)
{
    /// <summary>Days by which a broker may be behind the middle one and is still waited for: a month's statements.</summary>
    public const int LongestWait = 31;

    /// <summary>The reach, or null where no broker states a live contract.</summary>
    public static DataReach? Find(MarketReading market)
    {
        var (first, reached) = ByBroker(market);
        return reached.Count == 0 ? null
            : new DataReach(DateOnly.FromDayNumber(first), DateOnly.FromDayNumber(reached.Values.Where(day => day >= LeastWaitedFor(reached)).Min()));
    }

    /// <summary>Brokers that are not waited for, by node, and the day each reaches.</summary>
    public static IReadOnlyList<(int Broker, DateOnly Last)> Behind(MarketReading market)
    {
        var (_, reached) = ByBroker(market);
        return [.. reached.Where(one => one.Value < LeastWaitedFor(reached)).Select(one => (one.Key, DateOnly.FromDayNumber(one.Value)))];
    }

    private static int LeastWaitedFor(SortedDictionary<int, int> reached) => reached.Values.Order().ElementAt((reached.Count - 1) / 2) - LongestWait;

    private static (int First, SortedDictionary<int, int> Reached) ByBroker(MarketReading market)
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

        return (first, new SortedDictionary<int, int>(lastByBroker.ToDictionary(broker => broker.Key, broker => DayOfHalf(broker.Value))));
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
