using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.CreditReviews;
using GraphRisk.Cli.Decisions;
using GraphRisk.Cli.Output;
using GraphRisk.Cli.Warnings;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import;
using GraphRisk.Intake.Resolution;
using GraphRisk.Intake.Resolution.Evaluation;
using GraphRisk.Market;
using GraphRisk.Matching.Evaluation;
using GraphRisk.Scoring.Labels;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Registry;
using GraphRisk.Server.Http;
using GraphRisk.Server.Observability;
using GraphRisk.Server.Security;
using GraphRisk.Simulation;
using GraphRisk.Workflow.Statistics;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk demo</c>: from sources to scores over GraphQL in one command.</summary>
internal static class DemoCommand
{
    public static Command Build(Host host)
    {
        var sources = new Option<DirectoryInfo?>("--sources") { Description = "Folder of source files; samples/market where absent, or a market made here.", HelpName = "DIR" };
        var clients = new Option<int?>("--clients") { Description = "Make a market of so many clients instead." };
        var seed = CommonOptions.Seed();
        var once = new Option<bool>("--once") { Description = "End after the summary." };
        var port = CommonOptions.Port(5080);
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var options = new SettingOptions(Settings.TrustedDocuments, Settings.OnlyTrusted);
        var command = new ExampleCommand("demo", 
            "Import a market, resolve its clients, train and score, and serve it; a second run on the same --data goes on from there.",
            "demo",
            "demo --clients 10000 --seed 3 --data /tmp/demo --port 0",
            "demo --once --json")
        { sources, clients, seed, once, port, data, json };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            FreePort.Require(parsed.GetValue(port));
            var values = options.Read(parsed, host, parsed.GetValue(data)!);
            var bench = new Workbench(values.In(host), parsed.Folder(data));
            var folder = await SourcesAsync(host, bench.Folder, parsed.GetValue(sources), parsed.GetValue(clients), parsed.GetValue(seed), cancellation);
            await using var store = await bench.OpenStoreAsync(cancellation, mayMake: true);
            var outcome = await RunAsync(host, bench, store, folder, parsed.GetValue(seed), cancellation);
            var run = ServeOptions.WithTrusted(values, bench.Folder.ToServerOptions()) with
            {
                Port = parsed.GetValue(port),
                DevelopmentTokens = true,
                Observability = new ObservabilityOptions { HasMetrics = true },
                DemoViewer = new Viewer(Role.Regulator, null, PurposeCatalog.Default.Find("supervision")),
            };
            await host.Error.WriteLineAsync("Development tokens are taken on this machine; the explorer's page carries those of whoever asks its questions.");
            await using var service = await Service.OpenAsync(host, bench, store, outcome.AsOf, run, cancellation);
            await service.StartAsync(cancellation);
            Write(host, outcome, service.Address, parsed.GetValue(json));
            if (parsed.GetValue(once)) return ExitCode.Done;
            await service.AnswerAsync(host, cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>What the demo found, for its summary.</summary>
    private sealed record Outcome(
        string Sources, ImportReport Import, ResolutionSummary Resolution, ResolveCommand.ResolutionQuality? Quality,
        ModelCard Model, DateOnly AsOf, int Clients, int Nodes, long Edges, int Cases, int Moves, int RefusedMoves, int Warnings, int Reviews, TimeSpan Elapsed);

    private static async Task<string> SourcesAsync(
        Host host, DataFolder folder, DirectoryInfo? given, int? clients, ulong seed, CancellationToken cancellation)
    {
        if (given is not null && clients is not null) throw new UserErrorException("Give --sources or --clients, not both.");
        if (given is not null) return given.Exists ? given.FullName : throw new UserErrorException($"There is no folder '{given.FullName}'.");
        var sample = Path.GetFullPath(Path.Combine("samples", "market"));
        if (clients is null && Directory.Exists(sample)) return sample;
        if (clients is null)
            await host.Error.WriteLineAsync($"graphrisk: There is no {sample} here, so a market is made: its names and figures are other than those of the sample. From the folder of the repository, or with --sources, the demo takes the sample.");
        var parameters = new MarketParameters(clients ?? 2000, seed);
        await GenerateCommand.RunAsync(host, parameters, folder.Sources, cancellation);
        return folder.Sources;
    }

    private static async Task<Outcome> RunAsync(
        Host host, Workbench bench, IGraphStore store, string folder, ulong seed, CancellationToken cancellation)
    {
        var started = host.Clock.GetTimestamp();
        var stages = new Stages(host.Error, host.Clock);
        using var quarantine = bench.OpenQuarantine();
        var import = await ImportCommand.FiledAsync(host, bench.Folder, [folder], () => stages.RunAsync("import", progress =>
            bench.CreateImporter(quarantine, []).ImportAsync(
                store, [folder], new ImportOptions(host.Clock.GetUtcNow()), new RowCount(progress), cancellation)));
        var resolution = await stages.RunAsync("resolve", progress => ResolveCommand.RunAsync(store, bench.ResolutionOptions(), host.Clock.GetUtcNow(), progress, cancellation));
        var truth = Path.Combine(folder, "truth", "entities.csv");
        var quality = File.Exists(truth) ? await ResolveCommand.MeasureAsync(store, truth, cancellation) : null;
        var snapshots = bench.OpenSnapshots(store, capacity: 1);
        var day = await LastDay.FindAsync(snapshots, host.Clock, cancellation)
            ?? throw new UserErrorException($"The sources in {folder} state no contract; there is nothing to score.");
        using var model = FiledRecords.Registry(bench.Folder).OpenChampion() ?? await stages.RunAsync("train", _ =>
            ModelMaker.TrainAsync(host, bench.Folder, store, snapshots, ModelMaker.Options(seed), new KnowledgeLimit(null, null), cancellation));
        await stages.RunAsync("publish statistics", _ => PublishStatisticsAsync(host, store, snapshots, model, day, cancellation));
        var cases = await CasesAsync(host, bench, store, snapshots, stages, folder, cancellation);
        // What the platform finds on the last day it finds in that day's evening, as the moves of people that were taken in have the instants of theirs: a case has one clock.
        var evening = host with { Clock = ClockAt.EveningOf(day, host.Clock) };
        var warnings = await stages.RunAsync("warn", _ => WarningRuns.FileAsync(evening, bench, store, snapshots, model, (day, day), cancellation, isQuick: true));
        var reviews = await stages.RunAsync("require reviews", _ => ReviewsCommand.FileAsync(evening, bench, store, snapshots, model, (day, day), cancellation));
        await stages.RunAsync("file scores", _ => FileScoresAsync(host, bench.Folder, snapshots, model, day, cancellation));
        var snapshot = await stages.RunAsync("snapshot", async _ => await ScoreCommand.AtAsync(snapshots, day, cancellation));
        return new Outcome(
            folder, import, resolution, quality, model.Card, day, CountClients(snapshot), snapshot.Nodes.Count,
            snapshot.Relationships.Sum(table => (long)table.Count), cases.Sum(file => file.Opened), cases.Sum(file => file.Made), cases.Sum(file => file.Refused.Length),
            warnings.Brokers.Sum(broker => broker.Filed.Opened), reviews.Brokers.Sum(broker => broker.Required), host.Clock.GetElapsedTime(started));
    }

    /// <summary>Takes in what people decided, where the sources hold a history of it; a second run finds it known.</summary>
    private static async Task<ImmutableArray<ReplayedFile>> CasesAsync(
        Host host, Workbench bench, IGraphStore store, SnapshotProvider snapshots, Stages stages, string folder, CancellationToken cancellation)
    {
        var (history, calendar) = (Path.Combine(folder, "cases"), Path.Combine(folder, "exchange", "calendar.csv"));
        return !Directory.Exists(history) ? [] : await stages.RunAsync("cases", _ => CasesCommand.RunAsync(
            host, bench, store, snapshots, [history], CasesCommand.CalendarOf(bench, File.Exists(calendar) ? calendar : null), host.Clock.GetUtcNow(), bench.Folder.Refused, cancellation));
    }

    /// <summary>Publishes the last two quarter ends that are over and the one a year before, where not yet published; a second run finds them published.</summary>
    private static async Task<int> PublishStatisticsAsync(
        Host host, IGraphStore store, SnapshotProvider snapshots, CreditModel model, DateOnly day, CancellationToken cancellation)
    {
        var last = Quarters.EndOf(day) is var end && end <= day ? end : Quarters.Shift(end, -1);
        var published = EditionFacts.ReadAll(await ScoreCommand.AtAsync(snapshots, day, cancellation)).Select(edition => edition.Month).ToHashSet();
        DateOnly[] due = [.. new[] { Quarters.Shift(last, -4), Quarters.Shift(last, -1), last }.Where(month => !published.Contains(month))];
        foreach (var month in due) await StatisticsCommand.RunAsync(host, store, snapshots, model, month, cancellation);
        return due.Length;
    }

    /// <summary>Files the scores of the last two quarter ends before the day and of the day itself, so that clients have a history; a second run finds them filed.</summary>
    private static async Task<int> FileScoresAsync(Host host, DataFolder folder, SnapshotProvider snapshots, CreditModel model, DateOnly day, CancellationToken cancellation)
    {
        var last = Quarters.Shift(Quarters.EndOf(day), -1);
        var filed = 0;
        foreach (var each in (DateOnly[])[Quarters.Shift(last, -1), last, day])
        {
            var market = new MarketReading(await ScoreCommand.AtAsync(snapshots, each, cancellation));
            filed += await ScoreCommand.FileChangedAsync(host, folder, ScoredMarket.Of(model, market, threads: Environment.ProcessorCount));
        }

        return filed;
    }

    private static int CountClients(Snapshot snapshot)
    {
        var clientOf = snapshot.Relationship("CLIENT_OF").Out;
        return Enumerable.Range(0, snapshot.Nodes.Count).Count(node => clientOf.Degree(node) > 0);
    }

    private static void Write(Host host, Outcome outcome, string address, bool json)
    {
        if (json)
        {
            host.Out.WriteLine(Json.Of(new { outcome, address }));
            return;
        }

        string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
        (string, string)[] head =
        [
            ("sources", outcome.Sources),
            ("records read", Count(outcome.Import.Rows)),
            ("quarantined", Count(outcome.Import.Quarantined)),
            ("clients", Count(outcome.Clients)),
            ("nodes", Count(outcome.Nodes)),
            ("edges", Count(outcome.Edges)),
            ("cases taken in, moves, refused", $"{Count(outcome.Cases)}, {Count(outcome.Moves)}, {Count(outcome.RefusedMoves)}"),
            ("warnings, reviews of the last day", $"{Count(outcome.Warnings)}, {Count(outcome.Reviews)}"),
        ];
        (string, string)[] foot =
        [
            ("as of", outcome.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("time", string.Create(CultureInfo.InvariantCulture, $"{outcome.Elapsed.TotalSeconds:0.0} s")),
            ("GraphQL", address),
            ("explorer", address[..^GraphRiskServer.Path.Length] + "/"),
            ("GraphiQL", address + "/ui"),
        ];
        new Terminal(host.Out).WriteFigures(
            "GraphRisk", [.. head, .. ResolveCommand.Figures(outcome.Resolution, outcome.Quality), .. ScoreCommand.Figures(outcome.Model), .. foot]);
    }
}
