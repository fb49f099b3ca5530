using System.Globalization;
using System.Xml.Linq;
using GraphRisk.Matching.Charts;
using GraphRisk.Matching.Linkage;
using GraphRisk.Matching.Records;
using GraphRisk.Matching.Tests.Records;
using GraphRisk.TestKit;

namespace GraphRisk.Matching.Tests.Charts;

/// <summary>Charts say in words what their bars show.</summary>
public sealed class LinkageChartsTests
{
    [Test]
    public void TheChartsOfAMatchingAreWellFormedAndCountEverything()
    {
        using var folder = new TemporaryFolder();
        var (_, result) = Match();
        LinkageCharts.Write(folder.PathOf("charts"), result);
        Assert.That(Directory.GetFiles(folder.PathOf("charts")).Select(Path.GetFileName), Is.EquivalentTo(new[] { "weights.svg", "probabilities.svg", "cluster-sizes.svg" }));
        var clusters = Words(File.ReadAllText(folder.PathOf("charts", "cluster-sizes.svg")));
        var counted = clusters.Where(word => int.TryParse(word, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _)).Sum(word => int.Parse(word, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
        Assert.That(counted, Is.EqualTo(result.ClusterCount));
        var weights = Words(File.ReadAllText(folder.PathOf("charts", "weights.svg")));
        Assert.That(weights, Is.SupersetOf(result.Model.Comparisons.Select(comparison => comparison.Name)));
    }

    [Test]
    public void TheStepsOfAPairEndWhereItsScoreIs()
    {
        var (_, result) = Match();
        var words = Words(LinkageCharts.OfPair(result.Explain(0, 1)));
        Assert.That(words.Last(word => word.Contains("probability", StringComparison.Ordinal)), Does.StartWith(result.Explain(0, 1).Bits.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture)));
    }

    [Test]
    public void ValuesAreWrittenSoThatNothingBreaksOut()
    {
        var steps = new Matching.Model.WaterfallStep("name", "same", 3, "<script>&\"", "x");
        Assert.That(() => Words(LinkageCharts.OfPair(new Matching.Model.Waterfall([steps]))), Throws.Nothing);
    }

    private static (RecordReading Reading, LinkageResult Result) Match()
    {
        using var files = new RecordFiles().Add("people.csv", File.ReadAllText(Repository.PathOf("samples", "records", "people.csv")));
        var reading = files.Read(new TruthOptions("person"));
        return (reading, new LinkageRun(reading.Table).Run());
    }

    private static List<string> Words(string svg) =>
        [.. XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
}
