using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Input;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Market;
using GraphRisk.Market.Calendar;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Workflow.Decisions.Replay;

namespace GraphRisk.Cli.Decisions;

/// <summary>What became of a file of moves.</summary>
internal sealed record ReplayedFile(string Path, int Rows, int Made, int Opened, int Known, ImmutableArray<RefusedRow> Refused, string? RefusedRows);

/// <summary>A row that was refused, as it is told.</summary>
internal sealed record RefusedRow(int Line, string Record, string? Field, string Reason);

/// <summary><c>graphrisk cases</c>: one case with all that was known, and cases whose moves another system has made.</summary>
internal static class CasesCommand
{
    private const int Shown = 20;

    public static Command Build(Host host) =>
        new("cases", "Cases of any kind: inspect one with all that was known; take in the history of decisions of another system.") { CaseInspection.Build(host), BuildReplay(host) };

    /// <summary>Takes in files of moves, told by what became of each.</summary>
    public static async Task<ImmutableArray<ReplayedFile>> RunAsync(
        Host host, Workbench bench, IGraphStore store, SnapshotProvider snapshots, IEnumerable<string> paths, WorkingCalendar calendar, DateTimeOffset recordedAt, string refused, CancellationToken cancellation)
    {
        var files = paths.SelectMany(FilesOf).Select(path => MoveFile.Read(path, bench.Catalog)).ToList();
        return await Filing.RunAsync(host, bench.Folder, new Deed(AuditAct.Import, "cases replay", string.Join(", ", files.Select(file => file.Path))), async () =>
        {
            var market = new MarketReading(await snapshots.GetAsync(Validity.EndOfTime, cancellation: cancellation));
            var replay = new CaseReplay(store, market, calendar, recordedAt);
            var done = ImmutableArray.CreateBuilder<ReplayedFile>();
            foreach (var file in files)
            {
                var report = await replay.RunAsync(Path.GetFileName(file.Path), file.Records, cancellation);
                var all = file.All(report);
                done.Add(new ReplayedFile(
                    file.Path, file.Records.Count + all.Length - report.Refused.Length, report.Made, report.Opened, report.Known,
                    [.. all.Select(one => new RefusedRow(one.Record.Line, one.Record.Name, one.Field, one.Reason))], file.WriteRefused(refused, report.Refused)));
            }

            return done.ToImmutable();
        }, done => FormattableString.Invariant($"{done.Sum(file => file.Rows)} rows, {done.Sum(file => file.Made)} moves, {done.Sum(file => file.Opened)} cases opened, {done.Sum(file => file.Known)} known, {done.Sum(file => file.Refused.Length)} refused"));
    }

    /// <summary>The calendar of the data folder, with the years a file tells in their place.</summary>
    public static WorkingCalendar CalendarOf(Workbench bench, string? path)
    {
        if (path is null) return bench.Calendar();
        try
        {
            return bench.Calendar().With(WorkingCalendar.Read(SourceText.ReadAll(path)));
        }
        catch (InvalidDataException error)
        {
            throw new UserErrorException($"{path}: {error.Message}");
        }
    }

    private static ExampleCommand BuildReplay(Host host)
    {
        var paths = new Argument<string[]>("paths") { Description = "CSV files, and folders of such, one move a row.", Arity = ArgumentArity.OneOrMore };
        var recordedAt = new Option<DateTimeOffset?>("--recorded-at") { Description = "When the moves become known; now where absent. Each is as of its own instant.", HelpName = "INSTANT" };
        var calendar = new Option<FileInfo?>("--calendar") { Description = "Working days of the years it tells, for these moves alone; for other years, and where absent, those of the data folder.", HelpName = "FILE" };
        var refused = new Option<DirectoryInfo?>("--refused") { Description = "Folder for the rows that are refused, with why; 'refused' of the data folder where absent.", HelpName = "DIR" };
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var command = new ExampleCommand("replay",
            "Take in moves another system has made, through the same tables as moves made here: who may, four eyes, what must be carried, terms. A row that cannot stand is refused with record, field and reason and kept in a file of its own; good rows stand; given again it doubles nothing.",
            "cases replay samples/market/cases --calendar samples/market/exchange/calendar.csv --data data",
            "cases replay history.csv --recorded-at 2026-01-05T09:00:00+08:00 --json")
        { paths, calendar, recordedAt, refused, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            await using var store = await bench.OpenStoreAsync(cancellation);
            var done = await RunAsync(
                host, bench, store, bench.OpenSnapshots(store, capacity: 1), parsed.GetValue(paths)!, CalendarOf(bench, parsed.GetValue(calendar)?.FullName), parsed.GetValue(recordedAt) ?? host.Clock.GetUtcNow(),
                parsed.GetValue(refused)?.FullName ?? bench.Folder.Refused, cancellation);
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(done));
            else Write(host, done);
            return done.Any(file => file.Refused.Length > 0) ? ExitCode.Quarantined : ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<string> FilesOf(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.csv").Order(StringComparer.Ordinal)
        : File.Exists(path) ? [path] : throw new UserErrorException($"There is no '{path}'.");

    private static void Write(Host host, ImmutableArray<ReplayedFile> done)
    {
        string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
        var terminal = new Terminal(host.Out);
        terminal.WriteTable(
            "Cases", ["file", "rows", "moves made", "cases opened", "known", "refused", "refused rows in"],
            done.Select(file => (IReadOnlyList<string>)[file.Path, Number(file.Rows), Number(file.Made), Number(file.Opened), Number(file.Known), Number(file.Refused.Length), file.RefusedRows ?? ""]));
        foreach (var file in done.Where(file => file.Refused.Length > 0))
        {
            terminal.WriteTable("Refused", ["line", "record", "field", "reason"], file.Refused.Take(Shown).Select(one => (IReadOnlyList<string>)[Number(one.Line), one.Record, one.Field ?? "", one.Reason]));
            if (file.Refused.Length > Shown) terminal.WriteLine($"and {Number(file.Refused.Length - Shown)} more in {file.RefusedRows}.");
        }
    }
}
