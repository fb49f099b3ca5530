using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Market.Stress;

/// <summary>
/// A scenario over all accounts of a reading: what becomes of calls, sales, defaults and losses, round by round.
/// <para>
/// In each step prices move; whose collateral is at or below the line is called and, not topping up, sold out of, prices fall
/// by the sales, and more are called (<see cref="Graph.Algorithms.Contagion.MarginSpiral"/>). What collateral then leaves open
/// clients pay from free means at the stressed prices, and guarantors are called (<see cref="Shortfalls"/>). Who cannot pay has
/// failed, and all its contracts are closed; a broker whose losses above those it had exceed its net capital fails, and
/// calls in all it lent. That is another wave of sales, and so on until nobody more fails. Failing is for good and prices only
/// fall, so there are at most as many waves as parties and brokers.
/// </para>
/// <para>
/// Suspended securities stay, worth their mark: illiquid, not worthless. What free means are paid from is not sold into the
/// market. Contracts in disposal are being closed from the start; parties already in default pay nothing. Without price
/// impact the shock alone decides, as in a plain cascade. Cost: waves × (rounds × positions + guarantees).
/// </para>
/// </summary>
public static class StressTest
{
    /// <summary>Runs a scenario.</summary>
    /// <param name="scenario">What is supposed.</param>
    /// <param name="market">The reading.</param>
    /// <param name="history">A snapshot that reaches the last day of a replay; the reading's own where null.</param>
    /// <param name="meter">Pays for it.</param>
    /// <exception cref="ScenarioException">The scenario names what is not there.</exception>
    public static StressAnswer Run(Scenario scenario, MarketReading market, Snapshot? history = null, WorkMeter? meter = null)
    {
        var paid = meter ?? WorkMeter.Unlimited;
        var steps = ScenarioSteps.Of(scenario, market, history);
        var failures = Failures.Of(scenario, market);
        var book = StressBook.Of(market, paid);
        var state = new StressState(scenario, market, book, failures, paid);
        foreach (var step in steps)
        {
            state.Shock(step);
            state.Sell(step);
            while (state.Call(step) && state.Sell(step))
            {
            }
        }

        return state.Answer();
    }
}

/// <summary>Who has failed.</summary>
/// <param name="Parties">By party.</param>
/// <param name="Known">By party: was in default before.</param>
/// <param name="Brokers">Nodes of brokers, in the order of their failing.</param>
internal sealed record Failures(bool[] Parties, bool[] Known, List<int> Brokers)
{
    public static Failures Of(Scenario scenario, MarketReading market)
    {
        var (failed, known) = (new bool[market.Parties.Count + 1], new bool[market.Parties.Count + 1]);
        foreach (var client in market.Parties.Clients()) known[market.Parties.IndexOf(client)] = market.Defaults.IsInDefault(client);
        for (var i = 0; i < scenario.DefaultedClients.Length; i++)
        {
            var field = $"defaultedClients[{i}]";
            var party = market.Parties.IndexOf(ScenarioSteps.NodeOf(scenario, field, market.Snapshot, null, scenario.DefaultedClients[i]));
            failed[party >= 0 ? party : throw new ScenarioException(scenario.Name, field, $"'{scenario.DefaultedClients[i]}' is no person or company.")] = true;
        }

        return new Failures(failed, known,
            [.. scenario.DefaultedBrokers.Distinct().Select((code, i) => ScenarioSteps.NodeOf(scenario, $"defaultedBrokers[{i}]", market.Snapshot, "Broker", code))]);
    }
}
