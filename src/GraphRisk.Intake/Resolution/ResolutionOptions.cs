namespace GraphRisk.Intake.Resolution;

/// <summary>How a store is resolved.</summary>
public sealed record ResolutionOptions
{
    /// <summary>
    /// File in which what agreement weighs is kept: read where it is there, else learned and written. Null to learn it for one resolver and keep
    /// it nowhere.
    /// </summary>
    public string? ModelFile { get; init; }

    /// <summary>Whether it is learned anew although it is there.</summary>
    public bool LearnsAnew { get; init; }

    /// <summary>Seed of what learning draws.</summary>
    public ulong Seed { get; init; } = 7;

    /// <summary>A group is not grown past so many records without a person.</summary>
    public int MostMembers { get; init; } = 400;

    /// <summary>Share of the records, 0 to 1, past which a run starts over instead of working on the touched ones.</summary>
    public double ReloadShare { get; init; } = 0.25;
}
