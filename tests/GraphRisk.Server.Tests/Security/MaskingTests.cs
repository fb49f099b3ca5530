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
    [TestCase(MaskKind.Key, "C1000000001", "***")]
    [TestCase(MaskKind.Reasons, "same-name +0.45: 张三 | 張三", "Same name.")]
    [TestCase(MaskKind.Reasons, "different-resident-id: 110101197001010011 | 110101197001010012", "Different resident id.")]
    [TestCase(MaskKind.Reasons, "the passport of Zhang San was seen", "Another reason, shown to those who may read it in clear.")]
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
    public void OfAListNoCharacterIsShownBecauseSeveralFormsOfOneThingAddUp()
    {
        Assert.That(Masking.Apply(MaskKind.Name, new[] { "张三", null, "ZHANG San" }), Is.EqualTo(new[] { "***", null, "***" }));
        Assert.That(Masking.Apply(MaskKind.Identifier, new[] { "PASSPORT:E12345678", "77" }), Is.EqualTo(new[] { "PASSPORT:***", "***" }));
    }

    [TestCase("310101********1234")]
    [TestCase("31010119800101****")]
    [TestCase("3***************34")]
    public void AnIdentifierThatAPublisherMaskedShowsNoMoreThanTheMaskOfTheWholeOne(string published)
    {
        var (masked, whole) = (Masking.Apply(MaskKind.Identifier, published), Masking.Apply(MaskKind.Identifier, "310101198001011234"));
        for (var at = 0; at < whole.Length; at++)
            if (masked[at] != '*') Assert.That(masked[at], Is.EqualTo(whole[at]), published);
    }

    [TestCase("上海市浦东新区世纪大道1号", "上海市浦东新区")]
    [TestCase("江苏省苏州市吴江区松陵镇1号", "江苏省苏州市吴江区")]
    [TestCase("河北省石家庄市正定县某路2号", "河北省石家庄市正定县")]
    [TestCase("上海市幸福小区3号", "上海市")]
    [TestCase("杭州市某路1号", "杭州市")]
    [TestCase("1 Main Street", "***")]
    public void AnAddressIsCutToItsDistrict(string address, string district) => Assert.That(Masking.District(address), Is.EqualTo(district));

    [Test]
    public void WhatIsNotTextIsWithheldWhole()
    {
        Assert.That(Masking.Apply(MaskKind.Date, new DateOnly(1980, 5, 17)), Is.Null);
        Assert.That(Masking.Apply(MaskKind.Account, 6222021234567890), Is.Null);
        Assert.That(Masking.Apply(MaskKind.Text, (object?)"被告张三"), Is.Null);
    }

    [Test]
    public void AFieldWithoutAMaskIsLeftAsItIs() => Assert.That(Masking.Apply(MaskKind.None, (object?)640), Is.EqualTo(640));
}
