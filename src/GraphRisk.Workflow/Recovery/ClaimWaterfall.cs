namespace GraphRisk.Workflow.Recovery;

/// <summary>What went where of one amount received, yuan.</summary>
/// <param name="ToCosts">To costs, this sale's and earlier ones that were not recovered.</param>
/// <param name="ToInterest">To interest and fees.</param>
/// <param name="ToPrincipal">To principal.</param>
/// <param name="Surplus">The client's: every claim is satisfied.</param>
public readonly record struct Allocation(decimal ToCosts, decimal ToInterest, decimal ToPrincipal, decimal Surplus);

/// <summary>
/// What is left of a claim while what comes in is put to it in the order of the law: costs of realising it, then interest and fees, then principal (Civil Code, article 561); what is left over is
/// the client's. Costs are added to the claim by the sale that made them. Amounts are decimals, none negative; what is received is, to the last digit, what went to the three and the surplus.
/// </summary>
/// <param name="Costs">Costs not recovered yet.</param>
/// <param name="Interest">Interest and fees left.</param>
/// <param name="Principal">Principal left.</param>
/// <param name="Recovered">What went to interest and principal so far.</param>
public readonly record struct ClaimWaterfall(decimal Costs, decimal Interest, decimal Principal, decimal Recovered)
{
    /// <summary>A claim of which nothing was received.</summary>
    /// <param name="amount">All that is owed.</param>
    /// <param name="interest">Of it interest and fees; of what they exceed it nothing counts.</param>
    public static ClaimWaterfall Of(decimal amount, decimal interest) => new(0m, Math.Min(amount, interest), amount - Math.Min(amount, interest), 0m);

    /// <summary>Left owed, costs among it.</summary>
    public decimal Owed => Costs + Interest + Principal;

    /// <summary>Puts an amount to the claim.</summary>
    /// <param name="amount">What was received.</param>
    /// <param name="costs">What receiving it cost.</param>
    public (ClaimWaterfall Left, Allocation Allocation) Take(decimal amount, decimal costs)
    {
        var toCosts = Math.Min(amount, Costs + costs);
        var toInterest = Math.Min(amount - toCosts, Interest);
        var toPrincipal = Math.Min(amount - toCosts - toInterest, Principal);
        return (
            new ClaimWaterfall(Costs + costs - toCosts, Interest - toInterest, Principal - toPrincipal, Recovered + toInterest + toPrincipal),
            new Allocation(toCosts, toInterest, toPrincipal, amount - toCosts - toInterest - toPrincipal));
    }

    /// <summary>What was lost of a claim of an amount, to 12 digits: what is left owed to what was; above 1 where costs were not recovered either. Nothing where nothing was owed.</summary>
    public decimal LossOf(decimal amount) => amount > 0 ? decimal.Round(Owed / amount, 12) : 0m;
}
