using System.CommandLine;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Calendar;
using GraphRisk.Scoring.Monitoring;
using GraphRisk.Scoring.Monitoring.Pages;
using GraphRisk.Scoring.Registry;
using GraphRisk.Scoring.Texts;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk model report</c>: validation and monitoring of a model as a page to sign, kept beside the model for the server too.</summary>
internal static class ReportCommand
{
    public static ExampleCommand Build(Host host)
    {
        var version = new Option<string?>("--model") { Description = "Version of the model, as 'model list' names it; the champion where absent.", HelpName = "VERSION" };
        var output = new Option<FileInfo>("--output") { Description = "HTML file to write; it stands alone, and only its owner may read it.", HelpName = "FILE", Required = true };
        var language = CommonOptions.Language("the page");
        var quarters = new Option<int>("--quarters") { Description = "Look at so many quarters beside those the model was taught and tested on, the latest ones.", DefaultValueFactory = _ => new MonitoringOptions().OtherQuarters };
        var seed = CommonOptions.Seed();
        var data = CommonOptions.Data();
        var command = new ExampleCommand("report",
            "Write the report of a model: how it separates and is calibrated out of time, how scores and features have moved, how ranks held, what became of those called high-risk, what people decided with its scores, complaints, and the other models beside it. It names no client.",
            "model report --output report.html",
            "model report --output report-zh.html --language ZH")
        { version, output, language, quarters, seed, data };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(quarters) is < 0 or > 80) throw new UserErrorException("--quarters is a number from 0 to 80.");
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            OwnersFile.Require(parsed.GetValue(output), bench.Folder);
            await using var store = await bench.OpenStoreAsync(cancellation);
            var snapshots = bench.OpenSnapshots(store, capacity: 1);
            var (registry, reports) = (FiledRecords.Registry(bench.Folder), FiledRecords.Reports(bench.Folder));
            var name = parsed.GetValue(version) ?? registry.Read().Champion?.Version ?? throw new UserErrorException("There is no champion to report on: train one with 'score', or name a --model.");
            var options = new MonitoringOptions { OtherQuarters = parsed.GetValue(quarters), Seed = (int)(parsed.GetValue(seed) % int.MaxValue) };
            var stages = new Stages(host.Error, host.Clock);
            var report = await stages.RunAsync("read and judge", async _ =>
            {
                var history = await ModelMaker.HistoryAsync(store, snapshots, new KnowledgeLimit(null, null), cancellation);
                return await Task.Run(() => MakeAsync(registry, name, history, options, cancellation), cancellation);
            });
            var file = parsed.GetValue(output)!;
            var hash = await Filing.RunAsync(
                host, bench.Folder, new Deed(AuditAct.Command, "model report", $"model {name}, {file.FullName}"),
                async () =>
                {
                    await using var writer = new StreamWriter(OwnersFile.Create(file.FullName));
                    await writer.WriteAsync(ReportPage.Write(report, parsed.Language(language)));
                    return reports.Add(report);
                },
                kept => $"report {kept}");
            await host.Out.WriteLineAsync($"Report of model {name} is written to {file.FullName} and kept beside the model as {hash}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<ModelReport> MakeAsync(
        ModelRegistry registry, string version, Scoring.Training.TrainingHistory history, MonitoringOptions options, CancellationToken cancellation)
    {
        var standing = registry.Read();
        var others = new List<WatchedModel>();
        using var model = registry.Open(version);
        try
        {
            foreach (var other in standing.Models.Where(other => other.Version != version && other.State != ModelState.Retired))
                others.Add(new WatchedModel(registry.Open(other.Version), other.State));
            var report = await ModelMonitor.ReportAsync(
                history, new WatchedModel(model, standing[version].State), others, [.. registry.History().Where(decision => decision.Version == version)], options, cancellation);
            var (latest, meter) = (new MarketReading(history.Latest), WorkMeter.EndedBy(cancellation));
            return report with
            {
                Advised = CaseCounts.Advised(latest, version, meter),
                Complaints = CaseCounts.Complaints(history.Latest, WorkingCalendar.DayOf(model.Card.TrainedAt), meter),
            };
        }
        catch (InvalidOperationException error)
        {
            throw new UserErrorException($"No report can be made: {error.Message}.");
        }
        finally
        {
            foreach (var other in others) other.Model.Dispose();
        }
    }
}
