namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>When votes control.</summary>
/// <param name="Majority">Votes must be above this part, compared as decimals.</param>
/// <param name="Bound">
/// Which end of an interval of votes counts: the lower gives control that is certain, the upper control that is possible.
/// </param>
public sealed record ControlParameters(decimal Majority, ShareBound Bound)
{
    /// <summary>More than half of the votes, certain.</summary>
    public static ControlParameters Default { get; } = new(0.5m, ShareBound.Lower);

    /// <summary>Whether the majority itself is enough.</summary>
    public ThresholdOperator Operator { get; init; } = ThresholdOperator.Above;

    /// <summary>Whether the votes companies have in those that control them are counted, or taken out of the whole.</summary>
    public ReciprocalVotes Reciprocal { get; init; } = ReciprocalVotes.Counted;

    /// <summary>Whether the votes of shares a company holds of itself are counted, or taken out of the whole.</summary>
    public TreasuryShares Treasury { get; init; } = TreasuryShares.Counted;
}

/// <summary>What becomes of the votes a company has in one that controls it.</summary>
public enum ReciprocalVotes
{
    /// <summary>They count as stated.</summary>
    Counted,

    /// <summary>They are not exercised, as under section 136 of the UK Companies Act and § 136 of the German AktG: everybody else's part is of what is left.</summary>
    Cancelled,
}
