namespace GraphRisk.Cli.FinBench;

/// <summary>What an operation took, over all times it was run; times in milliseconds.</summary>
internal sealed record OperationFigures(
    string Operation, string Title, int Count, int Refused, int Blocked, long Rows, double PerSecond, double P50, double P95, double P99, double Max);

/// <summary>Gathers the durations of one operation.</summary>
internal sealed class Latencies
{
    private readonly List<TimeSpan> durations = [];

    /// <summary>Rows of all answers.</summary>
    public long Rows { get; set; }

    /// <summary>Writes that recorded nothing.</summary>
    public int Refused { get; set; }

    /// <summary>Writes that blocked what they name.</summary>
    public int Blocked { get; set; }

    public int Count => durations.Count;

    public void Add(TimeSpan duration) => durations.Add(duration);

    /// <summary>The figures; percentiles by nearest rank.</summary>
    public OperationFigures Told(string operation, string title)
    {
        var sorted = durations.Select(duration => duration.TotalMilliseconds).Order().ToList();
        double At(double part) => sorted[Math.Max(0, (int)Math.Ceiling(part * sorted.Count) - 1)];
        var total = sorted.Sum();
        return new OperationFigures(
            operation, title, sorted.Count, Refused, Blocked, Rows, total > 0 ? sorted.Count * 1000 / total : 0, At(0.5), At(0.95), At(0.99), sorted[^1]);
    }
}
