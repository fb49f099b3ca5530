using System.Text.Json;
using System.Text.Json.Serialization;

namespace GraphRisk.Intake.Import.Quarantine;

/// <summary>
/// The records that could not be taken in, kept in one NDJSON file to which events are appended: a record found broken,
/// a record replayed, a record that failed again. The file holds the entries; in memory are a hash, a place and a state for
/// each, some 50 bytes, so that millions of broken records break nothing else. A line torn by a crash is the last one and is
/// dropped when the file is opened; the import that wrote it finds the record again. Thread-safe.
/// </summary>
public sealed class QuarantineLog : IDisposable
{
    private const int LongestLine = 64 * 1024 * 1024;

    /// <summary>What is nought or nothing is not written, so no such value may be required of a line that is read.</summary>
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly FileStream stream;
    private readonly KeyRegister ordinals = new(int.MaxValue);
    private readonly List<Place> places = [];
    private readonly Dictionary<string, List<int>> mended = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, int> accepted = [];
    private readonly Lock gate = new();
    private bool unwritten;

    private QuarantineLog(FileStream stream, string dataFolder, bool write)
    {
        this.stream = stream;
        PassedOver = write ? PassedOver.Open(dataFolder) : null;
    }

    /// <summary>Where the latest line on an entry stands, and what it says of it.</summary>
    private readonly record struct Place(long Offset, int Length, QuarantineState State, bool Landed, bool Awaits)
    {
        public bool IsOpen => State == QuarantineState.Open;
    }

    /// <summary>What deliveries described that the graph does not hold; null where the quarantine is only read.</summary>
    public PassedOver? PassedOver { get; }

    /// <summary>Opens or creates the quarantine of a data folder.</summary>
    /// <exception cref="InvalidDataException">A line other than the last is damaged.</exception>
    public static QuarantineLog Open(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        var log = new QuarantineLog(
            new FileStream(PathIn(dataFolder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read), dataFolder, write: true);
        log.stream.SetLength(log.Load());
        return log;
    }

    /// <summary>Opens the quarantine to look at it, also while another process writes to it; what is added later is not seen.</summary>
    /// <exception cref="InvalidDataException">A line other than the last is damaged.</exception>
    public static QuarantineLog OpenToRead(string dataFolder)
    {
        var path = PathIn(dataFolder);
        if (!File.Exists(path)) return Open(dataFolder);
        var log = new QuarantineLog(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), dataFolder, write: false);
        log.Load();
        return log;
    }

    /// <summary>All entries, whatever became of them.</summary>
    public int Count => places.Count;

    /// <summary>Entries that wait to be mended.</summary>
    public int OpenCount
    {
        get
        {
            lock (gate) return places.Count(place => place.IsOpen);
        }
    }

    /// <summary>Open entries that wait for a node alone.</summary>
    public int AwaitingCount
    {
        get
        {
            lock (gate) return places.Count(place => place is { IsOpen: true, Awaits: true });
        }
    }

    /// <summary>All entries, in the order in which they were found, read from the file one by one.</summary>
    /// <param name="state">Only those of a state; null for all.</param>
    public IEnumerable<QuarantineEntry> Read(QuarantineState? state = null)
    {
        for (var i = 0; i < places.Count; i++)
            if (state is null || places[i].State == state) yield return ReadAt(i);
    }

    /// <summary>All entries at once.</summary>
    /// <param name="state">Only those of a state; null for all.</param>
    public IReadOnlyList<QuarantineEntry> List(QuarantineState? state = null) => [.. Read(state)];

    /// <summary>Numbers of the entries whose records landed flagged and are of a state, in the order in which they were found.</summary>
    public IReadOnlyList<int> Flagged(QuarantineState state)
    {
        lock (gate) return [.. Enumerable.Range(0, places.Count).Where(i => places[i].Landed && places[i].State == state)];
    }

    /// <summary>An entry by its number.</summary>
    public QuarantineEntry At(int number) => ReadAt(number);

    /// <summary>Open entries that wait for a node alone.</summary>
    public IEnumerable<QuarantineEntry> Awaiting()
    {
        for (var i = 0; i < places.Count; i++)
            if (places[i] is { IsOpen: true, Awaits: true }) yield return ReadAt(i);
    }

    /// <summary>The entry of an id, or of the beginning of an id that only one has; null where there is none.</summary>
    public QuarantineEntry? Find(string id)
    {
        if (ordinals.TryGet(KeyRegister.Hash(id), out var ordinal)) return ReadAt((int)ordinal - 1);
        if (id.Length < 4) return null;
        var found = Read().Where(entry => entry.Id.StartsWith(id, StringComparison.Ordinal)).Take(2).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>Whether an entry that is found was settled before: taken in, or accepted, by itself or as the same flag of an earlier delivery.</summary>
    public bool IsSettled(QuarantineEntry found)
    {
        lock (gate)
        {
            return ordinals.TryGet(KeyRegister.Hash(found.Id), out var ordinal) ? !places[(int)ordinal - 1].IsOpen : found.Landed && accepted.ContainsKey(FlagOf(found));
        }
    }

    /// <summary>Adds entries; one already known, whatever became of it, stays as it is. Returns how many are new.</summary>
    public int Add(IEnumerable<QuarantineEntry> found)
    {
        lock (gate)
        {
            var added = 0;
            foreach (var entry in found)
            {
                if (!ordinals.TryAdd(KeyRegister.Hash(entry.Id), (ulong)places.Count + 1, out _)) continue;
                // What a person found right stays right when it is delivered again; another value is another flag.
                places.Add(Append(entry.Landed && accepted.TryGetValue(FlagOf(entry), out var earlier)
                    ? entry with { State = QuarantineState.Accepted, Decisions = ReadAt(earlier).Decisions } : entry));
                added++;
            }

            if (added > 0) Flush();
            return added;
        }
    }

    /// <summary>Writes an entry as it is now: replayed, accepted, or with the reason for which it failed again.</summary>
    public void Update(QuarantineEntry entry)
    {
        lock (gate)
        {
            if (!ordinals.TryGet(KeyRegister.Hash(entry.Id), out var ordinal)) throw new ArgumentException($"There is no entry {entry.Id}.", nameof(entry));
            places[(int)ordinal - 1] = Append(entry);
            Note(entry, (int)ordinal - 1);
            Flush();
        }
    }

    /// <summary>
    /// Files that a flagged record is right as it stands, or that an earlier decision so is taken back. The record's facts are what they
    /// were; the flag goes from what is open, with those of the same record, value and reason in other deliveries, and comes back.
    /// </summary>
    /// <param name="id">The entry, or the beginning of its id.</param>
    /// <param name="decision">What is decided, by whom, why and when.</param>
    /// <returns>The entry as it is now.</returns>
    /// <exception cref="FlagRefusedException">There is no such entry, it is held back, or it is decided so already.</exception>
    public QuarantineEntry Decide(string id, FlagDecision decision)
    {
        lock (gate)
        {
            var entry = Find(id) ?? throw new FlagRefusedException($"There is no entry '{id}' in quarantine, or more than one that begins so.");
            if (!entry.Landed) throw new FlagRefusedException($"The record of {entry.Id} is held back and nothing of it landed: it is mended and taken in by 'quarantine replay'.");
            var (from, to) = decision.Accepts ? (QuarantineState.Open, QuarantineState.Accepted) : (QuarantineState.Accepted, QuarantineState.Open);
            if (entry.State != from)
                throw new FlagRefusedException(entry.State == QuarantineState.Replayed ? $"The record of {entry.Id} was mended and taken in." : decision.Accepts ? $"The flag of {entry.Id} is accepted already." : $"The flag of {entry.Id} is not accepted.");
            var flag = FlagOf(entry);
            foreach (var same in Read(from).Where(one => one.Landed && FlagOf(one) == flag).ToList())
                Update(same with { State = to, Decisions = [.. same.Decisions, decision] });
            return Find(entry.Id)!;
        }
    }

    /// <summary>The mended records of a file, for other files that look them up.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> CorrectionsOf(string file) =>
        (mended.GetValueOrDefault(file) ?? []).Select(ReadAt).Where(entry => entry is { State: QuarantineState.Replayed, WholeFile: false })
            .Select(entry => new ReadOnlyMemory<byte>(entry.Correction ?? entry.Raw));

    public void Dispose()
    {
        PassedOver?.Dispose();
        stream.Dispose();
    }

    private static string PathIn(string dataFolder) => Path.Combine(dataFolder, "quarantine.ndjson");

    private static Place PlaceOf(QuarantineEntry entry, long offset, int length) =>
        new(offset, length, entry.State, entry.Landed, entry.Awaits.Length > 0);

    /// <summary>What a flag is about: a record of a source, the value and what is wrong with it, in whichever delivery.</summary>
    private static ulong FlagOf(QuarantineEntry entry) =>
        entry.Record is { } record ? KeyRegister.Hash(entry.Mapping, entry.Source, record, entry.Field ?? "", entry.Reason) : KeyRegister.Hash(entry.Id);

    private void Note(QuarantineEntry entry, int ordinal)
    {
        if (entry.State == QuarantineState.Accepted) accepted[FlagOf(entry)] = ordinal;
        else if (entry.Landed) accepted.Remove(FlagOf(entry));
        NoteMended(entry, ordinal);
    }

    private void NoteMended(QuarantineEntry entry, int ordinal)
    {
        if (entry.State != QuarantineState.Replayed || entry.WholeFile) return;
        if (!mended.TryGetValue(entry.File, out var list)) mended.Add(entry.File, list = []);
        if (!list.Contains(ordinal)) list.Add(ordinal);
    }

    private void Flush()
    {
        PassedOver?.Flush();
        stream.Flush();
        unwritten = false;
    }

    private Place Append(QuarantineEntry entry)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(entry, Json);
        var place = PlaceOf(entry, stream.Position, line.Length);
        stream.Write(line);
        stream.WriteByte((byte)'\n');
        unwritten = true;
        return place;
    }

    private QuarantineEntry ReadAt(int ordinal)
    {
        Place place;
        lock (gate)
        {
            if (unwritten) Flush();
            place = places[ordinal];
        }

        var line = new byte[place.Length];
        RandomAccess.Read(stream.SafeFileHandle, line, place.Offset);
        return JsonSerializer.Deserialize<QuarantineEntry>(line, Json)!;
    }

    /// <summary>Reads all whole lines, leaves the stream at their end and tells where that is.</summary>
    private long Load()
    {
        using var lines = new Reading.LineReader(new KeptOpen(stream), LongestLine);
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

            var place = PlaceOf(entry, sound, (int)line.Length);
            if (ordinals.TryAdd(KeyRegister.Hash(entry.Id), (ulong)places.Count + 1, out var known)) places.Add(place);
            else places[(int)known - 1] = place;
            Note(entry, known == 0 ? places.Count - 1 : (int)known - 1);
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
