using System.CommandLine;
using GraphQL;
using GraphQL.Types;
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
            await WithSchemaAsync(host, SchemaCatalog.LoadEmbedded(), async schema => await host.Out.WriteAsync(schema.Print()));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Does something with the schema. It does not depend on what is stored; an empty store stands in.</summary>
    public static async Task WithSchemaAsync(Host host, SchemaCatalog catalog, Func<ISchema, Task> use)
    {
        var folder = Directory.CreateTempSubdirectory("graphrisk-schema-");
        try
        {
            await using var store = GraphStores.OpenSqlite(Path.Combine(folder.FullName, "store.db"), catalog);
            using var search = SearchIndex.Open(catalog, Path.Combine(folder.FullName, "search"));
            var schema = GraphServer.SchemaOf(new ServerDependencies
            {
                Store = store,
                Snapshots = new SnapshotProvider(store),
                Search = search,
                Clock = host.Clock,
                IdKey = new byte[16],
            });
            schema.Initialize();
            await use(schema);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
