using System.Globalization;
using System.Text.RegularExpressions;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using SQLitePCL;

namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// Puts the streams of <see cref="LogDump"/> into a new file, one after another and up to a version; what follows from the log, the indexes, is made again. Columns are
/// those the stream names, so that one of an earlier layout leaves later columns empty.
/// </summary>
internal sealed partial class LogLoad : IDisposable
{
    private const int LongestValue = 1 << 30;

    /// <summary>Tables a stream may hold, and how their rows are put in: what two streams both hold counts once, of a block the later row.</summary>
    private static readonly Dictionary<string, string> Verbs = new(StringComparer.Ordinal)
    {
        [LogDump.Versions] = "INSERT", [LogDump.Recordings] = "INSERT", [LogDump.Nodes] = "INSERT", [LogDump.Blocks] = "INSERT OR REPLACE",
        [LogDump.Sets] = "INSERT OR IGNORE", ["type"] = "INSERT OR IGNORE", ["origin"] = "INSERT OR IGNORE", ["field"] = "INSERT OR IGNORE", ["name"] = "INSERT OR IGNORE",
        [LogDump.Erasures] = "INSERT OR IGNORE",
    };

    private readonly Session session;
    private readonly StoreIndexes indexes;
    private readonly long through;
    private readonly ILogRewriting? rewriting;
    private readonly byte[]?[] texts = new byte[32][];
    private readonly Dictionary<string, (string Sql, int Columns)> inserts = new(StringComparer.Ordinal);
    private readonly long[] numbers = new long[32];
    private byte[] bytes = new byte[1024];
    private long version;
    private long lastSequence;
    private long sequence;
    private long lastNode;

    private LogLoad(Session session, SchemaCatalog catalog, long through, ILogRewriting? rewriting)
    {
        this.session = session;
        this.through = through;
        this.rewriting = rewriting;
        indexes = new StoreIndexes(catalog);
    }

    /// <summary>Makes the file.</summary>
    /// <param name="path">The file; there is none yet.</param>
    /// <param name="catalog">The schema.</param>
    /// <param name="streams">The streams in order, each opened when its turn has come; the version lies in the last.</param>
    /// <param name="through">The last version to put in.</param>
    /// <param name="options">Sizes of the store.</param>
    /// <param name="progress">Told how many recordings were put in.</param>
    /// <param name="cancellation">Ends it; the file is not whole then.</param>
    /// <param name="rewriting">Changes rows before they are put in; null for none.</param>
    /// <exception cref="InvalidDataException">The streams do not hang together, or end before the version.</exception>
    /// <exception cref="StoreUnavailableException">The file cannot be written, or a stream is of a later layout.</exception>
    public static void Run(
        string path, SchemaCatalog catalog, IEnumerable<Func<Stream>> streams, long through, SqliteStoreOptions options, IProgress<long>? progress, CancellationToken cancellation,
        ILogRewriting? rewriting = null)
    {
        using var session = Session.Open(path, catalog, options.WriteCacheBytes, options.BusyTimeout, mayMake: true);
        Migrations.Apply(session);
        using var load = new LogLoad(session, catalog, through, rewriting);
        foreach (var open in streams)
        {
            using var reader = new BinaryReader(new BufferedStream(open(), 1 << 16));
            load.Take(reader, progress, cancellation);
        }

        if (load.version != through) throw new InvalidDataException(Text($"What is put back ends at version {load.version}, before version {through}."));
        if (load.sequence != load.lastSequence) throw new InvalidDataException(Text($"Of version {through} recordings are missing: {load.sequence} of {load.lastSequence}."));
    }

    /// <summary>The newest version of a stream that was recorded at or before an instant; null where all are later.</summary>
    public static long? VersionAt(Stream stream, DateTimeOffset at)
    {
        using var reader = new BinaryReader(new BufferedStream(stream, 1 << 16));
        Head(reader);
        if (reader.ReadString() != LogDump.Versions) throw Broken();
        var columns = reader.ReadString().Split(", ");
        var (number, recordedAt) = (Array.IndexOf(columns, "number"), Array.IndexOf(columns, "recorded_at"));
        long? newest = null;
        var row = new long[columns.Length];
        while (reader.ReadBoolean())
        {
            for (var column = 0; column < columns.Length; column++)
            {
                var kind = reader.ReadByte();
                if (kind == raw.SQLITE_INTEGER) row[column] = reader.Read7BitEncodedInt64();
                else if (kind is raw.SQLITE_TEXT or raw.SQLITE_BLOB) reader.ReadBytes(Length(reader));
            }

            if (row[recordedAt] <= at.ToUnixTimeMilliseconds()) newest = row[number];
        }

        return newest;
    }

    public void Dispose()
    {
        if (session.InTransaction) session.Rollback();
    }

    private static (int Layout, byte[] Store, long After, long Through) Head(BinaryReader reader)
    {
        if (reader.ReadInt32() != LogDump.Magic) throw Broken();
        return (reader.ReadInt32(), reader.ReadBytes(16), reader.ReadInt64(), reader.ReadInt64());
    }

    private void Take(BinaryReader reader, IProgress<long>? progress, CancellationToken cancellation)
    {
        var (layout, store, after, _) = Head(reader);
        if (layout > Migrations.Layout)
            throw new StoreUnavailableException(Text($"What is put back is of a store of layout {layout}; this program knows layouts up to {Migrations.Layout}. Use a newer program."));
        if (after != version) throw new InvalidDataException(Text($"What follows version {version} is missing: the next piece begins after version {after}."));
        session.Execute("BEGIN IMMEDIATE");
        if (after == 0) HistoryMarks.Adopt(session, store);
        while (reader.ReadString() is { Length: > 0 } table)
        {
            var (sql, columns) = InsertOf(table, reader.ReadString());
            while (reader.ReadBoolean()) Row(reader, table, session.Prepare(sql), columns);
            if (table != LogDump.Recordings) continue;
            cancellation.ThrowIfCancellationRequested();
            EndRun();
            progress?.Report(sequence);
        }

        HistoryMarks.Complete(session);
        session.Execute("COMMIT");
    }

    /// <summary>What follows from a run is made while its rows are at hand, so that memory is that of a run.</summary>
    private void EndRun()
    {
        session.Prepare("DELETE FROM node WHERE no > ?").Bind(1, lastNode).Run();
        session.Prepare("INSERT INTO later (first, sequence) SELECT first, sequence FROM recording WHERE first IS NOT NULL AND sequence > (SELECT coalesce(max(sequence), 0) FROM indexed)").Run();
        session.Execute("COMMIT");
        indexes.Merge(session);
        session.Execute("BEGIN IMMEDIATE");
    }

    private (string Sql, int Columns) InsertOf(string table, string columns)
    {
        var key = $"{table}: {columns}";
        if (inserts.TryGetValue(key, out var known)) return known;
        var count = LogDump.ColumnsIn(columns);
        if (!Verbs.TryGetValue(table, out var verb) || !ColumnNames().IsMatch(columns) || count > numbers.Length) throw Broken();
        return inserts[key] = ($"{verb} INTO {table} ({columns}) VALUES ({string.Join(", ", Enumerable.Repeat("?", count))})", count);
    }

    private void Row(BinaryReader reader, string table, Statement insert, int columns)
    {
        for (var column = 0; column < columns; column++)
        {
            var kind = reader.ReadByte();
            (numbers[column], texts[column]) = (0, null);
            if (kind == raw.SQLITE_NULL) insert.Bind(column + 1, (long?)null);
            else if (kind == raw.SQLITE_INTEGER) insert.Bind(column + 1, numbers[column] = reader.Read7BitEncodedInt64());
            else if (kind == raw.SQLITE_TEXT) insert.BindText(column + 1, Bytes(reader, column));
            else if (kind == raw.SQLITE_BLOB) insert.Bind(column + 1, Bytes(reader, column));
            else throw Broken();
        }

        rewriting?.Rewrite(table, numbers, texts, insert, session);
        if (IsWanted(table)) insert.Run();
    }

    /// <summary>Whether the row that was just read is of the versions wanted; those of the log must follow one another.</summary>
    private bool IsWanted(string table)
    {
        switch (table)
        {
            case LogDump.Versions:
                if (numbers[0] > through) return false;
                if (numbers[0] != version + 1) throw new InvalidDataException(Text($"Version {numbers[0]} follows version {version}."));
                (version, lastSequence) = (numbers[0], numbers[4]);
                return true;
            case LogDump.Sets:
                return numbers[1] <= through;
            case LogDump.Blocks:
                return numbers[0] <= BlockTypes.BlockOf(lastSequence);
            case LogDump.Recordings:
                if (numbers[0] > lastSequence) return false;
                if (numbers[0] != sequence + 1) throw new InvalidDataException(Text($"Recording {numbers[0]} follows recording {sequence}."));
                sequence = numbers[0];
                lastNode = Math.Max(lastNode, Math.Max(numbers[5], numbers[6]));
                return true;
            default:
                return true;
        }
    }

    private ReadOnlySpan<byte> Bytes(BinaryReader reader, int column)
    {
        var length = Length(reader);
        if (length > bytes.Length) bytes = new byte[Math.Max(length, bytes.Length * 2)];
        reader.BaseStream.ReadExactly(bytes, 0, length);
        if (rewriting is not null) texts[column] = bytes[..length];
        return bytes.AsSpan(0, length);
    }

    private static int Length(BinaryReader reader) => reader.Read7BitEncodedInt() is >= 0 and <= LongestValue and var length ? length : throw Broken();

    private static InvalidDataException Broken() => new("What is put back is no log of a store.");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("^[a-z_]+(, [a-z_]+)*$")]
    private static partial Regex ColumnNames();
}
