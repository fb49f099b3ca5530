using System.Globalization;
using GraphRisk.Graph.Store;

namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// The file's layout, as steps that were each applied once. A file says that it is ours (<c>application_id</c>) and how
/// far it has come (<c>user_version</c>); one that has come further than this program is refused.
/// </summary>
internal static class Migrations
{
    /// <summary>"GRSK".</summary>
    private const int ApplicationId = 0x4752534B;

    private const string IdSql = "PRAGMA application_id";
    private const string LayoutSql = "PRAGMA user_version";

    private static readonly (string Description, string Sql)[] Steps =
    [
        ("Facts, versions and indexes", """
            CREATE TABLE type (no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
            CREATE TABLE origin (no INTEGER PRIMARY KEY, source TEXT NOT NULL, reliability TEXT NOT NULL, UNIQUE (source, reliability));
            CREATE TABLE field (no INTEGER PRIMARY KEY, type TEXT NOT NULL, field TEXT NOT NULL, kind TEXT NOT NULL, UNIQUE (type, field, kind));
            CREATE TABLE name (no INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
            CREATE TABLE node (no INTEGER PRIMARY KEY, type INTEGER NOT NULL, key TEXT NOT NULL);

            -- One row for each recording, never changed. first: sequence of the fact's first recording, NULL for that one
            -- itself. kind: 0 asserted, 1 retracted. a, b: nodes; b is NULL for a node's fact. key: NULL for the empty one.
            -- record_key: NULL where it is what follows "source:" in the key of a. span: start * 2^32 + end.
            -- valid_from, valid_to: milliseconds since 1970, NULL for always. properties: see PropertyCodec.
            CREATE TABLE recording (
                sequence INTEGER PRIMARY KEY, version INTEGER NOT NULL, first INTEGER, kind INTEGER NOT NULL,
                type INTEGER NOT NULL, a INTEGER NOT NULL, b INTEGER, key TEXT, origin INTEGER NOT NULL, record_key TEXT,
                span INTEGER, valid_from INTEGER, valid_to INTEGER, properties BLOB NOT NULL);

            -- The recordings after the first of each fact.
            CREATE TABLE later (first INTEGER NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (first, sequence)) WITHOUT ROWID;

            CREATE TABLE version (
                number INTEGER PRIMARY KEY, set_id TEXT NOT NULL, recorded_at INTEGER NOT NULL, author TEXT NOT NULL,
                last_sequence INTEGER NOT NULL);
            CREATE INDEX version_time ON version (recorded_at);

            -- Every set ever appended, also those that changed nothing; version: the store's after it.
            CREATE TABLE change_set (id TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;

            -- Which types occur in each run of 1,024 sequences, as a bit set by type number.
            CREATE TABLE block (no INTEGER PRIMARY KEY, types BLOB NOT NULL);

            -- From 128-bit keys to numbers, filled in sorted runs; what is newer than "indexed" is found by reading on.
            CREATE TABLE fact_index (high INTEGER, low INTEGER, value INTEGER, PRIMARY KEY (high, low, value)) WITHOUT ROWID;
            CREATE TABLE node_index (high INTEGER, low INTEGER, value INTEGER, PRIMARY KEY (high, low, value)) WITHOUT ROWID;
            CREATE TABLE incidence (high INTEGER, low INTEGER, value INTEGER, PRIMARY KEY (high, low, value)) WITHOUT ROWID;
            CREATE TABLE identifier_index (high INTEGER, low INTEGER, value INTEGER, PRIMARY KEY (high, low, value)) WITHOUT ROWID;
            CREATE TABLE indexed (one INTEGER PRIMARY KEY CHECK (one = 1), sequence INTEGER NOT NULL, node INTEGER NOT NULL);
            INSERT INTO indexed VALUES (1, 0, 0);
            """),
        ("Origins of each run", """
            -- Which origins occur in the run, as a bit set by origin number; NULL in runs begun before this was noted: any may.
            ALTER TABLE block ADD COLUMN origins BLOB;
            """),
        ("Identity and history", """
            -- 16 bytes each. store: minted when the store was made. epoch: minted then and at every restore; goes into all marks from then on.
            CREATE TABLE identity (one INTEGER PRIMARY KEY CHECK (one = 1), store BLOB NOT NULL, epoch BLOB NOT NULL);

            -- A chain over what was recorded: see HistoryMarks. NULL where the version is older than this column; filled in once.
            ALTER TABLE version ADD COLUMN mark BLOB;
            """),
        ("Erasures", """
            -- What was erased: when (milliseconds since 1970), the newest version then, how many recordings became tombstones, in how many more something was struck out, and
            -- the content hash up to that version before and after, so that a hash that was noted elsewhere before is still known to be this store's.
            CREATE TABLE erasure (
                number INTEGER PRIMARY KEY, at INTEGER NOT NULL, version INTEGER NOT NULL, tombstones INTEGER NOT NULL, struck INTEGER NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL);
            """),
    ];

    /// <summary>The layout this program writes.</summary>
    public static int Layout => Steps.Length;

    /// <summary>Brings the file to the present layout.</summary>
    /// <param name="session">The file.</param>
    /// <param name="mayMake">Whether a file that holds nothing yet becomes a store.</param>
    /// <exception cref="StoreUnavailableException">The file is no store of ours or of a later layout, or empty and must not be.</exception>
    public static void Apply(Session session, bool mayMake = true)
    {
        if (Read(session, IdSql) == ApplicationId && Read(session, LayoutSql) == Steps.Length) return;
        if (!mayMake && session.Prepare("SELECT count(*) FROM sqlite_schema").Number() == 0)
            throw new StoreUnavailableException($"The store's file is empty: it holds no store. Put it back from a backup, or have a new one made by 'graphrisk init' in another folder ({session.Path}).");
        session.Execute("BEGIN IMMEDIATE");
        try
        {
            var done = ReadProgress(session);
            for (var step = done; step < Steps.Length; step++)
            {
                session.Execute(Steps[step].Sql);
                session.Prepare("INSERT INTO migration (number, description) VALUES (?, ?)")
                    .Bind(1, step + 1).Bind(2, Steps[step].Description).Run();
            }

            HistoryMarks.Complete(session);
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Steps.Length}"));
            session.Execute("COMMIT");
        }
        catch
        {
            session.Rollback();
            throw;
        }
    }

    /// <summary>Refuses a store that holds types or fields the schema does not have, or has with another kind.</summary>
    public static void CheckSchema(Session session)
    {
        foreach (var type in session.Dictionaries.Types.All())
            if (type.Type is null)
                throw new StoreUnavailableException($"The store holds facts of type '{type.Name}', which the schema does not have: a newer program, or one with another schema, wrote it. Use that ({session.Path}).");
        foreach (var field in session.Dictionaries.Fields.All())
            if (!field.Known)
                throw new StoreUnavailableException(
                    $"The store holds values of a field '{field.Name}' of kind {field.Kind}, which the schema does not have: a newer program, or one with another schema, wrote it. Use that ({session.Path}).");
    }

    private static int ReadProgress(Session session)
    {
        var tables = session.Prepare("SELECT count(*) FROM sqlite_schema").Number();
        var id = Read(session, IdSql);
        if (id != ApplicationId && tables > 0)
            throw new StoreUnavailableException($"The file is an SQLite database, but no store of this program ({session.Path}).");
        var done = (int)Read(session, LayoutSql);
        if (done > Steps.Length)
            throw new StoreUnavailableException(
                $"The store has layout {done}; this program knows layouts up to {Steps.Length}. Use a newer program ({session.Path}).");
        if (id == ApplicationId) return done;
        session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
        session.Execute("CREATE TABLE migration (number INTEGER PRIMARY KEY, description TEXT NOT NULL)");
        return 0;
    }

    private static long Read(Session session, string pragma) => session.Prepare(pragma).Number() ?? 0;
}
