using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Scoring.Models.Scorecards;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Tests.Features;
using GraphRisk.Scoring.Training;
using GraphRisk.Stores;
using GraphRisk.Stores.Sqlite;
using GraphRisk.TestKit;

namespace GraphRisk.Scoring.Tests.Training;

/// <summary>What a model may have looked at: until a day, and as it was known on each quarter's.</summary>
public sealed class TrainingHistoryTests
{
    private static readonly DateOnly Day = new(2025, 6, 30);
    private static readonly TrainingOptions Options = new() { TestQuarters = 1, TrainQuarters = 2, Folds = 2, Family = new ScorecardFamily() };

    [Test]
    public async Task AModelAsOfADayIsTheSameWhateverHappensAfter()
    {
        var market = DrawnMarket.Draw(11, 300);
        var cut = new FactSketch();
        cut.Facts.AddRange(market.Facts.Where(fact => fact.Validity.From <= Validity.CloseOf(Day)));
        var (whole, known) = (await CardAsync(market, Day), await CardAsync(cut, Day));
        Assert.That((whole.Version, whole.Data!.Panel), Is.EqualTo((known.Version, known.Data!.Panel)));
        Assert.That(whole.Data.AsOf, Is.EqualTo(Day));
        Assert.That(whole.TestQuarters, Is.EqualTo(new[] { new DateOnly(2025, 3, 31) }));
        Assert.That((await CardAsync(market, new(2025, 12, 31))).Data!.Panel, Is.Not.EqualTo(whole.Data.Panel));
    }

    /// <summary>Each quarter's facts are recorded at its close; then what was stated in the first learned quarters is restated.</summary>
    [Test]
    public async Task AQuarterIsSeenAsItWasKnownAndItsOutcomeAsItIsKnownNow()
    {
        using var folder = new TemporaryFolder();
        await using var store = GraphStores.OpenSqlite(folder.PathOf("store.db"), FactSketch.Catalog);
        var market = DrawnMarket.Draw(11, 300);
        foreach (var quarter in market.Facts.GroupBy(fact => Scoring.Labels.Quarters.EndOf(DateOnly.FromDateTime(fact.Validity.From.UtcDateTime))).OrderBy(group => group.Key))
            await store.AppendAsync(new ChangeSet($"{quarter.Key:O}", Validity.StartOf(quarter.Key), "test", [.. quarter.Where(fact => fact.Validity.From < fact.Validity.To).Select(Change.Assert)]));
        var begin = Validity.CloseOf(new DateOnly(2024, 3, 31));
        var before = await CardAsync(store, begin);
        Assert.That(before.Data!.Quarters, Is.All.Matches<PanelQuarter>(quarter => quarter.IsTrueToItsDay));
        Assert.That(before.Data.Quarters.Select(quarter => quarter.StoreVersion), Is.Ordered.Ascending.And.Unique);

        var restated = new FactSketch();
        foreach (var client in market.Facts.OfType<RelationshipFact>().Where(fact => fact.Type == "CLIENT_OF"))
            restated.Margin(client.From.ToString(), new(2025, 3, 31), 1_950, 1.05m);
        await store.AppendAsync(new ChangeSet("restated", Validity.StartOf(new DateOnly(2026, 3, 1)), "test", [.. restated.Facts.Select(Change.Assert)]));
        var after = await CardAsync(store, begin);
        Assert.That(after.Data!.Panel, Is.EqualTo(before.Data.Panel), "features are those known on the day");
        var late = await CardAsync(store, Validity.CloseOf(new DateOnly(2026, 6, 30)));
        Assert.That(late.Data!.Panel, Is.Not.EqualTo(before.Data.Panel), "without history the restated ones are the first there are");
        Assert.That(late.Data.Quarters, Is.All.Matches<PanelQuarter>(quarter => !quarter.IsTrueToItsDay));

        var defaults = new FactSketch();
        foreach (var client in market.Facts.OfType<RelationshipFact>().Where(fact => fact.Type == "CLIENT_OF").Take(60))
            defaults.Event(client.From.ToString(), new(2025, 5, 5), "DEFAULT");
        await store.AppendAsync(new ChangeSet("found out", Validity.StartOf(new DateOnly(2026, 3, 2)), "test", [.. defaults.Facts.Select(Change.Assert)]));
        Assert.That((await CardAsync(store, begin)).Data!.Panel, Is.Not.EqualTo(before.Data.Panel), "outcomes are those known now");
    }

    [Test]
    public void ASnapshotOfLaterKnowledgeIsRefused()
    {
        var market = DrawnMarket.Draw(11, 60);
        var latest = market.At(Day);
        Assert.That(
            async () => await ModelTraining.RunAsync(
                new TrainingHistory(latest, DateTimeOffset.MinValue, (day, _, _) => new(market.At(day, Validity.CloseOf(Day)))), Options, default),
            Throws.InvalidOperationException.With.Message.Contains("known at"));
    }

    private static async Task<ModelCard> CardAsync(FactSketch market, DateOnly day)
    {
        using var model = await ModelTraining.RunAsync(
            new TrainingHistory(market.At(day), DateTimeOffset.MinValue, (quarter, _, _) => new(market.At(quarter))), Options, default);
        return model.Card;
    }

    private static async Task<ModelCard> CardAsync(SqliteGraphStore store, DateTimeOffset firstKnown)
    {
        var snapshots = new SnapshotProvider(store);
        using var model = await ModelTraining.RunAsync(
            new TrainingHistory(
                await snapshots.GetAsync(Validity.CloseOf(new DateOnly(2025, 12, 31))), firstKnown,
                (quarter, known, token) => snapshots.GetAsync(Validity.CloseOf(quarter), known, token)),
            Options, default);
        return model.Card;
    }
}
