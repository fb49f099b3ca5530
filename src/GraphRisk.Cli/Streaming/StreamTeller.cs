using System.Diagnostics;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Intake.Streaming;

namespace GraphRisk.Cli.Streaming;

/// <summary>Writes what became of records and parties, a line each, and at the end what it took.</summary>
/// <param name="host">Where to.</param>
/// <param name="isJson">As JSON.</param>
internal sealed class StreamTeller(Host host, bool isJson)
{
    private readonly long started = host.Clock.GetTimestamp();
    private readonly TimeSpan processor = Processor();
    private readonly WaitingTimes waited = new();
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
    private long flagged, repeated, arrived, passes, version;

    /// <summary>Records so far.</summary>
    public long Records => waited.Count;

    /// <summary>Records that went to quarantine.</summary>
    public long Refused { get; private set; }

    /// <summary>Tells a pass.</summary>
    public async Task TellAsync(StreamPass pass)
    {
        foreach (var record in pass.Records)
        {
            if (record.IsRepeated) repeated++;
            flagged += record.Batch.Flagged;
            foreach (var broken in record.Batch.Broken.Where(entry => !entry.Landed))
            {
                Refused++;
                await host.Out.WriteLineAsync(isJson
                    ? Json.LineOf(new { @event = "refused", file = record.Name, line = record.Line, field = broken.Field, reason = broken.Reason, entry = broken.Id })
                    : string.Create(CultureInfo.InvariantCulture, $"refused {record.Name}, line {record.Line}: {broken.Field} {broken.Reason}"));
            }
        }

        foreach (var one in pass.Events)
        {
            var kind = one.Kind.ToString().ToLowerInvariant();
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
            await host.Out.WriteLineAsync(isJson
                ? Json.LineOf(new { @event = kind, record = one.Record.ToString(), party = one.Party.ToString(), others = one.Others.IsEmpty ? null : one.Others.Select(id => id.ToString()).ToArray() })
                : $"{kind} {one.Record}{Tail(one)}");
        }

        await host.Out.FlushAsync();
        var now = host.Clock.GetTimestamp();
        foreach (var record in pass.Records) waited.Add(host.Clock.GetElapsedTime(record.ReadAt, now).TotalMilliseconds);
        (arrived, passes, version) = (arrived + pass.Arrived, passes + 1, pass.Version);
    }

    /// <summary>Tells what it took.</summary>
    /// <param name="before">Records of parties there were before.</param>
    /// <param name="waiting">Records that wait for another.</param>
    public async Task EndAsync(long before, int waiting)
    {
        var (clock, spent) = (host.Clock.GetElapsedTime(started).TotalSeconds, (Processor() - processor).TotalSeconds);
        if (isJson)
        {
            await host.Out.WriteLineAsync(Json.LineOf(new
            {
                @event = "end", before, records = Records, repeated, refused = Refused, flagged, arrived, waiting, events = counts, passes, version,
                seconds = Math.Round(clock, 3), processorSeconds = Math.Round(spent, 3), perSecond = Math.Round(Records / clock, 1), p50 = Math.Round(waited.At(0.5), 2), p99 = Math.Round(waited.At(0.99), 2),
            }));
            return;
        }

        string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
        new Terminal(host.Out).WriteFigures("Stream",
        [
            ("records of parties before", Count(before)), ("records", Count(Records)), ("taken in before", Count(repeated)), ("quarantined", Count(Refused)), ("flagged", Count(flagged)),
            ("landed that had waited", Count(arrived)), ("waiting", Count(waiting)), .. counts.Select(one => (one.Key, Count(one.Value))),
            ("clock, processor", FormattableString.Invariant($"{clock:0.0} s, {spent:0.0} s")), ("records a second", FormattableString.Invariant($"{Records / clock:0}")),
            ("from being read to being resolved", FormattableString.Invariant($"p50 {waited.At(0.5):0.0} ms, p99 {waited.At(0.99):0.0} ms")),
        ]);
    }

    private static string Tail(IdentityEvent one) => one.Kind switch
    {
        IdentityEventKind.Joined or IdentityEventKind.Updated => $" of {one.Party}",
        IdentityEventKind.Redirected => $" to {one.Party}",
        IdentityEventKind.Merged => $" with {string.Join(", ", one.Others)}",
        IdentityEventKind.Parted => $" from {string.Join(", ", one.Others)}",
        _ => "",
    };

    private static TimeSpan Processor()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
