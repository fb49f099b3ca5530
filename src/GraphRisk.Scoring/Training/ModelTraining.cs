using GraphRisk.Graph.Schema;
using GraphRisk.Market;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Labels;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Training.Leaks;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Training;

/// <summary>
/// From quarters to a model: a panel of clients over quarters, model and calibration on the early ones, the test on
/// the last ones, once with and once without graph features. What is tested is what is served: the model is not
/// grown again on the test quarters.
/// </summary>
public static class ModelTraining
{
    /// <summary>
    /// Builds the panel by asking for one snapshot after another, then trains. A quarter's features are what was known at the close
    /// of its day, where the history reaches back so far; those of earlier quarters are the first knowledge there is. Outcomes are
    /// read from the latest knowledge, restated and judged since, and none is later than its as-of day.
    /// </summary>
    /// <exception cref="InvalidOperationException">The history is too short, or holds too few defaults.</exception>
    /// <exception cref="LeakException">The training set knows what it is to foresee.</exception>
    public static async ValueTask<CreditModel> RunAsync(
        TrainingHistory history, TrainingOptions options, DateTimeOffset trainedAt, CancellationToken cancellation = default)
    {
        var (latest, known) = (history.Latest, new MarketReading(history.Latest));
        var reach = DataReach.Of(known);
        var last = reach.Last < latest.Stamp.AsOfDay ? reach.Last : latest.Stamp.AsOfDay;
        var plan = TrainingPlan.For(reach with { Last = last }, options);
        var panel = new Panel(new DefaultHistory(known), plan, options);
        var quarters = new List<PanelQuarter>();
        foreach (var asOf in plan.AsOfDates) quarters.Add(await AddQuarterAsync(panel, history, asOf, cancellation));
        var data = new TrainingData(latest.Stamp.Version, latest.Stamp.KnownAt, plan.OutcomeUntil(plan.Test[^1]), panel.Hash(), quarters)
        {
            Store = latest.Stamp.Mark.StoreText, History = latest.Stamp.Mark.HistoryText,
        };
        var audit = await LeakCheck.RunAsync(panel, panel.Matrix(), plan, history, options.Seed, cancellation);
        return Run(panel, plan, latest.Catalog, options, trainedAt, data, audit);
    }

    /// <summary>Adds a quarter; nothing of its snapshot is held when it is done.</summary>
    private static async ValueTask<PanelQuarter> AddQuarterAsync(Panel panel, TrainingHistory history, DateOnly asOf, CancellationToken cancellation)
    {
        var snapshot = await history.AtAsync(asOf, cancellation);
        panel.Add(FeatureSet.Open(new MarketReading(snapshot)));
        return new PanelQuarter(asOf, snapshot.Stamp.Version, history.ReachesBackTo(asOf));
    }

    /// <summary>Trains on a panel.</summary>
    /// <exception cref="InvalidOperationException">It holds too few defaults.</exception>
    /// <exception cref="LeakException">Its rows know what they are to foresee.</exception>
    public static CreditModel Run(
        Panel panel, TrainingPlan plan, SchemaCatalog catalog, TrainingOptions options, DateTimeOffset trainedAt, TrainingData? data = null,
        LeakAudit? audit = null)
    {
        SplitCheck.RequireApart(panel, plan);
        var known = panel.Matrix();
        var groups = ClientGroups.Of(panel, known);
        IEnumerable<Leak> named = [.. groups.Named(), .. SeparationCheck.Check(panel, known)];
        var read = FeatureSet.ColumnsFor(options.Family);
        Feature[] features = [.. read.Select(column => FeatureSet.Features[column])];
        var matrix = known.SelectColumns(read);
        var train = Part.Of(panel, matrix, plan.Train);
        var test = Part.Of(panel, matrix, plan.Test);
        RequireDefaults(train, "training");
        RequireDefaults(test, "test");

        var window = CalibrationWindow.Of(train, plan);
        int[] every = [.. Enumerable.Range(0, features.Length)];
        var full = Fit(train, features, every, window, groups, options);
        int[] ownColumns = [.. every.Where(column => features[column].Group.Scope == FeatureScope.Own)];
        var ownOnly = Fit(train, features, ownColumns, window, groups, options);
        using (ownOnly.Model)
        {
            var definition = new ModelDefinition(
                options.Family.Name, [.. features.Select(feature => feature.Name)], full.Calibration, options.Scaling,
                GradeTable.Standard.Grades, options.HorizonQuarters,
                [.. every.Select(column => InputRange.Of(Enumerable.Range(0, train.Matrix.Rows).Select(row => train.Matrix[row, column])))],
                ProbabilityBand.Bootstrap(full.Unseen, full.Method, options.Seed));
            var version = ModelFolder.VersionOf(full.Model.Text, definition);
            var ownPerformance = Performance.Of(ownOnly.Probabilities(test.Matrix.SelectColumns(ownColumns)), test.Bad);
            var card = new Validation(train, test, features, options).Card(full, ownPerformance, plan, catalog, version, trainedAt);
            return new CreditModel(full.Model, definition, card with { Data = data, Leaks = (audit ?? LeakAudit.None) with { Named = [.. named] }, CalibratedBy = $"{full.Method.Name}, {(window is null ? "" : $"{window.Told}, ")}by {options.Folds} folds of clients" });
        }
    }

    /// <summary>The family's model over some features, chosen by folds of clients and calibrated on the last quarters, or on all where these are too few.</summary>
    private static FittedModel Fit(Part train, Feature[] features, int[] columns, CalibrationWindow? window, ClientGroups groups, TrainingOptions options)
    {
        ModelInput[] inputs = [.. columns.Select(column => features[column]).Select(feature => new ModelInput(feature.Name, feature.Direction))];
        var set = new TrainingSet(train.Matrix.SelectColumns(columns), train.Bad, inputs);
        var folds = ClientFolds.Assign(train.Rows.Select(row => groups.KeyOf(row.Client)).ToArray(), options.Folds, options.Seed);
        return FittedModel.ByFolds(
            options.Family, set, folds, options.Folds, options.Seed, options.Parallelism, window is null ? CalibrationMethod.All[0] : null, window?.Rows);
    }

    private static void RequireDefaults(Part part, string name)
    {
        var defaults = part.Rows.Count(row => row.Defaulted);
        if (defaults < 2)
            throw new InvalidOperationException($"the {name} quarters hold {defaults} defaults: too few to learn or to judge");
    }
}

/// <summary>The rows of some quarters.</summary>
internal sealed record Part(FeatureMatrix Matrix, IReadOnlyList<Observation> Rows)
{
    public bool[] Bad { get; } = [.. Rows.Select(row => row.Defaulted)];

    public static Part Of(Panel panel, FeatureMatrix matrix, IReadOnlyList<DateOnly> quarters)
    {
        var rows = Enumerable.Range(0, panel.Observations.Count).Where(i => quarters.Contains(panel.Observations[i].AsOf)).ToArray();
        return new Part(matrix.SelectRows(rows), [.. rows.Select(i => panel.Observations[i])]);
    }
}
