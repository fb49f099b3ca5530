using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Stores;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk store accept</c>: an operator says that the store in a data folder, which is not the one that was there, is meant.</summary>
internal static class AcceptCommand
{
    public static ExampleCommand Build(Host host)
    {
        var reason = new Option<string>("--reason") { Description = "Why; filed.", Required = true };
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var command = new ExampleCommand("accept",
            "Take the store.db that lies in a data folder in the place of the one that was there, as after a backup was put back by hand. It begins a new history: "
            + "snapshots and search index of the old one are made again. What was recorded after the backup is gone and has to be delivered again.",
            "store accept --reason 'backup of 2025-09-30 after the disk failed' --data data")
        { reason, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = new DataFolder(parsed.GetValue(data)!.FullName).SharedAsIn(host);
            var seen = File.Exists(folder.StoreSeen) ? await File.ReadAllTextAsync(folder.StoreSeen, cancellation) : "nothing";
            var options = StoreGuard.Require(folder, takesOther: true);
            var taken = await Filing.RunAsync(
                host, folder, new Deed(AuditAct.Command, "store accept", $"in the place of {seen}") { Reason = parsed.GetValue(reason) },
                async () =>
                {
                    await using var store = GraphStores.OpenSqlite(folder.Store, SchemaCatalog.LoadEmbedded(), options);
                    var version = await store.GetVersionAsync(cancellation);
                    return (Version: version.Number, Mark: await store.GetMarkAsync(version.Number, cancellation) ?? default);
                },
                one => string.Create(CultureInfo.InvariantCulture, $"store {one.Mark.StoreText}, version {one.Version}, history {one.Mark.HistoryText}"));
            await host.Out.WriteLineAsync(parsed.GetValue(json)
                ? Json.Of(new { version = taken.Version, identity = taken.Mark.StoreText, history = taken.Mark.HistoryText })
                : string.Create(CultureInfo.InvariantCulture, $"Taken at version {taken.Version}, store {taken.Mark.StoreText}, history {taken.Mark.HistoryText}. What was derived is made again when it is asked for."));
            return ExitCode.Done;
        });
        return command;
    }
}
