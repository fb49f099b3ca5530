using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Stores.Neo4j;

/// <summary>
/// One append inside one transaction: takes the store's lock, reads what is known of the facts concerned, decides in
/// memory what changes, and writes that in batches of one label or type per statement, ordered by the ends.
/// </summary>
internal sealed class Neo4jAppend
{
    private readonly QueryTransaction transaction;
    private readonly SchemaCatalog catalog;
    private readonly WriterMemory memory;
    private readonly ChangeSet set;
    private readonly int batchSize;
    private readonly KnownFacts known;
    private readonly Writes writes = new();
    private long version;
    private long sequence;

    public Neo4jAppend(QueryTransaction transaction, SchemaCatalog catalog, WriterMemory memory, ChangeSet set, int batchSize)
    {
        this.catalog = catalog;
        this.memory = memory;
        this.transaction = transaction;
        this.set = set;
        this.batchSize = batchSize;
        known = new KnownFacts(transaction, memory, batchSize);
    }

    /// <param name="earlier">What an earlier run of this append did before the answer to its commit was lost; null in the first run.</param>
    /// <param name="cancellation">Takes effect between statements.</param>
    public async Task<AppendResult> RunAsync(AppendResult? earlier, CancellationToken cancellation)
    {
        var state = (await transaction.RunAsync(
            CypherText.Get("store/lock").Text, new Dictionary<string, object?> { ["changeSet"] = set.Id }, cancellation)).Rows[0];
        var before = new StoreVersion((long)state[0]!, Recording.Instant((long)state[2]!));
        if ((bool)state[3]!)
            return earlier is { } landed && landed.Version.Number == (state[4] as long? ?? before.Number)
                ? landed
                : new AppendResult(before, 0, 0, AlreadyKnown: true);
        (version, sequence) = (before.Number + 1, (long)state[1]!);
        memory.Begin(before.Number);
        var changes = LastOfEachFact();
        await known.LoadAsync(changes, cancellation);
        int asserted = 0, retracted = 0;
        foreach (var (change, id) in changes)
        {
            if (change.Kind == ChangeKind.Assert && Assert(change.Fact, id)) asserted++;
            if (change.Kind == ChangeKind.Retract && Retract(change.Fact, id)) retracted++;
        }

        var changed = asserted + retracted > 0;
        var recordedAt = Math.Max(Recording.Milliseconds(set.RecordedAt), (long)state[2]!);
        await writes.SendAsync(transaction, batchSize, version, cancellation);
        await transaction.RunAsync(CypherText.Get("store/commit").Text, new Dictionary<string, object?>
        {
            ["id"] = set.Id,
            ["author"] = set.Author,
            ["version"] = version,
            ["lastSequence"] = sequence,
            ["recordedAt"] = recordedAt,
            ["changed"] = changed,
        }, cancellation);
        var after = changed ? new StoreVersion(version, Recording.Instant(recordedAt)) : before;
        return new AppendResult(after, asserted, retracted, AlreadyKnown: false);
    }

    private List<(Change Change, FactId Id)> LastOfEachFact()
    {
        var last = new Dictionary<FactId, int>();
        var ids = new FactId[set.Changes.Length];
        for (var i = 0; i < ids.Length; i++) last[ids[i] = set.Changes[i].Fact.Id] = i;
        return [.. Enumerable.Range(0, ids.Length).Where(i => last[ids[i]] == i).Select(i => (set.Changes[i], ids[i]))];
    }

    private bool Assert(Fact fact, FactId id)
    {
        var found = known.Find(id);
        var recording = Recording.Of(fact, id, sequence + 1, found?.Recording.First ?? known.FirstOfRetracted(id) ?? sequence + 1, version);
        if (found is not null && found.Recording.SaysTheSameAs(recording)) return false;
        sequence++;
        memory.Add(fact, id);
        if (found is not null) writes.AddFormer(found.Recording, Element.Of(fact), ChangeKind.Assert, closed: version);
        else if (known.FirstOfRetracted(id) is not null) writes.CloseRetraction(id);
        if (fact is NodeFact node) AssertNode(node, recording, found);
        else writes.PutRelationship((RelationshipFact)fact, recording, replaces: found is not null);
        return true;
    }

    private void AssertNode(NodeFact node, Recording recording, KnownFact? found)
    {
        var type = catalog.Node(node.Type);
        writes.Identify(node, type);
        if (found is { Place: FactPlace.Statement })
        {
            writes.DropStatement(recording.Fact);
            writes.PutStatement(node, type, recording);
        }
        else if (found is { Place: FactPlace.Node } || !known.IsTaken(node.Node))
        {
            writes.PutNode(node, type, recording, known.Exists(node.Node), found?.Recording);
            known.Take(node.Node);
        }
        else
        {
            writes.PutStatement(node, type, recording);
        }
    }

    private bool Retract(Fact fact, FactId id)
    {
        if (known.Find(id) is not { } found) return false;
        sequence++;
        var element = Element.Of(fact);
        writes.AddFormer(found.Recording, element, ChangeKind.Assert, closed: version);
        writes.AddFormer(found.Recording with { Sequence = sequence, Version = version }, element, ChangeKind.Retract, closed: null);
        switch (found.Place)
        {
            case FactPlace.Node: writes.EmptyNode(((NodeFact)fact).Node); break;
            case FactPlace.Statement: writes.DropStatement(found.Recording.Fact); break;
            default: writes.DropRelationship(element.Type, found.Recording.Fact); break;
        }

        return true;
    }
}

/// <summary>Where the current form of a fact stands.</summary>
internal enum FactPlace
{
    /// <summary>On the node it describes, whose first fact it is.</summary>
    Node,

    /// <summary>On a Statement beside the node, which has a fact already.</summary>
    Statement,

    /// <summary>On its relationship.</summary>
    Relationship,
}

/// <summary>A fact the store knows.</summary>
internal sealed record KnownFact(Recording Recording, FactPlace Place);
