using System.Collections.Immutable;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Market.Calendar;
using GraphRisk.Scoring.Models;
using GraphRisk.Workflow.Warnings;
using GraphRisk.Workflow.Warnings.DryRun;
using GraphRisk.Workflow.Warnings.Filing;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Cli.Warnings;

/// <summary>The round of a broker as it was filed.</summary>
internal sealed record FiledBroker(BrokerWarnings Found, FiledRound Filed);

/// <summary>The round of a day as it was filed; by the common rules, unless a broker has its own.</summary>
internal sealed record FiledDay(DateOnly Day, string RulesVersion, string? Model, ImmutableArray<FiledBroker> Brokers);

/// <summary>Makes rounds of early warning over a data folder: files that of a day, or tells those of many without filing any.</summary>
internal static class WarningRuns
{
    /// <summary>Files the round of a day.</summary>
    public static async Task<FiledDay> FileAsync(Host host, Workbench bench, DateOnly? asked, FileInfo? rulesFile, int? capacity, CancellationToken cancellation)
    {
        var rules = rulesFile is null ? bench.WarningRules() : WarningRuleShelf.Of(RulesOf(rulesFile));
        await using var store = await bench.OpenStoreAsync(cancellation);
        var snapshots = bench.OpenSnapshots(store, capacity: 1);
        using var model = FiledRecords.Registry(bench.Folder).OpenChampion();
        var today = await LastDay.OrAskedAsync(null, snapshots, host.Clock, cancellation);
        var reader = new WarningReader(snapshots, model);
        var (brokers, days) = await reader.OpenAsync(await LastDay.OrAskedAsync(asked, snapshots, host.Clock, cancellation), cancellation);
        if (rules.Brokers.Except(brokers.Select(broker => broker.Key)).FirstOrDefault() is { } nobody)
            throw new UserErrorException($"{Path.Combine(bench.Folder.WarningRules, nobody + WarningRuleShelf.Ending)}: no broker '{nobody}' lends anything; those that do are {string.Join(", ", brokers.Select(broker => broker.Key))}.");
        var day = days.Before(asked ?? today, 0) ?? throw new UserErrorException("The store knows no price up to that day.");
        if (model is null) await host.Error.WriteLineAsync("No model scores yet: rules that look at the score meet nobody, and clients are ranked by their collateral. 'graphrisk score' trains one.");
        var figures = await new Stages(host.Error, host.Clock).RunAsync("read figures", _ => reader.ReadAsync(brokers, WarningQuestion.Of(rules.Together(), [day], days, today), cancellation));
        var (calendar, now) = (bench.Calendar(), host.Clock.GetUtcNow());
        var done = ImmutableArray.CreateBuilder<FiledBroker>();
        foreach (var broker in brokers)
        {
            if (!figures[broker].ContainsKey(day)) continue;
            var filed = FiledWarnings.Of(await snapshots.GetAsync(LastDay.Everything, null, Entitlement.OfBroker(broker.Key), cancellation));
            var round = new WarningRound(rules.For(broker.Key), broker, CapacityOf(capacity, broker, day));
            var found = round.Of(
                back => days.Before(day, back) is { } then ? figures[broker].GetValueOrDefault(then) : null, back => days.Before(day, back), (client, rule) => filed.LastSign(client, rule, day));
            done.Add(new FiledBroker(found, await FileAsync(new WarningDesk(store, rules.For(broker.Key), calendar, now), found, filed, cancellation)));
        }

        return new FiledDay(day, rules.Common.Version, model?.Version, done.ToImmutable());
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
        if (model is null) await host.Error.WriteLineAsync("No model scores yet: rules that look at the score meet nobody, and clients are ranked by their collateral. 'graphrisk score' trains one.");
        else if (ScoreCommand.Hindsight(model.Card, window.From) is { } hindsight) await host.Error.WriteLineAsync(hindsight);
        var reader = new WarningReader(snapshots, model);
        var (brokers, days) = await reader.OpenAsync(today, cancellation);
        DateOnly[] rounds = [.. days.From(window.From, window.To)];
        if (rounds.Length == 0) throw new UserErrorException("The store knows no trading day in that time.");
        var stages = new Stages(host.Error, host.Clock);
        var figures = await stages.RunAsync("read figures", _ => reader.ReadAsync(brokers, WarningQuestion.Of(rules, rounds, days, today, WarningDryRun.RatioFigure), cancellation));
        var outcomes = Outcomes.Of(new MarketReading(await ScoreCommand.AtAsync(snapshots, today, cancellation)));
        var policy = WarningPolicy.Common.General.On(rounds[^1]);
        return await stages.RunAsync("judge", _ => Task.FromResult(
            new WarningDryRun(figures, days, today, outcomes, policy with { Capacity = Positive(capacity) ?? policy.Capacity }).Run(rules, rounds[0], rounds[^1])));
    }

    private static WarningRules RulesOf(FileInfo? file) =>
        file is null ? WarningRuleBook.Shipped : file.Exists ? WarningRuleBook.Read(file.Name, File.ReadAllText(file.FullName)) : throw new UserErrorException($"There is no file '{file.FullName}'.");

    private static int CapacityOf(int? asked, NodeId broker, DateOnly day) => Positive(asked) ?? WarningPolicy.Common.For(broker.Key, day).Capacity;

    private static int? Positive(int? capacity) => capacity is <= 0 ? throw new UserErrorException("--capacity is at least 1.") : capacity;

    private static async Task<FiledRound> FileAsync(WarningDesk desk, BrokerWarnings found, FiledWarnings filed, CancellationToken cancellation)
    {
        try
        {
            return await desk.FileAsync(found, filed, cancellation);
        }
        catch (YearWithoutCalendarException error)
        {
            throw new UserErrorException($"{error.Message} An operator adds a year in calendar.csv of the data folder.");
        }
    }
}
