using GraphRisk.TestKit;

namespace GraphRisk.Simulation.Tests;

/// <summary>The committed sample is what the generator writes today, and its README describes it.</summary>
public class SampleMarketTests
{
    private static readonly string Sample = Repository.PathOf("samples", "market");
    private static readonly string[] ByHand = ["README.md", ".gitattributes"];
    private GeneratedMarket market = null!;

    [OneTimeSetUp]
    public void Generate() => market = new GeneratedMarket(new MarketParameters(2000, 7));

    [OneTimeTearDown]
    public void Remove() => market.Dispose();

    [Test]
    public void TheCommittedSampleIsWhatTheGeneratorWrites()
    {
        var committed = Directory.EnumerateFiles(Sample, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Sample, f).Replace('\\', '/')).Except(ByHand);
        Assert.That(committed, Is.EquivalentTo(market.Files));
        foreach (var file in market.Files)
            Assert.That(File.ReadAllBytes(Path.Combine(Sample, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(market.Folder, file))), file + " differs; generate the sample anew");
    }

    [Test]
    public void TheSampleIsBelowEightMegabytes() =>
        Assert.That(Directory.EnumerateFiles(Sample, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length), Is.LessThan(8_000_000));

    [Test]
    public void TheReadmeNamesEveryColumnOfEveryFile()
    {
        var readme = File.ReadAllText(Path.Combine(Sample, "README.md"));
        Assert.Multiple(() =>
        {
            foreach (var file in market.Files)
            {
                Assert.That(readme, Does.Contain(Path.GetFileName(file)), file);
                foreach (var column in ColumnsOf(file))
                    Assert.That(readme, Does.Contain($"`{column}`").Or.Contain($"| {column} |"), $"{file}: {column}");
            }
        });
    }

    private IEnumerable<string> ColumnsOf(string file) =>
        file.EndsWith(".csv", StringComparison.Ordinal) ? market.Header(file) : market.Documents(file).First().EnumerateObject().Select(p => p.Name);
}
