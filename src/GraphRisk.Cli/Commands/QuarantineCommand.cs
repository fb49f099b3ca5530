using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk quarantine</c>: lists the rows that could not be imported and takes mended ones in.</summary>
internal static class QuarantineCommand
{
    public static Command Build(Host host) =>
        new("quarantine", "Rows that could not be imported, or landed flagged: list them, take mended ones in, accept what is right as it stands.")
        { BuildList(host), BuildReplay(host), FlagCommands.BuildAccept(host), FlagCommands.BuildReopen(host) };

    private static ExampleCommand BuildList(Host host)
    {
        var all = new Option<bool>("--all") { Description = "Also rows that were taken in or accepted since, with who decided." };
        var waiting = new Option<bool>("--waiting") { Description = "Only rows that wait for what they name, and nodes that relationships in the store name and nothing describes yet." };
        var data = CommonOptions.Data();
        var first = new Option<int>("--first") { Description = "Rows shown.", HelpName = "N", DefaultValueFactory = _ => 1000 };
        var json = CommonOptions.Json();
        var command = new ExampleCommand("list", "List the rows in quarantine, and those that landed without a value.", "quarantine list --data data", "quarantine list --first 20 --json", "quarantine list --waiting")
        { all, waiting, first, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(waiting)) return await ListWaitingAsync(host, parsed.FilledFolder(data, host), parsed.GetValue(first), parsed.GetValue(json), cancellation);
            using var log = QuarantineLog.OpenToRead(new Workbench(host, parsed.FilledFolder(data, host)).Folder.Quarantine);
            var entries = log.Read(parsed.GetValue(all) ? null : QuarantineState.Open).Take(parsed.GetValue(first)).ToList();
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(entries));
            else
            {
                Write(host, entries);
                var counted = parsed.GetValue(all) ? log.Count : log.OpenCount;
                await host.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{(entries.Count < counted ? $"{entries.Count} of " : "")}{counted} rows{(parsed.GetValue(all) ? $", {log.OpenCount} open" : "")}."));
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>What waits: rows held back for what they name, and ends of relationships that landed.</summary>
    private static async Task<int> ListWaitingAsync(Host host, DataFolder folder, int first, bool json, CancellationToken cancellation)
    {
        var bench = new Workbench(host, folder);
        await using var store = await bench.OpenStoreAsync(cancellation);
        using var log = QuarantineLog.OpenToRead(bench.Folder.Quarantine);
        var rows = log.Awaiting().Take(first).ToList();
        var ends = await OpenEnd.InStoreAsync(store, first, cancellation);
        if (json)
        {
            await host.Out.WriteLineAsync(Json.Of(new { waiting = log.AwaitingCount, rows, openEnds = ends }));
            return ExitCode.Done;
        }

        if (rows.Count > 0) Write(host, rows);
        if (ends.Count > 0)
            new Terminal(host.Out).WriteTable("Relationships that count, and name nodes that nothing describes yet", ["relationship", "node", "nodes", "such as"], ends.Select(end => (IReadOnlyList<string>)
                [end.Relationship, end.Type, end.Nodes.ToString(CultureInfo.InvariantCulture), string.Join(", ", end.Examples)]));
        await host.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{log.AwaitingCount} rows wait for what they name and land by themselves when it arrives; {ends.Sum(end => end.Nodes)} nodes are named by relationships, which count, and have neither name nor fields yet."));
        return ExitCode.Done;
    }

    private static ExampleCommand BuildReplay(Host host)
    {
        var ids = new Argument<string[]>("ids") { Description = "Rows to take in. Where none is named, all but those that say otherwise than an earlier row of their file.", Arity = ArgumentArity.ZeroOrMore };
        var record = new Option<FileInfo?>("--record") { Description = "File with the mended row, for one id.", HelpName = "FILE" };
        var mapping = new Option<string[]>("--mapping") { Description = "Mapping file of your own; may be given again.", HelpName = "FILE" };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("replay", 
            "Map rows in quarantine again, as they are or mended, and store what is now sound.",
            "quarantine replay --mapping mended.yaml",
            "quarantine replay 3f2a9c --record row.csv")
        { ids, record, mapping, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            await using var store = await bench.OpenStoreAsync(cancellation);
            using var log = bench.OpenQuarantine();
            var named = parsed.GetValue(ids) ?? [];
            if (parsed.GetValue(record) is not null && named.Length != 1) throw new UserErrorException("--record needs exactly one id.");
            named = [.. named.Select(id => log.Find(id)?.Id ?? throw new KeyNotFoundException($"There is no entry '{id}' in quarantine, or more than one that begins so."))];
            var correction = parsed.GetValue(record) is { } file ? new Dictionary<string, byte[]> { [named[0]] = await File.ReadAllBytesAsync(file.FullName, cancellation) } : null;
            var report = await Filing.RunAsync(
                host, bench.Folder, new Deed(AuditAct.Import, "quarantine replay", named.Length == 0 ? "every row" : string.Join(", ", named)),
                () => bench.CreateReplay(log, parsed.GetValue(mapping) ?? []).ReplayAsync(
                    store, new ImportOptions(host.Clock.GetUtcNow()) { Today = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime) }, named.Length == 0 ? null : named, correction, cancellation),
                replayed => FormattableString.Invariant($"{replayed.Replayed.Count} taken in, {replayed.Asserted} new facts, {replayed.Failed.Count} still broken"));
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(report));
            else WriteReplay(host, report);
            return report.Failed.Count + report.Held.Count > 0 ? ExitCode.Quarantined : ExitCode.Done;
        });
        return command;
    }

    private static void WriteReplay(Host host, ReplayReport report)
    {
        if (report.Failed.Count > 0) Write(host, report.Failed);
        if (report.Held.Count > 0)
        {
            Write(host, report.Held);
            host.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{report.Held.Count} not tried, since an earlier row of the file states the key otherwise: 'quarantine replay ID' takes one in, and what it says counts from then on."));
        }

        host.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{report.Replayed.Count} taken in with {report.Asserted} new facts, {report.Failed.Count} still broken."));
    }

    private static void Write(Host host, IReadOnlyList<QuarantineEntry> entries) => new Terminal(host.Out).WriteTable(
        "Quarantine", ["id", "file", "line", "record", "field", "reason", "state", "last try"], entries.Select(entry => (IReadOnlyList<string>)
            [entry.Id, entry.File, entry.Line.ToString(CultureInfo.InvariantCulture), entry.Record ?? "", entry.Field ?? "", entry.Reason, StateOf(entry), TriedOf(entry)]));

    private static string StateOf(QuarantineEntry entry) =>
        entry.State == QuarantineState.Replayed ? "taken in"
        : entry is { State: QuarantineState.Accepted, Decisions: [.., var last] } ? $"accepted by {last.By}, {last.When.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: {last.Reason}"
        : entry.Landed ? "landed, open" : "held back";

    private static string TriedOf(QuarantineEntry entry) => entry.Tried is not { } tried ? ""
        : $"{tried.When.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: {(tried.Field is null ? "" : $"{tried.Field}: ")}{tried.Reason}";
}
