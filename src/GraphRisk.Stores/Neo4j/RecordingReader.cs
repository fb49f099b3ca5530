using System.Runtime.CompilerServices;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Stores.Neo4j;

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
        try
        {
            foreach (var stream in Open(after, through, types, connections, stop.Token))
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

    private List<RecordingStream> Open(
        long after, long through, IReadOnlyCollection<string>? types, SemaphoreSlim connections, CancellationToken cancellation)
    {
        var former = new RecordingPlace(CypherText.Get("store/read-former").Text, StoredRecording.OfFormer);
        var statements = new RecordingPlace(CypherText.Get("store/read-statements").Text, StoredRecording.OfStatement);
        var streams = new List<RecordingStream>();
        foreach (var type in catalog.NodeTypes.Select(type => type.Name).Where(name => types?.Contains(name) ?? true))
            Add(type, [new(CypherText.Get("store/read-nodes").With(("Type", type)), row => StoredRecording.OfNode(type, row)), statements, former]);
        foreach (var type in catalog.RelationshipTypes.Select(type => type.GraphName).Where(name => types?.Contains(name) ?? true))
            Add(type, [new(CypherText.Get("store/read-relationships").With(("Type", type)), row => StoredRecording.OfRelationship(type, row)), former]);
        return streams;

        void Add(string type, RecordingPlace[] places) =>
            streams.Add(new RecordingStream(client, type, places, after, through, PageSize, connections, cancellation));
    }
}
