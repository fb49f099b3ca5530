namespace GraphRisk.Simulation.Credit;

/// <summary>
/// The strengths of the default process, per month; see <see cref="Hazard"/> for how they combine.
/// </summary>
public sealed record HazardParameters
{
    public static HazardParameters Default { get; } = new();

    /// <summary>Nothing reaches a neighbour; the own intensity makes up for it, so that as many default.</summary>
    public static HazardParameters WithoutContagion { get; } = new()
    {
        Base = -8.62,
        DebtorToGuarantor = 0,
        GuarantorToDebtor = 0,
        CompanyToHolder = 0,
        HolderToCompany = 0,
    };

    /// <summary>Log of the monthly own intensity of an average debtor without stress.</summary>
    public double Base { get; init; } = -9.15;

    /// <summary>Per unit of collateral stress: 0 at twice the call line and above, 1 at the line.</summary>
    public double Stress { get; init; } = 5.0;

    /// <summary>Per standard deviation of weakness in the published accounts.</summary>
    public double Accounts { get; init; } = 1.0;

    /// <summary>Having been overdue within the last half year.</summary>
    public double Overdue { get; init; } = 1.8;

    /// <summary>All collateral in one security.</summary>
    public double Concentration { get; init; } = 0.6;

    /// <summary>Per standard deviation of what no source states.</summary>
    public double Frailty { get; init; } = 0.3;

    /// <summary>Intensity a debtor's default lays on its guarantor, at an amount that takes all of the guarantor's means.</summary>
    public double DebtorToGuarantor { get; init; } = 0.20;

    /// <summary>Intensity a guarantor's default lays on those it stood for.</summary>
    public double GuarantorToDebtor { get; init; } = 0.10;

    /// <summary>Intensity a company's default lays on the holder of all of its capital.</summary>
    public double CompanyToHolder { get; init; } = 0.20;

    /// <summary>Intensity a holder's default lays on a company it holds wholly.</summary>
    public double HolderToCompany { get; init; } = 0.26;

    /// <summary>
    /// How much of a blow lands: contagion is multiplied by this, and by 1 + stress x <see cref="Fragility"/>. A debtor with little
    /// cushion is felled by what another absorbs.
    /// </summary>
    public double Robustness { get; init; } = 0.6;

    /// <inheritdoc cref="Robustness"/>
    public double Fragility { get; init; } = 2.0;

    /// <summary>Part of contagion that is left a month later.</summary>
    public double Persistence { get; init; } = 0.74;
}
