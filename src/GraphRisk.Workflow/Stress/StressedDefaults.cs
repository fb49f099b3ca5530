using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Market.Stress;

namespace GraphRisk.Workflow.Stress;

/// <summary>Losses by correlated defaults on top of a scenario.</summary>
/// <param name="Losses">The losses.</param>
/// <param name="Brokers">Node of each broker, in the order of their numbers.</param>
/// <param name="Clients">Node of each client, in the order of contributions.</param>
public sealed record StressedLosses(CorrelatedLosses Losses, ImmutableArray<int> Brokers, ImmutableArray<int> Clients);

/// <summary>
/// The clients of a stress answer as risks of default. By a client's default its broker loses what the collateral leaves open
/// after the scenario, and at least a part (LGD) of what is still owed; contracts without client or broker are left out. A client
/// without a probability does not default unless it has failed in the scenario: those have probability 1.
/// </summary>
public static class StressedDefaults
{
    /// <summary>Draws the losses.</summary>
    /// <param name="answer">The answer to a scenario.</param>
    /// <param name="probabilities">Probability of default by node of the client, from scores or given.</param>
    /// <param name="lossGivenDefault">Least part of what is owed that is lost, 0 to 1.</param>
    /// <param name="parameters">How to draw.</param>
    /// <param name="meter">Pays for it.</param>
    public static StressedLosses Draw(
        StressAnswer answer, IReadOnlyDictionary<int, double> probabilities, double lossGivenDefault, DrawParameters parameters, WorkMeter? meter = null)
    {
        var (market, last) = (answer.Market, answer.Rounds[^1]);
        var known = answer.Book.Accounts.Select((account, i) => (Account: account, Number: i))
            .Where(one => one.Account.Broker >= 0 && one.Account.Party < market.Parties.Count).ToList();
        ImmutableArray<int> brokers = [.. known.Select(one => one.Account.Broker).Distinct().Order()];
        var groups = known.GroupBy(one => market.Parties.NodeOf(one.Account.Party)).OrderBy(group => group.Key).ToList();
        DefaultRisk[] risks =
        [
            .. groups.Select(group => new DefaultRisk(
                group.Any(one => last.Failed[one.Number]) ? 1 : probabilities.GetValueOrDefault(group.Key),
                [.. group.Select(one => (brokers.BinarySearch(one.Account.Broker), LossOf(one.Number)))])),
        ];
        return new StressedLosses(CorrelatedDefaults.Draw(risks, brokers.Length, parameters, meter), brokers, [.. groups.Select(group => group.Key)]);

        double LossOf(int account) => Math.Max(last.Debt[account] - last.Collateral[account], lossGivenDefault * last.Debt[account]) is > 0 and var loss ? loss : 0;
    }
}
