using GraphRisk.Graph.Schema;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Tests.Security;

public class PseudonymsTests
{
    private static readonly Pseudonyms Pseudonyms = new("a key for tests only"u8);
    private static readonly Viewer Analyst = new(Role.Analyst, "lab-7", PurposeCatalog.Default.Find("model-validation"));

    private static object? Of(MaskKind kind, object? value, Viewer? viewer = null) => Pseudonyms.Apply(viewer ?? Analyst, kind, value);

    [Test]
    public void AValueHasOnePseudonymInAProjectAndAnotherInEveryOther()
    {
        var one = Of(MaskKind.Name, "张三");
        Assert.That(Of(MaskKind.Name, "张三"), Is.EqualTo(one));
        Assert.That(new Pseudonyms("a key for tests only"u8).Apply(Analyst, MaskKind.Name, "张三"), Is.EqualTo(one), "after a restart");
        Assert.That(Of(MaskKind.Name, "张三", Analyst with { Of = "lab-8" }), Is.Not.EqualTo(one));
        Assert.That(Of(MaskKind.Name, "张三", Analyst with { Purpose = PurposeCatalog.Default.Find("data-quality") }), Is.Not.EqualTo(one));
        Assert.That(new Pseudonyms("another key for tests"u8).Apply(Analyst, MaskKind.Name, "张三"), Is.Not.EqualTo(one));
    }

    [TestCase(MaskKind.Name, "张三")]
    [TestCase(MaskKind.Identifier, "110101197001010011")]
    [TestCase(MaskKind.Phone, "13800138000")]
    [TestCase(MaskKind.Account, "6222021234567890")]
    [TestCase(MaskKind.Email, "zhang.san@example.cn")]
    [TestCase(MaskKind.Key, "C1000000001")]
    public void APseudonymKeepsNothingOfItsValue(MaskKind kind, string value)
    {
        var pseudonym = (string)Of(kind, value)!;
        Assert.That(pseudonym, Does.Match("^[a-z]+-[0-9a-f]{20}$"));
        Assert.That(pseudonym, Is.Not.EqualTo(Of(kind, value + " ")));
    }

    [Test]
    public void ThousandsOfValuesHaveThousandsOfPseudonyms() =>
        Assert.That(Enumerable.Range(0, 20_000).Select(i => Of(MaskKind.Phone, $"138{i:00000000}")), Is.Unique);

    [Test]
    public void ADayIsTheFirstOfItsYearAndAnAddressItsDistrict()
    {
        Assert.That(Of(MaskKind.Date, new DateOnly(1980, 5, 17)), Is.EqualTo(new DateOnly(1980, 1, 1)));
        Assert.That(Of(MaskKind.Address, "上海市浦东新区世纪大道1号"), Is.EqualTo("上海市浦东新区"));
    }

    [Test]
    public void ProseIsWithheld()
    {
        Assert.That(Of(MaskKind.Text, "被告张三"), Is.Null);
        Assert.That(Of(MaskKind.Text, 17L), Is.Null);
    }

    [Test]
    public void EveryMemberOfAListHasItsOwn() =>
        Assert.That(Of(MaskKind.Name, new[] { "张三", "李四" }), Is.EqualTo(new[] { Of(MaskKind.Name, "张三"), Of(MaskKind.Name, "李四") }));

    [Test]
    public void WhoReadsNoPseudonymsHasNoProject() =>
        Assert.That(Enum.GetValues<Role>().Where(role => Pseudonyms.ProjectOf(new Viewer(role, "x")) is not null), Is.EqualTo(new[] { Role.Analyst }));
}
