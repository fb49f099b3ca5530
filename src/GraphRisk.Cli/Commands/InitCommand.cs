using System.CommandLine;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk init</c>: makes an empty store.</summary>
internal static class InitCommand
{
    public static ExampleCommand Build(Host host)
    {
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var command = new ExampleCommand("init",
            "Make an empty store in a data folder that has none, such as for a server that takes in everything over GraphQL. 'import' and 'demo' make theirs by themselves; no question makes one.",
            "init --data data")
        { data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = new DataFolder(parsed.GetValue(data)!.FullName);
            if (new FileInfo(folder.Store) is { Exists: true, Length: > 0 }) throw new UserErrorException($"There is a store in '{folder.Path}' already.");
            StoreGuard.Require(folder, mayMake: true);
            var bench = new Workbench(host, parsed.Folder(data));
            await Filing.NoteAsync(host, bench.Folder, new Deed(AuditAct.Command, "init", bench.Folder.Store));
            await using var store = await bench.OpenStoreAsync(cancellation, mayMake: true);
            var mark = await store.GetMarkAsync(0, cancellation) ?? default;
            await host.Out.WriteLineAsync(parsed.GetValue(json) ? Json.Of(new { store = bench.Folder.Store, identity = mark.StoreText }) : $"An empty store is in {bench.Folder.Store}; its identity is {mark.StoreText}.");
            return ExitCode.Done;
        });
        return command;
    }
}
