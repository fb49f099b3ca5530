using GraphRisk.Scoring.Scores;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Score;

/// <summary>GraphQL types of what would improve a score.</summary>
internal static class ImprovementTypes
{
    public static void AddTo(SchemaParts parts, FieldAccess derived)
    {
        parts.Types.Add(Fields.Enum(
            "ImprovementKind", "What a client can do itself.",
            ("PAY_OVERDUE", ImprovementKind.PayOverdue, "Pay what is overdue."),
            ("ADD_COLLATERAL", ImprovementKind.AddCollateral, "Add collateral to the contracts with the lowest ratios, up to 300% at most."),
            ("REPAY_DEBT", ImprovementKind.RepayDebt, "Repay debt, the contract with the lowest ratio first, nine tenths at most."),
            ("SPREAD_HOLDINGS", ImprovementKind.SpreadHoldings, "Sell of the largest holdings and spread the proceeds.")));
        parts.Types.Add(Fields.Enum(
            "ImprovementGoal", "What an improvement reaches.",
            ("GRADE", ImprovementGoal.Grade, "A better grade."),
            ("POINTS", ImprovementGoal.Points, $"{Improvements.PointsSought} points more at least.")));
        parts.Types.Add(Fields.Object(
            "Improvement", "The smallest change of a kind that reaches its goal, and what the model says once it is made. An indication, no promise: prices and others move too.",
            Fields.Of<ImprovementOf>("kind", "ImprovementKind!", FieldAccess.Structure, "What to do.", one => one.Change.Kind),
            Fields.Of<ImprovementOf>("goal", "ImprovementGoal", derived, "What it reaches; null where figures are not disclosed.", one => one.Change.Goal),
            Fields.Of<ImprovementOf>("amount", "Decimal", derived, "Yuan to add, repay or move; null where it is not known or not disclosed.", one => one.Change.Amount),
            Fields.Of<ImprovementOf>("from", "Float", derived, "The lowest ratio, the debt in yuan, or the largest holding's share as it is.", one => ScoreTypes.Rounded(one.Change.From)),
            Fields.Of<ImprovementOf>("to", "Float", derived, "The same once the change is made.", one => ScoreTypes.Rounded(one.Change.To)),
            Fields.Of<ImprovementOf>("points", "Float", derived, "Points gained; positive.", one => ScoreTypes.Rounded(one.Change.Points)),
            Fields.Of<ImprovementOf>("score", "Int", derived, "The score then.", one => one.Change.Score),
            Fields.Of<ImprovementOf>("grade", "String", derived, "The grade then.", one => one.Change.Grade),
            Fields.Of<ImprovementOf>("text", "String", derived.As(ValueKind.Amount), "In plain words, with its figures; null to whom figures are rounded.", one => one.Change.Text)));
    }
}
