using System.Globalization;
using GraphRisk.Matching.Linkage;
using GraphRisk.Matching.Model;

namespace GraphRisk.Matching.Charts;

/// <summary>What a matching of records looks like, as SVG: the weights of its model, how probable its pairs are, how large its clusters, and how one pair's score comes about.</summary>
public static class LinkageCharts
{
    private const int Bands = 20;

    /// <summary>Writes <c>weights.svg</c>, <c>probabilities.svg</c> and <c>cluster-sizes.svg</c> to a folder, which is made.</summary>
    /// <exception cref="IOException">It cannot be written to.</exception>
    public static void Write(string folder, LinkageResult result)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "weights.svg"), OfWeights(result.Model));
        File.WriteAllText(Path.Combine(folder, "probabilities.svg"), OfProbabilities(result));
        File.WriteAllText(Path.Combine(folder, "cluster-sizes.svg"), OfClusterSizes(result));
    }

    /// <summary>What each level of each comparison weighs.</summary>
    public static string OfWeights(MatchModel model)
    {
        var bars = new List<Bar> { new("before anything is compared", 0, model.PriorBits, Signed(model.PriorBits)) };
        foreach (var comparison in model.Comparisons)
        {
            bars.Add(new Bar(comparison.Name, 0, 0, "", IsHeading: true));
            bars.AddRange(comparison.Levels.Select(level => new Bar(level.Label, 0, level.Bits, Signed(level.Bits))));
        }

        return BarChart.Of("What agreement and disagreement weigh", "bits: each doubles the odds that two records are one", bars);
    }

    /// <summary>Pairs by probability, in bands of a twentieth; on a logarithmic axis, since few bands hold nearly all.</summary>
    public static string OfProbabilities(LinkageResult result) => OfProbabilities(result.Pairs.Select(pair => pair.Probability));

    /// <summary>The same of probabilities from 0 to 1.</summary>
    public static string OfProbabilities(IEnumerable<double> probabilities)
    {
        var counts = new long[Bands];
        foreach (var probability in probabilities) counts[Math.Min(Bands - 1, (int)(probability * Bands))]++;
        return BarChart.Of("Pairs by probability that they are one", Logarithmic("pairs"), [.. counts.Select((count, band) =>
            Counted(string.Create(CultureInfo.InvariantCulture, $"{(double)band / Bands:0.00} to {(band + 1.0) / Bands:0.00}"), count))]);
    }

    /// <summary>Clusters by number of records.</summary>
    public static string OfClusterSizes(LinkageResult result)
    {
        var sizes = new int[result.ClusterCount];
        foreach (var cluster in result.ClusterOf) sizes[cluster]++;
        return OfClusterSizes(sizes);
    }

    /// <summary>The same of sizes from 1 on.</summary>
    public static string OfClusterSizes(IEnumerable<int> sizes)
    {
        var bands = sizes.GroupBy(BandOf).OrderBy(band => band.Key);
        return BarChart.Of("Clusters by number of records", Logarithmic("clusters"), [.. bands.Select(band => Counted(Named(band.Key), band.Count()))]);
    }

    /// <summary>How the score of a pair comes about: each step begins where the one before ends.</summary>
    public static string OfPair(Waterfall waterfall)
    {
        var bars = new List<Bar>();
        var sum = 0.0;
        foreach (var step in waterfall.Steps)
        {
            var label = step.Left.Length + step.Right.Length == 0 ? $"{step.Name} {step.Level}".Trim() : $"{step.Name}: {step.Left} / {step.Right}";
            bars.Add(new Bar(label, sum, sum + step.Bits, Signed(step.Bits)));
            sum += step.Bits;
        }

        bars.Add(new Bar("together", 0, sum, string.Create(CultureInfo.InvariantCulture, $"{Signed(sum)}, probability {waterfall.Probability:0.0000}")));
        return BarChart.Of("How the score of two records comes about", "bits", bars);
    }

    private static Bar Counted(string label, long count) => new(label, 0, Math.Log10(count + 1), count.ToString("N0", CultureInfo.InvariantCulture));

    private static string Logarithmic(string what) => $"{what}, logarithmic";

    /// <summary>Sizes to ten one by one, beyond by doubling: the least size of the band.</summary>
    private static int BandOf(int size)
    {
        if (size <= 10) return size;
        var band = 11;
        while (size >= band * 2) band *= 2;
        return band;
    }

    private static string Named(int band) => band == 1 ? "1 record" : band <= 10 ? $"{band} records" : $"{band} to {band * 2 - 1} records";

    private static string Signed(double bits) => bits.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
}
