using System.Text.Json;
using System.Text.Json.Serialization;

namespace GraphRisk.Intake.Import.Quarantine;

/// <summary>
/// The records that could not be taken in, kept in one NDJSON file to which events are appended: a record found broken,
/// a record replayed, a record that failed again. A line torn by a crash is the last one and is dropped when the file is
/// opened; the import that wrote it finds the record again. Not thread-safe.
/// </summary>
public sealed class QuarantineLog : IDisposable
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly FileStream stream;
    private readonly Dictionary<string, QuarantineEntry> entries = new(StringComparer.Ordinal);
    private readonly List<string> order = [];

    private QuarantineLog(FileStream stream) => this.stream = stream;

    /// <summary>Opens or creates the quarantine of a data folder.</summary>
    /// <exception cref="InvalidDataException">A line other than the last is damaged.</exception>
    public static QuarantineLog Open(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        var log = new QuarantineLog(new FileStream(PathIn(dataFolder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        log.stream.SetLength(log.Load());
        return log;
    }

    /// <summary>Opens the quarantine to look at it, also while another process writes to it; what is added later is not seen.</summary>
    /// <exception cref="InvalidDataException">A line other than the last is damaged.</exception>
    public static QuarantineLog OpenToRead(string dataFolder)
    {
        var path = PathIn(dataFolder);
        if (!File.Exists(path)) return Open(dataFolder);
        var log = new QuarantineLog(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        log.Load();
        return log;
    }

    /// <summary>All entries, in the order in which they were found.</summary>
    /// <param name="state">Only those of a state; null for all.</param>
    public IReadOnlyList<QuarantineEntry> List(QuarantineState? state = null) =>
        [.. order.Select(id => entries[id]).Where(entry => state is null || entry.State == state)];

    /// <summary>The entry of an id, or null.</summary>
    public QuarantineEntry? Find(string id) => entries.GetValueOrDefault(id);

    /// <summary>Adds entries; one already known, whatever became of it, stays as it is. Returns how many are new.</summary>
    public int Add(IEnumerable<QuarantineEntry> found)
    {
        var added = 0;
        foreach (var entry in found)
        {
            if (!entries.TryAdd(entry.Id, entry)) continue;
            order.Add(entry.Id);
            Append(entry);
            added++;
        }

        if (added > 0) stream.Flush();
        return added;
    }

    /// <summary>Writes an entry as it is now: replayed, or with the reason for which it failed again.</summary>
    public void Update(QuarantineEntry entry)
    {
        if (!entries.ContainsKey(entry.Id)) throw new ArgumentException($"There is no entry {entry.Id}.", nameof(entry));
        entries[entry.Id] = entry;
        Append(entry);
        stream.Flush();
    }

    /// <summary>The mended records of a file, for other files that look them up.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> CorrectionsOf(string file) =>
        order.Select(id => entries[id])
            .Where(entry => entry.State == QuarantineState.Replayed && entry.File == file && !entry.WholeFile)
            .Select(entry => new ReadOnlyMemory<byte>(entry.Correction ?? entry.Raw));

    public void Dispose() => stream.Dispose();

    private static string PathIn(string dataFolder) => Path.Combine(dataFolder, "quarantine.ndjson");

    private void Append(QuarantineEntry entry)
    {
        stream.Write(JsonSerializer.SerializeToUtf8Bytes(entry, Json));
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Reads all whole lines, leaves the stream at their end and tells where that is.</summary>
    private long Load()
    {
        using var lines = new Reading.LineReader(new KeptOpen(stream), 64 * 1024 * 1024);
        var end = stream.Length;
        long sound = 0;
        while (lines.Next(out var line))
        {
            if (sound + line.Length + 1 > end) break;
            QuarantineEntry entry;
            try
            {
                entry = JsonSerializer.Deserialize<QuarantineEntry>(line.Bytes.Span, Json)!;
            }
            catch (JsonException fault)
            {
                throw new InvalidDataException($"{stream.Name}:{line.Number}: {fault.Message}", fault);
            }

            if (entries.TryAdd(entry.Id, entry)) order.Add(entry.Id);
            else entries[entry.Id] = entry;
            sound += line.Length + 1;
        }

        stream.Position = sound;
        return sound;
    }

    /// <summary>Reads a stream without closing it.</summary>
    private sealed class KeptOpen(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
