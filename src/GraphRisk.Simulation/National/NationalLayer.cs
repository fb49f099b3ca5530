using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.National;

/// <summary>
/// What all communities share and none of them changes: calendar, brokers, securities, prices. Its size is bounded
/// (at most 93 brokers and 5,000 securities by default), whatever the number of clients.
/// </summary>
public sealed class NationalLayer
{
    public NationalLayer(MarketParameters parameters)
    {
        Calendar = new TradingCalendar(parameters.Start, parameters.Quarters);
        Brokers = [.. Enumerable.Range(0, parameters.BrokerCount).Select(i => Broker.Draw(parameters, i))];
        BrokersByPopularity = new WeightedTable<Broker>(Brokers.Select(b => (b, b.Popularity)));
        Securities = SecurityList.Draw(parameters);
        Prices = new PriceHistory(parameters, Calendar, Securities);
        // What is bought on margin is what is crowded: holders choose in proportion to the crowd's part of the float.
        OnMargin = new WeightedTable<Security>(Securities.Select(s => (s, s.Crowding)));
        ForCash = new WeightedTable<Security>(Securities.Select(s => (s, s.IsFund ? 3.0 : 1.0)));
    }

    public TradingCalendar Calendar { get; }

    public IReadOnlyList<Broker> Brokers { get; }

    public WeightedTable<Broker> BrokersByPopularity { get; }

    public IReadOnlyList<Security> Securities { get; }

    public PriceHistory Prices { get; }

    public WeightedTable<Security> OnMargin { get; }

    public WeightedTable<Security> ForCash { get; }
}
