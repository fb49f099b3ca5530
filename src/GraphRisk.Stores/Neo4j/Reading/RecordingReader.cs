using System.Runtime.CompilerServices;
using GraphRisk.Graph.Schema;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.Stores.Neo4j.Layout;

namespace GraphRisk.Stores.Neo4j.Reading;

/// <summary>
/// Reads recordings of many types as one stream in order: a merge of a stream per type, each read by ranges of its index on
/// the sequence, over two connections.
/// </summary>
internal sealed class RecordingReader(QueryApiClient client, SchemaCatalog catalog)
{
    private const int PageSize = 10_000;

    /// <summary>Recordings with a sequence above one and up to another, of the types given (null for all), by sequence.</summary>
    public async IAsyncEnumerable<StoredRecording> ReadAsync(
        long after, long through, IReadOnlyCollection<string>? types, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var connections = new SemaphoreSlim(2);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var queue = new PriorityQueue<RecordingStream, long>();
        var present = await PresentAsync(cancellation);
        try
        {
            foreach (var stream in Open(after, through, type => present.Contains(type) && (types?.Contains(type) ?? true), connections, stop.Token))
                if (await stream.MoveNextAsync(cancellation)) queue.Enqueue(stream, stream.Current.Recording.Sequence);
            while (queue.TryDequeue(out var stream, out _))
            {
                yield return stream.Current;
                if (await stream.MoveNextAsync(cancellation)) queue.Enqueue(stream, stream.Current.Recording.Sequence);
            }
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    /// <summary>
    /// Types of which there is anything. A type that comes later comes with sequences later than the ones read, and what
    /// leaves a type for <c>Former</c> leaves its node or its like behind or has been counted there.
    /// </summary>
    private async Task<HashSet<string>> PresentAsync(CancellationToken cancellation)
    {
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in (string[])["store/types-in-use", "store/former-types"])
        {
            var found = await client.RunAsync(CypherText.Get(text).Text, new Dictionary<string, object?>(), AccessMode.Read, cancellation: cancellation);
            present.UnionWith(found.Rows.Select(row => (string)row[0]!));
        }

        return present;
    }

    private List<RecordingStream> Open(
        long after, long through, Func<string, bool> isWanted, SemaphoreSlim connections, CancellationToken cancellation)
    {
        var former = new RecordingPlace(
            CypherText.Get("store/read-former").Text, row => StoredProperties.ReadFormer(catalog, Rows.Map(row[0])));
        var statements = new RecordingPlace(
            CypherText.Get("store/read-statements").Text, row => StoredRecording.Believed(Rows.Statement(catalog, row)));
        var streams = new List<RecordingStream>();
        foreach (var type in catalog.NodeTypes.Where(type => isWanted(type.Name)))
            Add(type.Name, [new(CypherText.Get("store/read-nodes").With(("Type", type.Name)), row => StoredRecording.Believed(Rows.Node(type, row))), statements, former]);
        foreach (var type in catalog.RelationshipTypes.Where(type => isWanted(type.GraphName)))
            Add(type.GraphName, [new(
                CypherText.Get("store/read-relationships").With(("Type", type.GraphName)),
                row => StoredRecording.Believed(Rows.Relationship(catalog, type, row))), former]);
        return streams;

        void Add(string type, RecordingPlace[] places) =>
            streams.Add(new RecordingStream(client, type, places, after, through, PageSize, connections, cancellation));
    }
}
