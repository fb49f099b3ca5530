using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution;
using GraphRisk.Intake.Resolution.Evaluation;
using GraphRisk.Matching.Evaluation;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk resolve</c>: finds the records that are one client.</summary>
internal static class ResolveCommand
{
    public static Command Build(Host host)
    {
        var truth = new Option<FileInfo?>("--truth") { Description = "truth/entities.csv of a generated market, to measure against.", HelpName = "FILE" };
        var recordedAt = new Option<DateTimeOffset?>("--recorded-at") { Description = "When the judgements become known; now where absent.", HelpName = "INSTANT" };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("resolve", 
            "Judge which party records are one and the same; every judgement is kept with its reasons and can be revoked.",
            "resolve --data data",
            "resolve --truth samples/market/truth/entities.csv")
        { truth, recordedAt, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var bench = new Workbench(host, parsed.Folder(data));
            await using var store = await bench.OpenStoreAsync(cancellation);
            var summary = await new Stages(host.Error, host.Clock).RunAsync("resolve", progress =>
                RunAsync(store, parsed.GetValue(recordedAt) ?? host.Clock.GetUtcNow(), progress, cancellation));
            ClusterQuality? quality = parsed.GetValue(truth) is { } file ? await MeasureAsync(store, file.FullName, cancellation) : null;
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(new { summary, quality }));
            else new Terminal(host.Out).WriteFigures("Resolution", Figures(summary, quality));
            return ExitCode.Done;
        });
        return command;
    }

    public static Task<ResolutionSummary> RunAsync(
        IGraphStore store, DateTimeOffset recordedAt, IProgress<long> progress, CancellationToken cancellation) =>
        new Resolver(store, new ResolutionOptions()).ResolveAsync(recordedAt, new DoneCount(progress), cancellation);

    /// <summary>Quality against the truth of a generated market.</summary>
    public static async Task<ClusterQuality> MeasureAsync(IGraphStore store, string truthFile, CancellationToken cancellation)
    {
        var version = await store.GetVersionAsync(cancellation);
        var judgements = store.ReadAsync(ReadScope.All(version.Number) with { Types = [SchemaCatalog.SameAs] }, cancellation);
        return TruthFile.Read(truthFile).Measure(await Clusters.ReadAsync(judgements, cancellation));
    }

    public static IEnumerable<(string Name, string Value)> Figures(ResolutionSummary summary, ClusterQuality? quality)
    {
        string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
        yield return ("party records", Count(summary.Records));
        yield return ("pairs compared", Count(summary.Pairs));
        yield return ("matches", Count(summary.Matches));
        yield return ("for a person to decide", Count(summary.Undecided));
        yield return ("judgements written", Count(summary.Asserted));
        if (quality is not { } measured) yield break;
        yield return ("pairwise precision", measured.Precision.ToString("0.0000", CultureInfo.InvariantCulture));
        yield return ("pairwise recall", measured.Recall.ToString("0.0000", CultureInfo.InvariantCulture));
        yield return ("B-cubed F1", measured.BCubed.F1.ToString("0.0000", CultureInfo.InvariantCulture));
    }

    private sealed class DoneCount(IProgress<long> done) : IProgress<ResolutionProgress>
    {
        public void Report(ResolutionProgress value) => done.Report(value.Done);
    }
}
