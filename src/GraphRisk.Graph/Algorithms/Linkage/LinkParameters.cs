using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Linkage;

/// <summary>What counts as a link, how strong it is, and how far the search goes.</summary>
public sealed record LinkParameters
{
    /// <summary>The parameters where nothing else is asked for.</summary>
    public static LinkParameters Default { get; } = new();

    /// <summary>
    /// Strength of each kind; kinds not listed are not links. An ownership tie has its share times this strength. The
    /// figures rank evidence by how directly one party commands or answers for the other; they are the product's own.
    /// </summary>
    public ImmutableSortedDictionary<LinkKind, double> Strengths { get; init; } = new Dictionary<LinkKind, double>
    {
        [LinkKind.Control] = 1.0,
        [LinkKind.Ownership] = 1.0,
        [LinkKind.Agreement] = 0.9,
        [LinkKind.SharedAccount] = 0.9,
        [LinkKind.LegalRepresentative] = 0.8,
        [LinkKind.Guarantee] = 0.8,
        [LinkKind.Related] = 0.7,
        [LinkKind.SharedDevice] = 0.5,
        [LinkKind.Officer] = 0.4,
        [LinkKind.CommonHolding] = 0.3,
    }.ToImmutableSortedDictionary();

    /// <summary>Smallest direct part of a company's equity that ties, inclusive.</summary>
    public decimal OwnershipThreshold { get; init; } = 0.2m;

    /// <summary>Smallest part of a security's shares outstanding that each of two parties must hold, inclusive.</summary>
    public decimal CommonHoldingThreshold { get; init; } = 0.005m;

    /// <summary>
    /// Parties beyond which a shared account, device or security, or a holder of offices, ties nobody: a branch's
    /// terminal, an index share, a registration agent.
    /// </summary>
    public int HubLimit { get; init; } = 20;

    /// <summary>Most steps of a path.</summary>
    public int MaxSteps { get; init; } = 3;

    /// <summary>Paths below this strength are not followed.</summary>
    public double LeastStrength { get; init; } = 0.02;

    /// <summary>Most parties of an answer; beyond it the answer says that it is cut.</summary>
    public int MaxParties { get; init; } = 1000;

    /// <summary>Most pairs of control that are listed in advance; beyond it only direct majorities count.</summary>
    public int ControlPairBudget { get; init; } = 20_000_000;
}
