using System.Text.Json;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Tests.Identifiers;

namespace GraphRisk.Matching.Tests.Names;

public sealed class PinyinTests
{
    [Test]
    public void SurnamesAreReadAsSurnames()
    {
        var cases = SharedIdentifierCases.Load("pinyinSurnames");
        Assert.Multiple(() =>
        {
            foreach (var item in cases.EnumerateObject())
            {
                var expected = item.Value.ValueKind == JsonValueKind.Array
                    ? item.Value.EnumerateArray().Select(reading => reading.GetString()!.ToLowerInvariant()).ToArray()
                    : [item.Value.GetString()!.ToLowerInvariant()];
                var read = Pinyin.OfName(item.Name + "国华").Select(name => name.Surname).ToArray();
                Assert.That(read.Take(expected.Length), Is.EqualTo(expected), item.Name);
            }
        });
    }

    [TestCase("张晓明", "zhang", "xiaoming")]
    [TestCase("欧阳锋", "ouyang", "feng")]
    [TestCase("令狐冲", "linghu", "chong")]
    [TestCase("李长春", "li", "changchun")]
    [TestCase("查单", "zha", "dan")]
    [TestCase("单", "shan", "")]
    public void ANameIsSplitIntoSurnameAndGivenName(string name, string surname, string given) =>
        Assert.That(Pinyin.OfName(name)[0], Is.EqualTo(new PinyinName(surname, given)));
}
