using System.Collections.Immutable;
using GraphRisk.Disclosure.Bands;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Scores;

namespace GraphRisk.Disclosure.Scores;

/// <summary>A score as it left through the door.</summary>
/// <param name="Score">300 to 850, higher is safer.</param>
/// <param name="Grade">Grade of the probability.</param>
/// <param name="ProbabilityOfDefault">Within the horizon; to three digits where figures are withheld.</param>
/// <param name="HorizonQuarters">Horizon of the probability.</param>
/// <param name="HasDebt">Whether the client owes anything, at whichever broker: what the band of its debt says too.</param>
/// <param name="Points">Baseline, own and contagion together.</param>
/// <param name="BaselinePoints">Where every client starts.</param>
/// <param name="OwnPoints">What the client's own facts add.</param>
/// <param name="ContagionPoints">What others add.</param>
/// <param name="Groups">By chapter, in fixed order.</param>
/// <param name="Reasons">By falling size of what they do, as far as that may be told.</param>
/// <param name="ModelVersion">Content hash of the model.</param>
public sealed record DisclosedScore(
    int Score, Grade Grade, double ProbabilityOfDefault, int HorizonQuarters, bool HasDebt,
    double Points, double BaselinePoints, double OwnPoints, double ContagionPoints,
    ImmutableArray<DisclosedGroup> Groups, ImmutableArray<DisclosedReason> Reasons, string ModelVersion)
{
    /// <summary>The client is in default, or in the time of probation after its cure.</summary>
    public bool IsInDefault { get; init; }

    /// <summary>Why the file is thin, in plain words; null where it is not. To whom only the score was allowed without days.</summary>
    public string? ThinFile { get; init; }

    /// <summary>Whether the grade is worse than that of the probability, because the file is thin.</summary>
    public bool IsGradeCapped { get; init; }

    /// <summary>Which default; null where it is not in default and where only the score was allowed.</summary>
    public ClientDefault? Default { get; init; }
}

/// <summary>A chapter of the reasons.</summary>
/// <param name="Points">Null where they would carry a figure that is withheld.</param>
/// <param name="Effect">The same in classes.</param>
public sealed record DisclosedGroup(string Name, string Title, FeatureScope Scope, double? Points, Effect Effect);

/// <summary>A reason.</summary>
/// <param name="Value">The figure; null where it is not known or withheld.</param>
/// <param name="Band">Its band; null where it is not known.</param>
/// <param name="Points">Null where they would carry a figure that is withheld.</param>
/// <param name="Effect">The same in classes.</param>
/// <param name="Text">In plain words, with no more in it than the fields beside it say.</param>
public sealed record DisclosedReason(
    string Feature, string Title, string Group, FeatureScope Scope, double? Value, Band? Band, double? Points, Effect Effect, string Text)
{
    /// <summary>The figure as the text says it, or its band; empty where there is none to tell.</summary>
    public required string Seen { get; init; }
}
