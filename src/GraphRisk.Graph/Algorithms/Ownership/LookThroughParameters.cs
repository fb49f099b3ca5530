namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>How chains of holdings add up to one number. Every answer names the one it used.</summary>
public enum OwnershipSemantics
{
    /// <summary>
    /// All chains, however often they go round a cycle: (I - A)⁻¹ - I, integrated ownership of the financial literature.
    /// Above 1 where cycles are strong; the textbook rule for consolidation.
    /// </summary>
    Walk,

    /// <summary>
    /// All chains that never return to the holder: what the holder would own if its own part in itself were cancelled.
    /// At most 1 where no company is over-allocated.
    /// </summary>
    Corrected,

    /// <summary>Chains that visit no party twice: what laws say that multiply along a chain and add over chains.</summary>
    SimplePath,
}

/// <summary>What the look-through may spend and what it must reach.</summary>
/// <param name="CoreLimit">Companies up to which what elimination leaves of a component is solved as a dense matrix; a component that leaves more is solved by sweeps.</param>
/// <param name="ResidualLimit">Largest residual of the linear system an answer may leave.</param>
/// <param name="PathBudget">Steps along simple paths one question may take; what the paths beyond it may add is reported.</param>
public sealed record LookThroughParameters(int CoreLimit, double ResidualLimit, long PathBudget)
{
    /// <summary>A core of up to 3,000 companies (72 MB, twice that for a moment), residual 1e-9, a hundred thousand steps.</summary>
    public static LookThroughParameters Default { get; } = new(3000, 1e-9, 100_000);

    /// <summary>What simple paths that are not listed may leave uncounted inside a component, in sum.</summary>
    public double Epsilon { get; init; } = 1e-12;
}
