using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;

namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// Writes ChangeSets to the log inside a transaction that the caller begins and ends. Used by one thread; what it adds to
/// the indexes is visible to readers by sequence only once the transaction has committed.
/// </summary>
internal sealed class LogWriter
{
    private const string InsertSql =
        $"INSERT INTO recording ({RecordingRow.Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private const string LatestSql =
        "SELECT kind, origin, record_key, span, valid_to, properties FROM recording WHERE sequence = ?";

    /// <summary>The content is that of an earlier recording, under a new sequence and version.</summary>
    private const string RetractSql = """
        INSERT INTO recording (sequence, version, first, kind, type, a, b, key, origin, record_key, span, valid_from, valid_to, properties)
        SELECT ?, ?, ?, 1, type, a, b, key, origin, record_key, span, valid_from, valid_to, properties FROM recording WHERE sequence = ?
        """;

    private readonly Session session;
    private readonly StoreIndexes indexes;
    private readonly BlockTypes blocks;
    private readonly HistoryMarks marks;
    private readonly ByteWriter properties = new();
    private readonly RecentNodes recent = new();
    private StoreVersion version;
    private long sequence;
    private long nodeCount;

    public LogWriter(Session session, StoreIndexes indexes)
    {
        this.session = session;
        this.indexes = indexes;
        blocks = new BlockTypes(session);
        marks = new HistoryMarks(session);
    }

    /// <summary>Takes up the log where it ends; at the start of each transaction.</summary>
    public void Begin()
    {
        indexes.CatchUp(session);
        var statement = session.Prepare("SELECT number, recorded_at, last_sequence FROM version ORDER BY number DESC LIMIT 1");
        (version, sequence) = statement.Step()
            ? (new StoreVersion(statement.Integer(0), DateTimeOffset.FromUnixTimeMilliseconds(statement.Integer(1))), statement.Integer(2))
            : (StoreVersion.Empty, 0);
        statement.Reset();
        nodeCount = session.Prepare("SELECT max(no) FROM node").Number() ?? 0;
        blocks.Begin();
    }

    /// <summary>Writes what <see cref="Apply"/> gathered beside the log itself; before the transaction commits.</summary>
    public void End() => blocks.Write();

    /// <summary>Forgets what an undone transaction left.</summary>
    public void Forget()
    {
        recent.Clear();
        marks.Forget();
    }

    /// <summary>Writes one set.</summary>
    public AppendResult Apply(PreparedSet prepared)
    {
        var set = prepared.Set;
        if (session.Prepare("SELECT version FROM change_set WHERE id = ?").Bind(1, set.Id).Number() is not null)
            return new AppendResult(version, 0, 0, AlreadyKnown: true);
        VersionConflictException.ThrowIfMoved(set, version.Number);
        int asserted = 0, retracted = 0;
        foreach (ref readonly var change in prepared.Changes.AsSpan())
        {
            if (!Write(in change, version.Number + 1)) continue;
            if (change.Kind == ChangeKind.Assert) asserted++;
            else retracted++;
        }

        if (asserted + retracted > 0) AddVersion(set);
        session.Prepare("INSERT INTO change_set (id, version) VALUES (?, ?)").Bind(1, set.Id).Bind(2, version.Number).Run();
        return new AppendResult(version, asserted, retracted, AlreadyKnown: false);
    }

    private void AddVersion(ChangeSet set)
    {
        var recordedAt = DateTimeOffset.FromUnixTimeMilliseconds(set.RecordedAt.ToUnixTimeMilliseconds());
        version = new StoreVersion(version.Number + 1, recordedAt > version.RecordedAt ? recordedAt : version.RecordedAt);
        session.Prepare("INSERT INTO version (number, set_id, recorded_at, author, last_sequence, mark) VALUES (?, ?, ?, ?, ?, ?)")
            .Bind(1, version.Number).Bind(2, set.Id).Bind(3, version.RecordedAt.ToUnixTimeMilliseconds())
            .Bind(4, set.Author).Bind(5, sequence).Bind(6, marks.Next(version, set.Id, set.Author, sequence)).Run();
    }

    /// <summary>Writes a change; false where it says what is known.</summary>
    private bool Write(in PreparedChange change, long inVersion)
    {
        var fact = change.Fact;
        var first = indexes.FindFact(session, change.Id);
        if (change.Kind == ChangeKind.Retract) return first is { } known && Retract(in change, known, inVersion);
        var content = ContentOf(fact, change.A);
        if (first is { } earlier && IsLatest(earlier, content)) return false;
        var a = NumberOf(change.A, change.KeyOfA);
        long? b = change.B is { } far ? NumberOf(far, change.KeyOfB) : null;
        var type = session.Dictionaries.Types.NumberOf(fact.Type);
        session.Prepare(InsertSql)
            .Bind(1, ++sequence).Bind(2, inVersion).Bind(3, first).Bind(4, 0L).Bind(5, type).Bind(6, a).Bind(7, b)
            .Bind(8, fact is RelationshipFact { Key.Length: > 0 } edge ? edge.Key : null)
            .Bind(9, content.Origin).Bind(10, content.RecordKey).Bind(11, content.Span)
            .Bind(12, RecordingRow.Instant(fact.Validity.From)).Bind(13, content.ValidTo).Bind(14, properties.Written)
            .Run();
        if (first is { } of) AddLater(of);
        else blocks.Add(sequence, type, (int)content.Origin);
        indexes.AddRecording(fact, change.Id, a, b, first ?? sequence, sequence);
        marks.Add(ChangeKind.Assert, change.Id, properties.Written);
        return true;
    }

    private bool Retract(in PreparedChange change, long first, long inVersion)
    {
        var latest = LatestOf(first);
        var statement = session.Prepare(LatestSql).Bind(1, latest);
        var known = statement.Step() && statement.Integer(0) == (long)ChangeKind.Assert;
        statement.Reset();
        if (!known) return false;
        session.Prepare(RetractSql).Bind(1, ++sequence).Bind(2, inVersion).Bind(3, first).Bind(4, latest).Run();
        AddLater(first);
        indexes.AddRecording(change.Fact, change.Id, 0, null, first, sequence);
        marks.Add(ChangeKind.Retract, change.Id, []);
        return true;
    }

    private void AddLater(long first) =>
        session.Prepare("INSERT INTO later (first, sequence) VALUES (?, ?)").Bind(1, first).Bind(2, sequence).Run();

    private long LatestOf(long first) =>
        session.Prepare("SELECT max(sequence) FROM later WHERE first = ?").Bind(1, first).Number() ?? first;

    private Content ContentOf(Fact fact, NodeId node)
    {
        var origin = session.Dictionaries.Origins.NumberOf(new StoredOrigin(fact.Provenance.Source, fact.Provenance.Reliability));
        properties.Clear();
        PropertyCodec.Write(fact.Properties, fact.Type, session.Dictionaries, properties);
        return new Content(
            origin, RecordingRow.RecordKey(fact.Provenance, node.Key), RecordingRow.Span(fact.Provenance.Span),
            RecordingRow.Instant(fact.Validity.To));
    }

    /// <summary>Whether the latest recording of a fact asserts this content, the properties being those just written to the buffer.</summary>
    private bool IsLatest(long first, in Content content)
    {
        var statement = session.Prepare(LatestSql).Bind(1, LatestOf(first));
        var same = statement.Step()
            && statement.Integer(0) == (long)ChangeKind.Assert
            && content == new Content(
                statement.Integer(1), statement.NullableText(2), statement.NullableInteger(3), statement.NullableInteger(4))
            && statement.Bytes(5).SequenceEqual(properties.Written);
        statement.Reset();
        return same;
    }

    private long NumberOf(NodeId node, IndexKey key)
    {
        if (recent.Find(key) is { } known) return known;
        var number = indexes.FindNode(session, key) ?? AddNode(node, key);
        recent.Add(key, number);
        return number;
    }

    private long AddNode(NodeId node, IndexKey key)
    {
        session.Prepare("INSERT INTO node (no, type, key) VALUES (?, ?, ?)")
            .Bind(1, ++nodeCount).Bind(2, session.Dictionaries.Types.NumberOf(node.Type)).Bind(3, node.Key).Run();
        indexes.AddNode(key, nodeCount);
        return nodeCount;
    }

    private readonly record struct Content(long Origin, string? RecordKey, long? Span, long? ValidTo);
}
