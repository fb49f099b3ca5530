using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Features;

namespace GraphRisk.Scoring.Scores;

/// <summary>
/// A client's score and why. Points add up exactly: baseline + own + contagion = points; the score is those points
/// rounded and held inside the scale. An indication for people to decide on, never by itself a refusal.
/// </summary>
/// <param name="Client">The client's id.</param>
/// <param name="AsOf">Day the score speaks of.</param>
/// <param name="ModelVersion">Content hash of the model.</param>
/// <param name="ProbabilityOfDefault">Within the model's horizon, in (0, 1); 1 for a client in default.</param>
/// <param name="Score">300 to 850, higher is safer.</param>
/// <param name="Grade">Grade of the PD; of a thin file none better than the middle one (<see cref="ThinFileRule"/>).</param>
/// <param name="Points">Score before rounding and clamping.</param>
/// <param name="BaselinePoints">Where every client starts: the training quarters' average.</param>
/// <param name="OwnPoints">What the client's own facts add.</param>
/// <param name="ContagionPoints">What those it is tied to add: guarantees, ownership, common holdings, links.</param>
/// <param name="Groups">The same by chapter, in fixed order.</param>
/// <param name="Reasons">
/// Known features and collected reasons (<see cref="ReasonTeller"/>) by falling size of their contribution; counts of nothing last.
/// </param>
/// <param name="HasDebt">
/// Whether anything is owed. Where nothing is, there is no liability to default on: the score then says where the client
/// would stand with a first, small debt.
/// </param>
/// <param name="HorizonQuarters">Horizon of the PD.</param>
/// <param name="Level">Sensitivity of the score: the highest of its inputs.</param>
public sealed record CreditScore(
    NodeId Client, DateOnly AsOf, string ModelVersion, double ProbabilityOfDefault, int Score, Grade Grade,
    double Points, double BaselinePoints, double OwnPoints, double ContagionPoints,
    IReadOnlyList<ReasonGroup> Groups, IReadOnlyList<Reason> Reasons, bool HasDebt, int HorizonQuarters, Sensitivity Level)
{
    /// <summary>Name of the reason that says a client is in default; no feature has it.</summary>
    public const string InDefaultReason = "in_default";

    /// <summary>The default the client is in; null where it is performing and the probability is foreseen.</summary>
    public ClientDefault? Default { get; init; }

    /// <summary>How far back the client's behaviour is known, where the file is thin; null where it is not.</summary>
    public FileDepth? ThinFile { get; init; }

    /// <summary>Whether the grade is worse than that of the probability, because the file is thin.</summary>
    public bool IsGradeCapped { get; init; }

    /// <summary>The reasons that lower the score most, for a refusal or a review; at most <paramref name="count"/>.</summary>
    public IEnumerable<Reason> Adverse(int count) => Reasons.Where(reason => reason.Points < 0).Take(count);
}

/// <summary>A chapter of the reasons.</summary>
/// <param name="Points">Sum over its features; positive lifts the score.</param>
public sealed record ReasonGroup(string Name, string Title, FeatureScope Scope, double Points);

/// <summary>What a reason speaks of.</summary>
public enum ReasonKind
{
    /// <summary>One known fact, with its own points.</summary>
    Fact,

    /// <summary>One known fact whose points are told with the interplay, since alone they would blame a good sign or praise a bad one.</summary>
    FactInInterplay,

    /// <summary>All facts of a scope that are not known.</summary>
    NotKnown,

    /// <summary>What facts of a scope do together against the sign of each.</summary>
    Interplay,

    /// <summary>The default a client is in.</summary>
    InDefault,
}

/// <summary>One feature's part in a score (see <see cref="Models.Contributions"/>), or what several do together.</summary>
/// <param name="Value">The feature's value; null when not known, and for ratios to a debt that does not exist.</param>
/// <param name="LogOdds">Part of the log-odds of default; positive is riskier.</param>
/// <param name="Points">The same in score points; positive lifts the score.</param>
/// <param name="Text">In plain words.</param>
/// <param name="Level">Sensitivity of the feature.</param>
/// <param name="IsBoundless">There is no debt to hold the value against.</param>
public sealed record Reason(
    string Feature, string Title, string Group, FeatureScope Scope, double? Value, double LogOdds, double Points, string Text, Sensitivity Level,
    bool IsBoundless = false)
{
    /// <summary>What it speaks of.</summary>
    public ReasonKind Kind { get; init; } = ReasonKind.Fact;

    /// <summary>The facts told together; 0 for a reason of one fact.</summary>
    public int Facts { get; init; }

    /// <summary>All facts of the scope.</summary>
    public int FactsOfScope { get; init; }

    /// <summary>A count of nothing, or none of others' trouble: true, and no reason to name first.</summary>
    public bool IsOfNothing { get; init; }

    /// <summary>Whether it speaks of one fact.</summary>
    public bool IsSingle => Kind is ReasonKind.Fact or ReasonKind.FactInInterplay;
}

/// <summary>A score without its reasons, for whole markets.</summary>
/// <param name="Node">Node of the client in the snapshot.</param>
public readonly record struct ScoreLine(
    int Node, bool HasDebt, double ProbabilityOfDefault, int Score, string Grade, double BaselinePoints, double OwnPoints, double ContagionPoints)
{
    /// <summary>Whether the file is thin and the grade was capped for it (<see cref="ThinFileRule"/>): the probability alone would give a better one.</summary>
    public bool IsGradeCapped { get; init; }
}
