using System.Collections.Immutable;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Threading.Channels;
using GraphRisk.Graph.Facts;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import;

/// <summary>What a run of records of a file came to.</summary>
/// <param name="Number">From 0; with the file's identity it names the ChangeSet.</param>
/// <param name="Changes">The facts.</param>
/// <param name="Broken">Records for quarantine, and records that landed without a value.</param>
/// <param name="Rows">Records.</param>
/// <param name="Landed">Records whose facts are among the changes.</param>
/// <param name="Repeated">Records the file had stated before.</param>
/// <param name="Ignored">Reasons of records that say nothing the graph holds.</param>
/// <param name="Bytes">Bytes of the file read so far.</param>
/// <param name="Flagged">Of the records that landed, those with which something was found wrong.</param>
public sealed record RecordBatch(
    int Number, ImmutableArray<Change> Changes, IReadOnlyList<QuarantineEntry> Broken,
    int Rows, int Landed, int Repeated, IReadOnlyList<string> Ignored, long Bytes, int Flagged)
{
    /// <summary>Broken records that were taken in from quarantine before.</summary>
    public int Mended { get; init; }

    /// <summary>From when the last of its records says something else than before; null where it takes the place of all it said before.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>Line of its last record.</summary>
    public long Line { get; init; }

    /// <summary>The file has more broken records than are allowed: the batch holds those up to there and nothing of what stands beside them.</summary>
    public bool Cut { get; init; }

    /// <summary>The batch without the entries that were settled before, which are counted.</summary>
    public RecordBatch Without(Func<QuarantineEntry, bool> isSettled)
    {
        var open = Broken.Where(entry => !isSettled(entry)).ToList();
        return open.Count == Broken.Count ? this
            : this with { Broken = open, Flagged = open.Count(entry => entry.Landed), Mended = Broken.Count - Flagged - open.Count(entry => !entry.Landed) };
    }
}

/// <summary>Reads and maps the records of a file, batch by batch.</summary>
internal sealed class RecordBatcher
{
    /// <summary>Bytes of a record kept in quarantine; longer ones are kept up to here.</summary>
    private const int MostKept = 256 * 1024;

    private readonly PlannedFile file;
    private readonly FileReading reading;
    private readonly ImportOptions options;
    private readonly Replaced? replaced;
    private readonly List<Fact> facts = [];
    private readonly long mostBroken;
    private long bytes, held;
    private bool cut;

    /// <param name="file">The file.</param>
    /// <param name="reading">It, opened.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="replaced">Told what each record states; null where the source said nothing before.</param>
    /// <param name="mostBroken">Broken records beyond which it stops.</param>
    public RecordBatcher(PlannedFile file, FileReading reading, ImportOptions options, Replaced? replaced, long mostBroken)
    {
        this.mostBroken = mostBroken;
        this.replaced = replaced;
        this.file = file;
        this.reading = reading;
        this.options = options;
    }

    /// <summary>The entry for a file that cannot be read under its mapping.</summary>
    public static QuarantineEntry WholeFile(PlannedFile file, FileReading reading, ImportOptions options) => new()
    {
        Id = IdOf(file, reading, 0, 0, landed: false),
        File = file.Path,
        FileHash = file.Digest!.Hash,
        Line = 1,
        Field = reading.Fault!.Field,
        Reason = reading.Fault.Reason,
        Mapping = file.Format!.Id,
        When = options.RecordedAt,
        Encoding = file.Digest.Encoding,
        Raw = file.Digest.Head[..Math.Min(file.Digest.Head.Length, LineReader.KeptOfLongLine)],
        Length = file.Length,
        WholeFile = true,
    };

    /// <summary>Writes all batches, then completes the channel, with the error where one ended the reading.</summary>
    public async Task RunAsync(ChannelWriter<RecordBatch> batches, CancellationToken cancellation)
    {
        try
        {
            for (var number = 0; Next(number) is { } batch; number++) await batches.WriteAsync(batch, cancellation);
            batches.Complete();
        }
        catch (Exception error)
        {
            batches.Complete(error);
            throw;
        }
    }

    /// <summary>The next batch; null at the end.</summary>
    public RecordBatch? Next(int number)
    {
        if (cut) return null;
        facts.Clear();
        var broken = new List<QuarantineEntry>();
        var ignored = new List<string>();
        int rows = 0, landed = 0, repeated = 0, flagged = 0;
        var (since, line) = ((DateOnly?)null, 0L);
        while (rows < options.BatchRecords && reading.Raw.Next(out var record))
        {
            rows++;
            bytes += record.Length + 1;
            var before = facts.Count;
            var outcome = reading.Mapper!.Map(record, facts);
            (since, line) = (outcome.Since, record.Line);
            replaced?.Note(facts.Skip(before), outcome.Since);
            options.Ends?.Note(facts, before);
            if (outcome.Findings is { } findings)
            {
                flagged++;
                broken.Add(EntryOf(record, outcome, new RecordFault(findings[0].Field, findings.Count == 1 ? findings[0].Reason : string.Join("; ", findings)), landed: true));
            }

            if (outcome.Fate == RecordFate.Landed) landed++;
            else if (outcome.Fate == RecordFate.Repeated) repeated++;
            else if (outcome.Fate == RecordFate.Ignored) ignored.Add(outcome.Note!);
            else broken.Add(EntryOf(record, outcome, outcome.Fault!, landed: false));
            if (outcome.Fate != RecordFate.Broken || ++held <= mostBroken) continue;
            // The id of a batch stands for all its records: of one that is not whole nothing is stored.
            cut = true;
            broken.RemoveAll(entry => entry.Landed);
            return new RecordBatch(number, [], broken, broken.Count, 0, 0, [], bytes, 0) { Cut = true };
        }

        if (rows == 0) return null;
        var changes = ImmutableArray.CreateBuilder<Change>(facts.Count);
        foreach (var fact in facts) changes.Add(Change.Assert(fact));
        return new RecordBatch(number, changes.MoveToImmutable(), broken, rows, landed, repeated, ignored, bytes, flagged) { Since = since, Line = line };
    }

    private QuarantineEntry EntryOf(in RawRecord record, in RecordOutcome outcome, RecordFault fault, bool landed) => new()
    {
        Id = IdOf(file, reading, record.Line, bytes, landed),
        Landed = landed,
        Source = reading.Source,
        Record = outcome.Record,
        Awaits = [.. fault.Awaits],
        Contradicts = fault.Contradicts,
        File = file.Path,
        FileHash = file.Digest!.Hash,
        Line = record.Line,
        Field = fault.Field,
        Reason = fault.Reason,
        Mapping = file.Format!.Id,
        When = options.RecordedAt,
        Encoding = reading.Encoding ?? file.Digest.Encoding,
        Header = reading.Header,
        Raw = record.Bytes.Span[..Math.Min(record.Bytes.Length, MostKept)].ToArray(),
        Length = record.Length,
    };

    /// <summary>The place tells records of one line apart. Sixteen characters: short enough to type, and any beginning that only one entry has names it.</summary>
    private static string IdOf(PlannedFile file, FileReading reading, long line, long place, bool landed) => Convert.ToHexStringLower(XxHash64.Hash(
        Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{file.Digest!.Hash}|{line}|{place}|{file.Format!.Id}|{reading.Source}{(landed ? "|landed" : "")}"))));
}
