using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Models;

namespace GraphRisk.Scoring.Training;

/// <summary>Judges a fitted model on rows it never saw and writes the findings down.</summary>
internal sealed class Validation(Part train, Part test, Feature[] features, TrainingOptions options)
{
    public ModelCard Card(
        FittedModel full, Performance ownOnly, TrainingPlan plan, SchemaCatalog catalog, string version, DateTimeOffset trainedAt)
    {
        var probabilities = full.Probabilities(test.Matrix);
        return new ModelCard(
            version, trainedAt,
            "Indication of a client's risk in securities financing, for admission, credit line and early warning; decided on by people.",
            $"Default or forced liquidation of a margin, pledge or repo contract within {plan.HorizonQuarters} quarter(s) of the as-of date.",
            "Clients owing under at least one contract on the as-of date.",
            plan.Train, plan.Test, options.Family.Name, options.Family.Describe(full.Choice), options.Seed,
            OutOfFold(full), Performance.Of(probabilities, test.Bad), ownOnly,
            ByClientType(probabilities), IsotonicBrier(full),
            PopulationStability.OfSamples(full.Probabilities(train.Matrix), probabilities),
            CalibrationBins.Compute(probabilities, test.Bad),
            Features(full, catalog))
        {
            Bands = GradeOutcomes.Of(probabilities, test.Bad, GradeTable.Standard),
        };
    }

    private static Performance OutOfFold(FittedModel full) =>
        Performance.Of([.. full.Unseen.Margins.Select(full.Calibration.Probability)], full.Unseen.Bad);

    private SortedDictionary<string, Performance> ByClientType(double[] probabilities)
    {
        var byType = new SortedDictionary<string, Performance>(StringComparer.Ordinal);
        foreach (var group in Enumerable.Range(0, test.Rows.Count).GroupBy(row => test.Rows[row].IsCompany ? "company" : "person"))
            byType.Add(group.Key, Performance.Of([.. group.Select(row => probabilities[row])], [.. group.Select(row => test.Bad[row])]));
        return byType;
    }

    private double IsotonicBrier(FittedModel full)
    {
        var isotonic = IsotonicCalibration.Fit(full.Unseen);
        return BrierScore.Compute([.. full.Model.Margins(test.Matrix).Select(isotonic.Probability)], test.Bad);
    }

    private FeatureCard[] Features(FittedModel full, SchemaCatalog catalog)
    {
        var contributions = full.Model.Contributions(test.Matrix);
        var sizes = new double[features.Length];
        for (var row = 0; row < test.Rows.Count; row++)
        {
            var slope = full.Calibration.SlopeBetween(contributions.Baseline(row), contributions.Margin(row));
            for (var i = 0; i < sizes.Length; i++)
                sizes[i] += Math.Abs(options.Scaling.PointsOfContribution(slope * contributions.Of(row)[i]));
        }
        return [.. features.Select((feature, i) => new FeatureCard(
                feature.Name, feature.Title, feature.Group.Name, feature.Group.Scope == FeatureScope.Own ? "OWN" : "GRAPH",
                feature.Direction, feature.Missing, (int)feature.LevelUnder(catalog), sizes[i] / test.Rows.Count))
            .OrderByDescending(card => card.MeanAbsolutePoints).ThenBy(card => card.Name, StringComparer.Ordinal)];
    }
}
