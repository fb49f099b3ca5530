using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Market.Calendar;
using GraphRisk.Scoring.Models;
using GraphRisk.Workflow.Warnings;
using GraphRisk.Workflow.Warnings.DryRun;
using GraphRisk.Workflow.Warnings.Filing;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Cli.Warnings;

/// <summary>Makes rounds of early warning over a data folder: files that of a day, or tells those of many without filing any.</summary>
internal static class WarningRuns
{
    private const string NoModel = "No model scores yet: rules that look at the score meet nobody, and clients are ranked by their collateral. 'graphrisk score' trains one.";

    /// <summary>Files the round of a day.</summary>
    public static async Task<FiledDay> FileAsync(Host host, Workbench bench, DateOnly? asked, FileInfo? rulesFile, int? capacity, CancellationToken cancellation)
    {
        await using var store = await bench.OpenStoreAsync(cancellation);
        using var model = FiledRecords.Registry(bench.Folder).OpenChampion();
        var snapshots = bench.OpenSnapshots(store, capacity: 1);
        var last = await LastDay.OrAskedAsync(null, snapshots, host.Clock, cancellation);
        return await FileAsync(host, bench, store, snapshots, model, (LastDay.Reached(asked, last), last), cancellation, rulesFile, capacity);
    }

    /// <summary>Files the round of a day over a store that is open.</summary>
    /// <param name="host">Clock and writers.</param>
    /// <param name="bench">The data folder.</param>
    /// <param name="store">Its store.</param>
    /// <param name="snapshots">Its snapshots.</param>
    /// <param name="model">The model that scores; null where none does.</param>
    /// <param name="days">The day, and the last the sources have reached.</param>
    /// <param name="cancellation">Ends the round.</param>
    /// <param name="rulesFile">Rules in place of the shipped ones.</param>
    /// <param name="capacity">What a desk can work.</param>
    /// <param name="isQuick">Whether only rules count that look at the day itself and at none before.</param>
    public static async Task<FiledDay> FileAsync(
        Host host, Workbench bench, IGraphStore store, SnapshotProvider snapshots, CreditModel? model, (DateOnly Asked, DateOnly Last) days, CancellationToken cancellation, FileInfo? rulesFile = null, int? capacity = null, bool isQuick = false)
    {
        var rules = rulesFile is null ? bench.WarningRules() : WarningRuleShelf.Of(RulesOf(rulesFile));
        if (isQuick) rules = WarningRuleShelf.Of(rules.Common.OfTheDay());
        if (model is null) await host.Error.WriteLineAsync(NoModel);
        var rounds = new WarningRounds(store, snapshots, model, rules, bench.Calendar()) { Capacity = capacity };
        try
        {
            return await new Stages(host.Error, host.Clock).RunAsync("read figures and file", _ => rounds.FileAsync(days.Asked, days.Last, host.Clock.GetUtcNow(), cancellation: cancellation))
                ?? throw new UserErrorException("The store knows no price up to that day.");
        }
        catch (YearWithoutCalendarException error)
        {
            throw UserErrorException.BeyondCalendar(error);
        }
    }

    /// <summary>Tells what rules would have said over some days.</summary>
    public static async Task<DryRunReport> DryAsync(
        Host host, Workbench bench, (DateOnly From, DateOnly To) window, FileInfo? rulesFile, int? capacity, string? version, CancellationToken cancellation)
    {
        var rules = RulesOf(rulesFile);
        await using var store = await bench.OpenStoreAsync(cancellation);
        var snapshots = bench.OpenSnapshots(store, capacity: 1);
        var models = FiledRecords.Registry(bench.Folder);
        using var model = version is null ? models.OpenChampion() : models.Open(version);
        var today = await LastDay.OrAskedAsync(null, snapshots, host.Clock, cancellation);
        if (window.To > today) throw new UserErrorException(FormattableString.Invariant($"The sources reach {today:yyyy-MM-dd}: a dry run beyond would take silence for safety."));
        if (model is null) await host.Error.WriteLineAsync(NoModel);
        else if (ScoreCommand.Hindsight(model.Card, window.From) is { } hindsight) await host.Error.WriteLineAsync(hindsight);
        var runs = new WarningDryRuns(snapshots, model) { Capacity = capacity };
        return await new Stages(host.Error, host.Clock).RunAsync("read figures and judge", _ => runs.RunAsync(rules, window.From, window.To, today, host.Clock.GetUtcNow(), cancellation: cancellation))
            ?? throw new UserErrorException("The store knows no trading day in that time.");
    }

    private static WarningRules RulesOf(FileInfo? file) =>
        file is null ? WarningRuleBook.Shipped : file.Exists ? WarningRuleBook.Read(file.Name, File.ReadAllText(file.FullName)) : throw new UserErrorException($"There is no file '{file.FullName}'.");
}
