using GraphRisk.Graph.Store;

namespace GraphRisk.Intake.Resolution.Review;

/// <summary>What filing a review did.</summary>
/// <param name="Append">What the store answered.</param>
/// <param name="SetAside">Matches of the rules that no longer count because of it.</param>
/// <param name="Restored">Matches of the rules that count again because of it.</param>
public sealed record ReviewOutcome(AppendResult Append, int SetAside, int Restored);
