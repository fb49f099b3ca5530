using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>What somebody sold of something.</summary>
/// <param name="Seller">Number of the holder.</param>
/// <param name="Security">Number of the security.</param>
/// <param name="Amount">In money, above 0.</param>
public readonly record struct Sale(int Seller, int Security, double Amount);

/// <summary>What one holder's sales cost another through the price of one security they both hold.</summary>
/// <param name="Seller">Who sold.</param>
/// <param name="Security">What it sold.</param>
/// <param name="Holder">Who lost by it; the seller itself for what it had left.</param>
/// <param name="Amount">The loss in money, above 0.</param>
public readonly record struct SaleLoss(int Seller, int Security, int Holder, double Amount);

/// <summary>Sales made at the same time, and what they did to prices.</summary>
public sealed class SaleRound
{
    private readonly int[] starts;
    private readonly double[] flows;
    private readonly double[] moves;

    /// <param name="portfolios">Whose positions are sold.</param>
    /// <param name="sold">Sold of each position, in money.</param>
    /// <param name="move">Relative move of a security's price for what is sold of it: from 0 down to -1.</param>
    internal SaleRound(Portfolios portfolios, double[] sold, Func<int, double, double> move)
    {
        var sales = new List<Sale>();
        for (var seller = 0; seller < portfolios.HolderCount; seller++)
            for (var (position, end) = portfolios.Range(seller); position < end; position++)
                if (sold[position] > 0) sales.Add(new Sale(seller, portfolios.SecurityOf(position), sold[position]));
        Sales = [.. sales.OrderBy(sale => sale.Security)];
        starts = new int[portfolios.SecurityCount + 1];
        flows = new double[portfolios.SecurityCount];
        foreach (var sale in Sales)
        {
            starts[sale.Security + 1]++;
            flows[sale.Security] += sale.Amount;
        }

        for (var security = 0; security < flows.Length; security++) starts[security + 1] += starts[security];
        moves = [.. flows.Select((flow, security) => flow > 0 ? Math.Clamp(move(security, flow), -1, 0) : 0)];
    }

    /// <summary>All sales, by security, then by seller.</summary>
    public ImmutableArray<Sale> Sales { get; }

    /// <summary>Sold of each security, in money.</summary>
    public ReadOnlySpan<double> Flows => flows;

    /// <summary>Relative move of each price through the sales, 0 to -1.</summary>
    public ReadOnlySpan<double> Moves => moves;

    /// <summary>Sold by each holder, in money.</summary>
    public double[] SoldByHolder(int holders)
    {
        var sold = new double[holders];
        foreach (var sale in Sales) sold[sale.Seller] += sale.Amount;
        return sold;
    }

    /// <summary>What a holder sold of a security.</summary>
    internal double SoldBy(int seller, int security)
    {
        var (low, high) = (starts[security], starts[security + 1]);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Sales[middle].Seller < seller) low = middle + 1;
            else high = middle;
        }

        return low < starts[security + 1] && Sales[low].Seller == seller ? Sales[low].Amount : 0;
    }

    /// <summary>Adds to the sellers of a security what each cost somebody with so much exposed, by what each sold.</summary>
    internal void Attribute(int security, double exposed, Dictionary<(int Seller, int Security), double> terms)
    {
        if (!(exposed > 0) || moves[security] == 0) return;
        var perSold = exposed * -moves[security] / flows[security];
        for (var i = starts[security]; i < starts[security + 1]; i++)
            terms[(Sales[i].Seller, security)] = terms.GetValueOrDefault((Sales[i].Seller, security)) + (perSold * Sales[i].Amount);
    }

    /// <summary>Terms by seller, then by security.</summary>
    internal static ImmutableArray<SaleLoss> Terms(int holder, Dictionary<(int Seller, int Security), double> terms) =>
        [.. terms.Where(term => term.Value > 0).OrderBy(term => term.Key).Select(term => new SaleLoss(term.Key.Seller, term.Key.Security, holder, term.Value))];
}
