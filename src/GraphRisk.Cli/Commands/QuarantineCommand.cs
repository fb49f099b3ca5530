using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Quarantine;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk quarantine</c>: lists the rows that could not be imported and takes mended ones in.</summary>
internal static class QuarantineCommand
{
    public static Command Build(Host host) =>
        new("quarantine", "Rows that could not be imported: list them, take mended ones in.") { BuildList(host), BuildReplay(host) };

    private static Command BuildList(Host host)
    {
        var all = new Option<bool>("--all") { Description = "Also rows that were taken in since." };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new Command("list", CommonOptions.Describe("List the rows in quarantine.", "quarantine list --data data", "quarantine list --json")) { all, data, json };
        command.SetAction(async (parsed, _) =>
        {
            using var log = new Workbench(host, parsed.Folder(data)).OpenQuarantine();
            var entries = log.List(parsed.GetValue(all) ? null : QuarantineState.Open);
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(entries));
            else Write(host, entries);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command BuildReplay(Host host)
    {
        var ids = new Argument<string[]>("ids") { Description = "Rows to take in; all where none is named.", Arity = ArgumentArity.ZeroOrMore };
        var record = new Option<FileInfo?>("--record") { Description = "File with the mended row, for one id.", HelpName = "FILE" };
        var mapping = new Option<string[]>("--mapping") { Description = "Mapping file of your own; may be given again.", HelpName = "FILE" };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new Command("replay", CommonOptions.Describe(
            "Map rows in quarantine again, as they are or mended, and store what is now sound.",
            "quarantine replay --mapping mended.yaml",
            "quarantine replay 3f2a9c --record row.csv"))
        { ids, record, mapping, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var bench = new Workbench(host, parsed.Folder(data));
            await using var store = await bench.OpenStoreAsync(cancellation);
            using var log = bench.OpenQuarantine();
            var importer = bench.CreateImporter(log, parsed.GetValue(mapping) ?? []);
            var named = parsed.GetValue(ids) ?? [];
            if (parsed.GetValue(record) is not null && named.Length != 1) throw new UserErrorException("--record needs exactly one id.");
            var mended = parsed.GetValue(record) is { } file ? await File.ReadAllBytesAsync(file.FullName, cancellation) : null;
            var report = await importer.ReplayAsync(store, named, mended, new ImportOptions(host.Clock.GetUtcNow()), cancellation);
            await host.Out.WriteLineAsync(parsed.GetValue(json)
                ? Json.Of(report)
                : string.Create(CultureInfo.InvariantCulture, $"{report.Replayed} taken in, {report.Failed} still broken."));
            return report.Failed > 0 ? ExitCode.Quarantined : ExitCode.Done;
        });
        return command;
    }

    private static void Write(Host host, IReadOnlyList<QuarantineEntry> entries)
    {
        var terminal = new Terminal(host.Out);
        terminal.WriteTable("Quarantine", ["id", "file", "line", "field", "reason"], entries.Select(entry => (IReadOnlyList<string>)
            [entry.Id, entry.File, entry.Line.ToString(CultureInfo.InvariantCulture), entry.Field ?? "", entry.Reason]));
        terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entries.Count} rows."));
    }
}
