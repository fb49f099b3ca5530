using GraphRisk.Graph.Algorithms.Ownership;

namespace GraphRisk.Graph.Tests.Algorithms.Ownership;

/// <summary>Turns of ranges and unknown shares: each part somewhere in its range, the parts of a company no more than the whole, or than what is certain where that is more.</summary>
internal static class Completion
{
    /// <summary>Of each range the part that is chosen, or drawn, cut back to what the company has left.</summary>
    /// <param name="holdings">The ranges.</param>
    /// <param name="seed">Draws the parts.</param>
    /// <param name="chosen">The place in its range of a holding, 0 to 1; null where it is drawn.</param>
    /// <param name="most">0 for the lower ends of all, else 1.</param>
    public static List<Holding> Of(HoldingGraph holdings, int seed, Func<Holding, int, decimal?> chosen, int most)
    {
        var random = new Random(seed);
        var completed = new List<Holding>();
        for (var company = 0; company < holdings.NodeCount; company++)
        {
            var edges = holdings.EdgesInto(company).ToArray();
            var certain = edges.Sum(edge => holdings[edge].Equity.Lower);
            var left = Math.Max(1, certain) - certain;
            foreach (var edge in edges.OrderByDescending(edge => chosen(holdings[edge], company) ?? 0).ThenBy(_ => random.Next()))
            {
                var holding = holdings[edge];
                var more = (chosen(holding, company) ?? (random.Next(3) == 0 ? 1 : random.Next(0, 101) / 100m)) * most * (holding.Equity.Upper - holding.Equity.Lower);
                more = decimal.Round(Math.Min(more, left), 14, MidpointRounding.ToZero);
                left -= more;
                completed.Add(Holding.Of(holding.Holder, company, holding.Equity.Lower + more));
            }
        }

        return completed;
    }
}
