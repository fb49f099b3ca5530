using GraphRisk.Graph.Schema;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Tests.Security;

public class MaskingTests
{
    [TestCase(MaskKind.Name, "张三", "张*")]
    [TestCase(MaskKind.Name, "张三丰", "张**")]
    [TestCase(MaskKind.Name, "𠮷野", "𠮷*")]
    [TestCase(MaskKind.Name, "John Smith", "J*** S***")]
    [TestCase(MaskKind.Identifier, "11010519491231002X", "11**************2X")]
    [TestCase(MaskKind.Identifier, "PASSPORT:E12345678", "PASSPORT:E1*****78")]
    [TestCase(MaskKind.Identifier, "1234567", "***")]
    [TestCase(MaskKind.Phone, "13800138000", "138******00")]
    [TestCase(MaskKind.Address, "上海市浦东新区世纪大道1号", "上海市***")]
    [TestCase(MaskKind.Address, "1 Main Street", "***")]
    [TestCase(MaskKind.Account, "6222021234567890", "************7890")]
    [TestCase(MaskKind.Account, "1234", "***")]
    [TestCase(MaskKind.Email, "zhang.san@example.cn", "z***@example.cn")]
    [TestCase(MaskKind.Date, "1980-05-17", "1980-**-**")]
    [TestCase(MaskKind.Name, "", "")]
    public void AValueOfEachKindIsMaskedItsOwnWay(MaskKind kind, string value, string masked) =>
        Assert.That(Masking.Apply(kind, value), Is.EqualTo(masked));

    [Test]
    public void MaskingTwiceTellsNoMoreThanMaskingOnce()
    {
        foreach (var kind in Enum.GetValues<MaskKind>())
        {
            foreach (var value in new[] { "张三丰", "John", "11010519491231002X", "13800138000", "上海市浦东", "a@b.cn", "1980-05-17", "x" })
            {
                var once = Masking.Apply(kind, value);
                Assert.That(Masking.Apply(kind, once), Is.EqualTo(once), $"{kind} {value}");
            }
        }
    }

    [Test]
    public void EveryMemberOfAListIsMasked() =>
        Assert.That(Masking.Apply(MaskKind.Name, new[] { "张三", null }), Is.EqualTo(new[] { "张*", null }));

    [Test]
    public void WhatIsNotTextIsWithheldWhole()
    {
        Assert.That(Masking.Apply(MaskKind.Date, new DateOnly(1980, 5, 17)), Is.Null);
        Assert.That(Masking.Apply(MaskKind.Account, 6222021234567890), Is.Null);
    }

    [Test]
    public void AFieldWithoutAMaskIsLeftAsItIs() => Assert.That(Masking.Apply(MaskKind.None, (object?)640), Is.EqualTo(640));
}
