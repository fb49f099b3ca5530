using GraphRisk.Matching.Comparison;
using GraphRisk.Matching.Names;

namespace GraphRisk.Matching.Tests.Comparison;

public sealed class EditDistanceTests
{
    [Test]
    public void TheWordsOfBitsCountWhatTheTableOfNumbersCounts()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var (left, right) = (Text(random), Text(random));
            Assert.That(EditDistance.Of(left, right), Is.EqualTo(NameComparison.Distance(left, right)), $"'{left}' '{right}'");
        }
    }

    [TestCase("martha", "marhta", 0.961)]
    [TestCase("dixon", "dicksonx", 0.813)]
    [TestCase("dwayne", "duane", 0.840)]
    [TestCase("abc", "xyz", 0)]
    public void WinklersExamplesComeOut(string left, string right, double similarity) =>
        Assert.That(JaroWinkler.Of(left, right), Is.EqualTo(similarity).Within(0.0005));

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(0, random.Next(2) == 0 ? 6 : 64)).Select(_ => "abcd张伟"[random.Next(6)]));
}
