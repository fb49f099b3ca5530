using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Training;

/// <summary>Judges fitted trees on rows they never saw and writes the findings down. Only clients with debt are judged.</summary>
internal sealed class Validation(Part train, Part test, TrainingOptions options)
{
    private readonly int[] _judged = WithDebt(test);

    public ModelCard Card(
        FittedTrees full, FittedTrees ownOnly, TrainingPlan plan, SchemaCatalog catalog, string version, DateTimeOffset trainedAt)
    {
        var probabilities = full.Probabilities(test.Matrix);
        return new ModelCard(
            version, trainedAt,
            "Indication of a client's risk in securities financing, for admission, credit line and early warning; decided on by people.",
            $"Default or forced liquidation of a margin, pledge or repo contract within {plan.HorizonQuarters} quarter(s) of the as-of date.",
            "Clients owing under at least one contract on the as-of date.",
            plan.Train, plan.Test, options.Trees with { Rounds = full.Trees.Rounds }, full.Trees.Rounds,
            OutOfFold(full), Of(probabilities, _judged), Of(ownOnly.Probabilities(test.Matrix), _judged),
            ByClientType(probabilities), ChallengerAuc(), IsotonicBrier(full),
            PopulationStability.OfSamples(Pick(full.Probabilities(train.Matrix), WithDebt(train)), Pick(probabilities, _judged)),
            CalibrationBins.Compute(Pick(probabilities, _judged), Outcomes(test, _judged)),
            Features(full, catalog));
    }

    private Performance Of(double[] probabilities, int[] rows) =>
        Performance.Of(Pick(probabilities, rows), Outcomes(test, rows));

    private Performance OutOfFold(FittedTrees full)
    {
        var rows = WithDebt(train);
        var probabilities = Pick(full.OutOfFold, rows).Select(full.Calibration.Probability).ToArray();
        return Performance.Of(probabilities, Outcomes(train, rows));
    }

    private SortedDictionary<string, Performance> ByClientType(double[] probabilities)
    {
        var byType = new SortedDictionary<string, Performance>(StringComparer.Ordinal);
        foreach (var group in _judged.GroupBy(row => test.Rows[row].IsCompany ? "company" : "person"))
            byType.Add(group.Key, Of(probabilities, [.. group]));
        return byType;
    }

    private double? ChallengerAuc()
    {
        if (!options.WithChallenger)
            return null;
        var outcomes = train.Rows.Select(row => row.Defaulted ? 1f : 0f).ToArray();
        var challenger = MicrosoftMlTrees.Train(train.Matrix, outcomes, options.Trees with { Rounds = options.RoundsTried[options.RoundsTried.Count / 2] });
        return AreaUnderCurve.Compute(Pick(challenger.Margins(test.Matrix), _judged), Outcomes(test, _judged));
    }

    private double IsotonicBrier(FittedTrees full)
    {
        var rows = WithDebt(train);
        var isotonic = IsotonicCalibration.Fit(Pick(full.OutOfFold, rows), Outcomes(train, rows));
        var margins = full.Trees.Margins(test.Matrix.SelectColumns(full.Columns));
        return BrierScore.Compute([.. Pick(margins, _judged).Select(isotonic.Probability)], Outcomes(test, _judged));
    }

    private FeatureCard[] Features(FittedTrees full, SchemaCatalog catalog)
    {
        var contributions = full.Trees.Contributions(test.Matrix.SelectRows(_judged).SelectColumns(full.Columns));
        var width = full.Columns.Length + 1;
        return [.. full.Columns.Select((column, i) =>
        {
            var feature = FeatureSet.Features[column];
            double sum = 0;
            for (var row = 0; row < _judged.Length; row++)
                sum += Math.Abs(options.Scaling.PointsOfContribution(full.Calibration.Slope * contributions[row * width + i]));
            return new FeatureCard(
                feature.Name, feature.Title, feature.Group.Name, feature.Group.Scope == FeatureScope.Own ? "OWN" : "GRAPH",
                feature.Direction, feature.Missing, (int)feature.LevelUnder(catalog), sum / _judged.Length);
        }).OrderByDescending(card => card.MeanAbsolutePoints).ThenBy(card => card.Name, StringComparer.Ordinal)];
    }

    private static int[] WithDebt(Part part) => [.. Enumerable.Range(0, part.Rows.Count).Where(row => part.Rows[row].HasDebt)];

    private static bool[] Outcomes(Part part, int[] rows) => [.. rows.Select(row => part.Rows[row].Defaulted)];

    private static double[] Pick(double[] values, int[] rows) => [.. rows.Select(row => values[row])];
}
