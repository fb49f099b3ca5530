using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Scores;

/// <summary>
/// Between which probabilities that of a client lies, as far as the platform can tell. It contains
/// <list type="bullet">
/// <item>the calibration: 95% of the fits to redrawn rows (<see cref="Calibration.ProbabilityBand"/>);</item>
/// <item>facts that are not known (<see cref="Ignorance"/>): anything from the tenth to the ninetieth hundredth of the training rows;</item>
/// <item>what a thin file has not had the time to show, conduct and the movement of debt and ratios: the same, and its own;</item>
/// <item>doubtful resolution: anything between the client's value and that of a record that may be the same party;</item>
/// <item>shares known by bounds: the distress of companies held and of holders by the upper bound instead of the lower one.</item>
/// </list>
/// It does not contain what other training rows would have made of the model, nor facts that are wrong. All inputs are put to their
/// safest ends together, then to their riskiest; those without a direction stay, or go to either end together. So it is wide
/// rather than exact, and always holds the probability. Each doubted record has
/// corners of its own. Cost: seven margins, and six a doubted record. Safe for concurrent readers.
/// </summary>
internal sealed class ProbabilityRange(CreditModel model, MarketReading market)
{
    private const int Corners = 6;

    private readonly Feature[] features = [.. model.Columns.Select(column => FeatureSet.Features[column])];

    /// <summary>The range of a client that is not in default.</summary>
    /// <param name="node">Node of the client.</param>
    /// <param name="row">Its features, all of them.</param>
    /// <param name="doubted">Features of records that may be the same party.</param>
    /// <param name="isThin">Whether its file is thin.</param>
    public Interval Of(int node, float[] row, IReadOnlyList<float[]> doubted, bool isThin, WorkMeter meter)
    {
        float[]?[] sources = doubted.Count == 0 ? [null] : [null, .. doubted];
        var matrix = new FeatureMatrix(sources.Length * Corners + 1, features.Length);
        for (var source = 0; source < sources.Length; source++)
        {
            var ends = new (float Low, float High)[features.Length];
            for (var i = 0; i < ends.Length; i++) ends[i] = EndsOf(i, row, sources[source], isThin);
            Stretch(ends, "held_distress", HeldBeyond(node, meter));
            Stretch(ends, "holder_distress", HoldersBeyond(node, meter));
            for (var i = 0; i < ends.Length; i++) Fill(matrix, source * Corners, i, row[model.Columns[i]], ends[i]);
        }
        for (var i = 0; i < features.Length; i++) matrix[matrix.Rows - 1, i] = row[model.Columns[i]];
        meter.Charge(matrix.Rows * model.Model.StepsOfMargin);
        var margins = model.Model.Margins(matrix);
        var (calibration, band) = (model.Definition.Calibration, model.Definition.Band);
        var (least, greatest) = (margins.Min(), margins.Max());
        return new Interval(
            Math.Min(band.Of(least).Lower, calibration.Probability(least)), Math.Max(band.Of(greatest).Upper, calibration.Probability(greatest)));
    }

    /// <summary>Writes the ends of an input into the corners: three safe ones, three risky ones.</summary>
    private void Fill(FeatureMatrix matrix, int first, int input, float own, (float Low, float High) ends)
    {
        var direction = features[input].Direction;
        for (var corner = 0; corner < Corners; corner++)
            matrix[first + corner, input] = direction != 0
                ? (corner < Corners / 2) == (direction > 0) ? ends.Low : ends.High
                : (corner % 3) switch { 0 => own, 1 => ends.Low, _ => ends.High };
    }

    private (float Low, float High) EndsOf(int input, float[] row, float[]? doubted, bool isThin)
    {
        var column = model.Columns[input];
        var (low, high) = (row[column], row[column]);
        var isOpen = Ignorance.IsAt(column, row);
        if ((isOpen || isThin && Ignorance.NeedsTime(features[input])) && model.Definition.Ranges[input] is { } range)
            (low, high) = Widen((low, high), (float)range.Low, (float)range.High);
        return doubted is null ? (low, high) : Widen((low, high), doubted[column], doubted[column]);
    }

    /// <summary>From the lesser to the greater of what is known.</summary>
    private static (float Low, float High) Widen((float Low, float High) ends, float low, float high) => float.IsNaN(low) ? ends
        : float.IsNaN(ends.Low) ? (low, high)
        : (Math.Min(ends.Low, low), Math.Max(ends.High, high));

    private void Stretch((float Low, float High)[] ends, string feature, double by)
    {
        var input = Array.FindIndex(features, one => one.Name == feature);
        if (input >= 0 && by > 0) ends[input].High += (float)by;
    }

    /// <summary>Distress of companies held, by the part of the shares that is possible and not certain.</summary>
    private double HeldBeyond(int node, WorkMeter meter)
    {
        if (market.Parties.IsHub(node)) return 0;
        var beyond = 0.0;
        foreach (var holding in market.Holdings(meter).HeldBy(node))
            beyond += (double)(holding.Equity.Upper - holding.Equity.Lower) * DistressOf(holding.Company, meter);
        return beyond;
    }

    private double HoldersBeyond(int node, WorkMeter meter)
    {
        var (holdings, beyond) = (market.Holdings(meter), 0.0);
        foreach (var edge in holdings.EdgesInto(node))
            if (holdings[edge] is var holding && !market.Parties.IsHub(holding.Holder))
                beyond += (double)(holding.Equity.Upper - holding.Equity.Lower) * DistressOf(holding.Holder, meter);
        return beyond;
    }

    private double DistressOf(int node, WorkMeter meter) => market.Parties.IndexOf(node) is >= 0 and var party ? market.Distress(meter).Of(party) : 0;
}
