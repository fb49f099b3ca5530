using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.Stores.Neo4j.Layout;

namespace GraphRisk.Stores.Neo4j.Append;

/// <summary>
/// One append inside one transaction: takes the store's lock, reads what is known of the facts concerned, decides in
/// memory what changes, and writes that in batches of one label or type per statement, ordered by the ends.
/// </summary>
internal sealed class Neo4jAppend
{
    private readonly QueryTransaction transaction;
    private readonly WriterMemory memory;
    private readonly NotedSchema schema;
    private readonly ChangeSet set;
    private readonly int batchSize;
    private readonly KnownFacts known;
    private readonly Writes writes;
    private readonly Dictionary<NodeId, NodeDraft> drafts = [];
    private long version;
    private long sequence;

    public Neo4jAppend(QueryTransaction transaction, SchemaCatalog catalog, WriterMemory memory, NotedSchema schema, ChangeSet set, int batchSize)
    {
        this.memory = memory;
        this.schema = schema;
        this.transaction = transaction;
        this.set = set;
        this.batchSize = batchSize;
        writes = new Writes(catalog);
        known = new KnownFacts(transaction, catalog, memory, schema, batchSize);
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
        VersionConflictException.ThrowIfMoved(set, before.Number);
        (version, sequence) = (before.Number + 1, (long)state[1]!);
        memory.Begin(before.Number);
        if (schema.IsStale((long)state[5]!)) schema.Take(await ReadSchemaAsync(cancellation));
        var changes = LastOfEachFact();
        await known.LoadAsync(changes, cancellation);
        int asserted = 0, retracted = 0;
        foreach (var (change, id) in changes)
        {
            if (change.Kind == ChangeKind.Assert && Assert(change.Fact, id)) asserted++;
            if (change.Kind == ChangeKind.Retract && Retract(id)) retracted++;
        }

        var changed = asserted + retracted > 0;
        await NoteSchemaAsync(changes.Select(item => item.Change), cancellation);
        var recordedAt = Math.Max(Recording.Milliseconds(set.RecordedAt), (long)state[2]!);
        await DrawNodesAsync(cancellation);
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

    private async Task<IEnumerable<string>> ReadSchemaAsync(CancellationToken cancellation) =>
        Rows.Texts((await transaction.RunAsync(CypherText.Get("store/schema").Text, new Dictionary<string, object?>(), cancellation)).Rows[0][0]);

    private async Task NoteSchemaAsync(IEnumerable<Change> changes, CancellationToken cancellation)
    {
        if (schema.With(changes) is { } elements)
            await transaction.RunAsync(CypherText.Get("store/note-schema").Text, new Dictionary<string, object?> { ["elements"] = elements }, cancellation);
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
        var recording = new Recording(fact, id, sequence + 1, found?.Recording.First ?? known.FirstOfRetracted(id) ?? sequence + 1, version);
        if (found is not null && found.Recording.SaysTheSameAs(recording)) return false;
        sequence++;
        memory.Add(fact, id);
        if (found is not null) writes.AddFormer(found.Recording, ChangeKind.Assert, closed: version);
        else if (known.FirstOfRetracted(id) is not null) writes.CloseRetraction(id);
        if (fact is NodeFact node)
        {
            AssertNode(node, recording, found);
        }
        else
        {
            if (found is not null) writes.DropRelationship(fact.Type, id);
            writes.PutRelationship(recording);
        }

        return true;
    }

    private void AssertNode(NodeFact fact, Recording recording, KnownFact? found)
    {
        writes.Identify(fact);
        var draft = DraftOf(fact.Node);
        if (found is { Place: FactPlace.Node } || (found is null && !draft.IsTaken))
        {
            draft.PutOwn(recording);
            return;
        }

        if (found is not null)
        {
            writes.DropStatement(recording.Id);
            draft.Remove(recording.Id);
        }

        draft.Add(recording);
        writes.PutStatement(recording);
    }

    private bool Retract(FactId id)
    {
        if (known.Find(id) is not { } found) return false;
        sequence++;
        writes.AddFormer(found.Recording, ChangeKind.Assert, closed: version);
        writes.AddFormer(found.Recording with { Sequence = sequence, Version = version }, ChangeKind.Retract, closed: null);
        switch (found)
        {
            case { Place: FactPlace.Relationship }: writes.DropRelationship(found.Recording.Fact.Type, id); break;
            case { Place: FactPlace.Node, Recording.Fact: NodeFact fact }: DraftOf(fact.Node).Empty(); break;
            case { Recording.Fact: NodeFact fact }:
                writes.DropStatement(id);
                DraftOf(fact.Node).Remove(id);
                break;
        }

        return true;
    }

    private NodeDraft DraftOf(NodeId node)
    {
        if (!drafts.TryGetValue(node, out var draft)) drafts.Add(node, draft = new NodeDraft(node, known.Find(node)));
        return draft;
    }

    private async Task DrawNodesAsync(CancellationToken cancellation)
    {
        var redrawn = drafts.Where(item => item.Value.NeedsStatements).Select(item => item.Key);
        var statements = await known.FindStatementsAsync(redrawn, cancellation);
        foreach (var (node, draft) in drafts)
            if (draft.Draw(statements[node]) is { } drawing) writes.PutNode(drawing, draft.Exists);
    }
}
