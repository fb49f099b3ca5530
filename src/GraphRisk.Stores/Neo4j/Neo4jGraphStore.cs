using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Copy;
using GraphRisk.Stores.Neo4j.Append;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.Stores.Neo4j.Layout;
using GraphRisk.Stores.Neo4j.Reading;

namespace GraphRisk.Stores.Neo4j;

/// <summary>
/// The store of facts on a Neo4j server, 5.26 or later. What is believed now stands in the graph as nodes and
/// relationships that people can look at; what was believed before stands beside it as <c>Former</c> nodes.
/// <para>
/// A node carries the first fact known about it; further ones (another source, a later start of validity) stand as
/// <c>Statement</c> nodes, and the node shows the most reliable and latest of all. Appends of all servers wait for one
/// another at a lock in the database, so versions become visible in order and the change feed has no gap.
/// </para>
/// </summary>
public sealed class Neo4jGraphStore : IGraphStore, IIdleSets
{
    /// <summary>How long a version that was just seen is waited for before the one before it is the answer.</summary>
    private static readonly TimeSpan LongestSettling = TimeSpan.FromSeconds(1);

    private readonly QueryApiClient client;
    private readonly RecordingReader reader;
    private readonly PointReads points;
    private readonly int batchSize;
    private readonly Lock gate = new();
    private StoreVersion settled = StoreVersion.Empty;

    /// <summary>
    /// One append of this process at a time: those that wait for the lock in the database each hold a connection, and the
    /// one that has the lock must not be left without.
    /// </summary>
    private readonly SemaphoreSlim appending = new(1);
    private readonly WriterMemory memory = new();
    private readonly NotedSchema schema;
    private readonly VersionTimes times;

    private Neo4jGraphStore(QueryApiClient client, SchemaCatalog catalog, int batchSize, string identity)
    {
        this.client = client;
        this.batchSize = batchSize;
        Catalog = catalog;
        Identity = identity;
        schema = new NotedSchema(catalog);
        reader = new RecordingReader(client, catalog);
        points = new PointReads(client, catalog);
        times = new VersionTimes(client);
    }

    public SchemaCatalog Catalog { get; }

    public ImmutableArray<string> Unknown => schema.Unknown;

    /// <summary>Id made when the store was; what is derived from a store and kept elsewhere is kept under it.</summary>
    public string Identity { get; }

    /// <summary>Connects, checks the server's version and brings constraints and indexes up to the schema.</summary>
    /// <exception cref="StoreUnavailableException">The server is away, too old, refuses user or database, or holds a store of a later format.</exception>
    public static async ValueTask<Neo4jGraphStore> OpenAsync(
        Neo4jOptions options, SchemaCatalog catalog, TimeProvider clock, CancellationToken cancellation = default)
    {
        var client = new QueryApiClient(options, clock);
        try
        {
            using var patient = new QueryApiClient(
                options with { AnswerTimeout = options.PreparationTimeout, RetryFor = options.OpenFor ?? options.RetryFor }, clock);
            var store = new Neo4jGraphStore(client, catalog, options.BatchSize, await Neo4jSchema.PrepareAsync(patient, catalog, cancellation));
            await store.LookAtSchemaAsync(cancellation);
            return store;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public async ValueTask<StoreVersion> GetVersionAsync(CancellationToken cancellation = default)
    {
        var answer = await ReadAsync("store/state", [], cancellation);
        if (answer.Rows is [var told] && schema.IsStale((long)told[3]!)) await LookAtSchemaAsync(cancellation);
        return answer.Rows is [var row]
            ? await SettleAsync(new StoreVersion((long)row[0]!, Recording.Instant((long)row[2]!)), cancellation) : StoreVersion.Empty;
    }

    public async ValueTask<StoreVersion> GetVersionAsync(DateTimeOffset knownAt, CancellationToken cancellation = default)
    {
        var answer = await ReadAsync("store/version-at", new() { ["recordedAt"] = Recording.Milliseconds(knownAt) }, cancellation);
        if (answer.Rows is not [var row]) return StoreVersion.Empty;
        var found = new StoreVersion((long)row[0]!, Recording.Instant((long)row[1]!));
        return await SettleAsync(found, cancellation) is var whole && whole.Number < found.Number ? whole : found;
    }

    public async ValueTask<AppendResult> AppendAsync(ChangeSet changes, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(changes.Id, nameof(changes));
        foreach (var change in changes.Changes)
            if (change.Kind == ChangeKind.Assert && FactCheck.Find(Catalog, change.Fact) is { } fault)
                throw new InvalidFactException(change.Fact, fault);
        AppendResult? earlier = null;
        await appending.WaitAsync(cancellation);
        try
        {
            var result = await client.InTransactionAsync(
                async transaction => (earlier = await new Neo4jAppend(transaction, Catalog, memory, schema, changes, batchSize).RunAsync(earlier, cancellation)).Value,
                cancellation);
            if (!result.AlreadyKnown) memory.Commit(result.Version.Number);
            NoteSettled(result.Version);
            return result;
        }
        finally
        {
            appending.Release();
        }
    }

    public async IAsyncEnumerable<RecordedFact> ReadAsync(
        ReadScope scope, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (scope.AtVersion == 0) yield break;
        var through = await LastSequenceAsync(scope.AtVersion, cancellation);
        var recordedAt = await times.ThroughAsync(scope.AtVersion, cancellation);
        await foreach (var stored in InFirstOrderAsync(scope.AtVersion, through, scope.Types, cancellation))
            if (stored.Recording.Fact is var fact && fact.Validity.From <= scope.AsOf && scope.DataSets.Hold(fact.Provenance.Source))
                yield return ToRecorded(stored, recordedAt);
    }

    public async IAsyncEnumerable<RecordedFact> ReadChangesAsync(
        long afterVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var now = await GetVersionAsync(cancellation);
        if (now.Number <= afterVersion) yield break;
        var after = afterVersion == 0 ? 0 : await LastSequenceAsync(afterVersion, cancellation);
        var through = await LastSequenceAsync(now.Number, cancellation);
        var recordedAt = await times.ThroughAsync(now.Number, cancellation);
        await foreach (var stored in reader.ReadAsync(after, through, null, cancellation)) yield return ToRecorded(stored, recordedAt);
    }

    public async IAsyncEnumerable<RecordedSet> ReadSetsAsync(
        long afterVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        const long limit = 10_000;
        while (true)
        {
            var page = await ReadAsync("store/sets", new() { ["after"] = afterVersion, ["limit"] = limit }, cancellation);
            foreach (var row in page.Rows)
            {
                afterVersion = (long)row[0]!;
                yield return new RecordedSet(
                    new StoreVersion(afterVersion, Recording.Instant((long)row[1]!)), (string)row[2]!, (string)row[3]!);
            }

            if (page.Rows.Count < limit) yield break;
        }
    }

    async IAsyncEnumerable<string> IIdleSets.ReadIdleSetsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        const long limit = 10_000;
        for (var after = "";;)
        {
            var page = await ReadAsync("store/idle-sets", new() { ["after"] = after, ["limit"] = limit }, cancellation);
            foreach (var row in page.Rows) yield return after = (string)row[0]!;
            if (page.Rows.Count < limit) yield break;
        }
    }

    public async ValueTask<IReadOnlyList<RecordedFact>> FindAsync(
        NodeId node, long atVersion, bool withRelationships = false, CancellationToken cancellation = default)
    {
        var recordedAt = await times.ThroughAsync(atVersion, cancellation);
        var found = await points.FindAsync(node, withRelationships, cancellation);
        return [.. found
            .Where(stored => stored.IsBelievedAt(atVersion))
            .OrderBy(stored => stored.Recording.First)
            .Select(stored => ToRecorded(stored, recordedAt))
            .Where(recorded => !Tombstone.Is(recorded.Fact))];
    }

    public async ValueTask<IReadOnlyList<NodeId>> FindByIdentifierAsync(
        string scheme, string value, long atVersion, CancellationToken cancellation = default)
    {
        await times.ThroughAsync(atVersion, cancellation);
        return await points.FindByIdentifierAsync(scheme, value, atVersion, cancellation);
    }

    public ValueTask<IReadOnlyList<string>> CheckAsync(CancellationToken cancellation = default) =>
        Neo4jSchema.CheckAsync(client, Catalog, cancellation);

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        appending.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// What was believed at a version, by first sequence. Nearly every recording is its fact's first and comes in that order
    /// from the indexes; the few facts that were recorded again are gathered first and merged in.
    /// </summary>
    private async IAsyncEnumerable<StoredRecording> InFirstOrderAsync(
        long version, long through, IReadOnlyCollection<string>? types, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var again = new PriorityQueue<StoredRecording, long>();
        foreach (var stored in await points.FindRecordedAgainAsync(types, cancellation))
            if (stored.IsBelievedAt(version)) again.Enqueue(stored, stored.Recording.First);
        await foreach (var stored in reader.ReadAsync(0, through, types, cancellation))
        {
            if (stored.Recording.First != stored.Recording.Sequence || !stored.IsBelievedAt(version)) continue;
            while (again.TryPeek(out var earlier, out var first) && first < stored.Recording.First) yield return again.Dequeue();
            yield return stored;
        }

        while (again.TryDequeue(out var rest, out _)) yield return rest;
    }

    /// <summary>
    /// The newest version of which all can be read, up to one that was seen. Neo4j applies a commit record by record and lets
    /// readers look on, so the state may tell of a version whose facts still read as before. The lock of the appends is held
    /// until a commit has been applied: who gets it sees every version there was whole. While another server's append
    /// holds it for long, what was settled before is the answer.
    /// </summary>
    private async ValueTask<StoreVersion> SettleAsync(StoreVersion seen, CancellationToken cancellation)
    {
        var before = Settled;
        if (seen.Number <= before.Number) return before;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (before.Number > 0) limit.CancelAfter(LongestSettling);
        try
        {
            await client.RunAsync(CypherText.Get("store/settle").Text, new Dictionary<string, object?>(), AccessMode.Write, cancellation: limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return before;
        }

        NoteSettled(seen);
        return seen;
    }

    private async ValueTask LookAtSchemaAsync(CancellationToken cancellation) =>
        schema.Take(Rows.Texts((await ReadAsync("store/schema", [], cancellation)).Rows[0][0]));

    private StoreVersion Settled
    {
        get
        {
            lock (gate) return settled;
        }
    }

    private void NoteSettled(StoreVersion version)
    {
        lock (gate)
            if (version.Number > settled.Number) settled = version;
    }

    private static RecordedFact ToRecorded(StoredRecording stored, IReadOnlyDictionary<long, DateTimeOffset> recordedAt) => new(
        stored.Recording.Fact, stored.Kind, stored.Recording.Version, recordedAt[stored.Recording.Version],
        stored.Recording.Sequence, stored.Recording.First);

    private async ValueTask<long> LastSequenceAsync(long version, CancellationToken cancellation)
    {
        var answer = await ReadAsync("store/version", new() { ["version"] = version }, cancellation);
        return answer.Rows is [var row]
            ? (long)row[0]!
            : throw new ArgumentOutOfRangeException(nameof(version), version, "The store has no such version yet.");
    }

    private ValueTask<QueryAnswer> ReadAsync(string text, Dictionary<string, object?> parameters, CancellationToken cancellation) =>
        client.RunAsync(CypherText.Get(text).Text, parameters, AccessMode.Read, cancellation: cancellation);
}
