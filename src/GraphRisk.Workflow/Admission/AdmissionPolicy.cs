using System.Collections.Immutable;
using GraphRisk.Market.Configuration;
using GraphRisk.Market.Lending;

namespace GraphRisk.Workflow.Admission;

/// <summary>What a grade is offered.</summary>
/// <param name="LineToAssets">Credit line as a part of the client's assets at the broker.</param>
/// <param name="MayAdmit">Whether the recommendation may be to admit; otherwise a person decides.</param>
public readonly record struct GradeTerms(decimal LineToAssets, bool MayAdmit);

/// <summary>A broker's terms of admission to securities financing.</summary>
public sealed record AdmissionPolicy
{
    /// <summary>Least average assets, yuan.</summary>
    public decimal AverageAssets { get; init; } = 500_000m;

    /// <summary>Trading days the average is taken over.</summary>
    public int TradingDays { get; init; } = 20;

    /// <summary>Least months of trading.</summary>
    public int MonthsOfTrading { get; init; } = 6;

    /// <summary>Years for which a default or a forced liquidation counts.</summary>
    public int YearsOfRecord { get; init; } = 5;

    /// <summary>Part of a listed broker's shares above which its shareholder is not admitted by rule.</summary>
    public decimal ShareholderAbove { get; init; } = 0.05m;

    /// <summary>Terms by grade.</summary>
    public ImmutableDictionary<string, GradeTerms> Grades { get; init; } = new Dictionary<string, GradeTerms>
    {
        ["AAA"] = new(1.00m, true),
        ["AA"] = new(1.00m, true),
        ["A"] = new(0.90m, true),
        ["BBB"] = new(0.80m, true),
        ["BB"] = new(0.60m, true),
        ["B"] = new(0.40m, true),
        ["CCC"] = new(0.20m, false),
        ["CC"] = new(0m, false),
        ["C"] = new(0m, false),
        ["D"] = new(0m, false),
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>Longest term of margin trading and of agreed repo, months; that of a pledge is among <see cref="Pledges"/>.</summary>
    public ImmutableDictionary<ContractKind, int> MonthsOfTerm { get; init; } =
        new Dictionary<ContractKind, int> { [ContractKind.Margin] = 6, [ContractKind.Repo] = 12 }.ToImmutableDictionary();

    /// <summary>Limits of stock-pledged repo.</summary>
    public PledgeLimits Pledges { get; init; } = new();

    /// <summary>Amount from which on a second person must agree, yuan.</summary>
    public decimal SecondPersonFrom { get; init; } = 5_000_000m;

    /// <summary>Yearly rate before risk, 0.06 = 6%.</summary>
    public decimal BaseRate { get; init; } = 0.055m;

    /// <summary>Part of the debt lost in a default, 0 to 1.</summary>
    public decimal LossGivenDefault { get; init; } = 0.25m;

    /// <summary>Lowest yearly rate.</summary>
    public decimal LeastRate { get; init; } = 0.055m;

    /// <summary>Highest yearly rate.</summary>
    public decimal MostRate { get; init; } = 0.10m;

    /// <summary>Credit lines are cut to a multiple of this, yuan.</summary>
    public decimal LineStep { get; init; } = 10_000m;

    /// <summary>The terms where a broker has none of its own.</summary>
    public static BrokerSetting<AdmissionPolicy> Common { get; } = new(Dated.Always(new AdmissionPolicy()));
}
