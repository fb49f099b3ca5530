using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Training;

/// <summary>Judges fitted trees on rows they never saw and writes the findings down.</summary>
internal sealed class Validation(Part train, Part test, TrainingOptions options)
{
    private readonly bool[] outcomes = Outcomes(test);

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
            OutOfFold(full, train), Performance.Of(probabilities, outcomes), Performance.Of(ownOnly.Probabilities(test.Matrix), outcomes),
            ByClientType(probabilities), ChallengerAuc(), IsotonicBrier(full),
            PopulationStability.OfSamples(full.Probabilities(train.Matrix), probabilities),
            CalibrationBins.Compute(probabilities, outcomes),
            Features(full, catalog));
    }

    private static Performance OutOfFold(FittedTrees full, Part train) =>
        Performance.Of([.. full.OutOfFold.Select(full.Calibration.Probability)], Outcomes(train));

    private SortedDictionary<string, Performance> ByClientType(double[] probabilities)
    {
        var byType = new SortedDictionary<string, Performance>(StringComparer.Ordinal);
        foreach (var group in Enumerable.Range(0, test.Rows.Count).GroupBy(row => test.Rows[row].IsCompany ? "company" : "person"))
            byType.Add(group.Key, Performance.Of([.. group.Select(row => probabilities[row])], [.. group.Select(row => outcomes[row])]));
        return byType;
    }

    private double? ChallengerAuc()
    {
        if (!options.WithChallenger)
            return null;
        var outcomes = train.Rows.Select(row => row.Defaulted ? 1f : 0f).ToArray();
        var challenger = MicrosoftMlTrees.Train(train.Matrix, outcomes, options.Trees with { Rounds = options.RoundsTried[options.RoundsTried.Count / 2] });
        return AreaUnderCurve.Compute(challenger.Margins(test.Matrix), this.outcomes);
    }

    private double IsotonicBrier(FittedTrees full)
    {
        var isotonic = IsotonicCalibration.Fit(full.OutOfFold, Outcomes(train));
        var margins = full.Trees.Margins(test.Matrix.SelectColumns(full.Columns));
        return BrierScore.Compute([.. margins.Select(isotonic.Probability)], outcomes);
    }

    private FeatureCard[] Features(FittedTrees full, SchemaCatalog catalog)
    {
        var contributions = full.Trees.Contributions(test.Matrix.SelectColumns(full.Columns));
        var width = full.Columns.Length + 1;
        return [.. full.Columns.Select((column, i) =>
        {
            var feature = FeatureSet.Features[column];
            double sum = 0;
            for (var row = 0; row < test.Rows.Count; row++)
                sum += Math.Abs(options.Scaling.PointsOfContribution(full.Calibration.Slope * contributions[row * width + i]));
            return new FeatureCard(
                feature.Name, feature.Title, feature.Group.Name, feature.Group.Scope == FeatureScope.Own ? "OWN" : "GRAPH",
                feature.Direction, feature.Missing, (int)feature.LevelUnder(catalog), sum / test.Rows.Count);
        }).OrderByDescending(card => card.MeanAbsolutePoints).ThenBy(card => card.Name, StringComparer.Ordinal)];
    }

    private static bool[] Outcomes(Part part) => [.. part.Rows.Select(row => row.Defaulted)];
}
