namespace GraphRisk.Stores.Sqlite;

/// <summary>Changes rows of a log while it is put into a new file.</summary>
internal interface ILogRewriting
{
    /// <summary>Looks at a row, and binds anew what of it is to be another.</summary>
    /// <param name="table">Its table.</param>
    /// <param name="numbers">Its numbers by column; 0 for what is none.</param>
    /// <param name="texts">Its texts and blobs by column; null for what is none.</param>
    /// <param name="insert">The statement that puts it in, with everything bound.</param>
    /// <param name="session">The new file.</param>
    void Rewrite(string table, ReadOnlySpan<long> numbers, ReadOnlySpan<byte[]?> texts, Statement insert, Session session);
}
