using System.CommandLine;
using GraphRisk.Cli.Composition;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Security;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk access</c>: prints who sees what.</summary>
internal static class AccessCommand
{
    public static Command Build(Host host)
    {
        var command = new Command("access", "Who sees what.");
        command.Add(BuildMatrix(host));
        return command;
    }

    private static ExampleCommand BuildMatrix(Host host)
    {
        var format = new Option<string>("--format") { Description = "markdown, a document by type and field; csv, one line a cell.", DefaultValueFactory = _ => "markdown" };
        format.AcceptOnlyFromAmong("markdown", "csv");
        var command = new ExampleCommand("matrix",
            "Print what each role sees of every type and field, by standing, purpose and authorisation, as the access table says.",
            "access matrix > graph-schema/ACCESS.md", "access matrix --format csv > matrix.csv")
        { format };
        command.SetAction(async (parsed, _) =>
        {
            var catalog = SchemaCatalog.LoadEmbedded();
            await SchemaCommand.WithSchemaAsync(host, catalog, async schema => await host.Out.WriteAsync(
                parsed.GetValue(format) == "csv" ? AccessMatrix.Csv(catalog, schema) : AccessMatrix.Markdown(catalog, schema)));
            return ExitCode.Done;
        });
        return command;
    }
}
