namespace GraphRisk.Simulation.Credit.Clearing;

/// <summary>A payment due between two parties, by their numbers.</summary>
/// <param name="Amount">Yuan, not negative.</param>
public readonly record struct PaymentDue(int From, int To, double Amount);

/// <summary>Which part of what it owes each party pays.</summary>
public sealed class ClearedPayments(double[] paid, int[] round)
{
    /// <summary>Part of all it owes, inside and outside alike, that a party pays; 1 where it pays in full or owes nothing.</summary>
    public double PaidPart(int party) => paid[party];

    /// <summary>0 where it pays in full or cannot even if everybody pays it; n where it fails only because others of rounds below n do.</summary>
    public int Round(int party) => round[party];

    /// <summary>What of a due is not paid.</summary>
    public double Unpaid(PaymentDue due) => due.Amount * (1 - paid[due.From]);
}

/// <summary>
/// Clears the payments of a day: everybody pays what it owes, or all it has in proportion to its dues.
/// </summary>
/// <remarks>
/// <para>The clearing vector of Eisenberg and Noe (2001): the greatest p with p(i) = min(1, (means(i) + sum of p(j).due(j, i)) / owed(i)). Who
/// pays in part has nothing left (limited liability); what it does not pay is lost by those it owes, inside and outside, and by
/// nobody else.</para>
/// <para>Computed by letting all pay in full and correcting downwards until nothing changes by more than 1e-13 (their fictitious
/// defaults, with amounts instead of a linear system). The first correction in which a party falls short is its round. Cost: dues x
/// corrections; a handful where chains are short, at most <see cref="MostRounds"/>.</para>
/// </remarks>
public static class PaymentClearing
{
    private const int MostRounds = 10_000;
    private const double Settled = 1e-13;

    /// <param name="means">What each party can pay with before it is paid itself, yuan, not negative.</param>
    /// <param name="outside">What each owes outside, not negative.</param>
    public static ClearedPayments Settle(ReadOnlySpan<double> means, ReadOnlySpan<double> outside, IReadOnlyList<PaymentDue> dues)
    {
        var owed = outside.ToArray();
        foreach (var due in dues) owed[due.From] += due.Amount;
        var paid = Enumerable.Repeat(1.0, owed.Length).ToArray();
        var round = new int[owed.Length];
        var received = new double[owed.Length];
        for (var r = 0; r < MostRounds; r++)
        {
            Array.Clear(received);
            foreach (var due in dues) received[due.To] += paid[due.From] * due.Amount;
            var change = 0.0;
            for (var i = 0; i < owed.Length; i++)
            {
                if (owed[i] <= means[i] + received[i]) continue;
                var part = (means[i] + received[i]) / owed[i];
                if (paid[i] >= 1) round[i] = r;
                change = Math.Max(change, paid[i] - part);
                paid[i] = part;
            }

            if (change <= Settled) break;
        }

        return new ClearedPayments(paid, round);
    }
}
