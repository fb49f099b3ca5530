using System.Runtime.CompilerServices;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.TestKit;

/// <summary>
/// A store in lists, for tests that need a store and not a file. It follows the same contract as the others and makes
/// no effort to be fast.
/// </summary>
public sealed class InMemoryGraphStore(SchemaCatalog catalog) : IGraphStore
{
    private readonly Lock gate = new();
    private readonly List<RecordedFact> log = [];
    private readonly List<RecordedSet> sets = [];
    private readonly HashSet<string> setIds = new(StringComparer.Ordinal);
    private readonly Dictionary<FactId, RecordedFact> latest = [];
    private readonly Dictionary<long, List<RecordedFact>> knownAt = [];

    public SchemaCatalog Catalog => catalog;

    public ValueTask<StoreVersion> GetVersionAsync(CancellationToken cancellation = default)
    {
        lock (gate) return ValueTask.FromResult(Newest());
    }

    public ValueTask<StoreVersion> GetVersionAsync(DateTimeOffset knownAt, CancellationToken cancellation = default)
    {
        lock (gate)
            return ValueTask.FromResult(
                sets.Select(set => set.Version).LastOrDefault(version => version.RecordedAt <= knownAt, StoreVersion.Empty));
    }

    public ValueTask<AppendResult> AppendAsync(ChangeSet changes, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(changes.Id, nameof(changes));
        foreach (var (_, fact) in changes.Changes)
            if (FactCheck.Find(catalog, fact) is { } fault) throw new InvalidFactException(fact, fault);
        lock (gate) return ValueTask.FromResult(Append(changes));
    }

    public async IAsyncEnumerable<RecordedFact> ReadAsync(
        ReadScope scope, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var recorded in KnownAt(scope.AtVersion))
        {
            cancellation.ThrowIfCancellationRequested();
            if (scope.Types?.Contains(recorded.Fact.Type) != false && recorded.Fact.Validity.From <= scope.AsOf
                && scope.DataSets.Hold(recorded.Fact.Provenance.Source))
                yield return recorded;
        }

        await Task.CompletedTask;
    }

    public async IAsyncEnumerable<RecordedFact> ReadChangesAsync(
        long afterVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var recorded in Copy(log).Where(recorded => recorded.Version > afterVersion))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return recorded;
        }

        await Task.CompletedTask;
    }

    public async IAsyncEnumerable<RecordedSet> ReadSetsAsync(
        long afterVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var set in Copy(sets).Where(set => set.Version.Number > afterVersion))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return set;
        }

        await Task.CompletedTask;
    }

    public ValueTask<IReadOnlyList<RecordedFact>> FindAsync(
        NodeId node, long atVersion, bool withRelationships = false, CancellationToken cancellation = default) =>
        ValueTask.FromResult<IReadOnlyList<RecordedFact>>([.. KnownAt(atVersion).Where(recorded => !Tombstone.Is(recorded.Fact) && recorded.Fact switch
        {
            NodeFact fact => fact.Node == node,
            RelationshipFact edge => withRelationships && (edge.From == node || edge.To == node),
            _ => false,
        })]);

    public ValueTask<IReadOnlyList<NodeId>> FindByIdentifierAsync(
        string scheme, string value, long atVersion, CancellationToken cancellation = default) =>
        ValueTask.FromResult<IReadOnlyList<NodeId>>([.. KnownAt(atVersion).Select(recorded => recorded.Fact).OfType<NodeFact>()
            .Where(fact => Identifiers.Of(catalog.Node(fact.Node.Type), fact.Properties).Contains(new Identifier(scheme, value)))
            .Select(fact => fact.Node).Distinct().Order()]);

    public ValueTask<IReadOnlyList<string>> CheckAsync(CancellationToken cancellation = default) =>
        ValueTask.FromResult<IReadOnlyList<string>>([]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private AppendResult Append(ChangeSet set)
    {
        if (setIds.Contains(set.Id)) return new AppendResult(Newest(), 0, 0, AlreadyKnown: true);
        VersionConflictException.ThrowIfMoved(set, Newest().Number);
        setIds.Add(set.Id);
        var recordedAt = DateTimeOffset.FromUnixTimeMilliseconds(set.RecordedAt.ToUnixTimeMilliseconds());
        var version = new StoreVersion(
            Newest().Number + 1, recordedAt > Newest().RecordedAt ? recordedAt : Newest().RecordedAt);
        var lastPlaces = set.Changes.Select((change, i) => (change.Fact.Id, i)).GroupBy(pair => pair.Id)
            .Select(group => group.Max(pair => pair.i)).ToHashSet();
        int asserted = 0, retracted = 0;
        for (var i = 0; i < set.Changes.Length; i++)
        {
            if (!lastPlaces.Contains(i)) continue;
            var (kind, fact) = set.Changes[i];
            var known = latest.TryGetValue(fact.Id, out var before);
            var believed = known && before.Kind == ChangeKind.Assert;
            if (kind == ChangeKind.Assert ? believed && before.Fact.Equals(fact) : !believed) continue;
            Record(kind, kind == ChangeKind.Assert ? fact : before.Fact, version, known ? before.FirstSequence : log.Count + 1);
            if (kind == ChangeKind.Assert) asserted++;
            else retracted++;
        }

        if (asserted + retracted > 0) sets.Add(new RecordedSet(version, set.Id, set.Author));
        return new AppendResult(Newest(), asserted, retracted, AlreadyKnown: false);
    }

    private void Record(ChangeKind kind, Fact fact, StoreVersion version, long first)
    {
        var recorded = new RecordedFact(fact, kind, version.Number, version.RecordedAt, log.Count + 1, first);
        log.Add(recorded);
        latest[fact.Id] = recorded;
    }

    private StoreVersion Newest() => sets.Count == 0 ? StoreVersion.Empty : sets[^1].Version;

    /// <summary>What a version knows; that never changes, so it is worked out once.</summary>
    private List<RecordedFact> KnownAt(long version)
    {
        lock (gate)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(version, Newest().Number);
            if (!knownAt.TryGetValue(version, out var known)) knownAt.Add(version, known = [.. WorkOut(version)]);
            return known;
        }
    }

    private IEnumerable<RecordedFact> WorkOut(long version)
    {
        return log.Where(recorded => recorded.Version <= version)
            .GroupBy(recorded => recorded.FirstSequence).Select(group => group.Last())
            .Where(recorded => recorded.Kind == ChangeKind.Assert)
            .OrderBy(recorded => recorded.FirstSequence);
    }

    private List<T> Copy<T>(List<T> list)
    {
        lock (gate) return [.. list];
    }
}
