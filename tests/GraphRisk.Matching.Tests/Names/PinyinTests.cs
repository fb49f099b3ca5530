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

    [TestCase("changshun", "chang shun")]
    [TestCase("xian", "xi an|xian")]
    [TestCase("changsh", "chang sh")]
    [TestCase("fangan", "fan gan|fang an")]
    [TestCase("bank", "ban k")]
    [TestCase("xyz", "")]
    public void WhatWasTypedIsCutIntoSyllablesInEveryWayTheLastPerhapsOnlyBegun(string typed, string cuts)
    {
        var found = PinyinSyllables.Cut(typed).Select(cut => string.Join(' ', cut)).ToArray();
        Assert.That(found, cuts.Length == 0 ? Is.Empty : Is.SupersetOf(cuts.Split('|')));
        Assert.That(found, Has.All.Matches<string>(cut => cut.Replace(" ", "", StringComparison.Ordinal) == typed));
    }

    [Test]
    public void ALongTextIsCutInSixteenWaysAtMost() => Assert.That(PinyinSyllables.Cut(string.Concat(Enumerable.Repeat("xian", 50))), Has.Count.LessThanOrEqualTo(16));

    [Test]
    public void ALongTextThatNoWayEndsIsGivenUpAtOnce() => Assert.That(PinyinSyllables.Cut(string.Concat(Enumerable.Repeat("xian", 49)) + "vvvv"), Is.Empty);

    [TestCase("单长行", 0, "dan shan")]
    [TestCase("单长行", 1, "chang zhang")]
    [TestCase("A股", 0, "a")]
    public void ACharacterOfANameHasAllItsReadings(string name, int at, string readings) =>
        Assert.That(Pinyin.ReadingsAt(name, at), Is.EquivalentTo(readings.Split(' ')));
}
