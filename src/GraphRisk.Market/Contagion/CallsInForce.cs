using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Market.Credit;
using GraphRisk.Market.Networks;

namespace GraphRisk.Market.Contagion;

/// <summary>
/// What would be called under guarantees were everybody who has failed to settle today (<see cref="GuaranteeCalls"/>, chains
/// and circles followed). Who has failed pays what it owes from its means and is short of the rest; who performs is taken to be able to pay
/// what it owes, and meets a call from what it has above that. So a party that performs calls on nobody before it is called
/// on itself, and its own trouble does not come back to it. Cost: that of the calls among those who are short.
/// </summary>
public sealed class CallsInForce
{
    private readonly Dictionary<(int Guarantor, int Debtor), double> called = [];

    internal CallsInForce(int parties, Guarantees guarantees, Distress distress, Means means, double[] debts, WorkMeter meter)
    {
        double[] assets = [.. Enumerable.Range(0, parties).Select(party => distress.HasFailed(party) ? means.Of(party) : Math.Max(means.Of(party), debts[party]))];
        var answer = GuaranteeCalls.Find(guarantees.NetworkOf(debts), assets, debts, meter);
        for (var guarantor = 0; guarantor < parties; guarantor++)
        {
            if (answer.Calls[guarantor] == 0) continue;
            foreach (var call in answer.Attribution.Of(guarantor))
                called[(guarantor, call.From)] = called.GetValueOrDefault((guarantor, call.From)) + call.Amount;
        }
    }

    /// <summary>Called from a guarantor for a debtor, yuan; 0 where nothing is.</summary>
    public double For(int guarantor, int debtor) => called.GetValueOrDefault((guarantor, debtor));
}
