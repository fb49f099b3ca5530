using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Market.Publishing;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Registry;
using GraphRisk.Scoring.Scores;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk publish</c>: shows beside the facts in Neo4j what is derived from them.</summary>
internal static class PublishCommand
{
    public static Command Build(Host host)
    {
        var asOf = CommonOptions.AsOf();
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("publish",
            "Write clients, ties, groups, findings and the scores of the model in use into the Neo4j store, in the place of what was published before. Facts stay as they are.",
            "publish",
            "publish --as-of 2025-09-30 --data data")
        { asOf, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            await using var publisher = await bench.OpenPublisherAsync(cancellation);
            await using var store = await bench.OpenStoreAsync(cancellation);
            var snapshots = bench.OpenSnapshots(store, capacity: 1);
            var stages = new Stages(host.Error, host.Clock);
            using var model = FiledRecords.Registry(bench.Folder).OpenChampion();
            var snapshot = await stages.RunAsync("snapshot", async _ => await ScoreCommand.AtAsync(
                snapshots, await LastDay.OrAskedAsync(parsed.GetValue(asOf), snapshots, host.Clock, cancellation), cancellation));
            var scores = await stages.RunAsync("score", _ => Task.Run(
                () => model?.ScoreAll(snapshot, Environment.ProcessorCount).ToList() ?? [], cancellation));
            var report = await RunAsync(host, bench.Folder, publisher, stages, snapshot, model, scores, cancellation);
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(new { asOf = snapshot.Stamp.AsOfDay, modelVersion = model?.Version, report }));
            else Write(host, snapshot, model, report);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Publishes a snapshot with scores, and files it.</summary>
    public static Task<PublicationReport> RunAsync(
        Host host, DataFolder folder, IGraphPublisher publisher, Stages stages, Snapshot snapshot, CreditModel? model, IReadOnlyList<ScoreLine> scores,
        CancellationToken cancellation) =>
        Filing.RunAsync(
            host, folder, new Deed(AuditAct.Publication, "publish", FormattableString.Invariant($"as of {snapshot.Stamp.AsOfDay:yyyy-MM-dd}, model {model?.Version ?? "none"}")),
            () => stages.RunAsync("publish", async _ => await publisher.PublishAsync(Publications.Of(new MarketReading(snapshot), model, scores), cancellation)),
            report => FormattableString.Invariant($"{report.Nodes} nodes, {report.Relationships} relationships"));

    private static void Write(Host host, Snapshot snapshot, CreditModel? model, PublicationReport report) =>
        new Terminal(host.Out).WriteFigures($"Published as of {snapshot.Stamp.AsOfDay:yyyy-MM-dd}",
        [
            ("model", model?.Version ?? "none"),
            ("nodes", report.Nodes.ToString("N0", CultureInfo.InvariantCulture)),
            ("relationships", report.Relationships.ToString("N0", CultureInfo.InvariantCulture)),
            ("dropped of the former publication", report.Dropped.ToString("N0", CultureInfo.InvariantCulture)),
        ]);
}
