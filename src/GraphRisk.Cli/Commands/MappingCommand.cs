using System.CommandLine;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import.Explaining;
using GraphRisk.Intake.Import.Mapping;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk mapping</c>: drafts a mapping for a file that none is for.</summary>
internal static class MappingCommand
{
    public static Command Build(Host host) => new("mapping", "How files of your own are read: draft a mapping.") { BuildNew(host) };

    private static ExampleCommand BuildNew(Host host)
    {
        var file = new Argument<FileInfo>("file") { Description = "Delimited file or workbook with a header." };
        var command = new ExampleCommand("new",
            "Draft a mapping for a file and print it. What its headers mean is learned from the mappings that are known; the draft says what it did not understand.",
            "mapping new clients.csv")
        { file };
        command.SetAction(async (parsed, _) =>
        {
            var catalog = SchemaCatalog.LoadEmbedded();
            await host.Out.WriteAsync(new MappingDraft(catalog, MappingSet.Load(catalog)).Of(parsed.GetValue(file)!.FullName));
            return ExitCode.Done;
        });
        return command;
    }
}
