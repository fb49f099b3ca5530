using System.Collections.Immutable;

namespace GraphRisk.Matching.Comparison;

/// <summary>How far two values agree that are not the same value.</summary>
/// <param name="Label">What it is called.</param>
/// <param name="IsNear">The values are taken for one written in two ways, so that how rare it is counts.</param>
/// <param name="Chance">Share of pairs of strangers at this level, before any was seen; 0 for what is usual.</param>
internal readonly record struct Level(string Label, bool IsNear = false, double Chance = 0);

/// <summary>Tells how far two different values of a column agree. Pure; safe for concurrent use.</summary>
internal abstract class LevelJudge
{
    /// <summary>The levels from the closest down; the last is that they differ.</summary>
    public abstract ImmutableArray<Level> Levels { get; }

    /// <summary>Position in <see cref="Levels"/> for two values by number; symmetric.</summary>
    public abstract int Judge(int left, int right);
}
