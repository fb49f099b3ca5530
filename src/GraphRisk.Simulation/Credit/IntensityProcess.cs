using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.National;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Credit;

/// <summary>Defaults struck by additive intensities, each debtor's by itself; see <see cref="Hazard"/> for the process.</summary>
public sealed class IntensityProcess : IDefaultProcess
{
    /// <summary>Stress of a company that owes banks only: no collateral shows it.</summary>
    private const double StressOutside = 0.4;
    private readonly HazardParameters parameters;
    private readonly TradingCalendar calendar;
    private readonly IReadOnlyList<Debtor> debtors;
    private readonly Contagion contagion;
    private readonly Draws draws;

    public IntensityProcess(HazardParameters parameters, NationalLayer nation, MarketCommunity community, IReadOnlyList<Debtor> debtors, Draws draws)
    {
        (this.parameters, calendar, this.debtors, this.draws) = (parameters, nation.Calendar, debtors, draws);
        contagion = new Contagion(parameters, community, debtors.ToDictionary(d => d.Party));
    }

    public IReadOnlyList<Fate> Decide(int month, IReadOnlyList<Exposure> exposed)
    {
        foreach (var debtor in debtors)
        {
            debtor.GuaranteeIntensity.BeginMonth(parameters.Persistence);
            debtor.OwnershipIntensity.BeginMonth(parameters.Persistence);
        }

        return [.. exposed.Select(e => Decide(month, e))];
    }

    public void Spread(Debtor failed, DateOnly day, int month) => contagion.Spread(failed.Party, day);

    private Fate Decide(int month, Exposure exposure)
    {
        var debtor = exposure.Debtor;
        var condition = ConditionOf(exposure, month);
        var intensity = Hazard.Of(parameters, condition, debtor.GuaranteeIntensity.Total, debtor.OwnershipIntensity.Total);
        var late = Math.Min(0.2, 2.5 * intensity.Own);
        if (!draws.Chance(intensity.Probability)) return new Fate(false, intensity.Loads, intensity.Loads, Cause.Own, null, late, 0);
        var cause = intensity.Struck(draws.Unit());
        return new Fate(true, intensity.Loads, intensity.Loads, cause, BlameFor(debtor, cause, intensity), late, 0);
    }

    private Condition ConditionOf(Exposure exposure, int month)
    {
        var weakness = (exposure.Debtor.Party as Company)?.WeaknessKnownOn(calendar[calendar.FirstOf(month)]) ?? 0;
        if (exposure.Contract is not { } contract)
            return new Condition(StressOutside, StressOutside, weakness, false, false, exposure.Debtor.Party.Frailty);
        return new Condition(
            Hazard.StressOf(exposure.Path.Lowest, contract.CallLine),
            Hazard.StressOf(exposure.Path.LowestWithoutFireSales, contract.CallLine),
            weakness,
            month - exposure.Debtor.OverdueMonth <= 6,
            contract.Collateral.Count(l => l.Quantity > 0) == 1,
            exposure.Debtor.Party.Frailty);
    }

    private static Blame? BlameFor(Debtor debtor, Cause cause, Intensity intensity)
    {
        var load = cause switch { Cause.Guarantee => debtor.GuaranteeIntensity, Cause.Ownership => debtor.OwnershipIntensity, _ => null };
        return load?.Largest is { } largest
            ? new Blame(largest.From, largest.FailedOn, intensity.Loads.Parts[cause] * largest.Intensity / load.Total)
            : null;
    }
}
