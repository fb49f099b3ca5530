using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.Stores.Neo4j.Layout;

namespace GraphRisk.Stores.Neo4j.Reading;

/// <summary>One of the places a type's recordings stand in.</summary>
/// <param name="Statement">Reads a page of it by sequence.</param>
/// <param name="Read">Makes a recording of a row; null where the schema has no such type.</param>
internal sealed record RecordingPlace(string Statement, Func<object?[], StoredRecording?> Read);

/// <summary>
/// The recordings of one type, in the order of their sequence, page by page; the next page is fetched while one is used.
/// <para>
/// Recordings move while others write: from the graph to <c>Former</c>, never back. A page therefore reads the places in
/// that order over one range of sequences: what has left a place before it was read is met in a later one, what is met
/// twice is taken from the later.
/// </para>
/// </summary>
internal sealed class RecordingStream
{
    private readonly QueryApiClient client;
    private readonly string type;
    private readonly IReadOnlyList<RecordingPlace> places;
    private readonly long through;
    private readonly int pageSize;
    private readonly SemaphoreSlim connections;
    private Task<(List<StoredRecording> Page, long End)>? next;
    private List<StoredRecording> page = [];
    private int at;

    public RecordingStream(
        QueryApiClient client, string type, IReadOnlyList<RecordingPlace> places, long after, long through, int pageSize,
        SemaphoreSlim connections, CancellationToken cancellation)
    {
        this.client = client;
        this.type = type;
        this.places = places;
        this.through = through;
        this.pageSize = pageSize;
        this.connections = connections;
        next = FetchAsync(after, cancellation);
    }

    /// <summary>The recording the stream stands at.</summary>
    public StoredRecording Current { get; private set; }

    /// <summary>Goes on to the next recording; false at the end.</summary>
    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        while (at == page.Count)
        {
            if (next is null) return false;
            (page, var end) = await next;
            at = 0;
            next = end < through ? FetchAsync(end, cancellation) : null;
        }

        Current = page[at++];
        return true;
    }

    private async Task<(List<StoredRecording> Page, long End)> FetchAsync(long after, CancellationToken cancellation)
    {
        await connections.WaitAsync(cancellation);
        try
        {
            var end = through;
            var pages = new List<List<StoredRecording>>();
            foreach (var place in places)
            {
                var parameters = new Dictionary<string, object?>
                {
                    ["type"] = type, ["after"] = after, ["through"] = end, ["limit"] = (long)pageSize,
                };
                var answer = await client.RunAsync(place.Statement, parameters, AccessMode.Read, cancellation: cancellation);
                List<StoredRecording> found = [.. answer.Rows.Select(place.Read).OfType<StoredRecording>()];
                if (found.Count > 0) pages.Add(found);
                if (answer.Rows.Count == pageSize) end = Math.Min(end, Rows.Sequence(answer.Rows[^1]));
            }

            return (pages is [var only] ? only : Merge(pages, end), end);
        }
        finally
        {
            connections.Release();
        }
    }

    private static List<StoredRecording> Merge(List<List<StoredRecording>> pages, long end)
    {
        var merged = new SortedDictionary<long, StoredRecording>();
        foreach (var stored in pages.SelectMany(page => page)) merged[stored.Recording.Sequence] = stored;
        return [.. merged.Values.TakeWhile(stored => stored.Recording.Sequence <= end)];
    }
}
