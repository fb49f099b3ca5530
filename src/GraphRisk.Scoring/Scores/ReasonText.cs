using System.Globalization;
using GraphRisk.Scoring.Features;

namespace GraphRisk.Scoring.Scores;

/// <summary>Reasons in plain words: what was seen, and how many points it took or gave.</summary>
public static class ReasonText
{
    /// <param name="feature">What was seen.</param>
    /// <param name="value">NaN for "not known", infinity where there is no debt to hold anything against.</param>
    /// <param name="points">Points it adds.</param>
    public static string Of(Feature feature, float value, double points) => Sentence(Seen(feature, value), Effect(points));

    /// <summary>What was seen and what it does, as one sentence.</summary>
    public static string Sentence(string seen, string effect) =>
        seen.EndsWith("without debt", StringComparison.Ordinal) ? $"{seen}, {effect}." : $"{seen}: {effect}.";

    /// <summary>What was seen.</summary>
    /// <param name="feature">Of what.</param>
    /// <param name="value">As in <see cref="Of"/>.</param>
    public static string Seen(Feature feature, float value) =>
        float.IsInfinity(value) ? $"{feature.Title}: without debt"
        : float.IsNaN(value) ? $"{feature.Title} not known ({feature.Missing})"
        : $"{feature.Title} {Value(feature.Unit, value)}";

    /// <summary>What a collected reason speaks of.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="withCount">Whether to say how many facts they are.</param>
    public static string Seen(Reason reason, bool withCount) => withCount && reason.Kind == ReasonKind.NotKnown
        ? Invariant($"{reason.Title} ({reason.Facts} of {reason.FactsOfScope})")
        : reason.Title;

    /// <summary>What it does to the score.</summary>
    public static string Effect(double points) => Math.Abs(points) < 0.5
        ? "hardly moves the score"
        : string.Create(CultureInfo.InvariantCulture, $"{(points < 0 ? "lowers" : "lifts")} the score by {Math.Abs(points):0} {(Math.Abs(points) < 1.5 ? "point" : "points")}");

    /// <summary>Why a file is thin, in a sentence.</summary>
    /// <param name="depth">How far back it goes.</param>
    /// <param name="withDays">Whether to say since when.</param>
    public static string Thin(FileDepth depth, bool withDays)
    {
        var rule = Invariant($"Thin file: fewer than {ThinFileRule.Standard.Months} months of any behaviour");
        return withDays
            ? $"{rule} (statements {Since(depth.StatementsSince)}, events {Since(depth.EventsSince)}, published accounts {Since(depth.AccountsSince)}, client {Since(depth.ClientSince)})."
            : $"{rule}.";

        static string Since(DateOnly? day) => day is { } first ? Invariant($"since {first:yyyy-MM-dd}") : "not known";
    }

    /// <summary>Of a fact whose points are told with the interplay.</summary>
    public const string InInterplay = "counted with the interplay of facts";

    private static string Value(FeatureUnit unit, float value) => unit switch
    {
        FeatureUnit.Percent => Invariant($"{value * 100:0.#}%"),
        FeatureUnit.Count => Invariant($"{value:0}"),
        FeatureUnit.LogYuan => Invariant($"CNY {Math.Exp(value) - 1:N0}"),
        FeatureUnit.LogChange => Invariant($"{(Math.Exp(value) - 1) * 100:+0.#;-0.#;0}%"),
        FeatureUnit.Days => Invariant($"{value:0} days"),
        FeatureUnit.Years => Invariant($"{value:0.#} years"),
        FeatureUnit.YesNo => value > 0 ? "yes" : "no",
        _ => Invariant($"{value:0.###}"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
