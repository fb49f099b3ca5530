using System.CommandLine;
using GraphRisk.Cli.Composition;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk schema</c>: prints the GraphQL schema.</summary>
internal static class SchemaCommand
{
    public static Command Build(Host host)
    {
        var command = new Command("schema", CommonOptions.Describe("Print the GraphQL schema in SDL.", "schema > schema.graphql"));
        command.SetAction(async (_, _) =>
        {
            await host.Out.WriteAsync(GraphRisk.Server.SchemaText.Print());
            return ExitCode.Done;
        });
        return command;
    }
}
