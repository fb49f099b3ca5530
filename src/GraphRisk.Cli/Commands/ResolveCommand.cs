using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Cli.Streaming;
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
        var learn = new Option<bool>("--learn") { Description = "Learn from the records anew what agreement weighs, verdicts of persons among them; else it stays as it was first learned." };
        var seed = CommonOptions.Seed();
        var charts = new Option<DirectoryInfo?>("--charts") { Description = "Folder for charts of weights, probabilities and numbers of records, as SVG.", HelpName = "DIR" };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("resolve",
            "Judge which party records are one and the same, by weights learned from the records; every judgement is kept with its reasons and can be revoked.",
            "resolve --data data",
            "resolve --truth samples/market/truth/entities.csv",
            "resolve --learn --charts resolution-charts")
        { truth, recordedAt, learn, seed, charts, data, json, StreamCommand.Build(host) };
        command.SetAction(async (parsed, cancellation) =>
        {
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            await using var store = await bench.OpenStoreAsync(cancellation);
            var summary = await new Stages(host.Error, host.Clock).RunAsync("resolve", progress =>
                RunAsync(store, bench.ResolutionOptions() with { LearnsAnew = parsed.GetValue(learn), Seed = parsed.GetValue(seed) }, parsed.GetValue(recordedAt) ?? host.Clock.GetUtcNow(), progress, cancellation));
            if (parsed.GetValue(charts) is { } folder) (await ResolutionCharts.DrawAsync(store, summary.Version.Number, bench.Folder.Resolution, null, cancellation)).Write(folder.FullName);
            var quality = parsed.GetValue(truth) is { } file ? await MeasureAsync(store, file.FullName, cancellation) : null;
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(new { summary, quality = quality?.Clusters, calibration = quality?.Pairs }));
            else new Terminal(host.Out).WriteFigures("Resolution", Figures(summary, quality));
            return ExitCode.Done;
        });
        return command;
    }

    public static Task<ResolutionSummary> RunAsync(
        IGraphStore store, ResolutionOptions options, DateTimeOffset recordedAt, IProgress<long> progress, CancellationToken cancellation) =>
        new Resolver(store, options).ResolveAsync(recordedAt, new DoneCount(progress), cancellation);

    /// <summary>Quality against the truth of a generated market.</summary>
    public static async Task<ResolutionQuality> MeasureAsync(IGraphStore store, string truthFile, CancellationToken cancellation)
    {
        var version = await store.GetVersionAsync(cancellation);
        var scope = ReadScope.All(version.Number) with { Types = [SchemaCatalog.SameAs] };
        var truth = TruthFile.Read(truthFile);
        return new ResolutionQuality(
            truth.Measure(await Clusters.ReadAsync(store.ReadAsync(scope, cancellation), cancellation)),
            await truth.CalibrateAsync(store.ReadAsync(scope, cancellation), cancellation));
    }

    public static IEnumerable<(string Name, string Value)> Figures(ResolutionSummary summary, ResolutionQuality? quality)
    {
        string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
        yield return ("party records", Count(summary.Records));
        yield return ("pairs compared", Count(summary.Pairs));
        yield return ("matches", Count(summary.Matches));
        yield return ("record pairs for a person to decide", Count(summary.Undecided));
        yield return ("judgements written", Count(summary.Asserted));
        foreach (var (kind, at) in new[] { ("persons", summary.Persons), ("companies", summary.Companies) })
            yield return ($"{kind} joined, a person asked from", FormattableString.Invariant($"{at.Match:0.00##}, {at.Review:0.00##} by {at.Verdicts:N0} verdicts"));
        if (quality is null) yield break;
        var measured = quality.Clusters;
        yield return ("pairwise precision", measured.Precision.ToString("0.0000", CultureInfo.InvariantCulture));
        yield return ("pairwise recall", measured.Recall.ToString("0.0000", CultureInfo.InvariantCulture));
        yield return ("pairwise F1", measured.F1.ToString("0.0000", CultureInfo.InvariantCulture));
        yield return ("B-cubed F1", measured.BCubed.F1.ToString("0.0000", CultureInfo.InvariantCulture));
        yield return ("precision of what was joined by itself", quality.Pairs.AutomaticPrecision.ToString("0.0000", CultureInfo.InvariantCulture));
        yield return ("calibration error", quality.Pairs.Error.ToString("0.0000", CultureInfo.InvariantCulture));
    }

    /// <summary>What resolution joined and how probable it said pairs were, held against the truth.</summary>
    /// <param name="Clusters">Of what was joined.</param>
    /// <param name="Pairs">Of the probabilities of pairs.</param>
    internal sealed record ResolutionQuality(ClusterQuality Clusters, PairCalibration Pairs);

    /// <summary>Reports how far a run is as a count.</summary>
    internal sealed class DoneCount(IProgress<long> done) : IProgress<ResolutionProgress>
    {
        public void Report(ResolutionProgress value) => done.Report(value.Done);
    }
}
