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

    public static List<SortedSet<int>> Cascade(double[,] owed, double[] worth, double recovery, int[] initial)
    {
        var rounds = new List<SortedSet<int>>();
        var defaults = new SortedSet<int>();
        while (true)
        {
            var next = Enumerable.Range(0, worth.Length)
                .Where(i => defaults.Contains(i) || initial.Contains(i) || worth[i] < (1 - recovery) * defaults.Sum(j => owed[j, i])).ToHashSet();
            if (next.Count == defaults.Count) return rounds;
            defaults = [.. next];
            rounds.Add(defaults);
        }
    }

    /// <summary>Round by round over all pairs; owed × scale is what the default of i costs j.</summary>
    public static (double[] Losses, double[] Passed) DebtRank(double[,] owed, double scale, double[] shock, DebtRankRule rule, double alpha)
    {
        var n = shock.Length;
        var (losses, before, passed) = ((double[])shock.Clone(), new double[n], new double[n]);
        double Default(double h) => h * Math.Exp(alpha * (h - 1));
        for (var round = 0; round < 100_000; round++)
        {
            var next = new double[n];
            for (var j = 0; j < n; j++)
            {
                next[j] = rule switch
                {
                    DebtRankRule.Linear => losses[j] - before[j],
                    DebtRankRule.Differential => Default(losses[j]) - Default(before[j]),
                    DebtRankRule.SingleHit => passed[j] > 0 ? 0 : losses[j],
                    _ => passed[j] > 0 || losses[j] < 1 ? 0 : 1,
                };
            }

            if (next.Max() <= 1e-15) break;
            before = (double[])losses.Clone();
            for (var i = 0; i < n; i++)
            {
                passed[i] += next[i];
                losses[i] = Math.Min(1, losses[i] + Enumerable.Range(0, n).Sum(j => scale * owed[j, i] * next[j]));
            }
        }

        return (losses, passed);
    }

    /// <summary>Calls recomputed from the shortfalls of all, again and again from zero.</summary>
    public static (double[] Calls, double[] Taken) Calls(double[,] coverage, double[] assets, double[] debt, double[]? most = null)
    {
        var n = assets.Length;
        var (calls, taken) = (new double[n], new double[n]);
        for (var round = 0; round < 200_000; round++)
        {
            var next = new double[n];
            for (var debtor = 0; debtor < n; debtor++)
            {
                taken[debtor] = Math.Min(Math.Min(debt[debtor], most?[debtor] ?? debt[debtor]), Math.Max(0, debt[debtor] + calls[debtor] - assets[debtor]));
                var whole = Math.Max(1, Enumerable.Range(0, n).Sum(i => coverage[debtor, i]));
                for (var i = 0; i < n; i++) next[i] += taken[debtor] * coverage[debtor, i] / whole;
            }

            var change = calls.Zip(next, (one, other) => Math.Abs(one - other)).Max();
            calls = next;
            if (change < 1e-15) break;
        }

        return (calls, taken);
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
