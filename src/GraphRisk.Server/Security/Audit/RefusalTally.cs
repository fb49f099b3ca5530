using System.Collections.Immutable;

namespace GraphRisk.Server.Security.Audit;

/// <summary>
/// Refusals of those who showed no token that counts. Anybody can cause them, so the first of a minute are filed one by one and
/// the rest as one entry with their number: a flood fills neither the disk nor the trail. Thread-safe.
/// </summary>
public sealed class RefusalTally : IDisposable
{
    /// <summary>Refusals of a minute that are filed one by one.</summary>
    public const int Each = 20;

    private const int MostReasons = 32;
    private const string Others = "for other reasons";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly AuditTrail trail;
    private readonly TimeProvider clock;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private readonly Dictionary<string, long> more = new(StringComparer.Ordinal);
    private DateTimeOffset began = DateTimeOffset.MinValue;
    private int filed;

    public RefusalTally(AuditTrail trail, TimeProvider clock)
    {
        this.trail = trail;
        this.clock = clock;
        timer = clock.CreateTimer(_ => FileRest(), null, Window, Window);
    }

    /// <summary>Files a refusal, or counts it.</summary>
    /// <param name="reason">Why, from a small set: a code or a fixed sentence.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask Count(string reason, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        AuditEntry? rest = null;
        lock (gate)
        {
            if (now - began >= Window)
            {
                rest = TakeRest(now);
                (began, filed) = (now, 0);
            }

            if (filed >= Each)
            {
                CountMore(reason, 1);
                return;
            }

            filed++;
        }

        if (rest is not null) await trail.Append(rest, cancellation).ConfigureAwait(false);
        await trail.Append(Entry(now, [reason]), cancellation).ConfigureAwait(false);
    }

    /// <summary>Files what was only counted.</summary>
    public void Dispose()
    {
        timer.Dispose();
        FileRest();
    }

    private void FileRest()
    {
        AuditEntry? rest;
        lock (gate) rest = TakeRest(clock.GetUtcNow());
        if (rest is null) return;
        try
        {
            trail.Append(rest, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // Nobody waits for it; whoever asks for something that must be filed is told.
            lock (gate)
                CountMore(Others, rest.Count ?? 1);
        }
    }

    private void CountMore(string reason, long count)
    {
        if (more.Count >= MostReasons && !more.ContainsKey(reason)) reason = Others;
        more[reason] = more.GetValueOrDefault(reason) + count;
    }

    private AuditEntry? TakeRest(DateTimeOffset now)
    {
        if (more.Count == 0) return null;
        var entry = Entry(now, [.. more.Keys.Order(StringComparer.Ordinal)]) with
        {
            Count = more.Values.Sum(),
            Detail = string.Join("; ", more.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => FormattableString.Invariant($"{one.Value} {one.Key}"))),
        };
        more.Clear();
        return entry;
    }

    private static AuditEntry Entry(DateTimeOffset at, ImmutableArray<string> reasons) => new(
        at, AuditAct.Refusal, new AuditActor(nameof(Role.Anonymous)), [new AuditPart(reasons, [ReadLedger.Unknown], AccessCodes.Unauthenticated)]);
}
