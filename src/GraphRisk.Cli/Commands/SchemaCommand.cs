using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Cli.Composition;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server;
using GraphRisk.Server.Descriptions;
using GraphRisk.Server.Search;
using GraphRisk.Stores;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk schema</c>: prints the GraphQL schema.</summary>
internal static class SchemaCommand
{
    private static readonly JsonSerializerOptions ToBeFilled = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Build(Host host)
    {
        var language = new Option<string>("--language") { Description = "Language of the descriptions: en (where not given) or zh.", DefaultValueFactory = _ => "en" };
        language.AcceptOnlyFromAmong("en", "zh");
        var lacking = new Option<bool>("--untranslated") { Description = "Print instead which descriptions are without a Chinese one, as JSON to be filled in." };
        var command = new ExampleCommand("schema", "Print the GraphQL schema in SDL.", "schema > schema.graphql", "schema --language zh", "schema --untranslated") { language, lacking };
        command.SetAction(async (parsed, _) =>
        {
            await WithSchemaAsync(host, SchemaCatalog.LoadEmbedded(), async schema =>
            {
                if (parsed.GetValue(language) == "zh") SchemaDescriptions.PutIntoChinese(schema);
                await host.Out.WriteAsync(parsed.GetValue(lacking) ? Untranslated(schema) : schema.Print());
            });
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>One member a text, as <c>Descriptions/zh.json</c> has them.</summary>
    private static string Untranslated(ISchema schema) =>
        JsonSerializer.Serialize(SchemaDescriptions.WithoutChinese(schema).ToDictionary(text => text, _ => ""), ToBeFilled) + Environment.NewLine;

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
