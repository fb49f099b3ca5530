using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Backups;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Stores.Neo4j;

namespace GraphRisk.Cli.Exit;

/// <summary><c>graphrisk export</c>: writes everything of an installation in open formats.</summary>
internal static class ExportCommand
{
    public static Command Build(Host host)
    {
        var all = new Option<bool>("--all") { Description = "Everything of the data folder; required, so that nobody exports all by mistake." };
        var to = new Option<DirectoryInfo>("--to") { Description = "Folder for the export, outside of the data folder; empty or missing.", HelpName = "DIR", Required = true };
        var keys = new Option<bool>("--keys") { Description = "Keys and configuration, too, which are secrets: with them ids stay the same and the audit trail goes on; keep such an export as you keep the keys." };
        var purpose = CommonOptions.Purpose("What the export is for.", isRequired: true);
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var command = new ExampleCommand("export",
            "Write everything of a data folder in open formats: the store's whole history (NDJSON: every set with when it was recorded and by whom, every fact with validity and provenance), audit trail, decisions, models, filed scores and all else that is not made again, "
            + "the schema, a description of each column, and a manifest with the SHA-256 of each file. Beside whatever works on the folder; also of a store on Neo4j. 'import --all' makes an installation of it with the same content hash.",
            "export --all --to exported --purpose operation --data data",
            "export --all --to exported --keys --purpose operation --data data --json")
        { all, to, keys, purpose, data, json };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(all)) result.AddError("Say --all: nothing less than everything is exported. Answers to questions are written by 'query --format', scores by 'score --out'.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var configured = host.In(parsed.GetValue(data)!.FullName);
            var target = parsed.GetValue(to)!.FullName;
            var bench = new Workbench(host, parsed.FilledFolder(data, configured));
            BackupCommand.RequireApart(bench.Folder, target);
            if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())) throw new UserErrorException($"'{target}' is not empty: export into an empty folder.");
            ExportLevel.Require(bench.Catalog);
            await using var store = await bench.OpenForALookAsync(cancellation);
            var folder = store is Neo4jGraphStore server ? bench.Folder with { StoreIdentity = server.Identity } : bench.Folder;
            var (manifest, hash) = await Filing.RunAsync(
                host, folder, new Deed(AuditAct.Export, "export --all", target) { Purpose = parsed.Purpose(purpose) },
                () => new Stages(host.Error, host.Clock).RunAsync("export", progress => new ExportRun(host, folder, store, parsed.GetValue(keys)).RunAsync(target, progress, cancellation)),
                outcome => string.Create(CultureInfo.InvariantCulture, $"version {outcome.Manifest.Store.Version}, content hash {outcome.Manifest.Store.ContentHash}, manifest {outcome.Hash}"));
            await host.Out.WriteLineAsync(parsed.GetValue(json)
                ? Json.Of(new { export = target, manifest = hash, store = manifest.Store, files = manifest.Files.Length, bytes = manifest.Files.Sum(file => file.Bytes), leftOut = manifest.LeftOut })
                : Describe(target, manifest, hash));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Describe(string target, ExportManifest manifest, string hash)
    {
        var (store, text) = (manifest.Store, new System.Text.StringBuilder());
        text.Append(CultureInfo.InvariantCulture, $"{target} holds version {store.Version}, content hash {store.ContentHash}: {store.Recordings:N0} recordings in {store.Sets:N0} sets; {manifest.Files.Length} files, {manifest.Files.Sum(file => file.Bytes):N0} bytes, manifest {hash}.");
        foreach (var left in manifest.LeftOut) text.Append(CultureInfo.InvariantCulture, $"\nLeft out: {left.What}. {left.Why}");
        return text.ToString();
    }
}
