using System.Threading.Channels;
using GraphRisk.Graph.Store;

namespace GraphRisk.Stores.Neo4j.Bulk;

/// <summary>Computes the content hash of what passes by on a thread of its own, a few batches behind.</summary>
internal sealed class HashBeside
{
    private const int BatchLength = 512;

    private readonly Channel<List<(RecordedFact Recorded, string SetId)>> batches =
        Channel.CreateBounded<List<(RecordedFact, string)>>(new BoundedChannelOptions(8) { SingleReader = true, SingleWriter = true });

    private readonly ContentHash hash = new();
    private readonly Task hashing;
    private List<(RecordedFact Recorded, string SetId)> batch = new(BatchLength);

    public HashBeside() => hashing = Task.Run(RunAsync);

    /// <summary>Recordings added.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a recording.</summary>
    public async ValueTask AddAsync(RecordedFact recorded, string setId, CancellationToken cancellation)
    {
        batch.Add((recorded, setId));
        Count++;
        if (batch.Count < BatchLength) return;
        await batches.Writer.WriteAsync(batch, cancellation);
        batch = new(BatchLength);
    }

    /// <summary>The hash of all that was added; nothing is added afterwards.</summary>
    public async Task<string> FinishAsync()
    {
        await batches.Writer.WriteAsync(batch);
        batches.Writer.Complete();
        await hashing;
        return hash.ToString();
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var items in batches.Reader.ReadAllAsync())
                foreach (var (recorded, setId) in items) hash.Add(recorded, setId);
        }
        catch (Exception error)
        {
            batches.Writer.TryComplete(error);
            throw;
        }
    }
}
