using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Records;

namespace GraphRisk.Intake.Streaming;

/// <summary>
/// Tells from the store's changes what becomes of parties, as the snapshots of the whole view join them: a party is the records that matches lead between, its id that of its record known first.
/// Kept are the matches that stand and when each record was first told of, some 200 bytes each; a step reads what was recorded since the last and looks at the parties this touches. Not thread-safe.
/// </summary>
public sealed class IdentityFeed
{
    private readonly IGraphStore store;
    private readonly PartyReader reader;
    private readonly HashSet<FactId> standing = [];
    private readonly Dictionary<NodeId, List<NodeId>> matched = [];
    private readonly Dictionary<NodeId, long> firsts = [];
    private long version;

    private IdentityFeed(IGraphStore store)
    {
        this.store = store;
        reader = new PartyReader(store.Catalog);
    }

    /// <summary>Begins at a store's newest version. Cost: a pass over its judgements and the records of parties.</summary>
    public static async Task<IdentityFeed> OpenAsync(IGraphStore store, CancellationToken cancellation = default)
    {
        var feed = new IdentityFeed(store) { version = (await store.GetVersionAsync(cancellation)).Number };
        if (feed.version == 0) return feed;
        await foreach (var recorded in store.ReadAsync(ReadScope.All(feed.version) with { Types = [SchemaCatalog.SameAs] }, cancellation)) feed.Note(recorded);
        await foreach (var recorded in store.ReadAsync(ReadScope.All(feed.version) with { Types = feed.reader.PartyTypes }, cancellation))
            feed.firsts.TryAdd(((NodeFact)recorded.Fact).Node, recorded.FirstSequence);
        return feed;
    }

    /// <summary>What happened since the last step, by the parties' ids: of each party first what it was made of, then its records, then what leads to it.</summary>
    public async Task<IReadOnlyList<IdentityEvent>> AdvanceAsync(CancellationToken cancellation = default)
    {
        var (from, newest) = (version, (await store.GetVersionAsync(cancellation)).Number);
        if (newest == from) return [];
        var (told, judgements) = (new SortedDictionary<NodeId, long?>(), new List<RecordedFact>());
        await foreach (var recorded in store.ReadChangesAsync(from, cancellation))
        {
            if (recorded.Version > newest) break;
            // Of a fact that was taken back it has to be read what else stands.
            if (recorded.Fact is NodeFact fact && reader.IsParty(fact.Node))
                told[fact.Node] = recorded.Kind == ChangeKind.Assert && told.GetValueOrDefault(fact.Node, firsts.GetValueOrDefault(fact.Node, long.MaxValue)) is { } known ? Math.Min(known, recorded.FirstSequence) : null;
            else if (recorded.Fact is RelationshipFact { Relationship: SchemaCatalog.SameAs }) judgements.Add(recorded);
        }

        var touched = new SortedSet<NodeId>(told.Keys);
        foreach (var edge in judgements.Select(recorded => (RelationshipFact)recorded.Fact)) touched.UnionWith([edge.From, edge.To]);
        var before = Parties(touched);
        foreach (var recorded in judgements) Note(recorded);
        foreach (var (node, first) in told)
        {
            if ((first ?? await FirstAsync(node, newest, cancellation)) is var sequence && sequence < long.MaxValue) firsts[node] = sequence;
            else firsts.Remove(node);
        }

        version = newest;
        var after = Parties([.. touched, .. before.Keys]);
        var events = new List<IdentityEvent>();
        foreach (var party in after.GroupBy(one => one.Value, one => one.Key).OrderBy(party => party.Key)) events.AddRange(Told(party.Key, [.. party.Order()], before, told));
        return events;
    }

    private static IEnumerable<IdentityEvent> Told(NodeId party, ImmutableArray<NodeId> members, Dictionary<NodeId, NodeId> before, SortedDictionary<NodeId, long?> told)
    {
        var were = members.Where(before.ContainsKey).Select(record => before[record]).Distinct().Order().ToImmutableArray();
        // An id whose record stands elsewhere now was not taken in: it is the party these came from.
        var led = were.Where(id => members.Contains(id)).ToImmutableArray();
        if (led.IsEmpty && !were.IsEmpty) yield return new IdentityEvent(IdentityEventKind.Parted, party, party, were);
        if (were.IsEmpty) yield return new IdentityEvent(IdentityEventKind.Minted, party, party, []);
        foreach (var record in members)
        {
            // A record whose party is elsewhere now is told of by itself, as one that came is; of the others it is enough that their id leads here.
            if (!before.TryGetValue(record, out var was) ? record != party || !were.IsEmpty : told.ContainsKey(record) || ((record != party || !led.IsEmpty) && !members.Contains(was)))
                yield return new IdentityEvent(before.ContainsKey(record) ? IdentityEventKind.Updated : IdentityEventKind.Joined, record, party, []);
        }

        if (led.Length > 1) yield return new IdentityEvent(IdentityEventKind.Merged, party, party, led.Remove(party));
        foreach (var id in led)
            if (id != party) yield return new IdentityEvent(IdentityEventKind.Redirected, id, party, []);
    }

    /// <summary>The records of the parties that some records are of, each with the party's id; records that are not known are left out.</summary>
    private Dictionary<NodeId, NodeId> Parties(IEnumerable<NodeId> some)
    {
        var (found, met) = (new Dictionary<NodeId, NodeId>(), new HashSet<NodeId>());
        foreach (var start in some)
        {
            if (!met.Add(start)) continue;
            var (members, first) = (new List<NodeId>(), (Id: start, Sequence: long.MaxValue));
            var open = new Stack<NodeId>([start]);
            while (open.TryPop(out var record))
            {
                if (firsts.TryGetValue(record, out var sequence)) members.Add(record);
                if (sequence > 0 && sequence < first.Sequence) first = (record, sequence);
                foreach (var other in matched.GetValueOrDefault(record) ?? [])
                    if (met.Add(other)) open.Push(other);
            }

            foreach (var record in members) found.Add(record, first.Id);
        }

        return found;
    }

    /// <summary>When a record was first told of, of what stands at a version; the greatest number where nothing does.</summary>
    private async ValueTask<long> FirstAsync(NodeId record, long at, CancellationToken cancellation)
    {
        var first = long.MaxValue;
        foreach (var recorded in await store.FindAsync(record, at, cancellation: cancellation))
            if (recorded.Kind == ChangeKind.Assert) first = Math.Min(first, recorded.FirstSequence);
        return first;
    }

    private void Note(RecordedFact recorded)
    {
        var judgement = (RelationshipFact)recorded.Fact;
        var joins = recorded.Kind == ChangeKind.Assert && JudgementFacts.FromFact(judgement).Verdict == Verdict.Match;
        if (joins ? !standing.Add(judgement.Id) : !standing.Remove(judgement.Id)) return;
        foreach (var (one, other) in ((NodeId, NodeId)[])[(judgement.From, judgement.To), (judgement.To, judgement.From)])
        {
            if (joins && !matched.ContainsKey(one)) matched.Add(one, new List<NodeId>(1));
            if (joins) matched[one].Add(other);
            else if (matched[one].Remove(other) && matched[one].Count == 0) matched.Remove(one);
        }
    }
}
