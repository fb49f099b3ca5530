using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Models;

namespace GraphRisk.Scoring.Scores;

/// <summary>
/// Tells the contributions of one row as reasons that do not mislead. They add up, per scope, to the contributions:
/// <list type="bullet">
/// <item>What is due to inputs that are not known (or have no object: the days since a default that never was) says nothing of
/// the client one by one, and is one reason per scope. It praises nobody: where it would lift the score, the lift comes from what is
/// known beside it and is told with the interplay.</item>
/// <item>A feature with a direction is held against the median of the training rows (<see cref="InputRange.SideOf"/>). A
/// contribution that would blame a value on the good side, or praise one on the bad side, comes from what it meets with in other
/// features; it is told in one reason per scope, and the feature itself with no points.</item>
/// <item>Without debt a ratio is boundless: known, and at the good end.</item>
/// <item>Counts of nothing stand last.</item>
/// </list>
/// Pure.
/// </summary>
internal sealed class ReasonTeller(Feature[] features, Sensitivity[] levels, IReadOnlyList<InputRange?> ranges, ScorecardScaling scaling)
{
    private static readonly FeatureScope[] Scopes = [FeatureScope.Own, FeatureScope.Graph];

    /// <param name="values">The row as the model read it.</param>
    /// <param name="parts">Contributions to the margin.</param>
    /// <param name="slope">From those to the log-odds.</param>
    public Reason[] Tell(ReadOnlySpan<float> values, ReadOnlySpan<double> parts, double slope)
    {
        var reasons = new List<Reason>(features.Length);
        var (unknown, interplay) = (new Together[Scopes.Length], new Together[Scopes.Length]);
        for (var i = 0; i < features.Length; i++)
        {
            var (scope, logOdds) = ((int)features[i].Group.Scope, slope * parts[i]);
            if (float.IsNaN(values[i]))
            {
                unknown[scope] = unknown[scope].With(logOdds);
                continue;
            }
            var misleads = Misleads(i, values[i], logOdds);
            if (misleads) interplay[scope] = interplay[scope].With(logOdds);
            reasons.Add(Of(i, values[i], misleads ? 0 : logOdds, misleads ? ReasonKind.FactInInterplay : ReasonKind.Fact));
        }
        foreach (var scope in Scopes)
        {
            if (unknown[(int)scope] is { LogOdds: < 0 } lifting)
            {
                interplay[(int)scope] = new Together(interplay[(int)scope].LogOdds + lifting.LogOdds, interplay[(int)scope].Facts + lifting.Facts);
                unknown[(int)scope] = lifting with { LogOdds = 0 };
            }
            Add(reasons, scope, ReasonKind.NotKnown, unknown[(int)scope]);
            Add(reasons, scope, ReasonKind.Interplay, interplay[(int)scope]);
        }
        return [.. reasons.OrderBy(reason => reason.IsOfNothing).ThenByDescending(reason => Math.Abs(reason.Points)).ThenBy(reason => reason.Feature, StringComparer.Ordinal)];
    }

    /// <summary>Whether a contribution has the opposite sign of what the value says.</summary>
    private bool Misleads(int input, double value, double logOdds) =>
        features[input].Direction != 0 && logOdds != 0 && (ranges[input]?.SideOf(value, features[input].Direction) ?? 0) != Math.Sign(logOdds);

    private Reason Of(int input, float value, double logOdds, ReasonKind kind)
    {
        var (feature, points) = (features[input], scaling.PointsOfContribution(logOdds));
        var words = ReasonText.English;
        return new Reason(
            feature.Name, feature.Title, feature.Group.Name, feature.Group.Scope, float.IsFinite(value) ? value : null, logOdds, points,
            words.Sentence(words.Seen(feature, value), kind == ReasonKind.Fact ? words.Effect(points) : words.InInterplay, float.IsInfinity(value)),
            levels[input], float.IsInfinity(value))
        {
            Kind = kind,
            IsOfNothing = value == 0 && (feature.Unit == FeatureUnit.Count || feature.Group.Scope == FeatureScope.Graph),
        };
    }

    private void Add(List<Reason> reasons, FeatureScope scope, ReasonKind kind, Together together)
    {
        if (together.Facts == 0) return;
        var points = scaling.PointsOfContribution(together.LogOdds);
        var stem = scope == FeatureScope.Own ? "own" : "contagion";
        var reason = new Reason(
            kind == ReasonKind.NotKnown ? $"{stem}_not_known" : $"{stem}_interplay",
            "", FeatureGroup.RemainderOf(scope).Name, scope, null, together.LogOdds, points, "", levels.Max())
        {
            Kind = kind, Facts = together.Facts, FactsOfScope = features.Count(feature => feature.Group.Scope == scope),
        };
        var words = ReasonText.English;
        reasons.Add(reason with { Title = words.TitleOf(reason), Text = words.Sentence(words.Seen(reason, withCount: true), words.Effect(points)) });
    }

    /// <summary>Contributions told as one.</summary>
    private readonly record struct Together(double LogOdds, int Facts)
    {
        public Together With(double logOdds) => new(LogOdds + logOdds, Facts + 1);
    }
}
