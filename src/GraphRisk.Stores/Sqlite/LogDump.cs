using System.Globalization;
using GraphRisk.Graph.Store;
using SQLitePCL;

namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// The rows of the embedded store's log between two versions as a stream, for a backup. Rows never change once committed, so they are read in short ranges beside
/// whoever writes, and the stream is the store at one version. What follows from the log, the indexes, is left out.
/// <para>
/// The stream: a magic number, the layout, the store's identity, the version before and the last one; then sections, each the name of a table and of its columns and rows behind a 1
/// until a 0; an empty name ends it. Versions come first; recordings come in runs, each after the nodes it is the first to speak of. A value is its kind and, by that, a varint or bytes with their length.
/// </para>
/// </summary>
internal sealed class LogDump : IDisposable
{
    /// <summary>"GRLG".</summary>
    public const int Magic = 0x474C5247;

    public const string Versions = "version";
    public const string Sets = "change_set";
    public const string Blocks = "block";
    public const string Nodes = "node";
    public const string Recordings = "recording";
    public const string Erasures = "erasure";

    /// <summary>Recordings in a run.</summary>
    private const int RunLength = 1 << 18;

    private const int RangeLength = 4 * BlockTypes.Length;
    private const string VersionColumns = "number, set_id, recorded_at, author, last_sequence, mark";
    private const string SetColumns = "id, version";
    private const string BlockColumns = "no, types, origins";
    private const string NodeColumns = "no, type, key";
    private const string VersionSql = $"SELECT {VersionColumns} FROM version WHERE number > ? AND number <= ? ORDER BY number";
    private const string SetSql = $"SELECT {SetColumns} FROM change_set WHERE version >= ? AND version <= ? ORDER BY id";
    private const string BlockSql = $"SELECT {BlockColumns} FROM block WHERE no >= ? AND no <= ? ORDER BY no";
    private const string NodeSql = $"SELECT {NodeColumns} FROM node WHERE no > ? AND no <= ? ORDER BY no";
    private const string RecordingSql = $"SELECT {RecordingRow.Columns} FROM recording WHERE sequence BETWEEN ? AND ? ORDER BY sequence";

    /// <summary>Small tables that are written whole each time: what has a number keeps it.</summary>
    private static readonly (string Table, string Columns, string Sql)[] Dictionaries =
    [
        .. new[] { ("type", "no, name"), ("origin", "no, source, reliability"), ("field", "no, type, field, kind"), ("name", "no, text"), (Erasures, "number, at, version, tombstones, struck, before, after") }
            .Select(table => (table.Item1, table.Item2, $"SELECT {table.Item2} FROM {table.Item1} ORDER BY 1")),
    ];

    private readonly Session session;
    private readonly BinaryWriter writer;

    private LogDump(Session session, Stream target)
    {
        this.session = session;
        writer = new BinaryWriter(new BufferedStream(target, 1 << 16));
    }

    /// <summary>Writes what was recorded after one version and up to another.</summary>
    /// <param name="session">Reads the file.</param>
    /// <param name="after">How far an earlier stream came; null for none.</param>
    /// <param name="through">The last version to write; it is committed.</param>
    /// <param name="target">Where to; left open.</param>
    /// <param name="progress">Told how many recordings were written.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>How far this stream comes; its content hash is not known here.</returns>
    public static StoreExtent Write(Session session, StoreExtent? after, StoreVersion through, Stream target, IProgress<long>? progress, CancellationToken cancellation)
    {
        using var dump = new LogDump(session, target);
        return dump.Write(after ?? StoreExtent.Nothing, through, progress, cancellation);
    }

    public void Dispose() => writer.Flush();

    /// <summary>How far a store has come at a version, as far as it can be told without reading its log.</summary>
    public static StoreExtent ExtentOf(Session session, StoreVersion version)
    {
        var mark = session.Marks.Of(version.Number) ?? throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"There is no version {version.Number}."));
        return new StoreExtent(
            mark, version.Number, version.RecordedAt, session.Versions.LastSequence(version.Number), 0,
            session.Prepare("SELECT count(*) FROM change_set WHERE version <= ?").Bind(1, version.Number).Number() ?? 0, Migrations.Layout, "");
    }

    private StoreExtent Write(StoreExtent after, StoreVersion through, IProgress<long>? progress, CancellationToken cancellation)
    {
        // Counted before they are written: one that comes between is written now and counts as new the next time.
        var extent = ExtentOf(session, through);
        writer.Write(Magic);
        writer.Write(Migrations.Layout);
        writer.Write(HistoryMarks.StoreOf(session));
        writer.Write(after.Version);
        writer.Write(through.Number);
        Section(Versions, VersionColumns, session.Prepare(VersionSql).Bind(1, after.Version).Bind(2, through.Number));
        Section(Sets, SetColumns, session.Prepare(SetSql).Bind(1, after.Version).Bind(2, through.Number));
        foreach (var (table, columns, sql) in Dictionaries) Section(table, columns, session.Prepare(sql));
        Section(Blocks, BlockColumns, session.Prepare(BlockSql).Bind(1, BlockTypes.BlockOf(after.Sequence + 1)).Bind(2, BlockTypes.BlockOf(extent.Sequence)));
        var lastNode = after.LastNode;
        for (var from = after.Sequence + 1; from <= extent.Sequence; from += RunLength)
        {
            var to = Math.Min(extent.Sequence, from + RunLength - 1);
            lastNode = WriteNodes(lastNode, from, to);
            WriteRecordings(from, to, cancellation);
            progress?.Report(to - after.Sequence);
        }

        writer.Write("");
        return extent with { LastNode = lastNode };
    }

    /// <summary>The nodes that a run is the first to speak of, which have the numbers after those before.</summary>
    private long WriteNodes(long known, long from, long to)
    {
        var last = Math.Max(known, Math.Max(
            session.Prepare("SELECT max(a) FROM recording WHERE sequence BETWEEN ? AND ?").Bind(1, from).Bind(2, to).Number() ?? 0,
            session.Prepare("SELECT max(b) FROM recording WHERE sequence BETWEEN ? AND ?").Bind(1, from).Bind(2, to).Number() ?? 0));
        Section(Nodes, NodeColumns, session.Prepare(NodeSql).Bind(1, known).Bind(2, last));
        return last;
    }

    private void WriteRecordings(long first, long last, CancellationToken cancellation)
    {
        Begin(Recordings, RecordingRow.Columns);
        for (var from = first; from <= last; from += RangeLength)
        {
            cancellation.ThrowIfCancellationRequested();
            Rows(session.Prepare(RecordingSql).Bind(1, from).Bind(2, Math.Min(last, from + RangeLength - 1)), ColumnsIn(RecordingRow.Columns));
        }

        writer.Write(false);
    }

    private void Section(string table, string columns, Statement rows)
    {
        Begin(table, columns);
        Rows(rows, ColumnsIn(columns));
        writer.Write(false);
    }

    private void Begin(string table, string columns)
    {
        writer.Write(table);
        writer.Write(columns);
    }

    private void Rows(Statement rows, int columns)
    {
        try
        {
            while (rows.Step())
            {
                writer.Write(true);
                for (var column = 0; column < columns; column++) Value(rows, column);
            }
        }
        finally
        {
            rows.Reset();
        }
    }

    private void Value(Statement row, int column)
    {
        var kind = row.KindOf(column);
        writer.Write((byte)kind);
        if (kind == raw.SQLITE_INTEGER)
        {
            writer.Write7BitEncodedInt64(row.Integer(column));
        }
        else if (kind is raw.SQLITE_TEXT or raw.SQLITE_BLOB)
        {
            var bytes = row.Bytes(column);
            writer.Write7BitEncodedInt(bytes.Length);
            writer.Write(bytes);
        }
        else if (kind != raw.SQLITE_NULL)
        {
            throw new FormatException("The store holds a value of a kind that it never writes.");
        }
    }

    /// <summary>How many columns are named.</summary>
    public static int ColumnsIn(string columns) => columns.Count(letter => letter == ',') + 1;
}
