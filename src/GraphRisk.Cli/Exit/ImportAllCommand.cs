using System.Globalization;
using GraphRisk.Cli.Backups;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Stores.Neo4j;

namespace GraphRisk.Cli.Exit;

/// <summary><c>graphrisk import --all</c>: makes an installation of what <c>export --all</c> wrote.</summary>
internal static class ImportAllCommand
{
    /// <summary>Runs it.</summary>
    /// <param name="host">Where it runs.</param>
    /// <param name="from">The export.</param>
    /// <param name="data">The data folder, empty or missing.</param>
    /// <param name="asJson">Whether the answer is JSON.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<int> RunAsync(Host host, string from, string data, bool asJson, CancellationToken cancellation)
    {
        if (Neo4jOptions.FromEnvironment(host.Variable) is { } server)
            throw new UserErrorException($"The store is on Neo4j ({server.Url}), and 'import --all' makes an embedded one: leave GRAPHRISK_NEO4J_URL out, and then 'graphrisk store copy --from sqlite:{Path.Combine(data, "store.db")} --to neo4j: --purpose operation'.");
        var folder = new DataFolder(data);
        BackupCommand.RequireApart(folder, from);
        if (RestoreRun.Finish(folder))
        {
            await host.Out.WriteLineAsync($"An import of all into {folder.Path} that was broken off has been brought to its end.");
            return ExitCode.Done;
        }

        var outcome = await new Stages(host.Error, host.Clock).RunAsync("import", progress => new ImportAllRun(host).RunAsync(from, folder, progress, cancellation));
        await host.Out.WriteLineAsync(asJson
            ? Json.Of(new { version = outcome.Version, contentHash = outcome.ContentHash, identity = outcome.Mark.StoreText, history = outcome.Mark.HistoryText, files = outcome.Files, oldTrail = outcome.OldTrail })
            : string.Create(CultureInfo.InvariantCulture, $"{folder.Path} holds version {outcome.Version}, content hash {outcome.ContentHash}, store {outcome.Mark.StoreText}; {outcome.Files} files beside it.")
                + (outcome.OldTrail is { } trail ? $" The export has no keys, so a new audit trail begins; the one before is in {trail}." : "") + " What is derived is made when it is asked for.");
        return ExitCode.Done;
    }
}
