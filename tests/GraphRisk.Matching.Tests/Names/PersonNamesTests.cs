using GraphRisk.Matching.Names;

namespace GraphRisk.Matching.Tests.Names;

public sealed class PersonNamesTests
{
    [TestCase("張曉明", "张晓明")]
    [TestCase("张 晓明", "张晓明")]
    [TestCase("张晓明先生", "张晓明")]
    [TestCase("买买提·吐尔逊", "买买提吐尔逊")]
    [TestCase("李乾坤", "李乾坤")]
    [TestCase("Xiaoming ZHANG", "xiaoming zhang")]
    [TestCase("Zhang, Xiaoming", "xiaoming zhang")]
    [TestCase("Ｚｈａｎｇ　Ｘｉａｏｍｉｎｇ", "xiaoming zhang")]
    [TestCase("José Müller-Łukasz", "jose lukasz muller")]
    [TestCase("Mr. John Smith", "john smith")]
    public void ANameHasOneCoreHoweverItIsWritten(string written, string core) =>
        Assert.That(PersonNames.Normalise(written)!.Core, Is.EqualTo(core));

    [TestCase("张晓明", "Zhang Xiaoming", true)]
    [TestCase("张晓明", "XIAO MING ZHANG", true)]
    [TestCase("Zhang Xiao-ming", "Xiaoming Zhang", true)]
    [TestCase("覃海", "Tan Hai", true)]
    [TestCase("覃海", "Qin Hai", true)]
    [TestCase("吕布", "LYU BU", true)]
    [TestCase("张晓明", "Zhang Mingxiao", false)]
    [TestCase("张晓明", "张小明", false)]
    public void LatinAndChineseWritingsOfOneNameAreTheSame(string left, string right, bool same) =>
        Assert.That(NameComparison.IsSameInLatin(PersonNames.Normalise(left)!, PersonNames.Normalise(right)!), Is.EqualTo(same));

    [TestCase("张晓明", "张小明", true)]
    [TestCase("张晓明", "张晓朋", true)]
    [TestCase("张晓明", "李晓明", false)]
    [TestCase("张明", "张华", false)]
    [TestCase("Zhang Xiaoming", "Zhang Xiaomin", true)]
    [TestCase("Wu Bo", "Wu Po", false)]
    public void OneSlipMakesASimilarNameUnlessTheSurnameChanges(string left, string right, bool similar) =>
        Assert.That(NameComparison.IsSimilar(PersonNames.Normalise(left)!, PersonNames.Normalise(right)!), Is.EqualTo(similar));

    [TestCase("顾某某", true)]
    [TestCase("张*明", true)]
    [TestCase("李XX", true)]
    [TestCase("顾明", false)]
    [TestCase("Alex", false)]
    [TestCase("Felix Maxx", false)]
    public void HiddenPartsAreTold(string name, bool masked) => Assert.That(MaskedName.Is(name), Is.EqualTo(masked));

    [Test]
    public void NamesWithoutLettersAreNone()
    {
        Assert.That(PersonNames.Normalise("—"), Is.Null);
        Assert.That(PersonNames.Normalise(""), Is.Null);
        Assert.That(CompanyNames.Normalise("（）"), Is.Null);
    }

    [TestCase("abcd", "abdc", 1)]
    [TestCase("", "abc", 3)]
    [TestCase("kitten", "sitting", 3)]
    public void NeighboursSwappedAreOneStepApart(string left, string right, int distance) =>
        Assert.That(NameComparison.Distance(left, right), Is.EqualTo(distance));
}
