using System.Collections.Immutable;
using GraphRisk.Market.Columns;
using GraphRisk.Market.Contagion;
using GraphRisk.Market.Lending;
using GraphRisk.Market.Networks;
using GraphRisk.Scoring.Features;

namespace GraphRisk.Workflow.Warnings.Figures;

/// <summary>A figure of a client that rules of early warning may look at.</summary>
/// <param name="Name">Stable name: lower case and underscores.</param>
/// <param name="Means">What it is, with its unit.</param>
/// <param name="Read">Its value; NaN where it is not known.</param>
public sealed record WarningFigure(string Name, string Means, Func<ClientOnDay, double> Read);

/// <summary>
/// The figures that change from day to day; beside them any feature of the score may be looked at by its name, read of what the broker itself may know. Each is a
/// notion the market defines; none is computed here.
/// </summary>
public static class WarningFigures
{
    /// <summary>Name of the score, which needs the client's authorisation.</summary>
    public const string Score = "score";

    private const string Probability = "probability";

    /// <summary>The figures, by name.</summary>
    public static ImmutableArray<WarningFigure> Table { get; } =
    [
        new("ratio", "Lowest ratio of collateral at the close to debt, 1.3 = 130%", of => Least(of, one => (double?)one.Coverage.Ratio ?? double.NaN)),
        new("to_warning_line", "Lowest of ratio / warning line - 1", of => Least(of, one => one.ToWarningLine)),
        new("to_call_line", "Lowest of ratio / call line - 1", of => Least(of, one => one.ToCallLine)),
        new("deviations_to_call", "Standard deviations of a day by which the collateral may fall before the call line is touched, of the nearest contract", of => Least(of, one => one.DeviationsToCall)),
        new(Score, "Score, 300 to 850; only of clients who authorised it", of => of.Score?.Score ?? double.NaN),
        new(Probability, "Probability of default the score tells, 0 to 1; only of clients who authorised it", of => of.Score?.Probability ?? double.NaN),
        new("days_since_guarantor_failure", "Days since the latest default of a guarantor, or its entry on a list of debtors",
            of => Spillover.On(of.Market.Exposures(of.Meter).Of(of.Party), ExposureKind.Guarantor, of.Market.Distress(of.Meter)).DaysSinceFailure),
        new("sole_collateral_suspended", "1 where all that secures a contract is one security that is not traded, else 0", of => of.Contracts.Any(one => one.IsSoleSecuritySuspended) ? 1 : 0),
        new("suspended_part", "Greatest part of a contract's securities that is not traded, 0 to 1", of => of.Contracts.Aggregate(0.0, (most, one) => Math.Max(most, one.SuspendedPart))),
        new("days_since_linked_forced_sale", "Days since a linked party was sold out by force, within a quarter", of => of.Market.LinkedForcedSales(of.Meter).DaysSince(of.Party)),
        new("line_use", "Margin debt to credit line, 1 = 100%, of the contract that uses most of it",
            of => of.Contracts.Aggregate(double.NaN, (most, one) => one.Contract is { CreditLine: > 0 and var line, Kind: ContractKind.Margin } ? Numbers.Greatest(most, (double)(one.Contract.Debt / line)) : most)),
    ];

    /// <summary>Whether a figure is told by the score.</summary>
    public static bool RestsOnScore(string name) => name is Score or Probability;

    /// <summary>Whether there is a figure or a feature of a name.</summary>
    public static bool Knows(string name) => Find(name) is not null || ColumnOf(name) >= 0;

    /// <summary>The figure of a name; null where it is a feature or nothing.</summary>
    public static WarningFigure? Find(string name) => Table.FirstOrDefault(figure => figure.Name == name);

    /// <summary>The column of the feature of a name; -1 where there is none.</summary>
    public static int ColumnOf(string name)
    {
        for (var column = 0; column < FeatureSet.Features.Count; column++)
            if (FeatureSet.Features[column].Name == name) return column;
        return -1;
    }

    private static double Least(ClientOnDay of, Func<DailyCoverage, double> read) => of.Contracts.Aggregate(double.NaN, (least, one) => Numbers.Least(least, read(one)));
}
