using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.TestKit;

namespace GraphRisk.Intake.Tests.Import;

/// <summary>A store in memory that shows what it knows and can play a crash.</summary>
internal sealed class MemoryStore : IGraphStore
{
    private readonly InMemoryGraphStore inner = new(SchemaCatalog.LoadEmbedded());
    private List<Fact>? facts;

    /// <summary>Called with its number before each append; throws to play a crash.</summary>
    public Action<int>? BeforeAppend { get; set; }

    public int Appends { get; private set; }

    public SchemaCatalog Catalog => inner.Catalog;

    public long Version => inner.GetVersionAsync().AsTask().Result.Number;

    /// <summary>The facts known, in the order in which they became so.</summary>
    public IReadOnlyList<Fact> Facts => facts ??= [.. inner.ReadAsync(ReadScope.All(Version)).ToBlockingEnumerable().Select(recorded => recorded.Fact)];

    public IEnumerable<NodeFact> Nodes(string type) => Facts.OfType<NodeFact>().Where(fact => fact.Node.Type == type);

    public IEnumerable<RelationshipFact> Edges(string name) => Facts.OfType<RelationshipFact>().Where(fact => fact.Relationship == name);

    public NodeFact Node(string id) => Facts.OfType<NodeFact>().First(fact => fact.Node.ToString() == id);

    public ValueTask<AppendResult> AppendAsync(ChangeSet changes, CancellationToken cancellation = default)
    {
        BeforeAppend?.Invoke(++Appends);
        facts = null;
        return inner.AppendAsync(changes, cancellation);
    }

    public ValueTask<StoreVersion> GetVersionAsync(CancellationToken cancellation = default) => inner.GetVersionAsync(cancellation);

    public ValueTask<StoreVersion> GetVersionAsync(DateTimeOffset knownAt, CancellationToken cancellation = default) =>
        inner.GetVersionAsync(knownAt, cancellation);

    public IAsyncEnumerable<RecordedFact> ReadAsync(ReadScope scope, CancellationToken cancellation = default) => inner.ReadAsync(scope, cancellation);

    public IAsyncEnumerable<RecordedFact> ReadChangesAsync(long afterVersion, CancellationToken cancellation = default) =>
        inner.ReadChangesAsync(afterVersion, cancellation);

    public IAsyncEnumerable<RecordedSet> ReadSetsAsync(long afterVersion, CancellationToken cancellation = default) =>
        inner.ReadSetsAsync(afterVersion, cancellation);

    public ValueTask<IReadOnlyList<RecordedFact>> FindAsync(
        NodeId node, long atVersion, bool withRelationships = false, CancellationToken cancellation = default) =>
        inner.FindAsync(node, atVersion, withRelationships, cancellation);

    public ValueTask<IReadOnlyList<NodeId>> FindByIdentifierAsync(
        string scheme, string value, long atVersion, CancellationToken cancellation = default) =>
        inner.FindByIdentifierAsync(scheme, value, atVersion, cancellation);

    public ValueTask<IReadOnlyList<string>> CheckAsync(CancellationToken cancellation = default) => inner.CheckAsync(cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
