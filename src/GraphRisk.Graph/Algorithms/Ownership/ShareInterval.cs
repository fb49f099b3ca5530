namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>A part of a company, 0 to 1, as far as it is known.</summary>
/// <param name="Lower">The part is at least this.</param>
/// <param name="Share">The part stated, or the best reading of the bounds.</param>
/// <param name="Upper">The part is at most this; never below <paramref name="Share"/>.</param>
/// <param name="LowerOpen">The part is more than <paramref name="Lower"/>, not equal to it.</param>
/// <param name="UpperOpen">The part is less than <paramref name="Upper"/>, not equal to it; never where the ends meet.</param>
public readonly record struct ShareInterval(decimal Lower, decimal Share, decimal Upper, bool LowerOpen = false, bool UpperOpen = false)
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
    /// <param name="upperOpen">The upper bound itself is excluded.</param>
    public static ShareInterval Read(decimal? share, decimal? lower, decimal? upper, bool lowerOpen = false, bool upperOpen = false)
    {
        if (share is { } known) return Exactly(known);
        var best = (lower, upper) switch
        {
            ({ } low, { } high) => (low + high) / 2,
            ({ } low, null) => low,
            (null, { } high) => high / 2,
            _ => 0m,
        };
        var (least, most) = (Math.Min(lower ?? 0, best), Math.Max(upper ?? 1, best));
        return new ShareInterval(least, best, most, lowerOpen && lower is not null, upperOpen && upper == most && least < most);
    }

    /// <summary>
    /// Whether the part, read at one end, reaches a limit. An end that is excluded is never the limit itself: what is more than half is
    /// above half, and what is less than a quarter cannot be a quarter.
    /// </summary>
    public bool Reaches(decimal limit, ThresholdOperator comparison, ShareBound bound) => LegalThreshold.Reaches(At(bound), limit, comparison, bound, IsOpen(bound));

    /// <summary>Whether the end asked for is excluded.</summary>
    public bool IsOpen(ShareBound bound) => bound switch
    {
        ShareBound.Lower => LowerOpen,
        ShareBound.Upper => UpperOpen,
        _ => false,
    };

    /// <summary>The part that is no more than something else allows.</summary>
    /// <param name="most">What is allowed; below <see cref="Lower"/> it allows no less than that.</param>
    /// <param name="isOpen">What is allowed is less than that.</param>
    public ShareInterval AtMost(decimal most, bool isOpen)
    {
        if (most > Upper) return this;
        var upper = Math.Max(Lower, most);
        return this with { Share = Math.Min(Share, upper), Upper = upper, UpperOpen = upper > Lower && (isOpen || (UpperOpen && upper == Upper)) };
    }

    /// <summary>Whether the bounds leave anything open.</summary>
    public bool IsExact => Lower == Upper;

    /// <summary>The end of the interval that is asked for.</summary>
    public decimal At(ShareBound bound) => bound switch
    {
        ShareBound.Lower => Lower,
        ShareBound.Upper => Upper,
        _ => Share,
    };

    /// <summary>Anything up to the part, an equal one of so many at best guess.</summary>
    public ShareInterval UpTo(int count) => new(0, Share / count, Upper, UpperOpen: UpperOpen);

    /// <summary>The part of what is left once another part is taken out; as it is where that would leave nothing.</summary>
    /// <param name="taken">What is taken out.</param>
    public ShareInterval Beside(ShareInterval taken)
    {
        if (taken.Share >= 1) return this;
        var share = Share / (1 - taken.Share);
        var most = Math.Max(1, share);
        var left = taken.Upper < 1 ? Upper / (1 - taken.Upper) : most + 1;
        var upper = Math.Max(share, Math.Min(most, left));
        return new ShareInterval(Lower / (1 - taken.Lower), share, upper, LowerOpen, upper == left && upper > share && (UpperOpen || (taken.UpperOpen && Upper > 0)));
    }

    public static ShareInterval operator +(ShareInterval left, ShareInterval right) =>
        new(left.Lower + right.Lower, left.Share + right.Share, left.Upper + right.Upper, left.LowerOpen || right.LowerOpen, left.UpperOpen || right.UpperOpen);

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
