namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>A part of a company, 0 to 1, as far as it is known.</summary>
/// <param name="Lower">The part is at least this.</param>
/// <param name="Share">The part stated, or the best reading of the bounds.</param>
/// <param name="Upper">The part is at most this; never below <paramref name="Share"/>.</param>
public readonly record struct ShareInterval(decimal Lower, decimal Share, decimal Upper)
{
    /// <summary>A part that is known exactly.</summary>
    public static ShareInterval Exactly(decimal share) => new(share, share, share);

    /// <summary>
    /// Reads a statement. A stated share stands. Of bounds alone: both give their midpoint, a lower one itself (more is
    /// not claimed), an upper one its half; without any number the share is 0 and may be anything up to 1.
    /// </summary>
    public static ShareInterval Read(decimal? share, decimal? lower, decimal? upper)
    {
        var best = share ?? (lower, upper) switch
        {
            ({ } low, { } high) => (low + high) / 2,
            ({ } low, null) => low,
            (null, { } high) => high / 2,
            _ => 0m,
        };
        return new ShareInterval(
            Math.Min(lower ?? share ?? 0, best), best, Math.Max(upper ?? share ?? 1, best));
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

    public static ShareInterval operator +(ShareInterval left, ShareInterval right) =>
        new(left.Lower + right.Lower, left.Share + right.Share, left.Upper + right.Upper);

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
