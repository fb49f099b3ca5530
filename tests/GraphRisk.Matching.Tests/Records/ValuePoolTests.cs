using System.Text;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Tests.Records;

public sealed class ValuePoolTests
{
    [Test]
    public void ValuesAreNumberedAsADictionaryWouldNumberThem()
    {
        var random = new Random(3);
        var (pool, known) = (new ValuePool(), new Dictionary<string, int>());
        for (var i = 0; i < 200_000; i++)
        {
            var value = random.Next(10) == 0 ? new string('x', random.Next(300)) : random.Next(60_000).ToString("X");
            if (!known.TryGetValue(value, out var number)) known[value] = number = known.Count;
            Assert.That(pool.Add(Encoding.UTF8.GetBytes(value)), Is.EqualTo(number));
        }

        Assert.That(pool.Count, Is.EqualTo(known.Count));
        foreach (var (value, number) in known) Assert.That(pool.Text(number), Is.EqualTo(value));
    }

    [Test]
    public void AValueBeyondAllBoundsIsCutBetweenCharacters()
    {
        var pool = new ValuePool();
        pool.Add(Encoding.UTF8.GetBytes(new string('王', 3000)));
        Assert.That(pool.Text(0), Is.EqualTo(new string('王', ValuePool.Longest / 3)));
    }
}
