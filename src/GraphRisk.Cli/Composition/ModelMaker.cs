using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Registry;
using GraphRisk.Scoring.Training;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Cli.Composition;

/// <summary>What training may look at.</summary>
/// <param name="AsOf">Nothing that happened after this day; null for all that the store holds.</param>
/// <param name="KnownAt">Nothing that became known after this instant; null for all that is known now.</param>
internal sealed record KnowledgeLimit(DateOnly? AsOf, DateTimeOffset? KnownAt);

/// <summary>Trains a model on the quarters a store knows and puts it on the shelf, which never takes another's place there.</summary>
internal static class ModelMaker
{
    /// <summary>Trains, keeps the model, files that, and says on standard error where the model stands.</summary>
    public static async Task<CreditModel> TrainAsync(
        Host host, DataFolder folder, IGraphStore store, SnapshotProvider snapshots, TrainingOptions options, KnowledgeLimit limit, CancellationToken cancellation)
    {
        var history = await HistoryAsync(store, snapshots, limit, cancellation);
        CreditModel model;
        try
        {
            model = await ModelTraining.RunAsync(history, options, host.Clock.GetUtcNow(), cancellation);
        }
        catch (InvalidOperationException error)
        {
            throw new UserErrorException($"No model can be trained on {(limit == new KnowledgeLimit(null, null) ? "this store" : "what --as-of and --known-at leave")}: {error.Message}.");
        }

        foreach (var leak in model.Card.Leaks?.Named ?? []) await host.Error.WriteLineAsync($"Look at this: {leak}.");
        var registry = FiledRecords.Registry(folder);
        var kept = await Filing.RunAsync(
            host, folder, new Deed(AuditAct.Command, "score --train", $"model {model.Version}"),
            () => Task.FromResult(registry.Keep(model, new ModelVerdict(Environment.UserName, "trained", host.Clock.GetUtcNow()))),
            done => $"{done.Model.State}, record {done.Hash ?? "as it was"}");
        await host.Error.WriteLineAsync(kept.Model.State == ModelState.Champion
            ? $"Model {model.Version} is in use, provisionally where no one has promoted it: 'graphrisk model list'."
            : $"Model {model.Version} is a challenger; the champion stays {registry.Read().Champion?.Version}. 'graphrisk model propose {model.Version}' asks for its promotion.");
        return model;
    }

    /// <summary>A quarter's snapshot, after what the quarter before took was given back: of a large market there is memory for one.</summary>
    private static ValueTask<Snapshot> QuarterAsync(SnapshotProvider snapshots, DateOnly quarter, DateTimeOffset knownAt, CancellationToken cancellation)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return snapshots.PassAsync(Validity.CloseOf(quarter), knownAt, cancellation);
    }

    /// <summary>What was known when, as far as it may be looked at.</summary>
    public static async Task<TrainingHistory> HistoryAsync(IGraphStore store, SnapshotProvider snapshots, KnowledgeLimit limit, CancellationToken cancellation)
    {
        var latest = await snapshots.GetAsync(limit.AsOf is { } day ? Validity.CloseOf(day) : Validity.EndOfTime, limit.KnownAt, cancellation);
        return new TrainingHistory(
            latest, await FirstKnownAsync(store, cancellation),
            (quarter, knownAt, token) => QuarterAsync(snapshots, quarter, knownAt, token))
        { Store = store };
    }

    /// <summary>How to train, by what the user gives.</summary>
    public static TrainingOptions Options(ulong seed, int? trainQuarters = null, int? testQuarters = null, string? family = null)
    {
        var usual = new TrainingOptions();
        return usual with
        {
            Seed = (int)(seed % int.MaxValue),
            TrainQuarters = trainQuarters ?? usual.TrainQuarters,
            TestQuarters = testQuarters ?? usual.TestQuarters,
            Family = family is null || family == usual.Family.Name ? usual.Family : ModelFamilies.Named(family),
        };
    }

    /// <summary>The close of the day of the store's first recording: sources loaded one after another on it are one beginning.</summary>
    private static async Task<DateTimeOffset> FirstKnownAsync(IGraphStore store, CancellationToken cancellation)
    {
        await foreach (var set in store.ReadSetsAsync(0, cancellation))
            return Validity.CloseOf(DateOnly.FromDateTime(set.Version.RecordedAt.UtcDateTime));
        return DateTimeOffset.MinValue;
    }
}
