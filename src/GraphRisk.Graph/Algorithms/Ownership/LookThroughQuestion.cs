namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>How a part is held against a threshold of law.</summary>
public enum ThresholdOperator
{
    /// <summary>The threshold itself counts: 以上, "25% or more".</summary>
    AtLeast,

    /// <summary>Only what is above it counts: 超过, "more than 25%".</summary>
    Above,
}

/// <summary>What becomes of shares that a company holds of itself.</summary>
public enum TreasuryShares
{
    /// <summary>They count as stated: a part like any other, held by the company.</summary>
    Counted,

    /// <summary>They are taken out, as if cancelled: everybody else's part is of what is left.</summary>
    Cancelled,
}

/// <summary>What is asked of a look-through.</summary>
/// <param name="Semantics">How chains add up.</param>
public sealed record LookThroughQuestion(OwnershipSemantics Semantics)
{
    /// <summary>Stakes that do not reach it are left out; compared exactly (<see cref="LegalThreshold"/>).</summary>
    public decimal Threshold { get; init; }

    /// <summary>Whether the threshold itself counts.</summary>
    public ThresholdOperator Operator { get; init; } = ThresholdOperator.AtLeast;

    /// <summary>Which end of a stake must reach it: what is certain, stated or possible.</summary>
    public ShareBound Bound { get; init; } = ShareBound.Stated;

    /// <summary>Whether a company is listed among its own holders; only walks lead back.</summary>
    public bool SelfPairs { get; init; }

    /// <summary>What becomes of shares companies hold of themselves.</summary>
    public TreasuryShares Treasury { get; init; } = TreasuryShares.Counted;
}
