using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Intake.Import;
using GraphRisk.TestKit;

namespace GraphRisk.Intake.Tests.Import;

public sealed class SampleMarketTests
{
    [Test]
    public async Task EveryRowOfTheCommittedSampleLands()
    {
        using var bench = new ImportBench();
        var report = await bench.Import(null, Repository.PathOf("samples", "market"));
        // The market's records have slips of the pen, as records have: numbers that fail their own check are named and land.
        var found = bench.Quarantine.List().ToLookup(entry => entry.Landed && entry.Field is "residentId" or "uscc" && entry.Reason.Contains("its check character does not fit", StringComparison.Ordinal));
        Assert.That(found[false].Select(entry => $"{entry.File}:{entry.Line} {entry.Field} {entry.Reason}").Take(10), Is.Empty);
        Assert.That(found[true].Count(), Is.EqualTo(report.Flagged).And.InRange(1, report.Rows / 100));
        foreach (var file in report.Files.Where(file => file.Mapping is not null))
            Assert.That(file.Landed, Is.EqualTo(RecordsOf(file)), file.Path);
    }

    [Test]
    public async Task ImportingTheSampleAgainChangesNothing()
    {
        using var bench = new ImportBench();
        var sample = Repository.PathOf("samples", "market");
        await bench.Import(null, sample);
        var (facts, version) = (bench.Store.Facts, bench.Store.Version);
        var again = await bench.Import(null, sample);
        Assert.That((bench.Store.Facts, bench.Store.Version, again.Asserted), Is.EqualTo((facts, version, 0L)));
    }

    [TestCase("MarginContract")]
    [TestCase("PledgeContract")]
    [TestCase("RepoContract")]
    public async Task AClosedContractOfTheSampleOwesNothing(string type)
    {
        using var bench = new ImportBench();
        await bench.Import(null, Repository.PathOf("samples", "market"));
        var snapshot = await SnapshotBuilder.BuildAsync(bench.Store, await bench.Store.GetVersionAsync(), Validity.CloseOf(new DateOnly(2025, 12, 31)));
        var nodes = snapshot.Nodes;
        int[] closed = [.. Enumerable.Range(0, nodes.RowCount(type)).Select(row => nodes.NodeInRow(type, row)).Where(node => nodes.GetString(node, "status") == "CLOSED")];
        Assert.That(closed, Has.Length.GreaterThan(5));
        Assert.That(closed.Select(node => nodes.GetDecimal(node, "debt")), Is.All.EqualTo(0m));
    }

    [Test]
    public async Task NothingOfTheTruthIsRead()
    {
        using var bench = new ImportBench();
        var report = await bench.Import(null, Repository.PathOf("samples", "market", "truth"));
        Assert.That(report.Files, Is.Not.Empty);
        Assert.That(report.Files.Select(file => file.Reason), Is.All.EqualTo("truth is for evaluation only"));
    }

    private static long RecordsOf(FileReport file) => File.ReadLines(file.Path).LongCount() - (file.Path.EndsWith(".csv", StringComparison.Ordinal) ? 1 : 0);
}
