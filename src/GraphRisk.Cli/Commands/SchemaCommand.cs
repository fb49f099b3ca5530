using System.CommandLine;
using GraphQL;
using GraphRisk.Cli.Composition;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server;
using GraphRisk.Server.Search;
using GraphRisk.Stores;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk schema</c>: prints the GraphQL schema.</summary>
internal static class SchemaCommand
{
    public static Command Build(Host host)
    {
        var command = new ExampleCommand("schema", "Print the GraphQL schema in SDL.", "schema > schema.graphql");
        command.SetAction(async (_, _) =>
        {
            var folder = Directory.CreateTempSubdirectory("graphrisk-schema-");
            try
            {
                await host.Out.WriteAsync(await PrintAsync(host, folder.FullName));
                return ExitCode.Done;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }

    /// <summary>The schema does not depend on what is stored; an empty store stands in.</summary>
    private static async Task<string> PrintAsync(Host host, string folder)
    {
        var catalog = SchemaCatalog.LoadEmbedded();
        await using var store = GraphStores.OpenSqlite(Path.Combine(folder, "store.db"), catalog);
        using var search = SearchIndex.Open(catalog, Path.Combine(folder, "search"));
        var schema = GraphServer.SchemaOf(new GraphPieces
        {
            Store = store,
            Snapshots = new SnapshotProvider(store),
            Search = search,
            Clock = host.Clock,
            IdKey = new byte[16],
        });
        schema.Initialize();
        return schema.Print();
    }
}
