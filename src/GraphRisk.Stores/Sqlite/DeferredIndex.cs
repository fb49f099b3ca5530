namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// An index from 128-bit keys to numbers in two parts: a table sorted by key, and the newest entries in memory. Random
/// keys written one by one would dirty every page of the table with every commit; written in large sorted runs they cost
/// one pass over it for each run (the idea of O'Neil et al., "The Log-Structured Merge-Tree", 1996, with two levels).
/// </summary>
internal sealed class DeferredIndex
{
    private readonly string findSql;
    private readonly string insertSql;

    public DeferredIndex(string table)
    {
        findSql = $"SELECT value FROM {table} WHERE high = ? AND low = ? ORDER BY value";
        insertSql = $"INSERT OR IGNORE INTO {table} (high, low, value) VALUES (?, ?, ?)";
    }

    /// <summary>The entries that are not in the table yet.</summary>
    public TailMap Tail { get; } = new();

    /// <summary>The one value of a key, for keys that have at most one; null where it has none.</summary>
    public long? Find(Session session, IndexKey key) => Tail.Find(key) ?? FindInTable(session, key);

    /// <summary>Adds the values of a key in the table to a set. Those of <see cref="Tail"/> are to be collected before.</summary>
    public void CollectFromTable(Session session, IndexKey key, ISet<long> values)
    {
        var statement = session.Prepare(findSql).Bind(1, key.High).Bind(2, key.Low);
        while (statement.Step()) values.Add(statement.Integer(0));
        statement.Reset();
    }

    /// <summary>Writes the entries in memory to the table; inside a transaction, after whose commit the tail is to be cleared.</summary>
    public void WriteTail(Session session)
    {
        var statement = session.Prepare(insertSql);
        foreach (var (key, value) in Tail.Sorted())
            statement.Bind(1, key.High).Bind(2, key.Low).Bind(3, value).Run();
    }

    private long? FindInTable(Session session, IndexKey key) =>
        session.Prepare(findSql).Bind(1, key.High).Bind(2, key.Low).Number();
}
