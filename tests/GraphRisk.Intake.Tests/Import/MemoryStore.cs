using System.Runtime.CompilerServices;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Intake.Tests.Import;

/// <summary>A store that keeps what it is given in memory, for tests of what comes before the store.</summary>
internal sealed class MemoryStore : IGraphStore
{
    private readonly Dictionary<FactId, (Fact Fact, long First)> facts = [];
    private readonly HashSet<string> sets = new(StringComparer.Ordinal);
    private long sequence;

    public SchemaCatalog Catalog { get; } = SchemaCatalog.LoadEmbedded();

    public long Version { get; private set; }

    /// <summary>Called before each append; throws to play a crash.</summary>
    public Action<int>? BeforeAppend { get; set; }

    public int Appends { get; private set; }

    /// <summary>The facts known, ordered by their texts.</summary>
    public IReadOnlyList<Fact> Facts => [.. facts.Values.OrderBy(item => item.First).Select(item => item.Fact)];

    public IEnumerable<NodeFact> Nodes(string type) => Facts.OfType<NodeFact>().Where(fact => fact.Node.Type == type);

    public IEnumerable<RelationshipFact> Edges(string name) => Facts.OfType<RelationshipFact>().Where(fact => fact.Relationship == name);

    public NodeFact Node(string id) => Facts.OfType<NodeFact>().First(fact => fact.Node.ToString() == id);

    public ValueTask<AppendResult> AppendAsync(ChangeSet changes, CancellationToken cancellation = default)
    {
        BeforeAppend?.Invoke(++Appends);
        var version = new StoreVersion(Version, changes.RecordedAt);
        if (!sets.Add(changes.Id)) return ValueTask.FromResult(new AppendResult(version, 0, 0, true));
        foreach (var change in changes.Changes)
            if (FactCheck.Find(Catalog, change.Fact) is { } fault) throw new InvalidFactException(change.Fact, fault);
        var asserted = 0;
        foreach (var change in changes.Changes)
        {
            var known = facts.TryGetValue(change.Fact.Id, out var item);
            if (known && item.Fact == change.Fact) continue;
            facts[change.Fact.Id] = (change.Fact, known ? item.First : ++sequence);
            asserted++;
        }

        if (asserted > 0) Version++;
        return ValueTask.FromResult(new AppendResult(new StoreVersion(Version, changes.RecordedAt), asserted, 0, false));
    }

    public ValueTask<StoreVersion> GetVersionAsync(CancellationToken cancellation = default) =>
        ValueTask.FromResult(new StoreVersion(Version, DateTimeOffset.UnixEpoch));

    public ValueTask<StoreVersion> GetVersionAsync(DateTimeOffset knownAt, CancellationToken cancellation = default) => GetVersionAsync(cancellation);

    public async IAsyncEnumerable<RecordedFact> ReadAsync(ReadScope scope, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        foreach (var (fact, first) in facts.Values.OrderBy(item => item.First))
            if (scope.Types?.Contains(fact.Type) != false)
                yield return new RecordedFact(fact, ChangeKind.Assert, Version, DateTimeOffset.UnixEpoch, first, first);
    }

    public IAsyncEnumerable<RecordedFact> ReadChangesAsync(long afterVersion, CancellationToken cancellation = default) => throw new NotSupportedException();

    public IAsyncEnumerable<RecordedSet> ReadSetsAsync(long afterVersion, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<RecordedFact>> FindAsync(
        NodeId node, long atVersion, bool withRelationships = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<NodeId>> FindByIdentifierAsync(
        string scheme, string value, long atVersion, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<string>> CheckAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
