using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Cli.Ownership;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership.Charts;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk ownership chart</c>: the holdings around one party of a data folder as a file for other programs.</summary>
internal static class OwnershipChartCommand
{
    public static ExampleCommand Build(Host host)
    {
        var party = new Argument<string>("party") { Description = "Id of the company or person.", HelpName = "NODE" };
        var format = new Option<ChartFormat>("--format") { Description = "How it is written.", DefaultValueFactory = _ => ChartFormat.GraphMl };
        var direction = new Option<ChartDirection>("--direction") { Description = "To who holds it, to what it holds (with who else holds parts of that), or both.", DefaultValueFactory = _ => ChartDirection.Up };
        var levels = new Option<int>("--levels") { Description = "Most steps from it; as far as holdings go where absent.", HelpName = "N", DefaultValueFactory = _ => int.MaxValue };
        var output = new Option<FileInfo>("--output") { Description = "The file; only its owner may read it.", HelpName = "FILE", Required = true };
        var purpose = CommonOptions.Purpose("What the holdings are written for.", isRequired: true);
        var (asOf, knownAt, data, json) = (CommonOptions.AsOf(), CommonOptions.KnownAt(), CommonOptions.Data(), CommonOptions.Json());
        var command = new ExampleCommand("chart", string.Join(Environment.NewLine, [
                "The holdings around a party as they are stated, with the ties that say for whom nominees and trusts among them hold, and agreements in force:",
                "GraphML, DOT of Graphviz, CSV (a row a holding), or BODS 0.4 statements, which 'import' reads back to the same answers.",
                "What BODS has no words for, agreements among it, is told here and stands in the file as annotations of the party's statement.",
            ]),
            "ownership chart Company/registry:C000001 --format bods --output chart.json --purpose supervision",
            "ownership chart Company/registry:C000001 --format dot --direction both --levels 2 --output chart.dot --purpose supervision",
            "ownership chart Person/registry:P000001 --format csv --direction down --output chart.csv --purpose supervision --json")
        { party, format, direction, levels, output, purpose, asOf, knownAt, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (file, how) = (parsed.GetValue(output)!, ChartFile.Of(parsed.GetValue(format)));
            if (parsed.GetValue(levels) < 1) throw new UserErrorException("--levels is 1 or more.");
            var deed = new Deed(AuditAct.Export, "ownership chart", file.FullName) { Purpose = parsed.Purpose(purpose) };
            await using var folder = await OwnershipFolder.OpenAsync(host, parsed, data, parsed.GetValue(asOf), parsed.GetValue(knownAt), cancellation);
            OwnersFile.Require(file, folder.Bench.Folder);
            var chart = OwnershipChart.Draw(
                folder.Snapshot, folder.Find(parsed.GetValue(party)!, company: false), new ChartQuestion(parsed.GetValue(direction), parsed.GetValue(levels)), WorkMeter.EndedBy(cancellation));
            var unsaid = how.Unsaid(folder.Snapshot, chart);
            await Filing.RunAsync(host, folder.Bench.Folder, deed, () =>
            {
                using var stream = OwnersFile.Create(file.FullName);
                how.Write(folder.Snapshot, chart, stream);
                return Task.FromResult(chart.Holdings.Length);
            }, holdings => FormattableString.Invariant($"{holdings} holdings"));
            if (parsed.GetValue(json))
                await host.Out.WriteLineAsync(Json.Of(new
                {
                    party = parsed.GetValue(party), format = parsed.GetValue(format), direction = parsed.GetValue(direction), asOf = folder.Snapshot.Stamp.AsOfDay, knownAt = folder.Snapshot.Stamp.KnownAt,
                    parties = chart.Parties.Length, holdings = chart.Holdings.Length, ties = chart.Ties.Length, agreements = chart.Agreements.Length, chart.IsComplete, unsaid, file = file.FullName,
                }));
            else Write(new Terminal(host.Out), chart, unsaid, file);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(Terminal terminal, OwnershipChart chart, IReadOnlyList<string> unsaid, FileInfo file)
    {
        string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
        terminal.WriteFigures("Chart of ownership",
        [
            ("parties", Count(chart.Parties.Length)), ("holdings", Count(chart.Holdings.Length)), ("ties of nominees and trusts", Count(chart.Ties.Length)),
            ("agreements in force", Count(chart.Agreements.Length)), ("complete", chart.IsComplete ? "yes" : "no, levels or parties ended it"), ("written to", file.FullName),
        ]);
        foreach (var sentence in unsaid) terminal.WriteLine(sentence);
    }
}
