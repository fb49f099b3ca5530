using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Credit;

public enum DisposalEnd
{
    /// <summary>The rest is paid.</summary>
    Settled,

    /// <summary>The broker gives the rest up.</summary>
    WrittenOff,

    /// <summary>Not ended within the history.</summary>
    Open,
}

/// <summary>How a default is worked off, as drawn when it occurs. Months are counted from the history's start.</summary>
/// <param name="Contested">Others have had the collateral frozen: it is auctioned by a court in one piece when the matter is decided.</param>
/// <param name="SoldBy">The month by which collateral that trades is sold.</param>
/// <param name="Proceeds">What sales bring the broker, after costs and those who come first, as a part of the close.</param>
/// <param name="EndsIn">The month in which it ends, where it does, once everything is sold.</param>
public sealed record Disposal(CreditContract Contract, int BegunIn, bool Contested, int SoldBy, double Proceeds, DisposalEnd End, int EndsIn)
{
    private const double ContestedPart = 0.45;
    private static readonly WeightedTable<DisposalEnd> Ends =
        new([(DisposalEnd.Settled, 0.46), (DisposalEnd.WrittenOff, 0.26), (DisposalEnd.Open, 0.28)]);

    public static Disposal Draw(Draws draws, CreditContract contract, int month)
    {
        var liquidated = contract.Status == ContractStatus.Liquidated;
        var contested = !liquidated && draws.Chance(ContestedPart);
        var sold = month + (liquidated ? 1 : contested ? draws.Between(4, 20) : draws.Between(1, 4));
        var end = Ends.Pick(draws);
        return new Disposal(
            contract, month, contested, sold, contested ? draws.Between(0.1, 0.7) : Liquidation.Proceeds,
            end, sold + (end == DisposalEnd.Settled ? draws.Between(1, 8) : draws.Between(2, 8)));
    }
}
