using System.Collections.Immutable;
using GraphRisk.Disclosure.Rules;
using GraphRisk.Scoring.Scores;

namespace GraphRisk.Disclosure.Scores;

/// <summary>An improvement as it may be told.</summary>
/// <param name="Goal">What it reaches; null where that is withheld, as is all that follows but the text.</param>
public sealed record DisclosedImprovement(
    ImprovementKind Kind, ImprovementGoal? Goal, decimal? Amount, double? From, double? To, double? Points, int? Score, string? Grade, string Text);

/// <summary>
/// The door of improvements. They rest on figures of the client's own, so whoever may know these is told them whole; to whom only the score was allowed they are
/// told in words: an amount would give the client's debt or ratio elsewhere away.
/// </summary>
public static class ImprovementDoor
{
    public static ImmutableArray<DisclosedImprovement> Open(IEnumerable<Improvement> improvements, ScoreOpening opening)
    {
        var words = ReasonText.In(opening.Language);
        return
        [
            .. improvements.Select(change => Rounded(change, opening.AmountDigits)).Select(change => opening.To == Audience.Score
                ? new DisclosedImprovement(change.Kind, null, null, null, null, null, null, null, words.Of(change, withFigures: false))
                : new DisclosedImprovement(
                    change.Kind, change.Goal, change.Amount, change.From, change.To, change.Points, change.Score, change.Grade.Name, words.Of(change, withFigures: true))),
        ];
    }

    /// <summary>Amounts to so many digits; what is no amount is a ratio and stays.</summary>
    private static Improvement Rounded(Improvement change, int? digits)
    {
        if (digits is not { } kept) return change;
        var rounded = change with { Amount = change.Amount is { } amount ? SignificantDigits.Round(amount, kept) : null };
        return change.Kind != ImprovementKind.RepayDebt ? rounded : rounded with { From = Short(change.From), To = Short(change.To) };

        double? Short(double? debt) => debt is { } known ? SignificantDigits.Round(known, kept) : null;
    }
}
