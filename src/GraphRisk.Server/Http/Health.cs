using System.Text.Json;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using Microsoft.AspNetCore.Http;

namespace GraphRisk.Server.Http;

/// <summary>
/// Whether the server answers, and from a store that is there: for load balancers and people. A server whose store is away
/// answers from its last snapshot, and one whose store a later program has written to answers for what it knows, so both stay in service; why is in the log, not here. Open to all, so
/// it tells nothing of what is stored, nor by a version how often others write.
/// </summary>
public sealed class Health(SnapshotProvider? snapshots, TimeProvider clock)
{
    public const string Path = "/health";

    /// <summary>200 from when the server listens until it ends.</summary>
    public const string LivePath = Path + "/live";

    /// <summary>200 while the server answers at its usual speed; 503 before, and from when it was told to end.</summary>
    public const string ReadyPath = Path + "/ready";

    /// <summary>Header of answers given while the store is away: seconds since it was last seen.</summary>
    public const string AgeHeader = "GraphRisk-Store-Unseen-Seconds";

    /// <summary>Of a server that has no store to lose.</summary>
    public static Health Always(TimeProvider clock) => new(null, clock);

    /// <summary>What to add to an answer's extensions; null while the store is there.</summary>
    public StaleAnswer? Staleness() =>
        snapshots?.Watch?.Last is { IsAway: true } away ? new StaleAnswer(away.SeenAt, AgeOf(away)) : null;

    /// <summary>Looks at the store and says how it is.</summary>
    public async Task Handle(HttpContext context)
    {
        var seen = snapshots?.Watch is { } watch ? await watch.LookAsync(context.RequestAborted).ConfigureAwait(false) : default;
        await Tell(context, 200, new
        {
            status = seen.IsAway || seen.IsBeyondSchema ? "degraded" : "ok",
            store = seen.IsAway ? "away" : seen.IsBeyondSchema ? "of a later program" : "there",
            seenAt = seen.SeenAt,
            unseenSeconds = seen.IsAway ? AgeOf(seen) : null,
        }).ConfigureAwait(false);
    }

    /// <summary>Answers with how something is.</summary>
    internal static Task Tell(HttpContext context, int status, object how)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(JsonSerializer.Serialize(how), context.RequestAborted);
    }

    private double? AgeOf(StoreSighting away) => away.SeenAt is { } at ? Math.Round((clock.GetUtcNow() - at).TotalSeconds, 3) : null;
}

/// <summary>An answer from the last snapshot while the store is away.</summary>
/// <param name="SeenAt">When the store was last seen; what was recorded since is not in the answer.</param>
/// <param name="Seconds">Seconds since then.</param>
public sealed record StaleAnswer(DateTimeOffset? SeenAt, double? Seconds);
