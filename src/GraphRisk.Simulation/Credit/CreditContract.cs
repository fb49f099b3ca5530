using GraphRisk.Simulation.National;

namespace GraphRisk.Simulation.Credit;

public enum ContractKind
{
    Margin,
    Pledge,
    Repo,
}

public enum ContractStatus
{
    Open,
    Called,
    Overdue,
    Closed,
    Liquidated,
    Defaulted,
}

/// <summary>What happened to a contract, in the terms in which people have to decide on it.</summary>
public enum ContractStepKind
{
    /// <summary>The ratio was at or below the line.</summary>
    Called,

    /// <summary>The line was restored.</summary>
    Met,

    /// <summary>It defaulted, or was liquidated.</summary>
    Struck,

    /// <summary>A security was sold.</summary>
    Sold,

    /// <summary>The client paid a part.</summary>
    Paid,

    /// <summary>The client paid the rest.</summary>
    Settled,

    /// <summary>The broker gave the rest up.</summary>
    WrittenOff,
}

/// <summary>A step of a contract.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Day">When.</param>
/// <param name="Amount">Yuan: missing, owed, received.</param>
public sealed record ContractStep(ContractStepKind Kind, DateOnly Day, double Amount)
{
    /// <summary>The ratio of a call.</summary>
    public double Ratio { get; init; }

    /// <summary>Of what is owed at a default, the interest.</summary>
    public double Interest { get; init; }

    /// <summary>What was sold.</summary>
    public Lot? Sold { get; init; }

    /// <summary>How many of it.</summary>
    public long Quantity { get; init; }
}

/// <summary>
/// A loan against securities. Margin: all lots of the credit account and cash are the collateral; pledge and agreed repo:
/// one lot set apart.
/// </summary>
public sealed class CreditContract
{
    public required ContractKind Kind { get; init; }

    public required string Number { get; init; }

    public required Account Account { get; init; }

    public required DateOnly OpenedOn { get; init; }

    public required DateOnly DueOn { get; init; }

    public required IReadOnlyList<Lot> Collateral { get; init; }

    public required double AnnualRate { get; init; }

    /// <summary>Ratio at or below which the client must bring more; for pledges the closing line.</summary>
    public required double CallLine { get; init; }

    /// <summary>Margin: ratio at or below which the broker sells at once. Pledge: the warning line, above the call line.</summary>
    public required double OtherLine { get; init; }

    /// <summary>Principal at the start, yuan.</summary>
    public required double Principal { get; init; }

    /// <summary>Assets to liability at the start: the client's appetite, to which it returns when markets rise.</summary>
    public required double FirstRatio { get; init; }

    /// <summary>The trading day of the history it is followed from; 0 for those opened earlier.</summary>
    public required int FirstDay { get; init; }

    public double Cash { get; set; }

    /// <summary>Principal outstanding.</summary>
    public required double Financed { get; set; }

    public Lot? Short { get; init; }

    /// <summary>The collateral as it was offered: securities and numbers.</summary>
    public IReadOnlyList<(int Security, long Quantity)> Offered { get; set; } = [];

    /// <summary>What happened to it, in order.</summary>
    public List<ContractStep> Steps { get; } = [];

    public double Interest { get; set; }

    public ContractStatus Status { get; set; }

    /// <summary>The trading day of the last statement in default; -1 before. A day has one.</summary>
    public int StatedOn { get; set; } = -1;

    /// <summary>In default and neither settled nor written off.</summary>
    public bool InDisposal => Status is ContractStatus.Liquidated or ContractStatus.Defaulted;

    public bool IsLive => Status is ContractStatus.Open or ContractStatus.Called or ContractStatus.Overdue;

    /// <summary>Ends the contract: nothing is owed any more, and what is left of the collateral is the client's.</summary>
    public void Settle()
    {
        Status = ContractStatus.Closed;
        (Financed, Interest) = (0, 0);
        if (Short is { } sold) sold.Quantity = 0;
    }

    public double CollateralValue(PriceHistory prices, int day)
    {
        var sum = 0.0;
        foreach (var lot in Collateral) sum += lot.Quantity * prices.Close(lot.Security, day);
        return sum;
    }

    public double ShortValue(PriceHistory prices, int day) =>
        Short is null ? 0 : Short.Quantity * prices.Close(Short.Security, day);

    public double Liability(PriceHistory prices, int day) => Financed + Interest + ShortValue(prices, day);

    /// <summary>Maintenance or performance ratio; the liability of a live contract is positive.</summary>
    public double Ratio(PriceHistory prices, int day) =>
        (Cash + CollateralValue(prices, day)) / Liability(prices, day);

    /// <summary>
    /// The ratio had nobody been forced to sell since <paramref name="since"/>: closes with the crowd's pressure taken out.
    /// </summary>
    public double RatioWithoutFireSales(PriceHistory prices, int day, int since)
    {
        var assets = Cash;
        foreach (var lot in Collateral)
        {
            var pressure = Math.Min(0, prices.PriceImpact(lot.Security, day) - prices.PriceImpact(lot.Security, since));
            assets += lot.Quantity * prices.Close(lot.Security, day) * Math.Exp(-pressure);
        }

        return assets / Liability(prices, day);
    }
}
