using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GraphRisk.Cli.Composition;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Market;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Monitoring.Pages;
using GraphRisk.Server.Search;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Cli.Operations;

/// <summary>
/// Measures what the daily inspection asks of a data folder and its store. Each measure stands for itself: one that cannot be taken says why and ends none of the others. Reads beside a running server and writes
/// nothing.
/// </summary>
/// <param name="host">Clock and environment.</param>
/// <param name="bench">The data folder.</param>
/// <param name="store">Its store; null where it could not be opened.</param>
/// <param name="notOpened">Why not; null where it was.</param>
internal sealed class InspectionMeasures(Host host, Workbench bench, IGraphStore? store, string? notOpened)
{
    private const int Week = 7;

    /// <summary>How much longer than usual a source may be silent, and the least that is called silence, days.</summary>
    private const int TimesUsual = 3, LeastSilence = 2;

    private static readonly ImmutableSortedDictionary<string, Func<InspectionMeasures, CancellationToken, Task<Measured>>> All =
        new Dictionary<string, Func<InspectionMeasures, CancellationToken, Task<Measured>>>
        {
            ["store-faults"] = (of, cancellation) => of.StoreFaultsAsync(cancellation),
            ["recorded-ahead"] = (of, cancellation) => of.RecordedAheadAsync(cancellation),
            ["snapshots-unusable"] = (of, cancellation) => of.SnapshotsUnusableAsync(cancellation),
            ["search-behind"] = (of, cancellation) => of.SearchBehindAsync(cancellation),
            ["audit-faults"] = (of, cancellation) => of.AuditAsync(report => new Measured(report.Faults.Length, report.Faults.FirstOrDefault()?.Text ?? ""), cancellation),
            ["audit-unsealed"] = (of, cancellation) => of.AuditAsync(report => new Measured(report.Unsealed), cancellation),
            ["disk-room"] = (of, _) => Task.FromResult(of.DiskRoom()),
            ["memory-free"] = (_, _) => Task.FromResult(MemoryFree()),
            ["data-behind"] = (of, cancellation) => of.DataBehindAsync(cancellation),
            ["brokers-behind"] = (of, cancellation) => of.BrokersBehindAsync(cancellation),
            ["sources-silent"] = (of, cancellation) => of.SourcesSilentAsync(cancellation),
            ["quarantine-open"] = (of, _) => Task.FromResult(of.Quarantined(log => new Measured(log.OpenCount))),
            ["quarantine-growth"] = (of, _) => Task.FromResult(of.Quarantined(log => new Measured(log.Read().Count(entry => entry.When > of.Now.AddDays(-Week))))),
            ["model-drift"] = (of, _) => Task.FromResult(of.ModelDrift()),
            ["model-history"] = (of, cancellation) => of.ModelHistoryAsync(cancellation),
            ["model-unwatched"] = (of, _) => Task.FromResult(of.ModelUnwatched()),
            ["certificate-left"] = (of, _) => Task.FromResult(of.CertificateLeft()),
            ["backup-age"] = (of, cancellation) => of.SinceAsync("backup", AuditAct.Export, cancellation),
            ["drill-age"] = (of, cancellation) => of.SinceAsync("drill", AuditAct.Command, cancellation),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private AuditReport? audited;
    private Snapshot? current;

    /// <summary>The names of all that is measured.</summary>
    public static IReadOnlyCollection<string> Known { get; } = [.. All.Keys];

    private DateTimeOffset Now => host.Clock.GetUtcNow();

    private DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    /// <summary>Takes one measure.</summary>
    public async Task<Measured> TakeAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await All[name](this, cancellation);
        }
        catch (Exception error) when (error is StoreUnavailableException or UserErrorException or AuditLossException or IOException or InvalidDataException or UnauthorizedAccessException or CryptographicException or ModelException)
        {
            return new Measured(null) { Fault = error.Message };
        }
    }

    private IGraphStore Store => store ?? throw new StoreUnavailableException(notOpened!);

    private async Task<Measured> StoreFaultsAsync(CancellationToken cancellation)
    {
        var faults = await Store.CheckAsync(cancellation);
        return new Measured(faults.Count, faults.Count > 0 ? faults[0] : FormattableString.Invariant($"version {(await Store.GetVersionAsync(cancellation)).Number}"));
    }

    private async Task<Measured> RecordedAheadAsync(CancellationToken cancellation)
    {
        var newest = await Store.GetVersionAsync(cancellation);
        return newest.Number == 0 ? new Measured(null, "nothing is recorded") : new Measured(decimal.Round((decimal)Math.Max(0, (newest.RecordedAt - Now).TotalHours), 2), $"recorded last {Page.Instant(newest.RecordedAt)}");
    }

    private async Task<Measured> SnapshotsUnusableAsync(CancellationToken cancellation)
    {
        if (!Directory.Exists(bench.Folder.Snapshots)) return new Measured(0);
        var unusable = new List<string>();
        foreach (var path in Directory.GetFiles(bench.Folder.Snapshots, "*.snapshot").Order(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var stamp = SnapshotFile.ReadStamp(path);
                if (await Store.GetMarkAsync(stamp.Version, cancellation) != stamp.Mark) unusable.Add(Path.GetFileName(path));
                else SnapshotFile.Map(bench.Catalog, path);
            }
            catch (SnapshotFileException)
            {
                unusable.Add(Path.GetFileName(path));
            }
        }

        return new Measured(unusable.Count, string.Join(", ", unusable));
    }

    private async Task<Measured> SearchBehindAsync(CancellationToken cancellation)
    {
        if (SearchIndex.FollowedIn(bench.Folder.Search) is not { } followed) return new Measured(null, "there is no index yet: a server makes it");
        var newest = await Store.GetVersionAsync(cancellation);
        return await Store.GetMarkAsync(followed.Version, cancellation) == followed.Mark ? new Measured(newest.Number - followed.Version, FormattableString.Invariant($"followed to version {followed.Version}"))
            : new Measured(newest.Number, "the index is of another history and is made again when a server starts");
    }

    private async Task<Measured> AuditAsync(Func<AuditReport, Measured> read, CancellationToken cancellation) => File.Exists(bench.Folder.Audit.Trail)
        ? read(audited ??= await SealedHistory.HoldAsync(bench.Folder, AuditVerification.Run(bench.Folder.Audit), cancellation)) : new Measured(null, "there is no audit trail yet");

    private Measured DiskRoom()
    {
        var held = Directory.EnumerateFiles(bench.Folder.Path, "*", SearchOption.AllDirectories).Sum(path => new FileInfo(path) is { Exists: true } file ? file.Length : 0);
        var free = new DriveInfo(Path.GetFullPath(bench.Folder.Path)).AvailableFreeSpace;
        return new Measured(decimal.Round(free / (decimal)Math.Max(1, held), 1), FormattableString.Invariant($"{free >> 20:N0} MiB free, {held >> 20:N0} MiB held"));
    }

    private static Measured MemoryFree()
    {
        const string Linux = "/proc/meminfo";
        var line = File.Exists(Linux) ? File.ReadLines(Linux).FirstOrDefault(one => one.StartsWith("MemAvailable:", StringComparison.Ordinal)) : null;
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kibibytes, ..] ? new Measured(long.Parse(kibibytes, CultureInfo.InvariantCulture) >> 10) : new Measured(null, "the system does not tell");
    }

    private async Task<Measured> DataBehindAsync(CancellationToken cancellation) =>
        DataReach.LastUntil(new MarketReading(await CurrentAsync(cancellation)), Today) is { } last
            ? new Measured(Today.DayNumber - last.DayNumber, FormattableString.Invariant($"the sources reach {last:yyyy-MM-dd}"))
            : new Measured(null, "no broker states a contract yet");

    private async Task<Measured> BrokersBehindAsync(CancellationToken cancellation)
    {
        var snapshot = await CurrentAsync(cancellation);
        var behind = DataReach.Behind(new MarketReading(snapshot));
        return new Measured(behind.Count, string.Join(", ", behind.Select(one => FormattableString.Invariant($"{snapshot.Nodes.IdOf(one.Broker).Key} since {one.Last:yyyy-MM-dd}"))));
    }

    private async Task<Measured> SourcesSilentAsync(CancellationToken cancellation)
    {
        var days = new SortedDictionary<string, SortedSet<int>>(StringComparer.Ordinal);
        await foreach (var set in Store.ReadSetsAsync(0, cancellation))
            if (Importer.SourceOf(set.Author) is { } source)
            {
                if (!days.TryGetValue(source, out var delivered)) days.Add(source, delivered = []);
                delivered.Add(DateOnly.FromDateTime(set.Version.RecordedAt.UtcDateTime).DayNumber);
            }

        var judged = days.Where(one => one.Value.Count > 2).Select(one => (Source: one.Key, Silent: Today.DayNumber - one.Value.Max, Usual: UsualInterval(one.Value))).ToList();
        if (judged.Count == 0) return new Measured(null, "no source has delivered on three days yet, so none has a usual interval");
        var silent = judged.Where(one => one.Silent > Math.Max(LeastSilence, TimesUsual * one.Usual)).OrderByDescending(one => one.Silent).ToList();
        return new Measured(silent.Count, string.Join(", ", silent.Select(one => FormattableString.Invariant($"{one.Source} for {one.Silent} days, usually {one.Usual}"))));
    }

    private static int UsualInterval(SortedSet<int> days) => days.Zip(days.Skip(1), (day, next) => next - day).Order().ElementAt((days.Count - 1) / 2);

    private Measured Quarantined(Func<QuarantineLog, Measured> read)
    {
        if (!Directory.Exists(bench.Folder.Quarantine)) return new Measured(0);
        using var log = QuarantineLog.OpenToRead(bench.Folder.Quarantine);
        return read(log);
    }

    private Measured ModelDrift() => NewestReport() is not { Model: { } model, Report: var report } ? new Measured(null, "no model is in use")
        : report is null ? new Measured(null, $"model {Short(model)} was never reported on")
        : report.Drift.MaxBy(one => one.Greatest) is { } most ? new Measured(decimal.Round((decimal)most.Greatest, 4), FormattableString.Invariant($"{most.Feature}, model {Short(model)}, as of {report.AsOf:yyyy-MM-dd}"))
        : new Measured(null, "the report holds no feature");

    private async Task<Measured> ModelHistoryAsync(CancellationToken cancellation)
    {
        var registry = FiledRecords.Registry(bench.Folder);
        if (registry.Read().Champion is not { Version: var version }) return new Measured(null, "no model is in use");
        using var model = registry.Open(version);
        return model.Card.Data is not { Store: not null } taught ? new Measured(null, $"model {Short(version)} does not say on which store it was trained")
            : await taught.PartingAsync(Store, cancellation) is { } parting ? new Measured(1, $"model {Short(version)} {parting}") : new Measured(0, $"model {Short(version)}");
    }

    private Measured ModelUnwatched() => NewestReport() is not { Model: { } model, Report: var report } ? new Measured(null, "no model is in use")
        : report is null ? new Measured(null, $"model {Short(model)} was never reported on: 'graphrisk model report' does")
        : new Measured(Today.DayNumber - DateOnly.FromDateTime(report.KnownAt.UtcDateTime).DayNumber, $"model {Short(model)}");

    private (string? Model, Scoring.Monitoring.ModelReport? Report) NewestReport() =>
        FiledRecords.Registry(bench.Folder).Read().Champion is { Version: var version } ? (version, FiledRecords.Reports(bench.Folder).Newest(version)) : default;

    private static string Short(string version) => version[..Math.Min(12, version.Length)];

    private Measured CertificateLeft()
    {
        if (host.Variable("GRAPHRISK_CERTIFICATE") is not { Length: > 0 } path) return new Measured(null, "no certificate is configured");
        using var certificate = X509Certificate2.GetCertContentType(path) == X509ContentType.Pfx
            ? X509CertificateLoader.LoadPkcs12FromFile(path, host.Variable("GRAPHRISK_CERTIFICATE_PASSWORD"))
            : X509CertificateLoader.LoadCertificateFromFile(path);
        return new Measured((int)Math.Floor((certificate.NotAfter.ToUniversalTime() - Now.UtcDateTime).TotalDays), FormattableString.Invariant($"{certificate.Subject} until {certificate.NotAfter:yyyy-MM-dd}"));
    }

    /// <summary>Days since a command was last carried out, by the audit trail; where it never was, since the first recording.</summary>
    private async Task<Measured> SinceAsync(string command, AuditAct act, CancellationToken cancellation)
    {
        var last = File.Exists(bench.Folder.Audit.Trail)
            ? AuditReading.Last(bench.Folder.Audit, new AuditFilter { Act = act }, int.MaxValue, cancellation)
                .LastOrDefault(record => record.Entry is { Stage: AuditStage.Done, Parts: [{ What: [var what, ..] }, ..] } && what == command)?.Entry.At
            : null;
        if (last is { } done) return new Measured(Today.DayNumber - DateOnly.FromDateTime(done.UtcDateTime).DayNumber, Page.Instant(done));
        await foreach (var set in Store.ReadSetsAsync(0, cancellation))
            return new Measured(Today.DayNumber - DateOnly.FromDateTime(set.Version.RecordedAt.UtcDateTime).DayNumber, "never; days since the first recording") { IsAtLeastAmber = true };
        return new Measured(null, "nothing is recorded");
    }

    private async ValueTask<Snapshot> CurrentAsync(CancellationToken cancellation) =>
        current ??= await SnapshotBuilder.BuildAsync(Store, await Store.GetVersionAsync(cancellation), Validity.CloseOf(Today), cancellation);
}
