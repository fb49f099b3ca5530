using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Stores;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Cli.Backups;

/// <summary><c>graphrisk backup</c>: takes a backup of a data folder, and holds one to its checksums.</summary>
internal static class BackupCommand
{
    public static Command Build(Host host)
    {
        var to = new Option<DirectoryInfo>("--to") { Description = "Folder of backups, outside of the data folder; made where it is missing.", HelpName = "DIR", Required = true };
        var whole = new Option<bool>("--full") { Description = "Begin a new chain with a backup of everything." };
        var keep = new Option<int?>("--keep") { Description = "Once this backup is there, delete all but the newest N chains. A backup in a chain rests on those before it, so whole chains go, never single backups.", HelpName = "N" };
        var (key, data, json) = (Key(), CommonOptions.Data(), CommonOptions.Json());
        var command = new ExampleCommand("backup",
            "Back up a data folder beside whatever works on it: the embedded store at one version, audit trail with heads, keys, models, decisions, filed scores, quarantine and configuration; what is made again is left out. "
            + "The first backup in DIR begins a chain and is whole, each later one adds what is new since: versions of the store, what files grew by, files that changed. A restored store begins a chain of its own. "
            + "It counts once it is whole; what a run that was killed left goes with the next.",
            "backup --data data --to /backup/graphrisk",
            "backup --data data --to /backup/graphrisk --full --keep 4 --key backup.key",
            "backup verify --from /backup/graphrisk --key backup.key")
        { to, whole, keep, key, data, json, BuildVerify(host) };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(keep) is < 1) throw new UserErrorException($"--keep is {parsed.GetValue(keep)}: at least one chain stays.");
            var (folder, target) = (FolderOf(parsed, data, host), parsed.GetValue(to)!.FullName);
            RequireApart(folder, target);
            var secret = BackupKey.Load(parsed.GetValue(key));
            await using var store = GraphStores.OpenSqlite(folder.Store, SchemaCatalog.LoadEmbedded(), StoreGuard.Require(folder));
            var outcome = await BackUpAsync(host, folder, store, target, secret, parsed.GetValue(whole), parsed.GetValue(keep), cancellation);
            await host.Out.WriteLineAsync(parsed.GetValue(json) ? Json.Of(Summary(outcome)) : Describe(outcome));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The key of a backup.</summary>
    public static Option<FileInfo?> Key() => new("--key") { Description = "File with the key the backup is encrypted with, 32 bytes or 64 hexadecimal digits (openssl rand -out FILE 32); none where it is not encrypted. Keep a copy elsewhere: without it nothing comes back.", HelpName = "FILE" };

    /// <summary>The data folder, whose store is embedded.</summary>
    /// <exception cref="UserErrorException">The store is on Neo4j.</exception>
    public static DataFolder FolderOf(ParseResult parsed, Option<DirectoryInfo> data, Host host)
    {
        var configured = host.In(parsed.GetValue(data)!.FullName);
        RequireEmbedded(configured);
        return parsed.FilledFolder(data, configured).SharedAsIn(configured);
    }

    /// <summary>Refuses a store on Neo4j, which has its own commands for this.</summary>
    /// <exception cref="UserErrorException">GRAPHRISK_NEO4J_URL names one.</exception>
    public static void RequireEmbedded(Host host)
    {
        if (Neo4jOptions.FromEnvironment(host.Variable) is { } server)
            throw new UserErrorException(
                $"The store is on Neo4j ({server.Url}), which backs itself up: 'neo4j-admin database dump {server.Database} --to-path=DIR' while it is stopped, 'neo4j-admin database backup' of its Enterprise edition while it runs, "
                + "or 'graphrisk store copy --from neo4j: --to sqlite:FILE --purpose operation' beside it. Of the data folder keep copies of audit.ndjson, keys/, stores/ and quarantine/.");
    }

    /// <summary>Takes and files a backup.</summary>
    public static Task<BackupOutcome> BackUpAsync(
        Host host, DataFolder folder, SqliteGraphStore store, string to, BackupKey? key, bool isWhole, int? keep, CancellationToken cancellation) =>
        Filing.RunAsync(
            host, folder, new Deed(AuditAct.Export, "backup", to) { Purpose = PurposeCatalog.Default.Find(PurposeCatalog.Operation) },
            () => new Stages(host.Error, host.Clock).RunAsync("backup", progress => new BackupRun(host, folder, store, key).RunAsync(to, isWhole, keep, progress, cancellation)),
            outcome => string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(outcome.Chain)}, backup {outcome.Manifest.Number}: version {outcome.Manifest.Store.Version}, manifest {outcome.Manifest.Hash}"));

    /// <summary>Makes sure that data folder and backups lie apart: a disk or an 'rm' that takes the one must not take the other.</summary>
    /// <exception cref="UserErrorException">One lies in the other.</exception>
    public static void RequireApart(DataFolder folder, string backups)
    {
        var (one, other) = (RealPath(folder.Path), RealPath(backups));
        if (IsWithin(one, other) || IsWithin(other, one)) throw new UserErrorException($"'{backups}' and the data folder '{folder.Path}' lie in one another: take a folder apart, best on another disk.");
    }

    /// <summary>Where a path leads, through links of any folder on the way; of what is not there yet as far as it is.</summary>
    private static string RealPath(string path)
    {
        var full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not { } above) return full;
        var here = Path.Combine(RealPath(above), Path.GetFileName(full));
        return new DirectoryInfo(here) is { LinkTarget: not null } link ? RealPath(link.ResolveLinkTarget(returnFinalTarget: true)!.FullName) : here;
    }

    private static bool IsWithin(string folder, string other) =>
        Path.GetRelativePath(folder, other) is var path && path != ".." && !path.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !Path.IsPathRooted(path);

    private static ExampleCommand BuildVerify(Host host)
    {
        var (from, key, json) = (From(), Key(), CommonOptions.Json());
        var command = new ExampleCommand("verify",
            "Hold every file of a folder of backups to its checksum and every chain to its order, put the store of the newest backup together in the system's temporary folder (TMPDIR names another) and look for faults of it. Exit code 1, and the file named, where anything is not as it was written.",
            "backup verify --from /backup/graphrisk", "backup verify --from /backup/graphrisk/chain-0002 --key backup.key --json")
        { from, key, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var secret = BackupKey.Load(parsed.GetValue(key));
            var chains = BackupPlace.ChainsOf(parsed.GetValue(from)!.FullName, secret);
            var (backups, pieces, bytes) = (0, 0, 0L);
            BackupManifest? newest = null;
            foreach (var chain in chains)
            {
                var manifests = chain.Read();
                foreach (var piece in manifests.SelectMany(manifest => manifest.Pieces).Distinct())
                {
                    cancellation.ThrowIfCancellationRequested();
                    chain.Check(piece);
                    (pieces, bytes) = (pieces + 1, bytes + piece.Bytes);
                }

                (backups, newest) = (backups + manifests.Length, manifests[^1]);
            }

            await RequireSoundAsync(host, chains[^1], cancellation);
            await host.Out.WriteLineAsync(parsed.GetValue(json)
                ? Json.Of(new { chains = chains.Length, backups, pieces, bytes, newest = Summary(chains[^1].Folder, newest!) })
                : string.Create(CultureInfo.InvariantCulture, $"Whole: {Counted.Of(chains.Length, "chain")}, {Counted.Of(backups, "backup")}, {Counted.Of(pieces, "piece")}, {bytes:N0} bytes. The newest, {Path.GetFileName(chains[^1].Folder)}/{newest!.Number} of {newest.At:O}, holds version {newest.Store.Version}, content hash {newest.Store.ContentHash}; its store is sound."));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Where backups are.</summary>
    public static Option<DirectoryInfo> From() => new("--from") { Description = "Folder of backups, whose newest chain counts, or one chain of it.", HelpName = "DIR", Required = true };

    /// <summary>Puts the newest backup together and looks for faults.</summary>
    private static async Task RequireSoundAsync(Host host, BackupChain chain, CancellationToken cancellation)
    {
        var temporary = Directory.CreateTempSubdirectory("graphrisk-verify-");
        try
        {
            var folder = new DataFolder(temporary.FullName);
            await new Stages(host.Error, host.Clock).RunAsync("put together", progress => new RestoreRun(host, chain).RunAsync(folder, null, progress, cancellation));
            await using var store = GraphStores.OpenSqlite(folder.Store, SchemaCatalog.LoadEmbedded(), StoreGuard.Require(folder));
            if (await store.CheckAsync(cancellation) is { Count: > 0 } faults) throw new InvalidDataException($"The store of the newest backup in '{chain.Folder}' is not sound: {string.Join("; ", faults)}");
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private static object Summary(BackupOutcome outcome) => new
    {
        backup = Summary(outcome.Chain, outcome.Manifest),
        fromVersion = outcome.From,
        storedFiles = outcome.Stored,
        bytes = outcome.Bytes,
        droppedChains = outcome.Dropped,
    };

    /// <summary>What is told of a backup in JSON.</summary>
    public static object Summary(string chain, BackupManifest manifest) => new
    {
        chain, number = manifest.Number, at = manifest.At, version = manifest.Store.Version, recordedAt = manifest.Store.RecordedAt, contentHash = manifest.Store.ContentHash,
        identity = manifest.Store.Identity, history = manifest.Store.History, files = manifest.Files.Length, manifest = manifest.Hash,
    };

    private static string Describe(BackupOutcome outcome)
    {
        var (manifest, text) = (outcome.Manifest, new System.Text.StringBuilder());
        text.Append(CultureInfo.InvariantCulture, $"{outcome.Chain}, backup {manifest.Number}: version {manifest.Store.Version}");
        if (outcome.From is { } from) text.Append(from == manifest.Store.Version ? ", none since the backup before" : string.Create(CultureInfo.InvariantCulture, $", {manifest.Store.Version - from} since the backup before"));
        text.Append(CultureInfo.InvariantCulture, $", {outcome.Stored} of {manifest.Files.Length} files new, grown or changed, {outcome.Bytes:N0} bytes stored.");
        if (outcome.Parted) text.Append(" The backup before is of another history of the store, of another layout or key, so this begins a chain; no chain was deleted.");
        if (outcome.Dropped > 0) text.Append(CultureInfo.InvariantCulture, $" {Counted.Of(outcome.Dropped, "old chain")} deleted.");
        return text.ToString();
    }
}
