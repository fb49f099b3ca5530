using GraphRisk.Graph.Algorithms.Contagion;

namespace GraphRisk.Graph.Tests.Algorithms.Contagion;

/// <summary>Slow and obvious answers on contagion, over dense matrices.</summary>
internal static class ContagionOracle
{
    /// <summary>Everybody pays in full, then what it can, again and again: falls to the greatest clearing vector.</summary>
    public static double[] Clear(double[,] owed, double[] outside, double[] assets, BankruptcyCosts costs)
    {
        var n = assets.Length;
        var total = Total(owed, outside);
        var payments = (double[])total.Clone();
        for (var round = 0; round < 200_000; round++)
        {
            var next = new double[n];
            for (var i = 0; i < n; i++)
            {
                var received = Enumerable.Range(0, n).Where(j => owed[j, i] > 0).Sum(j => payments[j] * owed[j, i] / total[j]);
                next[i] = assets[i] + received >= total[i] - 1e-12 ? total[i] : (costs.OnAssets * assets[i]) + (costs.OnClaims * received);
            }

            var change = payments.Zip(next, (one, other) => Math.Abs(one - other)).Max();
            payments = next;
            if (change < 1e-15) break;
        }

        return payments;
    }

    public static List<SortedSet<int>> Cascade(double[,] owed, double[] worth, double recovery)
    {
        var rounds = new List<SortedSet<int>>();
        var defaults = new SortedSet<int>();
        while (true)
        {
            var next = Enumerable.Range(0, worth.Length)
                .Where(i => defaults.Contains(i) || worth[i] < (1 - recovery) * defaults.Sum(j => owed[j, i])).ToHashSet();
            if (next.Count == defaults.Count) return rounds;
            defaults = [.. next];
            rounds.Add(defaults);
        }
    }

    /// <summary>Round by round over all pairs; impacts[i, j] is what the default of j costs i.</summary>
    public static (double[] Stress, double[] Uncapped) DebtRank(double[,] impacts, double[] shock, DebtRankRule rule)
    {
        var n = shock.Length;
        var (stress, before, uncapped, active) = ((double[])shock.Clone(), new double[n], (double[])shock.Clone(), new bool[n]);
        for (var round = 0; round < 100_000; round++)
        {
            var passed = new double[n];
            for (var j = 0; j < n; j++)
            {
                passed[j] = rule switch
                {
                    DebtRankRule.Linear => stress[j] - before[j],
                    DebtRankRule.SingleHit => active[j] ? 0 : stress[j],
                    _ => active[j] || stress[j] < 1 ? 0 : 1,
                };
                active[j] |= passed[j] > 0;
            }

            if (passed.Max() <= 1e-15) break;
            before = (double[])stress.Clone();
            for (var i = 0; i < n; i++)
            {
                var more = Enumerable.Range(0, n).Sum(j => impacts[i, j] * passed[j]);
                uncapped[i] += more;
                stress[i] = Math.Min(1, stress[i] + more);
            }
        }

        return (stress, uncapped);
    }

    /// <summary>Calls recomputed from the shortfalls of all, again and again from zero.</summary>
    public static double[] Calls(double[,] coverage, double[] assets, double[] debt)
    {
        var n = assets.Length;
        var calls = new double[n];
        for (var round = 0; round < 200_000; round++)
        {
            var next = new double[n];
            for (var debtor = 0; debtor < n; debtor++)
            {
                var taken = Math.Min(debt[debtor], Math.Max(0, debt[debtor] + calls[debtor] - assets[debtor]));
                var whole = Math.Max(1, Enumerable.Range(0, n).Sum(i => coverage[i, debtor]));
                for (var i = 0; i < n; i++) next[i] += taken * coverage[i, debtor] / whole;
            }

            var change = calls.Zip(next, (one, other) => Math.Abs(one - other)).Max();
            calls = next;
            if (change < 1e-15) break;
        }

        return calls;
    }

    /// <summary>p = (1 - α) s + α M p solved by elimination with the largest pivot.</summary>
    public static double[] PageRank(double[,] weights, int seed, double alpha)
    {
        var n = weights.GetLength(0);
        var system = new double[n, n + 1];
        for (var i = 0; i < n; i++) system[i, i] = 1;
        system[seed, n] = 1 - alpha;
        for (var j = 0; j < n; j++)
        {
            var whole = Enumerable.Range(0, n).Sum(i => weights[j, i]);
            if (whole == 0) system[seed, j] -= alpha;
            else
                for (var i = 0; i < n; i++) system[i, j] -= alpha * weights[j, i] / whole;
        }

        return Eliminate(system);
    }

    public static double[] Total(double[,] owed, double[] outside) =>
        [.. outside.Select((amount, i) => amount + Enumerable.Range(0, outside.Length).Sum(j => owed[i, j]))];

    private static double[] Eliminate(double[,] system)
    {
        var n = system.GetLength(0);
        for (var k = 0; k < n; k++)
        {
            var pivot = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(system[i, k]));
            for (var j = 0; j <= n; j++) (system[k, j], system[pivot, j]) = (system[pivot, j], system[k, j]);
            for (var i = 0; i < n; i++)
            {
                if (i == k) continue;
                var factor = system[i, k] / system[k, k];
                for (var j = k; j <= n; j++) system[i, j] -= factor * system[k, j];
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => system[i, n] / system[i, i])];
    }
}
