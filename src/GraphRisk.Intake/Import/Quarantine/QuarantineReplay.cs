using System.Collections.Immutable;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.Quarantine;

/// <summary>What a replay did.</summary>
/// <param name="Replayed">Entries whose facts landed.</param>
/// <param name="Failed">Entries that are still broken; what was found now is <see cref="QuarantineEntry.Tried"/>.</param>
/// <param name="Asserted">Facts that are newly known.</param>
public sealed record ReplayReport(IReadOnlyList<QuarantineEntry> Replayed, IReadOnlyList<QuarantineEntry> Failed, long Asserted)
{
    /// <summary>Entries that were not tried: they say otherwise than an earlier record of their file, and were not asked for by id.</summary>
    public IReadOnlyList<QuarantineEntry> Held { get; init; } = [];
}

/// <summary>
/// Tries records in quarantine again, after their bytes or the mapping were mended. A record may wait for another one in
/// quarantine, as an account does for its client, so the entries are gone through until none more lands. Each record
/// that lands is one ChangeSet, whose id derives from the entry and the bytes. A record that contradicts an earlier one of its
/// file is sound by itself: it is tried only where it is asked for by its id, since otherwise the later one would win unseen.
/// </summary>
public sealed class QuarantineReplay
{
    private readonly SchemaCatalog catalog;
    private readonly MappingSet mappings;
    private readonly QuarantineLog quarantine;
    private readonly LookupTables tables;

    public QuarantineReplay(SchemaCatalog catalog, MappingSet mappings, QuarantineLog quarantine)
    {
        this.catalog = catalog;
        this.mappings = mappings;
        this.quarantine = quarantine;
        tables = new LookupTables(mappings, quarantine.CorrectionsOf);
    }

    /// <summary>Tries entries again.</summary>
    /// <param name="store">Where the facts go.</param>
    /// <param name="options">When they become known.</param>
    /// <param name="ids">Entries to try; null for all that are open.</param>
    /// <param name="corrections">Mended bytes by entry; the others are tried as they were.</param>
    /// <param name="cancellation">Stops between entries.</param>
    /// <exception cref="KeyNotFoundException">An id names no entry.</exception>
    public async Task<ReplayReport> ReplayAsync(
        IGraphStore store, ImportOptions options, IReadOnlyCollection<string>? ids = null,
        IReadOnlyDictionary<string, byte[]>? corrections = null, CancellationToken cancellation = default)
    {
        options = options with { Knows = Importer.KnownTo(store, cancellation), PassedOver = quarantine.PassedOver };
        var chosen = Chosen(ids).Where(entry => entry.State == QuarantineState.Open).ToLookup(entry => ids is null && entry.Contradicts && corrections?.ContainsKey(entry.Id) != true);
        var open = chosen[false].ToList();
        var replayed = new List<QuarantineEntry>();
        long asserted = 0;
        for (var progress = true; progress && open.Count > 0;)
        {
            progress = false;
            tables.Clear();
            var still = new List<QuarantineEntry>();
            foreach (var entry in open)
            {
                cancellation.ThrowIfCancellationRequested();
                var attempt = await TryAsync(store, entry, corrections?.GetValueOrDefault(entry.Id), options, cancellation);
                if (attempt.Entry.State == QuarantineState.Open)
                {
                    still.Add(attempt.Entry);
                    continue;
                }

                quarantine.Update(attempt.Entry);
                replayed.Add(attempt.Entry);
                asserted += attempt.Asserted;
                progress = true;
            }

            open = still;
        }

        foreach (var entry in open)
            if (quarantine.Find(entry.Id) is { } before && Differs(entry, before)) quarantine.Update(entry);
        return new ReplayReport(replayed, open, asserted) { Held = [.. chosen[true]] };
    }

    private static bool Differs(QuarantineEntry now, QuarantineEntry before) =>
        now.Tried?.Field != before.Tried?.Field || now.Tried?.Reason != before.Tried?.Reason || !now.Awaits.AsSpan().SequenceEqual(before.Awaits);

    /// <summary>The entry with what a try found, which is told only where it is not what was found at first.</summary>
    private static QuarantineEntry Failed(QuarantineEntry entry, string? field, string reason, ImportOptions options) =>
        entry with { Tried = new RecordFault(field, reason).ToString() == new RecordFault(entry.Field, entry.Reason).ToString() ? null : new QuarantineTry(field, reason, options.RecordedAt) };

    private IEnumerable<QuarantineEntry> Chosen(IReadOnlyCollection<string>? ids) => ids is null
        ? quarantine.List(QuarantineState.Open)
        : ids.Select(id => quarantine.Find(id) ?? throw new KeyNotFoundException($"There is no entry '{id}' in quarantine."));

    private async Task<(QuarantineEntry Entry, int Asserted)> TryAsync(
        IGraphStore store, QuarantineEntry entry, byte[]? correction, ImportOptions options, CancellationToken cancellation)
    {
        if (new FileFormats(catalog, mappings, tables).Find(entry.Mapping, entry.File) is not { } format)
            return (Failed(entry, null, $"was read by the mapping '{entry.Mapping}', which is not known here: name its file with --mapping", options), 0);
        if (entry.WholeFile) return await TryFileAsync(store, entry, format, options, cancellation);
        if (correction is null && entry.Raw.Length == 0) return (Failed(entry, null, "nothing of it is kept: deliver its file again", options), 0);
        if (correction is null && !entry.Complete) return (Failed(entry, null, "only its beginning is kept, so it needs a correction", options), 0);
        var raw = correction is null ? entry.Raw : CorrectedText.Of(correction, entry.Encoding);
        if (correction is not null && raw.AsSpan().ContainsAnyExcept(" \t\r\n"u8) is false) return (Failed(entry, null, "the mended record is empty", options), 0);
        var detached = entry.Line.ToString(CultureInfo.InvariantCulture);
        if (format.OpenDetached(entry.File, entry.Header, entry.Encoding, detached, options, out var fault) is not { } mapper)
            return (Failed(entry, fault!.Field, fault.Reason, options), 0);
        var facts = new List<Fact>();
        var outcome = mapper.Map(new RawRecord(entry.Line, raw, raw.Length), facts);
        if (outcome.Fault is { } broken)
            return (Failed(entry, broken.Field, broken.Reason, options) with { Awaits = correction is null ? [.. broken.Awaits] : entry.Awaits }, 0);
        if (outcome.Note == RecordParser.Blank.Reason) return (Failed(entry, null, "nothing stands in the mended record", options), 0);
        if (outcome.Findings is { } findings && entry.Landed)
            return (Failed(entry, findings[0].Field, findings.Count == 1 ? findings[0].Reason : string.Join("; ", findings), options), 0);
        var asserted = 0;
        if (facts.Count > 0)
        {
            // The mapping is part of the id: mended, it makes other facts of the same bytes.
            var made = Convert.ToHexStringLower(XxHash64.Hash(Encoding.UTF8.GetBytes(string.Join('|', facts.Select(fact => $"{fact.Id} {fact.Properties}")))));
            var id = $"replay:{entry.Id}:{Convert.ToHexStringLower(XxHash64.Hash(raw))}:{made}";
            var changes = new ChangeSet(id, options.RecordedAt, $"replay {entry.Mapping}", [.. facts.Select(Change.Assert)]);
            asserted = (await store.AppendAsync(changes, cancellation)).Asserted;
        }

        return (entry with { State = QuarantineState.Replayed, Correction = correction is null ? null : raw, Tried = null }, asserted);
    }

    private async Task<(QuarantineEntry Entry, int Asserted)> TryFileAsync(
        IGraphStore store, QuarantineEntry entry, IFileFormat format, ImportOptions options, CancellationToken cancellation)
    {
        if (!File.Exists(entry.File)) return (Failed(entry, null, "is the header of a file that is gone", options), 0);
        var digest = FileDigest.Of(entry.File);
        var planned = new PlannedFile(entry.File, digest.Length, format, digest, null);
        var report = await new Importer(catalog, mappings, quarantine).ImportFileAsync(store, planned, options, [], default, null, cancellation);
        return report.Reason is { } reason
            ? (Failed(entry, null, reason, options), 0)
            : (entry with { State = QuarantineState.Replayed, Tried = null }, (int)report.Asserted);
    }
}
