using GraphRisk.Scoring.Calibration;

namespace GraphRisk.Scoring.Scores;

/// <summary>What a client can do itself: neither its age nor its industry nor what others did.</summary>
public enum ImprovementKind
{
    /// <summary>Pay what is overdue.</summary>
    PayOverdue,

    /// <summary>Add collateral to the contracts with the lowest ratios.</summary>
    AddCollateral,

    /// <summary>Repay debt, from the contract with the lowest ratio up.</summary>
    RepayDebt,

    /// <summary>Sell of the largest holdings and spread the proceeds.</summary>
    SpreadHoldings,
}

/// <summary>What an improvement is sought for.</summary>
public enum ImprovementGoal
{
    /// <summary>A better grade.</summary>
    Grade,

    /// <summary>So many points (<see cref="Improvements.PointsSought"/>), where no better grade is in reach.</summary>
    Points,
}

/// <summary>
/// The smallest change of one kind that reaches its goal, and what the model says of the client once it is made.
/// </summary>
/// <param name="Amount">Yuan to add, repay or move; null where it is not known.</param>
/// <param name="From">Ratio, debt in yuan, or share of the largest holding, before; null for overdue payments.</param>
/// <param name="To">The same afterwards.</param>
/// <param name="Points">Points gained, before rounding; positive.</param>
/// <param name="Score">The score then.</param>
/// <param name="Grade">The grade then.</param>
public sealed record Improvement(
    ImprovementKind Kind, ImprovementGoal Goal, decimal? Amount, double? From, double? To, double Points, int Score, Grade Grade);
