using GraphRisk.Graph.Algorithms.Contagion;

namespace GraphRisk.Graph.Tests.Algorithms.Contagion;

/// <summary>Slow and obvious answers on sales that move prices, over dense matrices of holder and security.</summary>
internal static class SaleOracle
{
    /// <summary>Losses of each investor, and by seller, security and holder.</summary>
    public static (double[] Losses, double[,,] Terms) FireSale(double[,] held, double[] leverage, double[] impact, double[] shock, int rounds)
    {
        var (n, m) = (held.GetLength(0), held.GetLength(1));
        var (value, move, losses, terms) = ((double[,])held.Clone(), shock, new double[n], new double[n, m, n]);
        for (var round = 0; round < rounds; round++)
        {
            var (sold, flow) = (new double[n, m], new double[m]);
            for (var i = 0; i < n; i++)
            {
                var total = Enumerable.Range(0, m).Sum(k => value[i, k]);
                var lost = -Enumerable.Range(0, m).Sum(k => value[i, k] * move[k]);
                var sale = Math.Min(total - lost, leverage[i] * Math.Max(0, lost));
                for (var k = 0; k < m && total > 0; k++) flow[k] += sold[i, k] = sale * value[i, k] / total;
            }

            double[] next = [.. flow.Select((amount, k) => -Math.Min(1, impact[k] * amount))];
            for (var i = 0; i < n; i++)
            {
                for (var k = 0; k < m; k++)
                {
                    losses[i] -= value[i, k] * next[k];
                    for (var j = 0; j < n && flow[k] > 0; j++) terms[j, k, i] -= value[i, k] * next[k] * sold[j, k] / flow[k];
                    value[i, k] = Math.Max(0, (value[i, k] * (1 + move[k])) - sold[i, k]);
                }
            }

            move = next;
        }

        return (losses, terms);
    }

    /// <summary>How a spiral ends, and losses by seller, security and account.</summary>
    public static (double[] Collateral, double[] Debt, double[,,] Terms) Spiral(double[,] held, MarginAccounts accounts, SecurityMarket market, double[] shock)
    {
        var (n, m) = (held.GetLength(0), held.GetLength(1));
        var (value, debt, terms) = ((double[,])held.Clone(), (double[])accounts.Debt.Clone(), new double[n, m, n]);
        for (var i = 0; i < n; i++)
            for (var k = 0; k < m; k++) value[i, k] *= 1 + shock[k];
        double Worth(int i) => Enumerable.Range(0, m).Sum(k => value[i, k]);
        double Liquid(int i) => Enumerable.Range(0, m).Sum(k => market.IsSuspended[k] ? 0 : value[i, k]);
        for (var round = 0; round < 1000; round++)
        {
            var (sold, flow) = (new double[n, m], new double[m]);
            for (var i = 0; i < n; i++)
            {
                var (worth, liquid, restore) = (Worth(i), Liquid(i), accounts.RestoreTo[i]);
                if (liquid <= 0 || debt[i] <= 0 || worth >= accounts.CallLine[i] * debt[i] * (1 - 1e-12)) continue;
                var sale = worth <= debt[i] ? liquid : Math.Min(liquid, ((restore * debt[i]) - worth) / (restore - 1));
                for (var k = 0; k < m; k++) flow[k] += sold[i, k] = market.IsSuspended[k] ? 0 : sale * (value[i, k] / liquid);
                debt[i] = Math.Max(0, debt[i] - sale);
            }

            if (flow.Sum() <= 0) break;
            for (var i = 0; i < n; i++)
            {
                for (var k = 0; k < m; k++)
                {
                    var fall = Math.Min(1, flow[k] / market.Depth[k]);
                    value[i, k] = Math.Max(0, value[i, k] - sold[i, k]);
                    for (var j = 0; j < n && flow[k] > 0; j++) terms[j, k, i] += value[i, k] * fall * sold[j, k] / flow[k];
                    value[i, k] *= 1 - fall;
                }
            }
        }

        return ([.. Enumerable.Range(0, n).Select(Worth)], debt, terms);
    }
}
