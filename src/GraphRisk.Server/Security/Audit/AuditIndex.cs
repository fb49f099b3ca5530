using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace GraphRisk.Server.Security.Audit;

/// <summary>
/// Which entries of the trail tell that somebody read of a client, or took data away: for each subject the numbers of the entries
/// and where they begin. Subjects are kept as hashes, some 40 bytes an entry and subject. It follows the trail when it is asked, in
/// batches, so memory is bounded; missing or damaged it is made again from the trail. Thread-safe, and several processes may
/// share it.
/// </summary>
public sealed class AuditIndex : IDisposable
{
    private const int Batch = 20_000;
    private readonly AuditFiles files;
    private readonly SqliteConnection connection;
    private readonly Lock gate = new();

    private AuditIndex(AuditFiles files, SqliteConnection connection)
    {
        this.files = files;
        this.connection = connection;
    }

    /// <summary>Opens the index of a trail; what it lacks it reads at the first question.</summary>
    /// <exception cref="IOException">It cannot be made where it is to be.</exception>
    public static AuditIndex Open(AuditFiles files)
    {
        try
        {
            return new AuditIndex(files, Connect(files.Index));
        }
        catch (SqliteException)
        {
            foreach (var ending in new[] { "", "-wal", "-shm" }) File.Delete(files.Index + ending);
        }

        try
        {
            return new AuditIndex(files, Connect(files.Index));
        }
        catch (SqliteException error)
        {
            throw new IOException($"The index of the audit trail, {files.Index}, cannot be made: {error.Message} Make room on its disk and see that the folder may be written to.", error);
        }
    }

    /// <summary>How many entries tell of any of the subjects.</summary>
    /// <param name="subjects">Ids of all records of one client.</param>
    /// <param name="until">Only entries filed until then, inclusive; null for all.</param>
    public int Count(IReadOnlyCollection<string> subjects, DateTimeOffset? until = null) =>
        Ask(subjects, until, "SELECT COUNT(DISTINCT seq) FROM place WHERE subject IN (#) AND at <= $until");

    /// <summary>How many of them were filed after an entry: its place in the list, newest first.</summary>
    public int PlaceOf(IReadOnlyCollection<string> subjects, long sequence, DateTimeOffset? until = null) => Ask(
        subjects, until,
        $"SELECT COUNT(DISTINCT seq) FROM place WHERE subject IN (#) AND at <= $until AND seq > {sequence.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Entries that tell of any of the subjects, newest first.</summary>
    /// <param name="subjects">Ids of all records of one client.</param>
    /// <param name="skip">How many of the newest to leave out.</param>
    /// <param name="take">At most so many.</param>
    /// <param name="until">Only entries filed until then, inclusive; null for all.</param>
    /// <exception cref="AuditLossException">The trail is not where it was indexed.</exception>
    public IReadOnlyList<AuditRecord> Read(IReadOnlyCollection<string> subjects, int skip, int take, DateTimeOffset? until = null)
    {
        lock (gate)
        {
            Follow();
            using var command = Command(subjects, until, "SELECT seq, MIN(offset) FROM place WHERE subject IN (#) AND at <= $until GROUP BY seq ORDER BY seq DESC LIMIT $take OFFSET $skip");
            command.Parameters.AddWithValue("$take", take);
            command.Parameters.AddWithValue("$skip", skip);
            using var trail = OpenTrail();
            using var rows = command.ExecuteReader();
            var records = new List<AuditRecord>();
            while (rows.Read()) records.Add(ReadAt(trail, rows.GetInt64(0), rows.GetInt64(1)));
            return records;
        }
    }

    public void Dispose()
    {
        connection.Dispose();
        SqliteConnection.ClearPool(connection);
    }

    private int Ask(IReadOnlyCollection<string> subjects, DateTimeOffset? until, string question)
    {
        lock (gate)
        {
            Follow();
            using var command = Command(subjects, until, question);
            return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        }
    }

    private SqliteCommand Command(IReadOnlyCollection<string> subjects, DateTimeOffset? until, string text)
    {
        var command = connection.CreateCommand();
        var hashes = subjects.Append(ReadLedger.Everyone).Select(subject => HashOf(subject).ToString(CultureInfo.InvariantCulture));
#pragma warning disable CA2100 // The list is of numbers.
        command.CommandText = text.Replace("#", string.Join(',', hashes), StringComparison.Ordinal);
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$until", (until ?? DateTimeOffset.MaxValue).ToUnixTimeMilliseconds());
        return command;
    }

    private static SqliteConnection Connect(string path)
    {
        using (AuditFiles.Open(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            // Made here, so that it is its owner's alone.
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
            Run(connection, "CREATE TABLE IF NOT EXISTS place (subject INTEGER NOT NULL, seq INTEGER NOT NULL, offset INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (subject, seq)) WITHOUT ROWID;");
            Run(connection, "CREATE TABLE IF NOT EXISTS progress (first TEXT NOT NULL, position INTEGER NOT NULL);");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private FileStream OpenTrail() => AuditFiles.Open(files.Trail, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static AuditRecord ReadAt(FileStream trail, long sequence, long offset)
    {
        foreach (var line in TrailLines.Read(trail.SafeFileHandle, offset))
            if (AuditLine.SequenceOf(line.Bytes.Span) == sequence) return AuditLine.Read(line.Bytes.Span);
            else break;
        throw new AuditLossException($"The audit trail is not what it was when it was indexed: entry {sequence} is not where it was.");
    }

    /// <summary>Reads what was appended to the trail since.</summary>
    private void Follow()
    {
        using var trail = OpenTrail();
        if (FirstOf(trail.SafeFileHandle) is not { } first) return;
        bool isMore;
        do isMore = FollowBatch(trail.SafeFileHandle, first);
        while (isMore);
    }

    private bool FollowBatch(SafeFileHandle trail, string first)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var position = ProgressOf(first);
        if (position < 0 || position > RandomAccess.GetLength(trail))
        {
            // Another file than was indexed: retention cut it, or it was begun anew.
            Run(connection, "DELETE FROM place; DELETE FROM progress;");
            position = 0;
        }

        var lines = 0;
        using (var insert = connection.CreateCommand())
        {
            insert.CommandText = "INSERT OR IGNORE INTO place (subject, seq, offset, at) VALUES ($subject, $seq, $offset, $at)";
            SqliteParameter Parameter(string name) => insert.Parameters.Add(name, SqliteType.Integer);
            var (subject, seq, offset, at) = (Parameter("$subject"), Parameter("$seq"), Parameter("$offset"), Parameter("$at"));
            foreach (var line in TrailLines.Read(trail, position))
            {
                if (!TrailSummary.IsAt(line.Bytes.Span))
                {
                    var record = AuditLine.Read(line.Bytes.Span);
                    (seq.Value, offset.Value, at.Value) = (record.Sequence, line.Offset, record.Entry.At.ToUnixTimeMilliseconds());
                    foreach (var whose in SubjectsOf(record.Entry))
                    {
                        subject.Value = HashOf(whose);
                        insert.ExecuteNonQuery();
                    }
                }

                position = line.End;
                if (++lines == Batch) break;
            }
        }

        if (lines > 0) Note(first, position);
        transaction.Commit();
        return lines == Batch;
    }

    /// <summary>Whom a client is told of: reads by others than the client, and data that left the platform.</summary>
    private static IEnumerable<string> SubjectsOf(AuditEntry entry)
    {
        if (entry.Actor.Role == nameof(Role.Client) || entry.Stage is AuditStage.Begun or AuditStage.Failed) return [];
        return entry.Act switch
        {
            AuditAct.Read => entry.Parts.SelectMany(part => part.Whose).Where(whose => whose is not (ReadLedger.Everyone or ReadLedger.Unknown)).Distinct(),
            AuditAct.Export => entry.Parts.SelectMany(part => part.Whose).Distinct(),
            _ => [],
        };
    }

    private long ProgressOf(string first)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT position FROM progress WHERE first = $first";
        command.Parameters.AddWithValue("$first", first);
        return command.ExecuteScalar() is long position ? position : -1;
    }

    private void Note(string first, long position)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM progress; INSERT INTO progress (first, position) VALUES ($first, $position)";
        command.Parameters.AddWithValue("$first", first);
        command.Parameters.AddWithValue("$position", position);
        command.ExecuteNonQuery();
    }

    /// <summary>What tells the file from another: the hash its first line ends with.</summary>
    private static string? FirstOf(SafeFileHandle trail)
    {
        foreach (var line in TrailLines.Read(trail)) return AuditLine.HashOf(line.Bytes.Span) ?? "";
        return null;
    }

    private static long HashOf(string subject) => BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(subject)));

    private static void Run(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this file.
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
