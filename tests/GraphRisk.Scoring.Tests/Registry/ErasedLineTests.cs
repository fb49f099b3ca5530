using GraphRisk.Graph.Facts;
using GraphRisk.Scoring.Registry;
using GraphRisk.TestKit;

namespace GraphRisk.Scoring.Tests.Registry;

/// <summary>Lines of filed scores whose score was erased.</summary>
public sealed class ErasedLineTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void Make() => folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void TheChainLeadsOverThemAndOthersAreStillTold()
    {
        var path = folder.PathOf("filed.ndjson");
        var last = new ScoreFile(path).Append([Of("Person/a:1", 500), Of("Person/a:2", 510), Of("Person/a:1", 520), Of("Person/a:3", 530)]);
        var before = HashedLog.Read(path).ToList();
        var left = folder.PathOf("left.ndjson");
        using (var target = File.Create(left)) Assert.That(new ScoreFile(path).WriteErased(target, new HashSet<NodeId> { new("Person", "a:1") }), Is.EqualTo(2));
        var lines = HashedLog.Read(left).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText(left), Does.Not.Contain("a:1").And.Not.Contain("520"));
            Assert.That(lines.Select(line => line.IsErased), Is.EqualTo(new[] { true, false, true, false }));
            Assert.That(lines.Select(line => line.IsWhole), Has.All.True);
            Assert.That(lines.Select(line => line.Hash), Is.EqualTo(before.Select(line => line.Hash)));
            Assert.That(lines[^1].Hash, Is.EqualTo(last), "what the trail says was filed is there");
        });

        // It is gone on with, read by client, and an altered line is still found.
        new ScoreFile(left).Append([Of("Person/a:2", 540)]);
        var filed = new FiledScores(left);
        Assert.That(filed.Of([new NodeId("Person", "a:2")]).Select(score => score.Score), Is.EqualTo(new[] { 510, 540 }));
        Assert.That(filed.Of([new NodeId("Person", "a:1")]), Is.Empty);
        Assert.That(new ScoreFile(left).AppendChanged([Of("Person/a:2", 540), Of("Person/a:3", 531)]).Count, Is.EqualTo(1));
        File.WriteAllText(left, File.ReadAllText(left).Replace("530", "830", StringComparison.Ordinal));
        Assert.That(HashedLog.Read(left).Count(line => !line.IsWhole), Is.EqualTo(1));
        Assert.That(() => HashedLog.WriteErased(left, Stream.Null, _ => true), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("line 4"));
    }

    private static FiledScore Of(string client, int score) =>
        new("model", "features", 1, new DateOnly(2024, 6, 30), DateTimeOffset.UnixEpoch, client, 0.01, score, "A", 600, 1, 2);
}
