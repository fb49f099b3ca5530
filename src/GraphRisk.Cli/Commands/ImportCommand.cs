using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Exit;
using GraphRisk.Cli.Output;
using GraphRisk.Intake.Import;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk import</c>: takes source files into the store.</summary>
internal static class ImportCommand
{
    public static Command Build(Host host)
    {
        var all = new Option<bool>("--all") { Description = "The path is what 'export --all' wrote: make an installation of it, in a data folder that is empty or missing, with the same content hash; all or nothing." };
        var paths = new Argument<string[]>("paths") { Description = "Files and folders.", Arity = ArgumentArity.OneOrMore };
        var mapping = new Option<string[]>("--mapping") { Description = "Mapping file of your own; may be given again.", HelpName = "FILE" };
        var recordedAt = new Option<DateTimeOffset?>("--recorded-at") { Description = "When what is read becomes known; now where absent.", HelpName = "INSTANT" };
        var strict = new Option<bool>("--strict") { Description = "End with exit code 3 also where rows landed without a value that could not be read." };
        var full = new Option<bool>("--full") { Description = "The delivery holds all there is: what the source said before and it no longer contains ends." };
        var most = new Option<long>("--most-broken") { Description = "Broken rows of a file beyond which the import of it stops.", HelpName = "N", DefaultValueFactory = _ => new ImportOptions(default).MostBroken };
        most.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long>() < 0) result.AddError("--most-broken is a number of rows, 0 or more.");
        });
        var explain = new Option<bool>("--explain") { Description = "Tell how the files would be read, with the first rows as facts; write nothing." };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("import", 
            "Import CSV and NDJSON by mapping, FollowTheMoney, BODS 0.4 and LDBC FinBench files. Importing again changes nothing; broken rows go to quarantine.",
            "import samples/market --data data",
            "import finbench/snapshot --data data",
            "import registry.csv --mapping registry.yaml --strict",
            "import registry.csv --mapping registry.yaml --explain",
            "import --all exported --data data2")
        { paths, all, mapping, recordedAt, strict, full, most, explain, data, json };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(all)) return;
            if (result.GetValue(paths) is not { Length: 1 }) result.AddError("--all takes one path, the folder that 'export --all' wrote.");
            foreach (var other in (Option[])[mapping, recordedAt, strict, full, most, explain])
                if (result.GetResult(other) is { Implicit: false }) result.AddError($"{other.Name} does not go with --all, which takes the export as it is.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(all)) return await ImportAllCommand.RunAsync(host, Path.GetFullPath(parsed.GetValue(paths)![0]), parsed.GetValue(data)!.FullName, parsed.GetValue(json), cancellation);
            if (parsed.GetValue(explain)) return await ExplainCommand.RunAsync(host, parsed.GetValue(paths)!, parsed.GetValue(mapping) ?? [], parsed.GetValue(json));
            var bench = new Workbench(host, parsed.Folder(data));
            await using var store = await bench.OpenStoreAsync(cancellation, mayMake: true);
            using var quarantine = bench.OpenQuarantine();
            var importer = bench.CreateImporter(quarantine, parsed.GetValue(mapping) ?? []);
            var options = new ImportOptions(parsed.GetValue(recordedAt) ?? host.Clock.GetUtcNow())
            {
                Today = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime),
                Full = parsed.GetValue(full),
                MostBroken = parsed.GetValue(most),
            };
            var report = await FiledAsync(host, bench.Folder, parsed.GetValue(paths)!, () => new Stages(host.Error, host.Clock).RunAsync("import", progress =>
                importer.ImportAsync(store, parsed.GetValue(paths)!, options, new RowCount(progress), cancellation)));
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(report));
            else Write(host, report);
            return report.Quarantined > 0 || (parsed.GetValue(strict) && report.Flagged > 0) ? ExitCode.Quarantined : ExitCode.Done;
        });
        return command;
    }

    /// <summary>Imports between two entries of the audit trail.</summary>
    public static Task<ImportReport> FiledAsync(Host host, DataFolder folder, IEnumerable<string> paths, Func<Task<ImportReport>> import) =>
        Filing.RunAsync(host, folder, new Deed(AuditAct.Import, "import", string.Join(", ", paths)), import, report =>
            FormattableString.Invariant($"{report.Rows} rows, {report.Asserted} new facts, {report.Quarantined} quarantined, {report.Flagged} flagged"));

    private static void Write(Host host, ImportReport report)
    {
        var terminal = new Terminal(host.Out);
        terminal.WriteTable(
            "Import", ["file", "mapping", "rows", "landed", "quarantined", "flagged", "new facts", "note"],
            report.Files.Select(file => (IReadOnlyList<string>)
            [
                file.Path, file.Mapping ?? "none", Number(file.Rows), Number(file.Landed), Number(file.Quarantined), Number(file.Flagged), Number(file.Asserted),
                string.Join("; ", Notes(file)),
            ]));
        var passed = report.Files.Count(file => file.Mapping is null && file.Quarantined == 0);
        terminal.WriteLine(
            $"{Number(report.Rows)} rows, {Number(report.Asserted)} new facts, {Number(report.Quarantined)} quarantined, {Number(report.Flagged)} flagged, "
            + (report.Mended > 0 ? $"{Number(report.Mended)} taken in from quarantine before, " : "")
            + (report.Arrived > 0 ? $"{Number(report.Arrived)} that had waited for them, " : "")
            + $"{report.Unchanged} files unchanged, {passed} files passed over.");
        if (report.Waiting > 0)
            terminal.WriteLine($"{Number(report.Waiting)} rows wait for what they name and land by themselves when it arrives: {string.Join("; ", report.WaitingFor)}{(report.Waiting > report.WaitingFor.Count ? "; ..." : "")}.");
        foreach (var end in report.OpenEnds)
            terminal.WriteLine($"{end.Relationship} counts, and names {Number(end.Nodes)} of {end.Type} that nothing describes yet: {string.Join(", ", end.Examples)}{(end.Nodes > end.Examples.Count ? ", ..." : "")}.");
        if (report.Waiting > 0 || report.OpenEnds.Count > 0) terminal.WriteLine("'graphrisk quarantine list --waiting' lists both.");
    }

    private static IEnumerable<string> Notes(FileReport file)
    {
        if (file.Reason is { } reason) yield return reason;
        if (file.Mapping is null) yield break;
        if (file is { Rows: 0, Reason: null }) yield return "holds no record";
        if (file.Unchanged) yield return "unchanged";
        if (file.Full) yield return "full delivery";
        if (file.TakenBack > 0) yield return $"{Number(file.TakenBack)} facts taken back";
        if (file.Mended > 0) yield return $"{Number(file.Mended)} taken in from quarantine before";
        foreach (var (why, count) in file.Ignored) yield return $"{Number(count)} passed over: {why}";
        if (file.Unread.Count > 0) yield return $"not read: {string.Join(", ", file.Unread)}";
    }

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>Reports the rows of an import as a count.</summary>
internal sealed class RowCount(IProgress<long> rows) : IProgress<ImportProgress>
{
    public void Report(ImportProgress value) => rows.Report(value.Rows);
}
