using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Matching.Charts;
using GraphRisk.Matching.Linkage;
using GraphRisk.Matching.Records;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk er explain</c>: why two records are one, or why not, bit by bit.</summary>
internal static class LinkageExplainCommand
{
    public static Command Build(Host host)
    {
        var input = new LinkageInput();
        var truth = new Option<string?>("--truth") { Description = "Column that holds the truth and must not be compared.", HelpName = "COLUMN" };
        var records = new Option<string[]>("--records")
        {
            Description = "Two records by their keys, or SOURCE:KEY where several sources have one.",
            HelpName = "KEY KEY", Required = true, AllowMultipleArgumentsPerToken = true, Arity = new ArgumentArity(2, 2),
        };
        var chart = new Option<FileInfo?>("--chart") { Description = "File for a chart of the bits, as SVG.", HelpName = "FILE" };
        var json = CommonOptions.Json();
        var command = new ExampleCommand("explain",
            "Match records and tell of two of them why they are one, or why not: what was known before, what each comparison adds, and what became of them.",
            "er explain --input samples/records/people.csv --truth person --records 3 4",
            "er explain --input samples/records/people.csv --truth person --records 3 9 --json")
        { truth, records, chart, json };
        foreach (var option in input.Options) command.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            var reading = input.Read(parsed, parsed.GetValue(truth) is { } column ? new TruthOptions(column) : null, cancellation);
            var pair = parsed.GetValue(records)!;
            var (left, right) = (LinkageInput.Find(reading.Table, pair[0]), LinkageInput.Find(reading.Table, pair[1]));
            if (left == right) throw new UserErrorException("Both keys name one and the same record.");
            var result = await new Stages(host.Error, host.Clock).RunAsync(
                "match", _ => Task.Run(() => new LinkageRun(reading.Table, input.LinkageOptions(parsed, reading.Table)).Run(cancellation), cancellation));
            if (parsed.GetValue(chart) is { } file) await File.WriteAllTextAsync(file.FullName, LinkageCharts.OfPair(result.Explain(left, right)), cancellation);
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(Document(result, left, right)));
            else Write(new Terminal(host.Out), result, left, right);
            return ExitCode.Done;
        });
        return command;
    }

    private static object Document(LinkageResult result, int left, int right)
    {
        var waterfall = result.Explain(left, right);
        return new
        {
            waterfall.Steps,
            waterfall.Bits,
            waterfall.Probability,
            compared = result.IsCandidate(left, right),
            result.MergeProbability,
            together = result.ClusterOf[left] == result.ClusterOf[right],
            verdict = Verdict(result, left, right),
        };
    }

    private static void Write(Terminal terminal, LinkageResult result, int left, int right)
    {
        var waterfall = result.Explain(left, right);
        var sum = 0.0;
        terminal.WriteTable("Bit by bit", ["comparison", "first record", "second record", "level", "bits", "of it rarity", "so far"], waterfall.Steps.Select(step => (IReadOnlyList<string>)
        [
            step.Name, step.Left, step.Right, step.Level, LinkageReport.Bits(step.Bits), step.Rarity == 0 ? "" : LinkageReport.Bits(step.Rarity), LinkageReport.Bits(sum += step.Bits),
        ]));
        terminal.WriteLine(Verdict(result, left, right));
    }

    /// <summary>What became of two records, in one sentence.</summary>
    private static string Verdict(LinkageResult result, int left, int right)
    {
        var probability = result.Explain(left, right).Probability;
        var isTogether = result.ClusterOf[left] == result.ClusterOf[right];
        var said = string.Create(CultureInfo.InvariantCulture, $"A probability of {probability:0.0000}, joined from {result.MergeProbability:0.0000} on:");
        return (isTogether, probability >= result.MergeProbability, result.IsCandidate(left, right)) switch
        {
            (true, true, true) => $"{said} they are one.",
            (true, _, _) => $"{said} they are one, since other records join them.",
            (false, true, false) => $"{said} they stay apart, since no blocking rule brought them together.",
            (false, true, true) => $"{said} they stay apart, since what is known of the records around them speaks against it.",
            (false, false, _) => $"{said} they stay apart.",
        };
    }
}
