using GraphRisk.Intake.Resolution.Evaluation;

namespace GraphRisk.Intake.Tests.Resolution;

public sealed class ResolutionQualityTests
{
    [Test]
    public void PairsAreCountedAsOneByOne()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var records = Enumerable.Range(0, random.Next(1, 40)).Select(_ => (Entity: $"e{random.Next(8)}", Group: random.Next(-1, 8))).ToArray();
            long both = 0, joined = 0, real = 0;
            for (var i = 0; i < records.Length; i++)
                for (var j = i + 1; j < records.Length; j++)
                {
                    var (same, together) = (records[i].Entity == records[j].Entity, records[i].Group >= 0 && records[i].Group == records[j].Group);
                    if (same && together) both++;
                    if (together) joined++;
                    if (same) real++;
                }

            Assert.That(ResolutionQuality.Measure(records), Is.EqualTo(new ResolutionQuality(both, joined, real)), $"seed {seed}");
        }
    }

    [Test]
    public void NothingJoinedIsPreciseAndFindsNothing()
    {
        var quality = ResolutionQuality.Measure([("a", -1), ("a", -1)]);
        Assert.That((quality.Precision, quality.Recall, quality.F1), Is.EqualTo((1.0, 0.0, 0.0)));
    }
}
