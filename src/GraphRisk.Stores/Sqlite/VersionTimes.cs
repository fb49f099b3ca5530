namespace GraphRisk.Stores.Sqlite;

/// <summary>When each version was recorded and where its recordings end; read on as the store grows.</summary>
internal sealed class VersionTimes
{
    private const string Sql = "SELECT recorded_at, last_sequence FROM version WHERE number > ? ORDER BY number";

    private readonly Session session;
    private readonly List<(DateTimeOffset RecordedAt, long LastSequence)> versions = [];

    public VersionTimes(Session session) => this.session = session;

    /// <summary>When a version was recorded.</summary>
    public DateTimeOffset RecordedAt(long version) => At(version).RecordedAt;

    /// <summary>Sequence of the last recording of a version; 0 for version 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such version.</exception>
    public long LastSequence(long version) => version == 0 ? 0 : At(version).LastSequence;

    /// <summary>Forgets everything, after a transaction that made a version was undone.</summary>
    public void Forget() => versions.Clear();

    private (DateTimeOffset RecordedAt, long LastSequence) At(long version)
    {
        if (version > versions.Count) ReadOn();
        return version >= 1 && version <= versions.Count
            ? versions[(int)version - 1]
            : throw new ArgumentOutOfRangeException(nameof(version), version, $"The store's newest version is {versions.Count}.");
    }

    private void ReadOn()
    {
        var statement = session.Prepare(Sql).Bind(1, versions.Count);
        while (statement.Step())
            versions.Add((DateTimeOffset.FromUnixTimeMilliseconds(statement.Integer(0)), statement.Integer(1)));
        statement.Reset();
    }
}
