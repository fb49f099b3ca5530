using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Scoring.Scores;
using GraphRisk.Workflow.Concentration;
using GraphRisk.Workflow.Exposure;

namespace GraphRisk.Workflow.Admission;

/// <summary>What the client asks for and declares.</summary>
/// <param name="RequestedLine">Line asked for, yuan; null for as much as may be.</param>
/// <param name="ShareOfBroker">Part of the broker's own shares the client holds; null where not declared.</param>
/// <param name="IsAffiliateOfBroker">Whether the client is an affiliate of the broker; null where not declared.</param>
public readonly record struct AdmissionRequest(decimal? RequestedLine, decimal? ShareOfBroker, bool? IsAffiliateOfBroker);

/// <summary>
/// Recommends on admission, line and rate from the facts, the score and the exposure: pure, so the same inputs give the
/// same recommendation. Checks are a table; whichever fails or cannot be told makes it a person's decision.
/// </summary>
public sealed class AdmissionAdvisor(AdmissionPolicy policy, ConcentrationRules concentration)
{
    private const int AdverseReasons = 4;

    /// <summary>The recommendation.</summary>
    /// <param name="request">What the client asks for and declares.</param>
    /// <param name="facts">What the broker knows of it.</param>
    /// <param name="score">Its score.</param>
    /// <param name="exposure">What the broker is exposed to already, linked parties included.</param>
    public AdmissionRecommendation Advise(
        AdmissionRequest request, AdmissionFacts facts, CreditScore score, LinkedExposureAnswer exposure)
    {
        var checks = ChecksOf(request, facts, score, exposure);
        var (line, steps) = LineOf(request, facts, score, exposure);
        var admits = checks.All(check => check.Passed == true) && line > 0;
        return new AdmissionRecommendation(
            admits ? AdmissionAdvice.Admit : AdmissionAdvice.Refer, line, RateOf(score), checks, [.. score.Adverse(AdverseReasons)], steps);
    }

    private ImmutableArray<AdmissionCheck> ChecksOf(
        AdmissionRequest request, AdmissionFacts facts, CreditScore score, LinkedExposureAnswer exposure) =>
    [
        new("average-assets", facts.AverageAssets is { } assets ? assets >= policy.AverageAssets : null,
            $"average assets {Yuan(facts.AverageAssets)} over {policy.TradingDays} trading days, at least {Yuan(policy.AverageAssets)} asked for", []),
        new("trading-experience", facts.TradingSince is { } since ? since.AddMonths(policy.MonthsOfTrading) <= score.AsOf : null,
            $"trading since {Day(facts.TradingSince)}, at least {policy.MonthsOfTrading} months asked for", []),
        new("no-default-on-record", facts.Defaults.IsEmpty,
            $"{facts.Defaults.Length} defaults and forced liquidations in {policy.YearsOfRecord} years", facts.Defaults),
        new("no-serious-listing", facts.Listings.IsEmpty,
            $"{facts.Listings.Length} entries in force as dishonest debtor, disqualified or sanctioned", facts.Listings),
        new("not-the-brokers-shareholder", request.ShareOfBroker is { } share ? share <= policy.ShareholderAbove : null,
            $"holds {Percent(request.ShareOfBroker)} of the broker, at most {Percent(policy.ShareholderAbove)} allowed", []),
        new("not-the-brokers-affiliate", request.IsAffiliateOfBroker is { } affiliate ? !affiliate : null,
            request.IsAffiliateOfBroker is null ? "affiliation with the broker not declared" : "as declared by the client", []),
        new("grade", policy.Grades.TryGetValue(score.Grade.Name, out var terms) ? terms.MayAdmit : null,
            $"score {score.Score}, grade {score.Grade.Name}: {score.Grade.Meaning}", [score.Client]),
        new("linked-exposure", exposure.NetCapital is { } capital ? exposure.TotalDebt <= concentration.Client.Most * capital : null,
            $"client and linked parties owe {Yuan(exposure.TotalDebt)}, {Percent(exposure.ShareOfNetCapital)} of net capital, at most {Percent(concentration.Client.Most)}", []),
        new("linked-parties-complete", exposure.IsComplete,
            exposure.IsComplete ? "all linked parties were followed" : "more parties are linked than were followed", []),
    ];

    private (decimal Line, ImmutableArray<string> Steps) LineOf(
        AdmissionRequest request, AdmissionFacts facts, CreditScore score, LinkedExposureAnswer exposure)
    {
        var share = policy.Grades.TryGetValue(score.Grade.Name, out var terms) ? terms.LineToAssets : 0m;
        var byAssets = share * (facts.AverageAssets ?? 0m);
        var room = exposure.NetCapital is { } capital ? Math.Max(0m, concentration.Client.Most * capital - exposure.TotalDebt) : 0m;
        var least = Math.Min(byAssets, room);
        if (request.RequestedLine is { } asked) least = Math.Min(least, asked);
        var line = Math.Floor(Math.Max(0m, least) / policy.LineStep) * policy.LineStep;
        var steps = ImmutableArray.CreateBuilder<string>();
        steps.Add($"grade {score.Grade.Name} allows {Percent(share)} of assets of {Yuan(facts.AverageAssets)}: {Yuan(byAssets)}");
        steps.Add($"room below {Percent(concentration.Client.Most)} of net capital: {Yuan(room)}");
        if (request.RequestedLine is { } requested) steps.Add($"asked for: {Yuan(requested)}");
        steps.Add($"the least, cut to a multiple of {Yuan(policy.LineStep)}: {Yuan(line)}");
        return (line, steps.ToImmutable());
    }

    /// <summary>Base rate + yearly expected loss, to the basis point, at most the highest rate.</summary>
    private decimal RateOf(CreditScore score)
    {
        var yearly = 1 - Math.Pow(1 - score.ProbabilityOfDefault, 4.0 / score.HorizonQuarters);
        return Math.Min(policy.MostRate, Math.Round(policy.BaseRate + (decimal)yearly * policy.LossGivenDefault, 4));
    }

    private static string Yuan(decimal? amount) => amount is { } known ? string.Create(CultureInfo.InvariantCulture, $"CNY {known:N0}") : "unknown";

    private static string Percent(decimal? part) => part is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known * 100:0.##}%") : "unknown";

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "unknown";
}
