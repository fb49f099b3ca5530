using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Matching.Charts;
using GraphRisk.Matching.Evaluation;
using GraphRisk.Matching.Linkage;
using GraphRisk.Matching.Records;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk er</c>: finds the records of any table that are about one party, and measures it.</summary>
internal static class LinkageCommand
{
    private const string Sample = "samples/records/people.csv";

    public static Command Build(Host host) => new("er", "Match the records of any table, measure it against a truth, and explain it.") { Evaluate(host), LinkageExplainCommand.Build(host) };

    private static ExampleCommand Evaluate(Host host)
    {
        var input = new LinkageInput();
        var truth = new Option<string>("--truth") { Description = "Column that says which entity a record is about.", HelpName = "COLUMN", Required = true };
        var pattern = new Option<string?>("--truth-pattern") { Description = "What of the truth's values names the entity: the first group of this regular expression.", HelpName = "REGEX" };
        var file = new Option<FileInfo?>("--truth-file") { Description = "File that has the truth, joined by the columns it has in common with the inputs.", HelpName = "FILE" };
        var charts = new Option<DirectoryInfo?>("--charts") { Description = "Folder for charts of weights, probabilities and cluster sizes, as SVG.", HelpName = "DIR" };
        var output = new Option<FileInfo?>("--output") { Description = "File for the answer, CSV: source, record, cluster.", HelpName = "FILE" };
        var errors = new Option<FileInfo?>("--errors")
        {
            Description = "File for each pair joined wrongly and each pair missed, CSV: probability, whether blocking brought it, and what moved its score most.",
            HelpName = "FILE",
        };
        var json = CommonOptions.Json();
        var command = new ExampleCommand("evaluate",
            "Match the records of any labelled table and measure the clusters: pairwise and by record (B-cubed), and what blocking lost. No threshold is set by the truth.",
            $"er evaluate --input {Sample} --truth person",
            $"er evaluate --input {Sample} --truth person --without phone --charts er-charts",
            $"er evaluate --input {Sample} --truth person --output er-charts/clusters.csv --errors er-charts/errors.csv",
            $"er evaluate --input {Sample} --truth person --truth-pattern P(\\d+)",
            "er evaluate --input samples/records/clients.jsonl samples/records/lists.jsonl --truth CLUSTER_ID --truth-file samples/records/key.csv --json")
        { truth, pattern, file, charts, output, errors, json };
        foreach (var option in input.Options) command.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new TruthOptions(parsed.GetValue(truth)!)
            {
                Pattern = LinkageInput.Pattern(parsed.GetValue(pattern)),
                File = parsed.GetValue(file)?.FullName,
            };
            var report = await RunAsync(host, input, parsed, options, cancellation);
            if (parsed.GetValue(charts) is { } folder) LinkageCharts.Write(folder.FullName, report.Result);
            if (parsed.GetValue(output) is { } clusters) await LinkageFiles.WriteClustersAsync(clusters.FullName, report.Reading.Table, report.Result, cancellation);
            if (parsed.GetValue(errors) is { } wrong) await LinkageFiles.WriteErrorsAsync(wrong.FullName, report.Reading.Table, report.Reading.Truth!, report.Result, cancellation);
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(LinkageReport.Document(report)));
            else LinkageReport.Write(new Terminal(host.Out), report);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<LinkageReport.Measured> RunAsync(Host host, LinkageInput input, ParseResult parsed, TruthOptions truth, CancellationToken cancellation)
    {
        var stages = new Stages(host.Error, host.Clock);
        var started = host.Clock.GetTimestamp();
        var reading = await stages.RunAsync("read", _ => Task.Run(() => input.Read(parsed, truth, cancellation), cancellation));
        var readIn = host.Clock.GetElapsedTime(started);
        var result = await stages.RunAsync("match", _ => Task.Run(() => new LinkageRun(reading.Table, input.LinkageOptions(parsed, reading.Table)).Run(cancellation), cancellation));
        var elapsed = host.Clock.GetElapsedTime(started);
        var peak = ProcessMemory.Peak();
        var quality = ClusterQuality.Measure(reading.Truth, result.ClusterOf.AsSpan());
        var blocking = BlockingRecall.Measure(reading.Truth!, result.IsCandidate, cancellation);
        return new LinkageReport.Measured(reading, result, quality, blocking, PairCalibration.Measure(reading.Truth!, result), readIn, elapsed, peak);
    }
}
