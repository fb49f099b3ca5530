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
/// <param name="Failed">Entries that are still broken, with the reason they now have.</param>
/// <param name="Asserted">Facts that are newly known.</param>
public sealed record ReplayReport(IReadOnlyList<QuarantineEntry> Replayed, IReadOnlyList<QuarantineEntry> Failed, long Asserted);

/// <summary>
/// Tries records in quarantine again, after their bytes or the mapping were mended. A record may wait for another one in
/// quarantine, as an account does for its client, so the entries are gone through until none more lands. Each record
/// that lands is one ChangeSet, whose id derives from the entry and the bytes.
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
        var open = Chosen(ids).Where(entry => entry.State == QuarantineState.Open).ToList();
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
            if (entry != quarantine.Find(entry.Id)) quarantine.Update(entry);
        return new ReplayReport(replayed, open, asserted);
    }

    private IEnumerable<QuarantineEntry> Chosen(IReadOnlyCollection<string>? ids) => ids is null
        ? quarantine.List(QuarantineState.Open)
        : ids.Select(id => quarantine.Find(id) ?? throw new KeyNotFoundException($"There is no entry '{id}' in quarantine."));

    private async Task<(QuarantineEntry Entry, int Asserted)> TryAsync(
        IGraphStore store, QuarantineEntry entry, byte[]? correction, ImportOptions options, CancellationToken cancellation)
    {
        if (new FileFormats(catalog, mappings, tables).Find(entry.Mapping, entry.File) is not { } format)
            return (entry with { Reason = $"was read by '{entry.Mapping}', which no longer is" }, 0);
        if (entry.WholeFile) return await TryFileAsync(store, entry, format, options, cancellation);
        if (correction is null && !entry.Complete) return (entry with { Reason = $"{entry.Reason}; only its beginning is kept, so it needs a correction" }, 0);
        var (raw, encoding) = correction is null ? (entry.Raw, entry.Encoding) : CorrectedText.Of(correction, entry.Encoding);
        var detached = entry.Line.ToString(CultureInfo.InvariantCulture);
        if (format.OpenDetached(entry.File, entry.Header, encoding, detached, options, out var fault) is not { } mapper)
            return (entry with { Field = fault!.Field, Reason = fault.Reason }, 0);
        var facts = new List<Fact>();
        var outcome = mapper.Map(new RawRecord(entry.Line, raw, raw.Length), facts);
        if (outcome.Fault is { } broken) return (entry with { Field = broken.Field, Reason = broken.Reason, Awaits = [.. broken.Awaits] }, 0);
        if (outcome.Findings is { } findings && entry.Landed)
            return (entry with { Field = findings[0].Field, Reason = string.Join("; ", findings) }, 0);
        var asserted = 0;
        if (facts.Count > 0)
        {
            // The mapping is part of the id: mended, it makes other facts of the same bytes.
            var made = Convert.ToHexStringLower(XxHash64.Hash(Encoding.UTF8.GetBytes(string.Join('|', facts.Select(fact => $"{fact.Id} {fact.Properties}")))));
            var id = $"replay:{entry.Id}:{Convert.ToHexStringLower(XxHash64.Hash(raw))}:{made}";
            var changes = new ChangeSet(id, options.RecordedAt, $"replay {entry.Mapping}", [.. facts.Select(Change.Assert)]);
            asserted = (await store.AppendAsync(changes, cancellation)).Asserted;
        }

        return (entry with { State = QuarantineState.Replayed, Correction = correction is null ? null : raw, Encoding = encoding }, asserted);
    }

    private async Task<(QuarantineEntry Entry, int Asserted)> TryFileAsync(
        IGraphStore store, QuarantineEntry entry, IFileFormat format, ImportOptions options, CancellationToken cancellation)
    {
        if (!File.Exists(entry.File)) return (entry with { Reason = "is the header of a file that is gone" }, 0);
        var digest = FileDigest.Of(entry.File);
        var planned = new PlannedFile(entry.File, digest.Length, format, digest, null);
        var report = await new Importer(catalog, mappings, quarantine).ImportFileAsync(store, planned, options, [], default, null, cancellation);
        return report.Reason is { } reason
            ? (entry with { Field = null, Reason = reason }, 0)
            : (entry with { State = QuarantineState.Replayed }, (int)report.Asserted);
    }
}
