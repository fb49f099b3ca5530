using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// The four indexes of the store and how far each part of them has come. Tables hold everything up to a watermark; the
/// tails hold what came after, added by the writer as it writes, or read from the log where another process wrote or the
/// store was just opened. Readers ask the tail before the table: an entry moves only from the one to the other.
/// </summary>
internal sealed class StoreIndexes
{
    private const string NodeSql = "SELECT no, type, key FROM node WHERE no > ? ORDER BY no";
    private const string RowSql = $"SELECT {RecordingRow.Columns} FROM recording WHERE sequence > ? AND sequence <= ? ORDER BY sequence";

    private readonly Lock gate = new();
    private readonly SchemaCatalog catalog;
    private readonly DeferredIndex facts = new("fact_index");
    private readonly DeferredIndex nodes = new("node_index");
    private readonly DeferredIndex incidence = new("incidence");
    private readonly DeferredIndex identifiers = new("identifier_index");
    private long coveredSequence = -1;
    private long coveredNode;
    private long mergedSequence;

    public StoreIndexes(SchemaCatalog catalog) => this.catalog = catalog;

    /// <summary>Recordings whose entries are in memory only.</summary>
    public long TailLength => coveredSequence - mergedSequence;

    /// <summary>Recordings whose entries are in the tables.</summary>
    public long MergedLength => mergedSequence;

    /// <summary>Reads on from where the tails end to the end of the log.</summary>
    public void CatchUp(Session session)
    {
        lock (gate) CatchUpLocked(session);
    }

    /// <summary>Sequence of a fact's first recording; null where it was never recorded. For the writer, after <see cref="CatchUp"/>.</summary>
    public long? FindFact(Session session, FactId id) => facts.Find(session, IndexKey.Of(id));

    /// <summary>Number of a node; null where it has none. For the writer, after <see cref="CatchUp"/>.</summary>
    public long? FindNode(Session session, IndexKey key) => nodes.Find(session, key);

    /// <summary>Number of a node; null where it has none. For anybody.</summary>
    public long? NumberOf(Session session, NodeId node)
    {
        lock (gate)
        {
            CatchUpLocked(session);
            return nodes.Find(session, IndexKey.Of(node));
        }
    }

    /// <summary>First recordings of the facts about a node, ascending.</summary>
    public SortedSet<long> FactsOf(Session session, NodeId node, bool withRelationships)
    {
        var found = new SortedSet<long>();
        long? number;
        lock (gate)
        {
            CatchUpLocked(session);
            number = nodes.Find(session, IndexKey.Of(node));
            if (number is not { } known) return found;
            incidence.Tail.Collect(IndexKey.OfOwnFacts(known), found);
            if (withRelationships) incidence.Tail.Collect(IndexKey.OfRelationships(known), found);
        }

        incidence.CollectFromTable(session, IndexKey.OfOwnFacts(number.Value), found);
        if (withRelationships) incidence.CollectFromTable(session, IndexKey.OfRelationships(number.Value), found);
        return found;
    }

    /// <summary>First recordings of the facts that at some time carried an identifier, ascending.</summary>
    public SortedSet<long> FactsWith(Session session, string scheme, string value)
    {
        var (found, key) = (new SortedSet<long>(), IndexKey.OfIdentifier(scheme, value));
        lock (gate)
        {
            CatchUpLocked(session);
            identifiers.Tail.Collect(key, found);
        }

        identifiers.CollectFromTable(session, key, found);
        return found;
    }

    /// <summary>Takes in a node that was just numbered.</summary>
    public void AddNode(IndexKey key, long number)
    {
        nodes.Tail.Add(key, number);
        coveredNode = number;
    }

    /// <summary>Takes in a recording that was just written.</summary>
    public void AddRecording(Fact fact, FactId id, long a, long? b, long first, long sequence)
    {
        if (first == sequence)
        {
            facts.Tail.Add(IndexKey.Of(id), first);
            incidence.Tail.Add(b is null ? IndexKey.OfOwnFacts(a) : IndexKey.OfRelationships(a), first);
            if (b is { } far && far != a) incidence.Tail.Add(IndexKey.OfRelationships(far), first);
        }

        if (fact is NodeFact node) AddIdentifiers(node, first);
        coveredSequence = sequence;
    }

    /// <summary>Moves the tails into the tables, in a transaction of its own.</summary>
    public void Merge(Session session)
    {
        session.Execute("BEGIN IMMEDIATE");
        try
        {
            CatchUp(session);
            foreach (var index in (DeferredIndex[])[facts, nodes, incidence, identifiers]) index.WriteTail(session);
            session.Prepare("UPDATE indexed SET sequence = ?, node = ?").Bind(1, coveredSequence).Bind(2, coveredNode).Run();
            session.Execute("COMMIT");
        }
        catch
        {
            session.Rollback();
            throw;
        }

        lock (gate)
        {
            mergedSequence = coveredSequence;
            ClearTails();
        }
    }

    /// <summary>Starts over from the file, after a transaction was undone.</summary>
    public void Restart(Session session)
    {
        lock (gate)
        {
            ClearTails();
            coveredSequence = -1;
            CatchUpLocked(session);
        }
    }

    private void CatchUpLocked(Session session)
    {
        if (coveredSequence < 0)
        {
            var statement = session.Prepare("SELECT sequence, node FROM indexed");
            if (!statement.Step()) throw new FormatException("The table 'indexed' is empty.");
            (coveredSequence, coveredNode) = (statement.Integer(0), statement.Integer(1));
            mergedSequence = coveredSequence;
            statement.Reset();
        }

        var last = session.Prepare("SELECT max(sequence) FROM recording").Number() ?? 0;
        if (last <= coveredSequence) return;
        ReadNodes(session);
        ReadRecordings(session, last);
    }

    private void ReadNodes(Session session)
    {
        var statement = session.Prepare(NodeSql).Bind(1, coveredNode);
        while (statement.Step())
        {
            var type = session.Dictionaries.Types.ValueOf(statement.Integer(1)).Name;
            AddNode(IndexKey.Of(new NodeId(type, statement.Text(2))), statement.Integer(0));
        }

        statement.Reset();
    }

    private void ReadRecordings(Session session, long last)
    {
        var statement = session.Prepare(RowSql).Bind(1, coveredSequence).Bind(2, last);
        while (statement.Step())
        {
            var recorded = RecordingRow.Read(statement, session);
            AddRecording(
                recorded.Fact, recorded.Fact.Id, statement.Integer(5), statement.NullableInteger(6),
                recorded.FirstSequence, recorded.Sequence);
        }

        statement.Reset();
    }

    private void AddIdentifiers(NodeFact fact, long first)
    {
        if (catalog.FindNode(fact.Node.Type) is not { } type) return;
        foreach (var (scheme, value) in Identifiers.Of(type, fact.Properties))
            identifiers.Tail.Add(IndexKey.OfIdentifier(scheme, value), first);
    }

    private void ClearTails()
    {
        foreach (var index in (DeferredIndex[])[facts, nodes, incidence, identifiers]) index.Tail.Clear();
    }
}
