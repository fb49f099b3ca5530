namespace GraphRisk.Server.Budget;

/// <summary>
/// What each viewer may still spend this minute. A viewer has a bucket of work that fills evenly and holds one minute's
/// share. What a question costs is known when it ends, so it is taken then and may leave a debt; who owes waits until
/// that is worked off. A question that was refused costs too. Thread-safe; buckets that are full again are forgotten.
/// </summary>
/// <param name="clock">Time between two questions.</param>
internal sealed class ViewerShares(TimeProvider clock)
{
    private const int Sweep = 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Bucket> buckets = new(StringComparer.Ordinal);

    /// <summary>How long a viewer has to wait; zero where it may ask now.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="share">Its work a minute.</param>
    public TimeSpan Wait(string viewer, long share)
    {
        lock (gate)
        {
            if (!buckets.TryGetValue(viewer, out var bucket)) return TimeSpan.Zero;
            var left = LeftOf(bucket, share);
            return left > 0 ? TimeSpan.Zero : TimeSpan.FromMinutes((1.0 - left) / share);
        }
    }

    /// <summary>Takes what a question has cost.</summary>
    public void Take(string viewer, long share, long work)
    {
        lock (gate)
        {
            if (buckets.Count >= Sweep) Forget(share);
            var left = buckets.TryGetValue(viewer, out var bucket) ? LeftOf(bucket, share) : share;
            buckets[viewer] = new Bucket(left - work, clock.GetTimestamp());
        }
    }

    private double LeftOf(Bucket bucket, long share) =>
        Math.Min(share, bucket.Left + (share * clock.GetElapsedTime(bucket.At).TotalMinutes));

    private void Forget(long share)
    {
        foreach (var (viewer, bucket) in buckets)
            if (LeftOf(bucket, share) >= share || clock.GetElapsedTime(bucket.At) > TimeSpan.FromHours(1)) buckets.Remove(viewer);
    }

    private readonly record struct Bucket(double Left, long At);
}
