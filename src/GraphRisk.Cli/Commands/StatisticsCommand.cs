using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Market.Lending;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Registry;
using GraphRisk.Scoring.Scores;
using GraphRisk.Workflow.Statistics;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk statistics</c>: the published table of the market, by month.</summary>
internal static class StatisticsCommand
{
    public static Command Build(Host host) => new("statistics", "The market's figures as everyone may know them, published by month.") { Publish(host), List(host) };

    private static ExampleCommand Publish(Host host)
    {
        var month = new Option<string>("--month") { Description = "The month, which must be over.", HelpName = "YYYY-MM", Required = true };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("publish",
            "Publish the market's figures at a month's end from what is known now. Once: what becomes known later goes into the next edition.",
            "statistics publish --month 2025-09",
            "statistics publish --month 2025-09 --data data --json")
        { month, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var last = EditionFacts.Month(parsed.GetValue(month)!) ?? throw new UserErrorException("The month is written YYYY-MM, such as 2025-09.");
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            await using var store = await bench.OpenStoreAsync(cancellation);
            var snapshots = bench.OpenSnapshots(store, capacity: 1);
            using var model = FiledRecords.Registry(bench.Folder).OpenChampion();
            var edition = await RunAsync(host, store, snapshots, model, last, cancellation);
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(new { edition }));
            else Write(host, edition);
            return ExitCode.Done;
        });
        return command;
    }

    private static ExampleCommand List(Host host)
    {
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("list", "List what has been published, newest first.", "statistics list", "statistics list --json") { data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            await using var store = await bench.OpenStoreAsync(cancellation);
            var editions = EditionFacts.ReadAll(await bench.OpenSnapshots(store, capacity: 1).GetAsync(Validity.EndOfTime, cancellation: cancellation));
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(new { editions }));
            else foreach (var edition in editions) Write(host, edition);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Publishes one month.</summary>
    /// <exception cref="UserErrorException">It is not over by what the sources say, or has been published.</exception>
    public static async Task<PublishedEdition> RunAsync(
        Host host, IGraphStore store, SnapshotProvider snapshots, CreditModel? model, DateOnly month, CancellationToken cancellation)
    {
        try
        {
            var today = await LastDay.FindAsync(snapshots, host.Clock, cancellation) ?? throw new UserErrorException("The store knows no contract; import sources first.");
            EditionPress.CheckOver(month, today);
            var snapshot = await ScoreCommand.AtAsync(snapshots, month, cancellation);
            var scores = model is null ? new Dictionary<int, ScoreLine>() : model.ScoreAll(snapshot).ToDictionary(line => line.Node);
            return await new EditionPress(store).PublishAsync(month, new ContractTable(snapshot), scores, "statistics", host.Clock.GetUtcNow(), cancellation);
        }
        catch (PressRefusedException refused)
        {
            throw new UserErrorException(refused.Message);
        }
    }

    private static void Write(Host host, PublishedEdition edition)
    {
        static string Show(decimal? figure) => figure?.ToString("N0", CultureInfo.InvariantCulture) ?? "-";
        new Terminal(host.Out).WriteTable(
            $"Edition {EditionFacts.NameOf(edition.Month)}", ["division", "brokers", "clients", "contracts", "debt", "collateral"],
            edition.Rows.Select(row => (IReadOnlyList<string>)
            [
                row.Figures.Key, Show(row.Figures.Brokers), Show(row.Figures.Clients), Show(row.Figures.Contracts), Show(row.Figures.Debt), Show(row.Figures.Collateral),
            ]));
    }
}
