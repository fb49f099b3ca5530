using GraphRisk.Cli.Composition;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import.Updates;
using GraphRisk.Market.Flows;
using GraphRisk.Workflow.Flows;

namespace GraphRisk.Cli.FinBench;

/// <summary>What was run.</summary>
/// <param name="Operations">Reads and writes.</param>
/// <param name="Seconds">From the first operation to the end of the last.</param>
/// <param name="PerSecond">Operations a second.</param>
/// <param name="Figures">For each operation what it took; <c>SNAPSHOT</c> is the part of reads and read-writes that brought the snapshot up to date.</param>
/// <param name="Faults">Rows that could not be read, at most the first ten.</param>
internal sealed record FinBenchReport(int Operations, double Seconds, double PerSecond, IReadOnlyList<OperationFigures> Figures, IReadOnlyList<string> Faults);

/// <summary>
/// Replays FinBench's transaction workload: updates one after another in the order of their time, each recorded by itself, and reads spread evenly among them. A
/// read sees every write but the last few it may lag behind; a read-write sees all. What an operation takes includes bringing the snapshot up to
/// date where it asks for that.
/// </summary>
internal sealed class FinBenchDriver
{
    private const string Refreshing = "SNAPSHOT";
    private const int MostFaults = 10;

    private readonly SnapshotProvider snapshots;
    private readonly TimeProvider clock;
    private readonly FlowWriter writer;
    private readonly int mostBehind;
    private readonly Dictionary<string, Latencies> taken = new(StringComparer.Ordinal);
    private readonly List<string> faults = [];
    private MoneyFlows? flows;
    private int behind;

    /// <param name="store">The store.</param>
    /// <param name="snapshots">Its snapshots.</param>
    /// <param name="clock">Tells what operations take and when writes become known.</param>
    /// <param name="mostBehind">Writes a read may lag behind.</param>
    public FinBenchDriver(IGraphStore store, SnapshotProvider snapshots, TimeProvider clock, int mostBehind)
    {
        this.snapshots = snapshots;
        this.clock = clock;
        this.mostBehind = mostBehind;
        writer = new FlowWriter(store, RefreshAsync);
    }

    /// <summary>Runs writes in their order with reads spread among them.</summary>
    /// <param name="reads">The reads, in the order in which they are run.</param>
    /// <param name="writes">The writes.</param>
    /// <param name="writeCount">How many writes there are.</param>
    /// <param name="answered">Told every answer; null where nobody wants them.</param>
    /// <param name="cancellation">Stops between operations.</param>
    public async Task<FinBenchReport> RunAsync(
        IReadOnlyList<AskedQuestion> reads, IEnumerable<(FlowWrite Write, UpdateRow Row)> writes, int writeCount,
        Action<AskedQuestion, IReadOnlyList<object?[]>>? answered = null, CancellationToken cancellation = default)
    {
        // The first snapshot is the state before the run, not part of it.
        flows = await NewestAsync(cancellation);
        var started = clock.GetTimestamp();
        var (read, written) = (0, 0);
        async Task ReadUpToAsync(long due)
        {
            for (; read < due; read++) await ReadAsync(reads[read], answered, cancellation);
        }

        foreach (var (write, row) in writes)
        {
            await ReadUpToAsync((long)written * reads.Count / writeCount);
            await WriteAsync(write, row, cancellation);
            written++;
        }

        await ReadUpToAsync(reads.Count);
        var seconds = clock.GetElapsedTime(started).TotalSeconds;
        var order = FlowQuestions.All.Select(question => (question.Code, question.Title))
            .Concat(FlowWrite.All.Select(write => (write.Code, write.Title))).Append((Refreshing, "Snapshot brought up to date"));
        return new FinBenchReport(
            read + written, seconds, (read + written) / seconds,
            [.. order.Where(one => taken.ContainsKey(one.Item1)).Select(one => taken[one.Item1].Told(one.Item1, one.Item2))], faults);
    }

    private async Task ReadAsync(AskedQuestion asked, Action<AskedQuestion, IReadOnlyList<object?[]>>? answered, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        if (behind > mostBehind) await RefreshAsync(cancellation);
        var answer = asked.Ask(flows!, WorkMeter.EndedBy(cancellation));
        var latencies = LatenciesOf(asked.Question.Code);
        latencies.Add(clock.GetElapsedTime(start));
        latencies.Rows += answer.Count;
        answered?.Invoke(asked, answer);
    }

    private async Task WriteAsync(FlowWrite write, UpdateRow row, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        try
        {
            var outcome = await writer.WriteAsync(write, row, clock.GetUtcNow(), cancellation);
            var latencies = LatenciesOf(write.Code);
            latencies.Add(clock.GetElapsedTime(start));
            if (outcome == FlowOutcome.Refused) latencies.Refused++;
            if (outcome == FlowOutcome.Blocked) latencies.Blocked++;
            if (outcome != FlowOutcome.Refused) behind++;
        }
        catch (InvalidDataException error)
        {
            if (faults.Count < MostFaults) faults.Add(error.Message);
        }
    }

    /// <summary>The newest state: the one at hand where nothing was written since.</summary>
    private async ValueTask<MoneyFlows> RefreshAsync(CancellationToken cancellation)
    {
        if (behind == 0) return flows!;
        var start = clock.GetTimestamp();
        flows = await NewestAsync(cancellation);
        behind = 0;
        LatenciesOf(Refreshing).Add(clock.GetElapsedTime(start));
        return flows;
    }

    private async ValueTask<MoneyFlows> NewestAsync(CancellationToken cancellation) =>
        new(await snapshots.GetAsync(Validity.EndOfTime, cancellation: cancellation));

    private Latencies LatenciesOf(string operation)
    {
        if (!taken.TryGetValue(operation, out var latencies)) taken.Add(operation, latencies = new Latencies());
        return latencies;
    }
}
