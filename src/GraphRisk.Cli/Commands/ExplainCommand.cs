using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Import.Explaining;
using GraphRisk.Intake.Import.Mapping;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk import --explain</c>: tells how files would be read and writes nothing.</summary>
internal static class ExplainCommand
{
    private const int RecordsShown = 3;

    public static async Task<int> RunAsync(Host host, string[] paths, string[] mappingFiles, bool json)
    {
        var catalog = SchemaCatalog.LoadEmbedded();
        var options = new ImportOptions(host.Clock.GetUtcNow()) { Today = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime) };
        var files = new ImportExplainer(catalog, MappingSet.Load(catalog, mappingFiles)).Explain(paths, options, RecordsShown).ToList();
        if (json) await host.Out.WriteLineAsync(Json.Of(files));
        else foreach (var file in files) Write(host, file);
        return files.Exists(file => file.Mapping is null || file.Fault is not null) ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Write(Host host, FileExplanation file)
    {
        var terminal = new Terminal(host.Out);
        terminal.WriteLine(file.Path);
        terminal.WriteLine($"  read by {file.Mapping ?? "nothing"}: {file.Why}");
        if (file.Encoding is not null) terminal.WriteLine($"  {file.Encoding}, source {file.Source}");
        if (file.Fault is not null) terminal.WriteLine($"  cannot be read: {file.Fault}");
        if (file.Columns.Count > 0)
            terminal.WriteTable("Columns", ["column", "becomes"], file.Columns.Select(column => (IReadOnlyList<string>)
                [column.Header, column.Becomes.Count == 0 ? "ignored" : string.Join(", ", column.Becomes)]));
        foreach (var record in file.Records)
        {
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  line {record.Line}{(record.Fault is null ? "" : $": {record.Fault}")}"));
            foreach (var fact in record.Facts) terminal.WriteLine($"    {fact}");
            foreach (var finding in record.Findings) terminal.WriteLine($"    left out or doubtful: {finding}");
        }
    }
}
