using System.Collections.Concurrent;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.Stores.Neo4j.Layout;

namespace GraphRisk.Stores.Neo4j.Reading;

/// <summary>When each version was recorded; a version that was read once is not asked for again, since none ever changes.</summary>
internal sealed class VersionTimes(QueryApiClient client)
{
    private const long PageSize = 10_000;

    private readonly ConcurrentDictionary<long, DateTimeOffset> times = new();
    private long through;

    /// <summary>The times of every version up to one, and perhaps of later ones.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The store has no such version yet.</exception>
    public async ValueTask<IReadOnlyDictionary<long, DateTimeOffset>> ThroughAsync(long version, CancellationToken cancellation)
    {
        for (var after = Interlocked.Read(ref through); after < version;)
        {
            var page = await client.RunAsync(
                CypherText.Get("store/sets").Text, new Dictionary<string, object?> { ["after"] = after, ["limit"] = PageSize },
                AccessMode.Read, cancellation: cancellation);
            if (page.Rows.Count == 0) throw new ArgumentOutOfRangeException(nameof(version), version, "The store has no such version yet.");
            foreach (var row in page.Rows) times[after = (long)row[0]!] = Recording.Instant((long)row[1]!);
            for (var known = Interlocked.Read(ref through); known < after;)
            {
                var before = Interlocked.CompareExchange(ref through, after, known);
                if (before == known) break;
                known = before;
            }
        }

        return times;
    }
}
