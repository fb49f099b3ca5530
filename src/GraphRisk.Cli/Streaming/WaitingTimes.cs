namespace GraphRisk.Cli.Streaming;

/// <summary>How long things waited, in steps of a hundredth, so that a stream without end takes no more memory than one with.</summary>
internal sealed class WaitingTimes
{
    private const double Least = 0.01, Ratio = 1.01;

    /// <summary>Up to an hour and more.</summary>
    private readonly long[] counts = new long[2048];

    /// <summary>How many.</summary>
    public long Count { get; private set; }

    /// <summary>Notes one, in milliseconds.</summary>
    public void Add(double milliseconds)
    {
        counts[Math.Clamp((int)Math.Ceiling(Math.Log(Math.Max(milliseconds, Least) / Least, Ratio)), 0, counts.Length - 1)]++;
        Count++;
    }

    /// <summary>Milliseconds that a part of them did not pass, at most a hundredth too much; 0 where there are none.</summary>
    public double At(double part)
    {
        var rank = (long)Math.Ceiling(part * Count);
        for (var (at, met) = (0, 0L); at < counts.Length && Count > 0; at++)
            if ((met += counts[at]) >= rank) return Least * Math.Pow(Ratio, at);
        return 0;
    }
}
