namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>A part of a company, 0 to 1, as far as it is known.</summary>
/// <param name="Lower">The part is at least this.</param>
/// <param name="Share">The part stated, or the best reading of the bounds.</param>
/// <param name="Upper">The part is at most this; never below <paramref name="Share"/>.</param>
/// <param name="LowerOpen">The part is more than <paramref name="Lower"/>, not equal to it.</param>
public readonly record struct ShareInterval(decimal Lower, decimal Share, decimal Upper, bool LowerOpen = false)
{
    /// <summary>A part that is known exactly.</summary>
    public static ShareInterval Exactly(decimal share) => new(share, share, share);

    /// <summary>
    /// Reads a statement. A stated share is known, and bounds beside it add nothing. Of bounds alone: both give their
    /// midpoint, a lower one itself (more is not claimed), an upper one its half; without any number the share is 0 and may
    /// be anything up to 1.
    /// </summary>
    /// <param name="share">The share stated.</param>
    /// <param name="lower">Lower bound.</param>
    /// <param name="upper">Upper bound.</param>
    /// <param name="lowerOpen">The lower bound itself is excluded.</param>
    public static ShareInterval Read(decimal? share, decimal? lower, decimal? upper, bool lowerOpen = false)
    {
        if (share is { } known) return Exactly(known);
        var best = (lower, upper) switch
        {
            ({ } low, { } high) => (low + high) / 2,
            ({ } low, null) => low,
            (null, { } high) => high / 2,
            _ => 0m,
        };
        return new ShareInterval(Math.Min(lower ?? 0, best), best, Math.Max(upper ?? 1, best), lowerOpen && lower is not null);
    }

    /// <summary>Whether the part, read at one end, is above a limit: a part that is more than half is, one that may be half is not.</summary>
    public bool IsAbove(decimal limit, ShareBound bound) => At(bound) > limit || (bound == ShareBound.Lower && LowerOpen && Lower == limit);

    /// <summary>Whether the bounds leave anything open.</summary>
    public bool IsExact => Lower == Upper;

    /// <summary>The end of the interval that is asked for.</summary>
    public decimal At(ShareBound bound) => bound switch
    {
        ShareBound.Lower => Lower,
        ShareBound.Upper => Upper,
        _ => Share,
    };

    /// <summary>The part of what is left once another part is taken out; as it is where that would leave nothing.</summary>
    /// <param name="taken">What is taken out.</param>
    public ShareInterval Beside(ShareInterval taken)
    {
        if (taken.Share >= 1) return this;
        var share = Share / (1 - taken.Share);
        var most = Math.Max(1, share);
        return new ShareInterval(Lower / (1 - taken.Lower), share, taken.Upper < 1 ? Math.Max(share, Math.Min(most, Upper / (1 - taken.Upper))) : most, LowerOpen);
    }

    public static ShareInterval operator +(ShareInterval left, ShareInterval right) =>
        new(left.Lower + right.Lower, left.Share + right.Share, left.Upper + right.Upper, left.LowerOpen || right.LowerOpen);

    public static ShareInterval Add(ShareInterval left, ShareInterval right) => left + right;
}

/// <summary>Which number of an interval a computation reads.</summary>
public enum ShareBound
{
    /// <summary>What is certain.</summary>
    Lower,

    /// <summary>What is stated, or the best reading of the bounds.</summary>
    Stated,

    /// <summary>What is possible.</summary>
    Upper,
}
