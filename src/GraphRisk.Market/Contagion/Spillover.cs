using GraphRisk.Market.Columns;
using GraphRisk.Market.Credit;
using GraphRisk.Market.Networks;

namespace GraphRisk.Market.Contagion;

/// <summary>What reaches a party directly from those it is exposed to in one way.</summary>
/// <param name="Counterparties">Exposures of the kind.</param>
/// <param name="Failed">How many of them have failed.</param>
/// <param name="FailedImpact">Sum of the impacts of those that have failed.</param>
/// <param name="ExpectedImpact">Sum over all of impact x distress: the first round of linear DebtRank.</param>
/// <param name="DaysSinceFailure">Days since the latest failure among them, cured or not; NaN where there was none.</param>
public readonly record struct Spillover(int Counterparties, int Failed, double FailedImpact, double ExpectedImpact, double DaysSinceFailure)
{
    /// <summary>What reaches a party.</summary>
    /// <param name="exposures">What the party is exposed to.</param>
    /// <param name="kind">Only exposures of this kind.</param>
    /// <param name="distress">How close the others are to failure.</param>
    public static Spillover On(ReadOnlySpan<Exposure> exposures, ExposureKind kind, Distress distress)
    {
        var found = new Spillover(0, 0, 0, 0, double.NaN);
        foreach (var exposure in exposures)
        {
            if (exposure.Kind != kind) continue;
            var hasFailed = distress.HasFailed(exposure.To);
            found = new Spillover(
                found.Counterparties + 1, found.Failed + (hasFailed ? 1 : 0), found.FailedImpact + (hasFailed ? exposure.Impact : 0),
                found.ExpectedImpact + (exposure.Impact * distress.Of(exposure.To)),
                Numbers.Least(found.DaysSinceFailure, distress.DaysSinceFailure(exposure.To)));
        }

        return found;
    }
}
