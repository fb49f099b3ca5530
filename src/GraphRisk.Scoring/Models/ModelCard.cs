using GraphRisk.Graph.Store;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Training.Leaks;

namespace GraphRisk.Scoring.Models;

/// <summary>What a reader must know before trusting the model: what it foresees, what it was taught on, how it did where it had not looked.</summary>
/// <param name="Version">Content hash of the model.</param>
/// <param name="TrainedAt">When, as the caller's clock said.</param>
/// <param name="Purpose">What it may be used for.</param>
/// <param name="Outcome">What counts as bad.</param>
/// <param name="Population">Whose score the performance is about.</param>
/// <param name="TrainingQuarters">As-of dates learned from.</param>
/// <param name="TestQuarters">As-of dates tested on, all later.</param>
/// <param name="Family">Family of the model.</param>
/// <param name="Settings">The family's settings that were chosen, in words.</param>
/// <param name="Seed">Seed of folds and training.</param>
/// <param name="OutOfFold">On training quarters, each row judged by a model that had not seen it: of the quarters before, or of other clients.</param>
/// <param name="OutOfTime">On the test quarters.</param>
/// <param name="OutOfTimeOwnOnly">The same of a model without graph features.</param>
/// <param name="OutOfTimeByClientType">Per kind of client.</param>
/// <param name="IsotonicBrier">Brier score out of time were the calibration isotonic; far below the model's own it says Platt's shape is wrong.</param>
/// <param name="Stability">Population stability index of the PD, training to test quarters.</param>
/// <param name="Calibration">Promise and outcome on the test quarters, from the safest tenth to the riskiest.</param>
/// <param name="Features">Every feature with its part in the scores.</param>
public sealed record ModelCard(
    string Version, DateTimeOffset TrainedAt, string Purpose, string Outcome, string Population,
    IReadOnlyList<DateOnly> TrainingQuarters, IReadOnlyList<DateOnly> TestQuarters,
    string Family, string Settings, int Seed, Performance OutOfFold, Performance OutOfTime, Performance OutOfTimeOwnOnly,
    IReadOnlyDictionary<string, Performance> OutOfTimeByClientType, double IsotonicBrier,
    double Stability, IReadOnlyList<CalibrationBin> Calibration, IReadOnlyList<FeatureCard> Features)
{
    /// <summary>What graph features added to the AUC out of time; null when either is undefined.</summary>
    public double? GraphLift => OutOfTime.Auc - OutOfTimeOwnOnly.Auc;

    /// <summary>What it was taught on and tested with; null on the card of an older program.</summary>
    public TrainingData? Data { get; init; }

    /// <summary>The last day of the outcomes it learned and was tested on, where that lies after a day: scores of the day are then what it would have said, not what could be said then.</summary>
    public DateOnly? LearnedAfter(DateOnly day) => Data?.AsOf is { } learned && learned > day ? learned : null;

    /// <summary>How the training set was searched for leaks; null on the card of an older program.</summary>
    public LeakAudit? Leaks { get; init; }

    /// <summary>How the model was calibrated and on which quarters; null on the card of an older program.</summary>
    public string? CalibratedBy { get; init; }

    /// <summary>Promise and outcome of the grades as they are served, on the test quarters; null on the card of an older program.</summary>
    public GradeOutcomes? Bands { get; init; }
}

/// <summary>Which data a model was taught on, so that the same can be had again.</summary>
/// <param name="StoreVersion">Version of the store the outcomes were read from.</param>
/// <param name="KnownAt">When that version was recorded: outcomes are those known by then.</param>
/// <param name="AsOf">Last day any outcome is of.</param>
/// <param name="Panel">SHA-256 of the panel: who was observed when, features and outcomes.</param>
/// <param name="Quarters">What each quarter's features were read from.</param>
public sealed record TrainingData(long StoreVersion, DateTimeOffset KnownAt, DateOnly AsOf, string Panel, IReadOnlyList<PanelQuarter> Quarters)
{
    /// <summary>Identity of the store; null on the card of an older program.</summary>
    public string? Store { get; init; }

    /// <summary>Mark of the history by which its version came about; null on the card of an older program.</summary>
    public string? History { get; init; }

    /// <summary>How a store parts from the one that taught, in a sentence; null where it does not, or nothing is known of it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cancellation">Ends the look.</param>
    public async ValueTask<string?> PartingAsync(IGraphStore store, CancellationToken cancellation = default)
    {
        if (StoreMark.Parse(Store, History) is not { } taught) return null;
        var here = await store.GetMarkAsync(StoreVersion, cancellation);
        return here == taught ? null
            : here is null ? FormattableString.Invariant($"was trained on version {StoreVersion} of store {Store}, which this store does not have yet")
            : here.Value.Store != taught.Store ? FormattableString.Invariant($"was trained on store {Store}; this is store {here.Value.StoreText}")
            : FormattableString.Invariant($"was trained on version {StoreVersion} by the history {History}, before a restore or an erasure; here it is {here.Value.HistoryText}");
    }
}

/// <summary>One quarter of the panel.</summary>
/// <param name="AsOf">Its last day.</param>
/// <param name="StoreVersion">Version of the store its features were read from.</param>
/// <param name="IsTrueToItsDay">
/// Whether that is what was known at the day's close; not so for a day before the store's history begins, whose features are read
/// from the first knowledge there is.
/// </param>
public sealed record PanelQuarter(DateOnly AsOf, long StoreVersion, bool IsTrueToItsDay);

/// <summary>One feature in the model card.</summary>
/// <param name="Scope">OWN or GRAPH.</param>
/// <param name="MeanAbsolutePoints">Mean size of its contribution on the test quarters, in score points.</param>
public sealed record FeatureCard(
    string Name, string Title, string Group, string Scope, int Direction, string Missing, int Level, double MeanAbsolutePoints);
