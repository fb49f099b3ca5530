using GraphRisk.Intake.Resolution.Decision;

namespace GraphRisk.Intake.Resolution;

/// <summary>How a store is resolved.</summary>
public sealed record ResolutionOptions
{
    /// <summary>Who decides on pairs; the rules unless another engine is put here.</summary>
    public IPairJudge Judge { get; init; } = new RuleJudge(new RuleLines());

    /// <summary>A group is not grown past so many records without a person.</summary>
    public int MostMembers { get; init; } = 400;

    /// <summary>Share of the records, 0 to 1, past which a run starts over instead of working on the touched ones.</summary>
    public double ReloadShare { get; init; } = 0.25;
}
