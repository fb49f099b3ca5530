using System.Text.RegularExpressions;
using GraphRisk.Matching.Evaluation;
using GraphRisk.Matching.Linkage;
using GraphRisk.Matching.Records;
using GraphRisk.TestKit;

namespace GraphRisk.Matching.Tests.Linkage;

/// <summary>Labelled data of others, read and matched with no word said about it: no mapping, no threshold.</summary>
public sealed class SharedDataTests
{
    private static readonly Regex Person = new(@"rec-(\d+)", RegexOptions.CultureInvariant);

    private static readonly string[] Senzing = ["customers", "reference", "watchlist"];

    [TestCase("soc_sec_id kept", 1.0, 0.9998, 0.9999)]
    [TestCase("soc_sec_id", 1.0, 0.9985, 0.999)]
    public void AustraliansOfOneFile(string without, double precision, double recall, double byRecord) =>
        Holds(Measure(["febrl/dataset3.csv"], new TruthOptions("rec_id") { Pattern = Person }, without), precision, recall, byRecord);

    [TestCase("soc_sec_id kept", 1.0, 0.9998, 0.9999)]
    [TestCase("soc_sec_id", 0.9995, 0.999, 0.9995)]
    public void AustraliansOfTwoFiles(string without, double precision, double recall, double byRecord) =>
        Holds(Measure(["febrl/dataset4a.csv", "febrl/dataset4b.csv"], new TruthOptions("rec_id") { Pattern = Person }, without), precision, recall, byRecord);

    [Test]
    public void BritonsWithMissingFields() => Holds(Measure(["fake_1000.csv"], new TruthOptions("cluster")), 0.99, 0.94, 0.96);

    [Test]
    public void SitesOfChicago() => Holds(Measure(["chicago_sites.csv"], new TruthOptions("True Id")), 0.93, 0.9, 0.95);

    [Test]
    public void TheTruthSetEndsAlikeInAllOrdersOfItsFiles()
    {
        var clusters = new HashSet<string>(StringComparer.Ordinal);
        foreach (var order in Orders())
        {
            var (reading, result) = Match([.. order.Select(at => $"senzing/{Senzing[at]}.jsonl")], Key());
            Assert.That(reading.Table.Count, Is.EqualTo(159));
            var named = Enumerable.Range(0, reading.Table.Count).GroupBy(record => result.ClusterOf[record])
                .Select(cluster => string.Join(' ', cluster.Select(record => $"{reading.Table.Sources[reading.Table.SourceOf[record]]}:{reading.Table.Keys[record]}").Order(StringComparer.Ordinal)));
            clusters.Add(string.Join('\n', named.Order(StringComparer.Ordinal)));
            Holds(ClusterQuality.Measure(reading.Truth, result.ClusterOf.AsSpan()), 0.99, 0.99, 0.99);
            Assert.That(result.ClusterCount, Is.EqualTo(85));
        }

        Assert.That(clusters, Has.Count.EqualTo(1));
    }

    private static TruthOptions Key() => new("CLUSTER_ID") { File = SharedData.Require("data/er/senzing/actual_truthset_key.csv") };

    private static IEnumerable<int[]> Orders() =>
        from first in Enumerable.Range(0, 3) from second in Enumerable.Range(0, 3) where second != first select new[] { first, second, 3 - first - second };

    private static ClusterQuality Measure(string[] files, TruthOptions truth, string without = "")
    {
        var (reading, result) = Match(files, truth, without);
        return ClusterQuality.Measure(reading.Truth, result.ClusterOf.AsSpan());
    }

    private static (RecordReading Reading, LinkageResult Result) Match(string[] files, TruthOptions truth, string without = "")
    {
        var paths = files.Select(file => SharedData.Require($"data/er/{file}")).ToArray();
        string[] left = without.Length == 0 || without.Contains(' ', StringComparison.Ordinal) ? [] : [without];
        var reading = RecordReader.Read(paths, RecordMapping.None.Without(left), truth);
        return (reading, new LinkageRun(reading.Table).Run());
    }

    private static void Holds(ClusterQuality quality, double precision, double recall, double byRecord)
    {
        TestContext.Out.WriteLine($"precision {quality.Precision:0.0000} recall {quality.Recall:0.0000} F1 {quality.F1:0.0000} B-cubed {quality.BCubed.Precision:0.0000} {quality.BCubed.Recall:0.0000} {quality.BCubed.F1:0.0000}");
        Assert.Multiple(() =>
        {
            Assert.That(quality.Precision, Is.GreaterThanOrEqualTo(precision), "pairwise precision");
            Assert.That(quality.Recall, Is.GreaterThanOrEqualTo(recall), "pairwise recall");
            Assert.That(quality.BCubed.F1, Is.GreaterThanOrEqualTo(byRecord), "B-cubed F1");
        });
    }
}
