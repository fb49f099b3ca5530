using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Market.Networks;

namespace GraphRisk.Market.Stress;

/// <summary>What follows where collateral does not cover debts.</summary>
/// <param name="IsShort">By party: cannot pay what it owes beyond its collateral and what is called from it.</param>
/// <param name="Losses">By account: what the broker loses.</param>
/// <param name="Paid">Paid by all parties.</param>
internal sealed record ShortfallAnswer(bool[] IsShort, double[] Losses, double Paid);

/// <summary>
/// From what collateral leaves open to what brokers lose.
/// <para>
/// A client pays what its free means cover; then its guarantors are called (<see cref="GuaranteeCalls"/>), each for no more than
/// it guaranteed. What a party lacks and no guarantee takes over is lost to those it had to pay: for its own debts and for those
/// it was called for, in proportion, but for what joint and several guarantors pay in its stead. A loss on a call is a loss on the
/// debt behind it, so it is followed from guarantor to
/// debtor until it lies on contracts: the part that goes on shrinks with each step, since nobody is called for more than the
/// debtor's own debt; what is left below 1e-13 of a loss stays where it is. Cost: the guarantees, times steps.
/// </para>
/// </summary>
internal static class Shortfalls
{
    private const double Negligible = 1e-13;
    private const int MostSteps = 10_000;

    /// <param name="book">The accounts.</param>
    /// <param name="open">By account: debt that its collateral does not cover.</param>
    /// <param name="means">By party: what it can pay with beside its collateral.</param>
    /// <param name="guarantees">Who guarantees for whom.</param>
    /// <param name="meter">Pays for it.</param>
    public static ShortfallAnswer Find(StressBook book, double[] open, double[] means, Guarantees guarantees, WorkMeter meter)
    {
        var debt = new double[means.Length];
        for (var account = 0; account < open.Length; account++) debt[book.Accounts[account].Party] += open[account];
        var answer = GuaranteeCalls.Find(guarantees.NetworkOf(debt), means, debt, meter);
        var lost = OnDebts(answer, debt, meter);
        var losses = new double[open.Length];
        for (var account = 0; account < open.Length; account++)
            if (open[account] > 0) losses[account] = lost[book.Accounts[account].Party] * open[account] / debt[book.Accounts[account].Party];
        return new ShortfallAnswer([.. answer.CallRounds.Select(round => round >= 0)], losses, debt.Sum() - answer.Residual.Sum());
    }

    /// <summary>What is lost on the own debt of each party.</summary>
    private static double[] OnDebts(GuaranteeCallsAnswer answer, double[] debt, WorkMeter meter)
    {
        var (lost, moving) = (new double[debt.Length], new SortedDictionary<int, double>());
        for (var party = 0; party < debt.Length; party++)
        {
            if (!(answer.Residual[party] > 0)) continue;
            lost[party] = answer.Residual[party];
            foreach (var unpaid in answer.Unpaid.Of(party))
            {
                lost[party] -= unpaid.Amount;
                moving[unpaid.From] = moving.GetValueOrDefault(unpaid.From) + unpaid.Amount;
            }
        }

        for (var step = 0; moving.Count > 0; step++)
        {
            var next = new SortedDictionary<int, double>();
            foreach (var (party, amount) in moving)
            {
                var terms = answer.Calls[party] > 0 ? answer.Attribution.Of(party) : [];
                meter.ChargeNode(terms.Length);
                var (called, stays) = (terms.Sum(term => term.Amount), debt[party]);
                var isLast = terms.IsEmpty || (stays > 0 && (amount <= Negligible * answer.Residual.Length || step > MostSteps));
                lost[party] += isLast ? amount : amount * stays / (stays + called);
                if (isLast) continue;
                foreach (var term in terms) next[term.From] = next.GetValueOrDefault(term.From) + (amount * term.Amount / (stays + called));
            }

            moving = next;
        }

        return lost;
    }
}
