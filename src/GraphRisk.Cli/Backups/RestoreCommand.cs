using System.CommandLine;
using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Exit;
using GraphRisk.Cli.Output;

namespace GraphRisk.Cli.Backups;

/// <summary><c>graphrisk restore</c>: puts a backup back into an empty folder.</summary>
internal static class RestoreCommand
{
    public static Command Build(Host host)
    {
        var from = BackupCommand.From();
        var at = new Option<string?>("--at")
        {
            Description = "Version of the store, or an instant (UTC where it says no distance): the newest version recorded by then. The newest where absent. The files beside the store are those of the first backup that holds the version.",
            HelpName = "VERSION|INSTANT",
        };
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder to restore into; empty, but for what can be made again, or missing.", HelpName = "DIR", Required = true };
        var erased = new Option<DirectoryInfo?>("--erased") { Description = "Folder of certificates of erasures, for those that the folder of backups could not be told of.", HelpName = "DIR" };
        var (key, json) = (BackupCommand.Key(), CommonOptions.Json());
        var command = new ExampleCommand("restore",
            "Put a backup back into an empty folder, all or nothing: broken off, the same command begins anew or brings it to its end. The store has the same content at every version, under a new history, so that snapshots and search index of before never answer for it. "
            + "What several servers share (GRAPHRISK_KEYS, GRAPHRISK_MODELS, GRAPHRISK_AUDIT_HEADS) comes back as keys/ and models/ of the folder itself. "
            + "A client who was erased after the backup was taken is erased of what is put back, too, before anybody opens it.",
            "restore --from /backup/graphrisk --data restored",
            "restore --from /backup/graphrisk --data restored --at 84 --key backup.key",
            "restore --from /backup/graphrisk --data restored --at 2025-09-30T18:00+08:00")
        { from, at, data, erased, key, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            BackupCommand.RequireEmbedded(host);
            var folder = new DataFolder(parsed.GetValue(data)!.FullName);
            var source = parsed.GetValue(from)!.FullName;
            BackupCommand.RequireApart(folder, source);
            if (RestoreRun.Finish(folder))
            {
                await host.Out.WriteLineAsync($"A restore into {folder.Path} that was broken off has been brought to its end; for another version take another folder.");
                return ExitCode.Done;
            }

            var chain = BackupPlace.ChainsOf(source, BackupKey.Load(parsed.GetValue(key)))[^1];
            if (parsed.GetValue(erased) is { Exists: false } missing) throw new UserErrorException($"There is no folder '{missing.FullName}'.");
            ImmutableArray<ErasedClient> erasures =
            [
                .. ErasureLog.In(Path.GetDirectoryName(chain.Folder)!), .. parsed.GetValue(erased) is { } certificates ? ErasureLog.OfCertificates(certificates.FullName) : [],
            ];
            var outcome = await new Stages(host.Error, host.Clock).RunAsync(
                "restore", progress => new RestoreRun(host, chain).RunAsync(folder, parsed.GetValue(at), progress, cancellation, erasures));
            await host.Out.WriteLineAsync(parsed.GetValue(json)
                ? Json.Of(new
                {
                    version = outcome.Version, recordedAt = outcome.RecordedAt, contentHash = outcome.ContentHash, identity = outcome.Mark.StoreText, history = outcome.Mark.HistoryText,
                    chain = chain.Folder, backup = outcome.Backup, takenAt = outcome.TakenAt, files = outcome.Files, erasedAgain = outcome.ErasedAgain,
                })
                : string.Create(CultureInfo.InvariantCulture, $"{folder.Path} holds version {outcome.Version} of {outcome.RecordedAt:O}, content hash {outcome.ContentHash}, store {outcome.Mark.StoreText}, history {outcome.Mark.HistoryText}; {outcome.Files} files as of {outcome.TakenAt:O}.{(outcome.ErasedAgain == 0 ? "" : $" {outcome.ErasedAgain} clients who were erased since are erased of it, too.")} What is derived is made when it is asked for."));
            return ExitCode.Done;
        });
        return command;
    }
}
